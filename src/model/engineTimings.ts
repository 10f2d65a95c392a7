/** How fast the engines of this machine train a configuration, as far as it has been measured. */
import { ENGINE_NAMES } from './kernels/engines';
import type { EngineName } from './kernels/engines';
import { isRelevant, SETTING_NAMES, SETTINGS, type Setting, type Settings } from './settings';

export interface EngineTiming {
  readonly engine: EngineName;
  /** As in EngineInfo: another device is another measurement. */
  readonly device: string;
  /** See `configurationOf`. */
  readonly configuration: string;
  /** Milliseconds of a training step, the median; null where the engine could not train it. */
  readonly stepMilliseconds: number | null;
}

/** Measurements that are kept; the oldest go first. */
const MOST = 200;

/** What decides how long a step takes, as text. Batch and length are those in use. */
export const configurationOf = (
  settings: Settings,
  { batch, length }: Pick<Settings, 'batch' | 'length'>,
  symbols: number,
): string => {
  // It is the same configuration on every engine.
  const used: Settings = { ...settings, batch, length, engine: 'auto' };
  const values = SETTING_NAMES.flatMap((name) => {
    const { paces }: Setting = SETTINGS[name];
    if (paces === undefined || !isRelevant(name, used)) return [];
    return [`${SETTINGS[name].url}=${paces === 'value' ? used[name] : Number(used[name]) > 0 ? 'on' : 'off'}`];
  });
  return [...values, `symbols=${symbols}`].join(' ');
};

/** `known` with a measurement that replaces an older one of the same engine and configuration. */
export const remember = (known: readonly EngineTiming[], newest: EngineTiming): readonly EngineTiming[] =>
  [
    ...known.filter(({ engine, configuration }) => engine !== newest.engine || configuration !== newest.configuration),
    newest,
  ].slice(-MOST);

/** Those of one configuration, in the order of the engines. */
export const timingsOf = (known: readonly EngineTiming[], configuration: string): readonly EngineTiming[] =>
  known
    .filter((entry) => entry.configuration === configuration)
    .sort((a, b) => ENGINE_NAMES.indexOf(a.engine) - ENGINE_NAMES.indexOf(b.engine));

type Timed = EngineTiming & { readonly stepMilliseconds: number };

const isTimed = (entry: EngineTiming): entry is Timed => entry.stepMilliseconds !== null;

/** The one with the shortest step; null where nothing could be measured. */
export const fastestOf = (entries: readonly EngineTiming[]): Timed | null =>
  entries
    .filter(isTimed)
    .reduce<Timed | null>(
      (best, entry) => (best && best.stepMilliseconds <= entry.stepMilliseconds ? best : entry),
      null,
    );

/** A difference that a machine with other work to do would not show again is no offer. */
const NOTICEABLE = 1.15;

/** An engine that is faster than the one in use. */
export interface FasterEngine {
  readonly faster: Timed;
  readonly current: Timed;
}

/** The fastest engine of a configuration where it beats `current` by enough to be worth a move; else null. */
export const fasterThan = (current: EngineName, entries: readonly EngineTiming[]): FasterEngine | null => {
  const own = entries.filter(isTimed).find(({ engine }) => engine === current);
  const faster = fastestOf(entries);
  if (own === undefined || faster === null) return null;
  return own.stepMilliseconds > NOTICEABLE * faster.stepMilliseconds ? { faster, current: own } : null;
};

/** The middle of at least one number, or the mean of the two in the middle. */
export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
