/**
 * Grammars that write a text and know how likely it is. A grammar is a coroutine: at each point it yields the choice it
 * stands before and is told which option is taken. Writing draws the option; scoring reads it off a given text. No
 * option is a prefix of another one of the same choice, so a text has one derivation at most.
 */
import { deriveKey, hash } from '../../random';
import type { LabelledText, LabelName, LabelValues } from '../labels';

/** Strings of which one comes next, with weights that say how often. None is a prefix of another one. */
export interface Choice {
  readonly options: readonly string[];
  readonly weights: readonly number[];
  readonly total: number;
  /** It is what the text asks for: each of its characters is one decision. */
  readonly isAsked?: true;
}

/** The way through a grammar: yields choices, is sent the index of the option taken, returns what its caller asked for. */
export type Derivation<R = void> = Generator<Choice, R, number>;

/** What the maker of a text knows; see labels.ts. */
export type Known = Readonly<Partial<Record<LabelName, number>>>;

/** Hears what is known from the last character written on, until the next word of it. */
export type Tell = (known: Known) => void;

/** Writes without end. What it knows at its beginning names all its labels. */
export type Grammar = (tell: Tell) => Derivation<never>;

const unheard: Tell = () => undefined;

/** A weight is 1 unless it is given. */
export type Option = string | readonly [text: string, weight: number];

const textOf = (option: Option): string => (typeof option === 'string' ? option : option[0]);
const weightOf = (option: Option): number => (typeof option === 'string' ? 1 : option[1]);

/** A choice among options, which the caller knows to be prefix-free; see `ambiguity`. */
export const choice = (from: readonly Option[]): Choice => {
  const weights = from.map(weightOf);
  return { options: from.map(textOf), weights, total: weights.reduce((sum, weight) => sum + weight, 0) };
};

/** An option that has another one as prefix, or is empty; null where a text tells which one it takes. */
export const ambiguity = ({ options }: Choice): string | null => {
  // A string that has a prefix among the options stands right behind one that it has as prefix.
  const sorted = [...options].sort();
  return sorted.find((option, i) => option === '' || (i > 0 && option.startsWith(sorted[i - 1]))) ?? null;
};

/** Takes one of the options and returns it. */
export function* take(from: Choice): Derivation<string> {
  return from.options[yield from];
}

/** What comes next for certain. */
export function* say(text: string): Derivation {
  yield choice([text]);
}

/** What comes next for certain, to a reader who has kept what it takes: a toy task asks for it. */
export function* ask(text: string): Derivation {
  yield { ...choice([text]), isAsked: true };
}

/** The option that a number `at` in [0, 1) falls on. */
const optionAt = ({ weights, total }: Choice, at: number): number => {
  let left = at * total;
  for (let i = 0; i < weights.length - 1; i++) {
    left -= weights[i];
    if (left < 0) return i;
  }
  return weights.length - 1;
};

/** At most `characters` characters of the grammar's text, cut behind the last newline if there is one. */
export const write = (grammar: Grammar, o: { readonly seed: number; readonly characters: number }): string => {
  const key = deriveKey(o.seed);
  const derivation = grammar(unheard);
  const parts: string[] = [];
  let length = 0;
  let { value } = derivation.next();
  for (let counter = 0; length < o.characters; counter++) {
    const taken = optionAt(value, hash(key, counter) / 2 ** 32);
    parts.push(value.options[taken]);
    length += value.options[taken].length;
    value = derivation.next(taken).value;
  }
  const text = parts.join('').slice(0, o.characters);
  const lastNewline = text.lastIndexOf('\n');
  return lastNewline < 0 ? text : text.slice(0, lastNewline + 1);
};

/** Weight of the options that begin with `prefix`. */
const massOf = ({ options, weights, total }: Choice, prefix: string): number =>
  prefix === ''
    ? total
    : options.reduce((mass, option, i) => (option.startsWith(prefix) ? mass + weights[i] : mass), 0);

/** Choices between two yields of a reading. */
const STRIDE = 200;

/** Characters [start, end) of a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A choice on the way through a text: the piece of the text that it stands for; the last option may be cut off. */
interface Passage {
  readonly choice: Choice;
  readonly start: number;
  readonly piece: string;
  /** Weight of the options that go on as the text does. */
  readonly mass: number;
}

/**
 * Follows `text` through the grammar and hands over each choice; false where the grammar does not write this text, which
 * may end anywhere. Works in steps and yields the share done, 0 to 1.
 */
function* followInSteps(
  grammar: Grammar,
  text: string,
  tell: Tell,
  visit: (passage: Passage) => void,
): Generator<number, boolean> {
  const derivation = grammar(tell);
  let position = 0;
  let { value } = derivation.next();
  for (let choices = 1; position < text.length; choices++) {
    const start = position;
    const taken = value.options.findIndex((option) => text.startsWith(option, start));
    const whole = taken >= 0;
    const piece = whole ? value.options[taken] : text.slice(position);
    const mass = whole ? value.weights[taken] : massOf(value, piece);
    if (mass === 0) return false;
    visit({ choice: value, start, piece, mass });
    if (!whole) break;
    position += piece.length;
    value = derivation.next(taken).value;
    if (choices % STRIDE === 0 && position < text.length) yield position / text.length;
  }
  return true;
}

/**
 * Σ −ln p of the characters of `text` that lie in `spans`, each given all before it in the text; null where the grammar does
 * not write this text. The text, and each span, may begin and end anywhere, within an option too.
 * Works in steps and yields the share done, 0 to 1.
 *
 * @param spans apart from each other, in order
 */
export function* surpriseInSteps(
  grammar: Grammar,
  text: string,
  spans: readonly Span[],
): Generator<number, number | null> {
  let nats = 0;
  /** The first span that is not yet behind. */
  let next = 0;
  const isWritten = yield* followInSteps(grammar, text, unheard, ({ choice: value, start, piece, mass }) => {
    const end = start + piece.length;
    while (next < spans.length && spans[next].end <= start) next++;
    for (let k = next; k < spans.length && spans[k].start < end; k++) {
      const before = massOf(value, piece.slice(0, Math.max(0, spans[k].start - start)));
      const behind = spans[k].end < end ? massOf(value, piece.slice(0, spans[k].end - start)) : mass;
      nats += Math.log(before / behind);
    }
  });
  return isWritten ? nats : null;
}

/**
 * What the grammar knew of each character of `text`; null where it does not write this text. Works in steps and yields the
 * share done, 0 to 1.
 */
export function* labelsInSteps(grammar: Grammar, text: string): Generator<number, LabelledText | null> {
  const labels = new Map<LabelName, LabelValues>();
  let known: Known = {};
  let written = 0;
  const note = (from: number, to: number): void => {
    for (const [name, values] of labels) values.fill(known[name] ?? 0, from, to);
  };
  const hear: Tell = (news) => {
    known = { ...known, ...news };
    for (const name of Object.keys(news) as LabelName[]) {
      if (!labels.has(name)) labels.set(name, new Int16Array(text.length));
    }
    note(Math.max(0, written - 1), written);
  };
  const isWritten = yield* followInSteps(grammar, text, hear, ({ start, piece }) => {
    written = start + piece.length;
    note(start, written);
  });
  return isWritten ? labels : null;
}

/**
 * Where the characters stand that `text` asks for, in order; null where the grammar does not write this text. Works in steps
 * and yields the share done, 0 to 1.
 */
export function* decisionsInSteps(grammar: Grammar, text: string): Generator<number, readonly number[] | null> {
  const places: number[] = [];
  const isWritten = yield* followInSteps(grammar, text, unheard, ({ choice: { isAsked }, start, piece }) => {
    if (isAsked === true) for (let k = 0; k < piece.length; k++) places.push(start + k);
  });
  return isWritten ? places : null;
}
