/** What a change of the settings would cost, as far as the page can tell before it is made. */
import { costOf, threadsThatFit, threadsWished, traitsOf, type Cost } from '../../model/cost';
import { SIMD_MEMORY } from '../../model/kernels/engines';
import type { Settings } from '../../model/settings';
import { shownRun, type PlaygroundState } from '../../store';
import type { RunDescription } from '../../workers/protocol';

/** Number of symbols that the network would have; null while the text is not known. */
export const symbolsExpected = (state: PlaygroundState): number | null => {
  const { text, settings } = state;
  const description = shownRun(state)?.description ?? null;
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

/** What the run on the page tells about the next one. */
export type Known = Pick<RunDescription, 'settings' | 'adjustments' | 'engine' | 'cost'>;

export interface Estimate {
  readonly cost: Cost;
  /** Training characters a second, scaled from the speed that was measured; null where none was. */
  readonly charactersPerSecond: number | null;
}

type Shape = { -readonly [K in 'batch' | 'length']: Settings[K] };

/** Batch and length as far as the text allows them: what was lowered for the run on the page stays so low. */
const fitted = (settings: Settings, adjustments: Known['adjustments']): Settings => {
  const shape: Shape = { batch: settings.batch, length: settings.length };
  for (const { name, used } of adjustments) shape[name] = Math.min(shape[name], used);
  return { ...settings, ...shape };
};

const flopsPerCharacter = (cost: Cost, { batch, length }: Shape): number => cost.flopsPerStep / (batch * length);

/**
 * What a run of these settings costs on a machine with so many cores. `charactersPerSecond` is the measured speed of the
 * run on the page; it tells nothing about another engine.
 */
export const estimateOf = (
  settings: Settings,
  symbols: number,
  known: Known | null,
  charactersPerSecond: number,
  cores: number,
): Estimate => {
  const sameEngine = known !== null && known.settings.engine === settings.engine;
  const meant = settings.engine === 'auto' ? 'simd' : settings.engine;
  const engine = traitsOf(sameEngine ? known.engine.name : meant);
  const next = fitted(settings, known?.adjustments ?? []);
  const wished = { ...next, threads: threadsWished(settings.threads, cores) };
  const threads = threadsThatFit(wished, symbols, SIMD_MEMORY, engine);
  const cost = costOf({ ...next, threads }, symbols, engine);
  if (!sameEngine || charactersPerSecond <= 0) return { cost, charactersPerSecond: null };
  const now = fitted(known.settings, known.adjustments);
  const ratio = flopsPerCharacter(known.cost, now) / flopsPerCharacter(cost, next);
  return { cost, charactersPerSecond: charactersPerSecond * ratio };
};
