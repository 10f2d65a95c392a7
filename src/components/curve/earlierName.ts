/** What the run that was replaced is called, in as few words as tell it from the one on the page. */
import { DECIDING_NAMES, isRelevant, SETTINGS, type SettingName } from '../../model/settings';
import { earlierRun, shownRun, type PlaygroundState } from '../../store';
import { valueText } from '../controls/valueText';
import { corpusTitle } from '../corpus/titles';
import type { Messages } from '../messages';
import { numbersOf } from '../messages/numbers';

/** Differences that are named at most. */
const MOST_NAMED = 3;

type Named = Pick<PlaygroundState, 'runs' | 'shown' | 'earlier' | 'catalogue' | 'language'>;

/** Null where none is shown beside the run on the page. */
export const earlierName = (state: Named, words: Messages): string | null => {
  const earlier = earlierRun(state);
  if (!earlier?.description) return null;
  const { catalogue, language } = state;
  const { curve } = words.stage;
  const numbers = numbersOf(language);
  const { settings, textId } = earlier.description;
  const shown = shownRun(state)?.description ?? null;
  const differs = (name: SettingName): boolean =>
    shown !== null && settings[name] !== shown.settings[name] && isRelevant(name, settings);
  const tell = (name: SettingName): string => {
    if (name === 'units') return curve.earlierUnits(numbers.integer(settings.units));
    const value = valueText(name, settings[name], words);
    return SETTINGS[name].kind === 'choice' ? value : curve.earlierSetting(words.settings.names[name].label, value);
  };
  const told = DECIDING_NAMES.filter(differs).map(tell);
  if (shown !== null && shown.textId !== textId) {
    told.unshift(curve.earlierText(corpusTitle(catalogue, settings.corpus, language) ?? words.corpus.own));
  }
  if (told.length === 0) return curve.earlier(curve.earlierSame(numbers.integer(earlier.metrics.step)));
  return curve.earlier(curve.several(told.slice(0, MOST_NAMED), told.length > MOST_NAMED));
};
