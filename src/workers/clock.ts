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

/** A sleep that any event may end early. */
export class Alarm {
  private end: () => void = () => undefined;

  constructor(private readonly clock: Clock) {}

  /** Until `ring`, or until that time has passed; null waits for `ring` alone. One sleeper at a time. */
  sleep(milliseconds: number | null): Promise<void> {
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

  /** Nothing where nobody sleeps. */
  ring(): void {
    this.end();
    this.end = () => undefined;
  }
}
