/** Baselines of a text: counted in pieces between other work, once for each dataset. */
import type { baselinesWithGrammar } from '../model/text/baselines';
import type { Baselines, Dataset } from '../model/text/types';
import type { Clock } from './clock';
import type { LoadedText } from './texts';

/** Share of the time that counting takes from runs that train. */
const SHARE = 0.2;
/** Milliseconds of one piece. */
const PIECE = 8;
/** Milliseconds after a run is there: its first steps are not to wait for what counts beside them. */
const REST = 1000;

/** Grammars and n-grams are no part of the first download. */
export type LoadBaselines = () => Promise<typeof baselinesWithGrammar>;

export interface Measuring {
  /**
   * Null where nobody wanted it any longer before it was done.
   * @throws FailureError `part-unreachable`; the next call asks again
   */
  measure(loaded: LoadedText, dataset: Dataset): Promise<Baselines | null>;
}

export const createMeasuring = (o: {
  readonly clock: Clock;
  readonly loadBaselines: LoadBaselines;
  /** Whether a run trains, which must not be slowed down much. */
  readonly isBusy: () => boolean;
  readonly isWanted: (dataset: Dataset) => boolean;
}): Measuring => {
  const { clock, loadBaselines, isBusy, isWanted } = o;
  const jobs = new WeakMap<Dataset, Promise<Baselines | null>>();

  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      clock.later(milliseconds, resolve);
    });

  /** Waits between pieces of a few milliseconds. */
  const count = async ({ text, entry }: LoadedText, dataset: Dataset): Promise<Baselines | null> => {
    await pause(REST);
    if (!isWanted(dataset)) return null;
    const measure = await loadBaselines();
    const pieces = measure(text, entry?.grammar?.id ?? null, dataset);
    for (;;) {
      await clock.breathe();
      if (!isWanted(dataset)) return null;
      const began = clock.now();
      do {
        const piece = pieces.next();
        if (piece.done) return piece.value;
      } while (clock.now() - began < PIECE);
      if (isBusy()) await pause((clock.now() - began) * (1 / SHARE - 1));
    }
  };

  return {
    measure: async (loaded, dataset) => {
      const job = jobs.get(dataset) ?? count(loaded, dataset);
      jobs.set(dataset, job);
      let baselines: Baselines | null = null;
      try {
        baselines = await job;
      } finally {
        if (baselines === null) jobs.delete(dataset);
      }
      return baselines;
    },
  };
};
