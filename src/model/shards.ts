/** What passes between a run's own thread and the others that take parts of its batches: types, and who takes what. */
import type { Part } from './batches';
import type { HostArray } from './kernels/kernels';
import type { StepConditions } from './network';
import type { Span } from './pairwise';
import type { Settings } from './settings';

/**
 * The parts of one step that another thread takes, as they travel there and back. Its memory is given away and comes back:
 * nothing is allocated or copied on the way.
 */
export interface Parcel {
  readonly hand: Span;
  readonly conditions: StepConditions;
  /** Symbols read and to be predicted: [T, rows] of each part, one after the other. */
  readonly inputs: Int32Array<ArrayBuffer>;
  readonly targets: Int32Array<ArrayBuffer>;
  /** As `States`, [rows of the hand, H] each: before the window on the way there, after it on the way back. */
  readonly states: readonly HostArray[];
  /**
   * Each of the parameters' length, one for each of the hand's sums: its gradient on the way back. On the way there the
   * first holds the parameters.
   */
  readonly gradients: readonly HostArray[];
  /** [parts of the hand, 2]: filled by the thread. */
  readonly totals: HostArray;
}

/** What another thread builds the run's network from. Batch and length are those in use. */
export interface ShardSpec {
  readonly settings: Settings;
  /** V. */
  readonly symbols: number;
  /** The parts that it is expected to be given. */
  readonly hand: Span;
}

/** Another thread that has the network of this run. */
export interface ShardThread {
  /** The parcel is given away, and comes back filled. Rejects where the thread is lost. */
  compute(parcel: Parcel): Promise<Parcel>;
  /** The thread forgets the run. */
  close(): void;
}

/** Rows of a hand: where they begin in the batch, and how many they are. */
export const rowsOfHand = (parts: readonly Part[], { from, to }: Span): Part => {
  const last = parts[to - 1];
  return { from: parts[from].from, rows: last.from + last.rows - parts[from].from };
};
