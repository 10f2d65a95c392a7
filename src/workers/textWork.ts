/** Work on a text that takes a while: done in pieces between other work, once for each dataset. */
import type * as analyses from '../model/text/analyses';
import type { Dataset } from '../model/text/types';
import type { Clock } from './clock';
import type { LoadedText } from './texts';

/** Share of the time that it takes from runs that train. */
const SHARE = 0.2;
/** Milliseconds of one piece. */
const PIECE = 8;

/** Milliseconds after a run is there: its first steps are not to wait for what is worked out beside them. */
const REST = 1000;

export type LoadAnalyses = () => Promise<typeof analyses>;

export interface TextWorkHost {
  readonly clock: Clock;
  readonly loadAnalyses: LoadAnalyses;
  /** Whether a run trains, which must not be slowed down much. */
  readonly isBusy: () => boolean;
  readonly isWanted: (dataset: Dataset) => boolean;
}

/**
 * What comes of the work on a text; null where nobody wanted it any longer before it was done.
 * @throws FailureError `part-unreachable`; the next call asks again
 */
export type TextWork<T> = (loaded: LoadedText, dataset: Dataset) => Promise<T | null>;

/** @param begin the work, in steps of a moment each */
export const createTextWork = <T>(
  { clock, loadAnalyses, isBusy, isWanted }: TextWorkHost,
  begin: (loaded: LoadedText, dataset: Dataset, by: typeof analyses) => Generator<unknown, T>,
): TextWork<T> => {
  const jobs = new WeakMap<Dataset, Promise<T | null>>();

  const pause = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      clock.later(milliseconds, resolve);
    });

  /** Waits between pieces of a few milliseconds. */
  const work = async (loaded: LoadedText, dataset: Dataset): Promise<T | null> => {
    await pause(REST);
    if (!isWanted(dataset)) return null;
    const steps = begin(loaded, dataset, await loadAnalyses());
    for (;;) {
      await clock.breathe();
      if (!isWanted(dataset)) return null;
      const began = clock.now();
      do {
        const step = steps.next();
        if (step.done) return step.value;
      } while (clock.now() - began < PIECE);
      if (isBusy()) await pause((clock.now() - began) * (1 / SHARE - 1));
    }
  };

  return async (loaded, dataset) => {
    const job = jobs.get(dataset) ?? work(loaded, dataset);
    jobs.set(dataset, job);
    let result: T | null = null;
    try {
      result = await job;
    } finally {
      if (result === null) jobs.delete(dataset);
    }
    return result;
  };
};
