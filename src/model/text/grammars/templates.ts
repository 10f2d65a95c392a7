/**
 * Sentences with gaps. A list of templates such as "The {adjective} {noun} sang." becomes a tree whose branches are
 * prefix-free choices, so that templates may share beginnings and the text still tells which one was taken.
 */
import { ambiguity, choice } from './derivation';
import type { Choice, Derivation, Option } from './derivation';

/** Words for each gap. */
export type Slots = Readonly<Record<string, readonly Option[]>>;

/** What the gaps of a text were filled with: the newest filling of each. */
export type Filled = Record<string, string>;

/** The text of an echo {@name}: certain, given what stands in the gaps so far. */
export type Echoes = Readonly<Record<string, (filled: Readonly<Filled>) => string>>;

interface Token {
  readonly kind: 'words' | 'slot' | 'echo';
  readonly text: string;
}

/** What may come at a point of the sentences; null where they are over. */
export type Template =
  | { readonly echo: string; readonly next: Template | null }
  | {
      readonly choice: Choice;
      /** For each option: the gap that it fills, and what comes behind it. */
      readonly branches: readonly { readonly slot: string | null; readonly next: Template | null }[];
    };

/** Literal text is cut behind each space, so that templates that begin with the same words share them. */
const tokensOf = (template: string): Token[] =>
  template.split(/(\{@?\w+\})/).flatMap((part): Token[] => {
    if (part.startsWith('{@')) return [{ kind: 'echo', text: part.slice(2, -1) }];
    if (part.startsWith('{')) return [{ kind: 'slot', text: part.slice(1, -1) }];
    return (part.match(/[^ ]* |[^ ]+/g) ?? []).map((text) => ({ kind: 'words', text }));
  });

interface Sentence {
  readonly tokens: readonly Token[];
  readonly weight: number;
}

/** The sentences that begin with the same token, without it. */
interface Group {
  readonly token: Token;
  readonly rest: Sentence[];
}

const grouped = (sentences: readonly Sentence[]): Group[] => {
  const groups = new Map<string, Group>();
  for (const { tokens, weight } of sentences) {
    const [token, ...rest] = tokens;
    const key = `${token.kind} ${token.text}`;
    const group = groups.get(key) ?? { token, rest: [] };
    groups.set(key, group);
    group.rest.push({ tokens: rest, weight });
  }
  return [...groups.values()];
};

const build = (sentences: readonly Sentence[], slots: Slots): Template | null => {
  if (sentences.every(({ tokens }) => tokens.length === 0)) return null;
  if (sentences.some(({ tokens }) => tokens.length === 0))
    throw new RangeError('A template ends where another goes on.');
  const groups = grouped(sentences);
  const options: Option[] = [];
  const branches: { slot: string | null; next: Template | null }[] = [];
  for (const { token, rest } of groups) {
    const next = build(rest, slots);
    const weight = rest.reduce((sum, sentence) => sum + sentence.weight, 0);
    if (token.kind === 'echo') {
      if (groups.length > 1) throw new RangeError(`{@${token.text}} stands beside other continuations.`);
      return { echo: token.text, next };
    }
    if (token.kind === 'words') {
      options.push([token.text, weight]);
      branches.push({ slot: null, next });
      continue;
    }
    if (!(token.text in slots)) throw new RangeError(`There are no words for {${token.text}}.`);
    const words = choice(slots[token.text]);
    words.options.forEach((word, i) => {
      options.push([word, (weight * words.weights[i]) / words.total]);
      branches.push({ slot: token.text, next });
    });
  }
  const ahead = choice(options);
  const ambiguous = ambiguity(ahead);
  if (ambiguous !== null) throw new RangeError(`${JSON.stringify(ambiguous)} can be read in two ways.`);
  return { choice: ahead, branches };
};

/**
 * Compiles templates. {gap} takes a word of `slots`, {@echo} repeats or agrees with something before.
 *
 * @throws RangeError where two templates can not be told apart as they are read
 */
export const templates = (list: readonly Option[], slots: Slots): Template => {
  const sentences = list.map((option): Sentence => {
    const [text, weight] = typeof option === 'string' ? ([option, 1] as const) : option;
    return { tokens: tokensOf(text), weight };
  });
  const compiled = build(sentences, slots);
  if (compiled === null) throw new RangeError('There is no template.');
  return compiled;
};

/** Writes one of the sentences and notes in `filled` what its gaps took. */
export function* sentence(template: Template, filled: Filled, echoes: Echoes = {}): Derivation {
  let at: Template | null = template;
  while (at !== null) {
    if ('echo' in at) {
      yield choice([echoes[at.echo](filled)]);
      at = at.next;
    } else {
      const taken: number = yield at.choice;
      const { slot, next }: { readonly slot: string | null; readonly next: Template | null } = at.branches[taken];
      if (slot !== null) filled[slot] = at.choice.options[taken];
      at = next;
    }
  }
}
