/** The grammars of the generated corpora, by name: they write them, and say how predictable they are. */
import type { Text } from '../types';
import { abab } from './abab';
import { brackets } from './brackets';
import { counting } from './counting';
import { couplets } from './couplets';
import { surpriseInSteps, write } from './derivation';
import type { Grammar } from './derivation';
import { play } from './play';
import { program } from './program';
import { quotes } from './quotes';

export const GRAMMARS = { abab, brackets, quotes, counting, play, program, couplets } as const satisfies Record<
  string,
  Grammar
>;
export type GrammarName = keyof typeof GRAMMARS;

const isGrammarName = (id: string): id is GrammarName => Object.hasOwn(GRAMMARS, id);

/** At most `characters` characters of a grammar's text, in whole lines; the same for the same seed, everywhere. */
export const generate = (id: GrammarName, o: { readonly seed: number; readonly characters: number }): string =>
  write(GRAMMARS[id], o);

/**
 * The text's own entropy: mean −ln p, in nats, of its characters [from, to) under the grammar `id`, each given all before
 * it. No model does better in expectation. Null where there is no such grammar or it does not write this text.
 * Works in steps and yields the share done, 0 to 1.
 */
export function* entropyInSteps(
  id: string,
  text: Text,
  from: number,
  to = text.codePoints.length,
): Generator<number, number | null> {
  if (!isGrammarName(id) || from >= to) return null;
  const parts: string[] = [];
  for (let start = 0; start < text.codePoints.length; start += 4096) {
    parts.push(String.fromCodePoint(...text.codePoints.subarray(start, start + 4096)));
  }
  const characters = parts.join('');
  // Grammars write characters of the basic plane only, of one code unit each.
  if (characters.length !== text.codePoints.length) return null;
  const nats = yield* surpriseInSteps(GRAMMARS[id], characters.slice(0, to), from);
  return nats === null ? null : nats / (to - from);
}
