/** What a run can be looked at as it was, and begun anew from: snapshots of its training, further apart the later they are. */
import { snapshotBytes, type RunSnapshot } from './snapshot';

/** Bytes of all snapshots together; the first and the newest stay whatever they take. */
export const MOST_CHRONICLE_BYTES = 2 ** 27;

/** From one snapshot to the next so many more steps have been made, as a share: a curve over the logarithm of the step is followed evenly. */
const STRIDE = 1 / 16;

/** How far apart two steps are on the logarithmic axis of the loss curve, which has a place for step 0. */
const distance = (from: number, to: number): number => Math.log((to + 1) / (from + 1));

interface Entry {
  readonly snapshot: RunSnapshot;
  readonly step: number;
  readonly bytes: number;
}

const entryOf = (snapshot: RunSnapshot): Entry => ({
  snapshot,
  step: snapshot.metrics.step,
  bytes: snapshotBytes(snapshot),
});

export class Chronicle {
  /** The oldest first. */
  #entries: readonly Entry[] = [];

  constructor(readonly mostBytes = MOST_CHRONICLE_BYTES) {}

  /** Of the snapshots, the oldest first. */
  get steps(): readonly number[] {
    return this.#entries.map(({ step }) => step);
  }

  get snapshots(): readonly RunSnapshot[] {
    return this.#entries.map(({ snapshot }) => snapshot);
  }

  get bytes(): number {
    return this.#entries.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** Null where there is none of that step, or no more. */
  at(step: number): RunSnapshot | null {
    return this.#entries.find((entry) => entry.step === step)?.snapshot ?? null;
  }

  /** Whether a run that has made so many steps is due to be written down. */
  isDue(step: number): boolean {
    const last = this.#entries.at(-1);
    return last === undefined || step >= last.step + Math.max(1, STRIDE * last.step);
  }

  /**
   * Writes down a run; what it had been later on, before it went back, is forgotten.
   *
   * @param held the step that somebody looks at, which stays
   */
  write(snapshot: RunSnapshot, held: number | null = null): void {
    const entry = entryOf(snapshot);
    this.#entries = [...this.#entries.filter(({ step }) => step < entry.step), entry];
    while (this.bytes > this.mostBytes && this.#thinOut(held));
  }

  /** The same as far as that step, to be gone on with by itself. */
  upTo(step: number): Chronicle {
    const other = new Chronicle(this.mostBytes);
    other.#entries = this.#entries;
    other.goBack(step);
    return other;
  }

  /** The run has gone back to that step. */
  goBack(step: number): void {
    this.#entries = this.#entries.filter((entry) => entry.step <= step);
  }

  /** Lets go of the one whose neighbours are closest to each other; says whether there was any. */
  #thinOut(held: number | null): boolean {
    const { steps } = this;
    let gone: number | null = null;
    let least = Infinity;
    for (let k = 1; k < steps.length - 1; k++) {
      const gap = distance(steps[k - 1], steps[k + 1]);
      if (gap < least && steps[k] !== held) [gone, least] = [steps[k], gap];
    }
    this.#entries = this.#entries.filter(({ step }) => step !== gone);
    return gone !== null;
  }
}
