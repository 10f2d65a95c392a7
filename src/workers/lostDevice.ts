/** A device that has gone is asked for again after a pause; once it has gone, or not come, too often, another one is taken. */
import type { Failure } from '../model/failures';
import type { Clock } from './clock';
import type { Engines } from './engines';

/** Milliseconds until it is asked for again: the first time, the second one. */
const PAUSES = [1000, 4000] as const;
/** Milliseconds after which a device that has gone since has not gone again, but anew. */
const LATELY = 60_000;

/** @throws the signal's reason */
const rest = (clock: Pick<Clock, 'later'>, milliseconds: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const abort = () => {
      cancel();
      reject(signal?.reason as Error);
    };
    const cancel = clock.later(milliseconds, () => {
      signal?.removeEventListener('abort', abort);
      resolve();
    });
    signal?.addEventListener('abort', abort, { once: true });
  });

export class LostDevice {
  #times: readonly number[] = [];
  #failure: Failure | null = null;

  constructor(private readonly clock: Pick<Clock, 'now' | 'later'>) {}

  /** It has gone, or has not come. */
  heard(failure: Failure): void {
    const now = this.clock.now();
    this.#times = [...this.#times.filter((time) => now - time < LATELY), now];
    this.#failure = failure;
  }

  /** The same engines; the one that was lost is what is to be acquired of them. */
  again(engines: Engines): Engines {
    return {
      acquire: async (choice, onLost, signal) => {
        for (;;) {
          const pause = PAUSES.at(this.#times.length - 1);
          if (pause === undefined)
            return { ...(await engines.acquire('auto', onLost, signal)), failure: this.#failure };
          await rest(this.clock, pause, signal);
          const lease = await engines.acquire(choice, onLost, signal);
          if (lease.failure === null) return lease;
          lease.release();
          this.heard(lease.failure);
        }
      },
    };
  }
}
