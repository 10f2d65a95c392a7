/** The configuration that the run on the page trains, and which engine is known to be faster for it. */
import { configurationOf, fasterThan, timingsOf, type FasterEngine } from '../model/engineTimings';
import type { RunDescription } from '../workers/protocol';
import { shownRun, type Facts } from './state';

/** Batch and length in use: what was lowered for a short text is so low. */
const shapeOf = ({ settings, adjustments }: RunDescription) => {
  const shape = { batch: settings.batch, length: settings.length };
  for (const { name, used } of adjustments) shape[name] = used;
  return shape;
};

export const charactersPerStep = (description: RunDescription): number => {
  const { batch, length } = shapeOf(description);
  return batch * length;
};

/** The configuration that the run on the page trains, as timings name it; null while there is none. */
export const shownConfiguration = (state: Facts): string | null => {
  const description = shownRun(state)?.description ?? null;
  if (description === null) return null;
  return configurationOf(description.settings, shapeOf(description), description.symbols.length);
};

/** A faster engine for the run on the page, and what to remember where it is declined. */
export interface Offer extends FasterEngine {
  readonly key: string;
}

/** Null where no engine is known to be faster, or the reader does not want it. */
export const offerOf = (state: Facts): Offer | null => {
  const configuration = shownConfiguration(state);
  const engine = shownRun(state)?.description?.engine.name;
  if (configuration === null || engine === undefined || state.timedEngine !== null) return null;
  const found = fasterThan(engine, timingsOf(state.timings, configuration));
  if (found === null) return null;
  const key = `${found.faster.engine} ${configuration}`;
  return state.declined.includes(key) ? null : { ...found, key };
};
