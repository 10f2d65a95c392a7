/**
 * Words of three or four syllables, spoken or not: between the marks of a quotation they are joined by a dash, elsewhere
 * by a space, and that is the only difference. A word is longer than five characters, so what comes behind it cannot be
 * read off what is near: whether a quotation is open must be held from mark to mark.
 */
import { choice, take } from './derivation';
import type { Derivation, Option, Tell } from './derivation';
import { SYLLABLES } from './syllables';

const MARK = '"';
/** Words of a stretch, spoken or not; all numbers of them are as likely. */
const FEWEST_WORDS = 2;
const MOST_WORDS = 6;

const syllable = choice(SYLLABLES);
const syllables = (weight: number): Option[] => SYLLABLES.map((one) => [one, weight / SYLLABLES.length]);

/** Chance that a stretch ends behind so many words. */
const endsBehind = (words: number): number => (words < FEWEST_WORDS ? 0 : 1 / (MOST_WORDS + 1 - words));

const either = (others: Option[], mark: number): Option[] => (mark > 0 ? [...others, [MARK, mark]] : others);

const afterQuotation = choice([
  [' ', 7],
  ['\n', 3],
]);

/** A word without its first syllable, and what comes behind it. */
function* restOfWord(behind: readonly Option[]): Derivation<string> {
  yield* take(syllable);
  yield* take(syllable);
  const taken = yield* take(choice([...syllables(1), ...behind]));
  return SYLLABLES.includes(taken) ? yield* take(choice(behind)) : taken;
}

export function* quotes(tell: Tell): Derivation<never> {
  for (;;) {
    tell({ quoted: 0 });
    for (let words = 0; ; words++) {
      const mark = endsBehind(words);
      const taken = yield* take(choice(either(mark < 1 ? syllables(1 - mark) : [], mark)));
      if (taken === MARK) break;
      yield* restOfWord([' ']);
    }
    tell({ quoted: 1 });
    for (let words = 1; ; words++) {
      const mark = endsBehind(words);
      yield* take(syllable);
      const behind = yield* restOfWord(either(mark < 1 ? [['-', 1 - mark]] : [], mark));
      if (behind === MARK) break;
    }
    tell({ quoted: 0 });
    yield* take(afterQuotation);
  }
}
