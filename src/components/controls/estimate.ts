/** What a change of the settings would cost, as far as the page can tell before it is made. */
import { costOf, type Cost } from '../../model/cost';
import type { Settings } from '../../model/settings';
import type { PlaygroundState } from '../../store';

/** Number of symbols that the network would have; null while the text is not known. */
export const symbolsExpected = ({ run, text, settings }: PlaygroundState): number | null => {
  const description = run?.description ?? null;
  const sameText = description !== null && description.textId === text?.textId;
  if (
    sameText &&
    description.settings.vocabularyLimit === settings.vocabularyLimit &&
    description.settings.validation === settings.validation
  ) {
    return description.symbols.length;
  }
  const distinct = text?.facts?.distinct ?? description?.facts.distinct;
  return distinct === undefined ? null : Math.min(distinct, settings.vocabularyLimit);
};

/** Floating-point operations for one character of training. */
const flopsPerCharacter = (cost: Cost, { batch, length }: Settings): number => cost.flopsPerStep / (batch * length);

export interface Estimate {
  readonly cost: Cost;
  /** Training characters a second, scaled from the speed that was measured; null where none was. */
  readonly charactersPerSecond: number | null;
}

export interface Measured {
  readonly settings: Settings;
  readonly cost: Cost;
  readonly charactersPerSecond: number;
}

/** `measured`: the run on the page and its speed; only a run on the same engine tells anything about the speed. */
export const estimateOf = (settings: Settings, symbols: number, measured: Measured | null): Estimate => {
  const cost = costOf(settings, symbols);
  if (measured === null || measured.charactersPerSecond <= 0 || measured.settings.engine !== settings.engine) {
    return { cost, charactersPerSecond: null };
  }
  const ratio = flopsPerCharacter(measured.cost, measured.settings) / flopsPerCharacter(cost, settings);
  return { cost, charactersPerSecond: measured.charactersPerSecond * ratio };
};
