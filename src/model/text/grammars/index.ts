/** The grammars of the generated corpora, by name: they write them, and know how likely each character is. */
import type { LabelledText } from '../labels';
import { isTaskName, TASKS } from '../tasks';
import type { DecodedText } from '../types';
import { abab } from './abab';
import { brackets } from './brackets';
import { capslock, jianfan } from './capslock';
import { counting } from './counting';
import { couplets } from './couplets';
import { depth } from './depth';
import { decisionsInSteps, labelsInSteps, surpriseInSteps, write } from './derivation';
import type { Grammar, Span } from './derivation';
import { play } from './play';
import { program } from './program';
import { quotes } from './quotes';

export const GRAMMARS = {
  capslock,
  jianfan,
  abab,
  brackets,
  depth,
  quotes,
  counting,
  play,
  program,
  couplets,
} as const satisfies Record<string, Grammar>;
export type GrammarName = keyof typeof GRAMMARS;

const isGrammarName = (id: string): id is GrammarName => Object.hasOwn(GRAMMARS, id);

/** Of a bundled corpus or a toy task; null where there is no such grammar. */
const grammarOf = (id: string): Grammar | null => {
  if (isGrammarName(id)) return GRAMMARS[id];
  return isTaskName(id) ? TASKS[id].grammar : null;
};

/** At most `characters` characters of a grammar's text, in whole lines; the same for the same seed, everywhere. */
export const generate = (id: GrammarName, o: { readonly seed: number; readonly characters: number }): string =>
  write(GRAMMARS[id], o);

/** The text as a string; null where it has characters that no grammar writes: theirs are of one code unit each. */
const charactersOf = ({ codePoints }: DecodedText): string | null => {
  const parts: string[] = [];
  for (let start = 0; start < codePoints.length; start += 4096) {
    parts.push(String.fromCodePoint(...codePoints.slice(start, start + 4096)));
  }
  const characters = parts.join('');
  return characters.length === codePoints.length ? characters : null;
};

/**
 * What the grammar `id` knew of each character when it wrote the text; null where there is no such grammar or it does not
 * write this text. Works in steps and yields the share done, 0 to 1.
 */
export function* grammarLabelsInSteps(id: string, text: DecodedText): Generator<number, LabelledText | null> {
  const grammar = grammarOf(id);
  const characters = grammar === null ? null : charactersOf(text);
  return grammar !== null && characters !== null ? yield* labelsInSteps(grammar, characters) : null;
}

/**
 * Where the characters stand that the text asks for, as a toy task does; null where there is no grammar `id` or it does not
 * write this text. Works in steps and yields the share done, 0 to 1.
 */
export function* grammarDecisionsInSteps(id: string, text: DecodedText): Generator<number, readonly number[] | null> {
  const grammar = grammarOf(id);
  const characters = grammar === null ? null : charactersOf(text);
  return grammar !== null && characters !== null ? yield* decisionsInSteps(grammar, characters) : null;
}

/**
 * The loss of the grammar `id` itself on a text that it wrote: mean −ln p, in nats, of the characters in `spans`, each given
 * all before it in the text. On average over the grammar's texts no model does better; on one text a model may, by luck, as
 * it may do worse for no fault of its own where it is not told what stands before a span. Null where there is no such
 * grammar, it does not write this text, or there is nothing to measure. Works in steps and yields the share done, 0 to 1.
 */
export function* grammarLossInSteps(
  id: string,
  text: DecodedText,
  spans: readonly Span[],
): Generator<number, number | null> {
  const last = spans.at(-1);
  const grammar = grammarOf(id);
  if (grammar === null || last === undefined) return null;
  const characters = charactersOf(text);
  if (characters === null) return null;
  const nats = yield* surpriseInSteps(grammar, characters.slice(0, last.end), spans);
  return nats === null ? null : nats / spans.reduce((sum, { start, end }) => sum + end - start, 0);
}
