/** The wire between the training worker and the threads that take parts of its batches. */
import type { Parcel, ShardSpec } from '../model/shards';

export type ShardCommand =
  /** The simd engine's program; first of all. */
  | { readonly type: 'program'; readonly program: WebAssembly.Module }
  | { readonly type: 'open'; readonly run: number; readonly spec: ShardSpec }
  /** Answered by 'computed' or 'failed'. The parcel's memory travels along. */
  | { readonly type: 'compute'; readonly run: number; readonly parcel: Parcel }
  | { readonly type: 'close'; readonly run: number };

export type ShardEvent =
  | { readonly type: 'computed'; readonly run: number; readonly parcel: Parcel }
  /** The thread can do no more for that run; others are not concerned. */
  | { readonly type: 'failed'; readonly run: number; readonly cause: string };

/** The memory of a parcel, to be handed over with it. */
export const memoryOf = ({ inputs, targets, states, gradients, totals }: Parcel): ArrayBuffer[] =>
  [inputs, targets, totals, ...gradients, ...states].map(({ buffer }) => buffer);
