/** Time as the worker's loops know it: injected, so that a test can hold it. */

export interface Clock {
  /** Milliseconds since some moment. */
  now(): number;
  /** Calls back once after that time, unless the returned function is called before. */
  later(milliseconds: number, callback: () => void): () => void;
  /** Resolves after the messages that wait have been handled. */
  breathe(): Promise<void>;
}

/** A MessageChannel yields without the 4 ms that browsers add to nested timers. */
export const createClock = (): Clock => {
  const { port1, port2 } = new MessageChannel();
  let waiting: (() => void)[] = [];
  port1.onmessage = () => {
    const resolvers = waiting;
    waiting = [];
    for (const resolve of resolvers) resolve();
  };
  return {
    now: () => performance.now(),
    later: (milliseconds, callback) => {
      const timer = setTimeout(callback, milliseconds);
      return () => {
        clearTimeout(timer);
      };
    },
    breathe: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        if (waiting.length === 1) port2.postMessage(null);
      }),
  };
};

/** Parts that a time limit is counted in: a machine that slept, or a page that was frozen, has lost no more than one of them. */
const PARTS = 10;

/** Calls back after that time of a machine that is awake, unless the returned function is called before. */
const afterWaking = (clock: Pick<Clock, 'later'>, milliseconds: number, callback: () => void): (() => void) => {
  let cancel: () => void = () => undefined;
  const wait = (parts: number) => {
    if (parts === 0) callback();
    else
      cancel = clock.later(milliseconds / PARTS, () => {
        wait(parts - 1);
      });
  };
  wait(PARTS);
  return () => {
    cancel();
  };
};

/**
 * Waits for an answer, so long and no longer. One that comes later is given to `discard`, so that what it holds is freed.
 *
 * @throws Error that says so where none came in that time
 */
export const within = <T>(
  clock: Pick<Clock, 'later'>,
  milliseconds: number,
  asked: Promise<T>,
  discard: (late: T) => void = () => undefined,
): Promise<T> =>
  new Promise((resolve, reject) => {
    let isLate = false;
    const cancel = afterWaking(clock, milliseconds, () => {
      isLate = true;
      reject(new Error(`no answer for ${milliseconds / 1000} s`));
    });
    asked.then(
      (answer) => {
        cancel();
        if (isLate) discard(answer);
        else resolve(answer);
      },
      (error: unknown) => {
        cancel();
        reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
  });

/** Milliseconds of work after which messages are let in. */
const LONG = 30;

/** A breath for work that comes in pieces of unknown length: taken only when enough time has passed since the last one. */
export const atIntervals = (clock: Clock): (() => Promise<void>) => {
  let last = clock.now();
  return async () => {
    if (clock.now() - last < LONG) return;
    await clock.breathe();
    last = clock.now();
  };
};

/** A sleep that any event may end early. */
export class Alarm {
  private end: (() => void) | null = null;
  private rang = false;

  constructor(private readonly clock: Clock) {}

  /** Until `ring`, or until that time has passed; null waits for `ring` alone. One sleeper at a time. */
  sleep(milliseconds: number | null): Promise<void> {
    if (this.rang) {
      this.rang = false;
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const ring = () => {
        this.ring();
      };
      const cancel = milliseconds === null ? () => undefined : this.clock.later(milliseconds, ring);
      this.end = () => {
        cancel();
        resolve();
      };
    });
  }

  /** Where nobody sleeps, the next sleep ends at once: what was wished while a sleeper lay down is not overslept. */
  ring(): void {
    const { end } = this;
    this.end = null;
    if (end === null) this.rang = true;
    else end();
  }
}
