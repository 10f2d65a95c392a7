/**
 * Long scans in pieces. Watchdogs take devices away from long dispatches, so a scan whose measured time passes a limit is
 * split over time into the fewest pieces that keep below it.
 */

/** Steps [t0, t1). */
export interface Stretch {
  readonly t0: number;
  readonly t1: number;
}

/** Milliseconds that one dispatch may take. */
const LONGEST = 200;
/** The first run of a program is left out, because programs are often compiled then. */
const RUNS_MEASURED = 3;

/** `pieces` stretches of [0, T) that differ in length by one step at most. */
export const split = (T: number, pieces: number): readonly Stretch[] => {
  const count = Math.min(pieces, T);
  return Array.from({ length: count }, (_, k) => ({
    t0: Math.floor((k * T) / count),
    t1: Math.floor(((k + 1) * T) / count),
  }));
};

export interface Timer {
  /** Submits what is queued. */
  submit(): void;
  /** Resolves when what was submitted is done. */
  finished(): Promise<unknown>;
  /** Milliseconds. */
  now(): number;
}

/** Remembers for each scan how long it takes, and cuts it accordingly. Without a timer nothing is measured or cut. */
export class Stretches {
  readonly #times = new Map<string, { started: number; readonly taken: number[] }>();

  constructor(private readonly timer: Timer | null) {}

  /** Queues the scan `key` of T steps by `queue`, in pieces where it is known to be long. */
  run(key: string, T: number, queue: (stretch: Stretch) => void, order: 'forward' | 'backward'): void {
    const entry = this.#times.get(key) ?? { started: 0, taken: [] };
    this.#times.set(key, entry);
    const pieces = entry.taken.length < RUNS_MEASURED ? 1 : Math.ceil(Math.min(...entry.taken) / LONGEST);
    const stretches = split(T, Math.max(1, pieces));
    const measured = this.timer !== null && entry.started <= RUNS_MEASURED;
    const all = (): void => {
      (order === 'forward' ? stretches : stretches.toReversed()).forEach(queue);
    };
    entry.started += 1;
    if (measured && entry.started > 1) this.#measure(this.timer, entry.taken, all);
    else all();
  }

  /** Hands `work` to the device by itself, and notes the time from the end of what came before to its own end. */
  #measure(timer: Timer, taken: number[], work: () => void): void {
    timer.submit();
    const before = timer.finished().then(() => timer.now());
    work();
    timer.submit();
    const after = timer.finished().then(() => timer.now());
    // A lost device is reported by reads; here there is nothing to note then.
    Promise.all([before, after]).then(
      ([start, end]) => taken.push(end - start),
      () => undefined,
    );
  }
}
