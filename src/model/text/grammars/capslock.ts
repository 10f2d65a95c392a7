/**
 * Words of one or two syllables, in capitals or not, kept apart by five to twelve signs that have no case. A star among
 * them presses the caps lock: at the first letter of a word neither its neighbours nor the five characters before it say
 * whether it is a capital, so one bit must be held over every run of signs.
 */
import { choice, take } from './derivation';
import type { Choice, Derivation, Option, Tell } from './derivation';
import { SYLLABLES } from './syllables';

const STAR = '*';
const SIGNS = ['.', '-'];
const FEWEST_SIGNS = 5;
const MOST_SIGNS = 12;
/** Chance of a star at each place of a run that has none yet: one run in five has one. */
const PRESS = 1 / 38;

const share = (options: readonly string[], weight: number): Option[] =>
  options.map((option) => [option, weight / options.length]);

/** What may come behind so many signs of a run: all its lengths are as likely. */
const afterSigns = (signs: number, syllables: readonly string[], isPressed: boolean): Choice => {
  const ends = signs < FEWEST_SIGNS ? 0 : 1 / (MOST_SIGNS + 1 - signs);
  const star = signs < MOST_SIGNS && !isPressed ? (1 - ends) * PRESS : 0;
  const sign = 1 - ends - star;
  return choice([
    ...(ends > 0 ? share(syllables, ends) : []),
    ...(sign > 0 ? share(SIGNS, sign) : []),
    ...(star > 0 ? [[STAR, star] as const] : []),
  ]);
};

/** All that may come while the lock is on, or off. */
const choicesWith = (syllables: readonly string[]) => {
  const runs = [false, true].map((isPressed) =>
    Array.from({ length: MOST_SIGNS + 1 }, (_, signs) => afterSigns(signs, syllables, isPressed)),
  );
  return {
    behind: (signs: number, isPressed: boolean): Choice => runs[isPressed ? 1 : 0][signs],
    /** A second syllable, or the first sign of a run. */
    second: choice([...share(syllables, 1), ...share(SIGNS, 1 - PRESS), [STAR, PRESS]]),
  };
};

export function* capslock(tell: Tell): Derivation<never> {
  const choices = [choicesWith(SYLLABLES), choicesWith(SYLLABLES.map((syllable) => syllable.toUpperCase()))];
  let lock = 0;
  let signs = MOST_SIGNS;
  let isPressed = false;
  tell({ capitals: lock });
  for (;;) {
    // A syllable where the run is over, else one more sign.
    let taken = yield* take(choices[lock].behind(signs, isPressed));
    if (taken.length > 1) {
      signs = 0;
      isPressed = false;
      taken = yield* take(choices[lock].second);
      if (taken.length > 1) continue;
    }
    signs++;
    if (taken !== STAR) continue;
    isPressed = true;
    lock = 1 - lock;
    tell({ capitals: lock });
  }
}
