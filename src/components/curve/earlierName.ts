/** What the run that was replaced is called, in as few words as tell it from the one on the page. */
import { SETTING_NAMES, SETTINGS, type SettingName } from '../../model/settings';
import type { EarlierRun, PlaygroundState } from '../../store';
import { isRelevant } from '../controls/relevance';
import { valueText } from '../controls/valueText';
import { corpusTitle } from '../corpus/titles';
import type { Messages } from '../messages';
import { numbersOf } from '../messages/numbers';

/** Differences that are named at most. */
const MOST_NAMED = 3;

/** Settings that neither tell a text nor decide a run's numbers. */
const UNTOLD: readonly SettingName[] = ['corpus', 'engine', 'threads', 'stopStep', 'stopLoss'];

const TOLD = SETTING_NAMES.filter((name) => SETTINGS[name].effect !== 'page' && !UNTOLD.includes(name));

const nameOf = (
  earlier: EarlierRun,
  { run, catalogue, language }: Pick<PlaygroundState, 'run' | 'catalogue' | 'language'>,
  words: Messages,
): string => {
  const { curve } = words.stage;
  const numbers = numbersOf(language);
  const { settings } = earlier;
  const shown = run?.description ?? null;
  const differs = (name: SettingName): boolean =>
    shown !== null && settings[name] !== shown.settings[name] && isRelevant(name, settings);
  const tell = (name: SettingName): string => {
    if (name === 'units') return curve.earlierUnits(numbers.integer(settings.units));
    const value = valueText(name, settings[name], words);
    return SETTINGS[name].kind === 'choice' ? value : curve.earlierSetting(words.settings.names[name].label, value);
  };
  const told = TOLD.filter(differs).map(tell);
  if (shown !== null && shown.textId !== earlier.textId) {
    told.unshift(curve.earlierText(corpusTitle(catalogue, settings.corpus, language) ?? words.corpus.own));
  }
  if (told.length === 0) return curve.earlier(curve.earlierSame(numbers.integer(earlier.step)));
  return curve.earlier(curve.several(told.slice(0, MOST_NAMED), told.length > MOST_NAMED));
};

/** Null where none is shown beside the run on the page. */
export const earlierName = (
  state: Pick<PlaygroundState, 'earlier' | 'run' | 'catalogue' | 'language'>,
  words: Messages,
): string | null => state.earlier && nameOf(state.earlier, state, words);
