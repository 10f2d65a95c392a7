/**
 * Words of one or two syllables, in one of two scripts, kept apart by five to twelve signs that belong to both. A star
 * among the signs switches from one script to the other: at the first letter of a word neither its neighbours nor the five
 * characters before it say which one it is in, so one bit must be held over every run of signs.
 */
import type { LabelName } from '../labels';
import { choice, take } from './derivation';
import type { Choice, Derivation, Grammar, Option, Tell } from './derivation';
import { SYLLABLES } from './syllables';

interface Scripts {
  /** On while the second script is in use. */
  readonly label: LabelName;
  /** The syllables of each script; none is a prefix of another. */
  readonly syllables: readonly [first: readonly string[], second: readonly string[]];
  readonly signs: readonly string[];
  readonly star: string;
}

const FEWEST_SIGNS = 5;
const MOST_SIGNS = 12;
/** Chance of a star at each place of a run that has none yet: one run in five has one. */
const SWITCH = 1 / 38;

const share = (options: readonly string[], weight: number): Option[] =>
  options.map((option) => [option, weight / options.length]);

/** All that may come while a script is in use. */
const choicesOf = (syllables: readonly string[], { signs, star }: Scripts) => {
  /** What may come behind so many signs of a run: all its lengths are as likely. */
  const behindSigns = (count: number, isSwitched: boolean): Choice => {
    const ends = count < FEWEST_SIGNS ? 0 : 1 / (MOST_SIGNS + 1 - count);
    const switches = isSwitched ? 0 : (1 - ends) * SWITCH;
    const goesOn = 1 - ends - switches;
    return choice([
      ...(ends > 0 ? share(syllables, ends) : []),
      ...(goesOn > 0 ? share(signs, goesOn) : []),
      ...(switches > 0 ? [[star, switches] as const] : []),
    ]);
  };
  const runs = [false, true].map((isSwitched) =>
    Array.from({ length: MOST_SIGNS + 1 }, (_, count) => behindSigns(count, isSwitched)),
  );
  return {
    behind: (count: number, isSwitched: boolean): Choice => runs[isSwitched ? 1 : 0][count],
    /** A second syllable, or the first sign of a run. */
    second: choice([...share(syllables, 1), ...share(signs, 1 - SWITCH), [star, SWITCH]]),
  };
};

const switching = (scripts: Scripts): Grammar =>
  function* write(tell: Tell): Derivation<never> {
    const { label, syllables, star } = scripts;
    const choices = syllables.map((own) => choicesOf(own, scripts));
    let script = 0;
    let signs = MOST_SIGNS;
    let isSwitched = false;
    tell({ [label]: script });
    for (;;) {
      // A syllable where the run is over, else one more sign.
      let taken = yield* take(choices[script].behind(signs, isSwitched));
      if (syllables[script].includes(taken)) {
        signs = 0;
        isSwitched = false;
        taken = yield* take(choices[script].second);
        if (syllables[script].includes(taken)) continue;
      }
      signs++;
      if (taken !== star) continue;
      isSwitched = true;
      script = 1 - script;
      tell({ [label]: script });
    }
  };

/** The star presses the caps lock. */
export const capslock = switching({
  label: 'capitals',
  syllables: [SYLLABLES, SYLLABLES.map((syllable) => syllable.toUpperCase())],
  signs: ['.', '-'],
  star: '*',
});

/** Chinese characters whose simplified and traditional forms differ. */
const SIMPLIFIED = '马鸟鱼龙风云东车门见书长万乐飞龟为贝齐边过还远连运进这达迁迟选递适鸣梦树叶岁听闻';
const TRADITIONAL = '馬鳥魚龍風雲東車門見書長萬樂飛龜為貝齊邊過還遠連運進這達遷遲選遞適鳴夢樹葉歲聽聞';

/** The star goes from simplified to traditional characters and back. */
export const jianfan = switching({
  label: 'traditional',
  syllables: [Array.from(SIMPLIFIED), Array.from(TRADITIONAL)],
  signs: ['、', '。'],
  star: '※',
});
