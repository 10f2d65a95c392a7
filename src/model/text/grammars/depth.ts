/**
 * Brackets of one kind with letters in between, which say nothing of how many are open. A bracket closes the more likely
 * the more are open, so their number must be kept at every character.
 */
import { choice, take } from './derivation';
import type { Derivation, Option, Tell } from './derivation';

const LETTERS = Array.from('abcdef');
const MOST_LETTERS = 4;
const DEEPEST = 6;
/** Chance that a line ends where no bracket is open. */
const ENDS = 0.3;

const letter = choice(LETTERS);

/** What may come behind so many letters, at each depth: another letter or a bracket; all numbers of letters are as likely. */
const ahead = Array.from({ length: DEEPEST + 1 }, (_, depth) =>
  Array.from({ length: MOST_LETTERS + 1 }, (_, letters) => {
    const bracket = 1 / (MOST_LETTERS + 1 - letters);
    const ends = depth === 0 ? bracket * ENDS : 0;
    const closes = (bracket - ends) * (depth / DEEPEST);
    const opens = bracket - ends - closes;
    const others = LETTERS.map((one): Option => [one, (1 - bracket) / LETTERS.length]);
    const brackets: readonly (readonly [string, number])[] = [
      ['(', opens],
      [')', closes],
      ['\n', ends],
    ];
    return choice([...(letters < MOST_LETTERS ? others : []), ...brackets.filter(([, weight]) => weight > 0)]);
  }),
);

export function* depth(tell: Tell): Derivation<never> {
  let open = 0;
  let letters = 0;
  for (;;) {
    tell({ depth: open });
    const taken = yield* take(letters === 0 ? letter : ahead[open][letters]);
    if (taken === '(') open++;
    else if (taken === ')') open--;
    letters = LETTERS.includes(taken) ? letters + 1 : 0;
  }
}
