/** How often the worker has died of late: one that dies again and again is not started again by itself. */
import type { Failure } from '../model/failures';

/** From so many deaths on, within so many milliseconds, it is left to the reader. */
const MANY = 3;
const LATELY = 60_000;

export interface Deaths {
  /** What is left to the reader to do something about; null where a new worker may take its place by itself. */
  readonly heard: (failure: Failure) => Failure | null;
  /** A run is on the page: a worker that could do that much is worth another try. */
  readonly lived: () => void;
}

/** @param today milliseconds since 1970 */
export const createDeaths = (today: () => number): Deaths => {
  let hasLived = false;
  let times: readonly number[] = [];
  return {
    heard: (failure) => {
      const now = today();
      // A clock that was set back counts as now.
      times = [...times.map((time) => Math.min(time, now)).filter((time) => now - time < LATELY), now];
      if (failure.code !== 'worker-died' || !hasLived) return failure;
      return times.length < MANY ? null : { ...failure, times: times.length };
    },
    lived: () => {
      hasLived = true;
    },
  };
};
