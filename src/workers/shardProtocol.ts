/** The wire between the training worker and the threads that take shards of its batches. */
import type { Parcel, ShardSpec } from '../model/batchGradient';

export type ShardCommand =
  /** The simd engine's program; first of all. */
  | { readonly type: 'program'; readonly program: WebAssembly.Module }
  | { readonly type: 'open'; readonly run: number; readonly spec: ShardSpec }
  /** Answered by 'computed' or 'failed', in the order of the questions. The parcel's memory travels along. */
  | { readonly type: 'compute'; readonly run: number; readonly parcel: Parcel }
  | { readonly type: 'close'; readonly run: number };

export type ShardEvent =
  { readonly type: 'computed'; readonly parcel: Parcel } | { readonly type: 'failed'; readonly cause: string };

/** The memory of a parcel, to be handed over with it. */
export const memoryOf = ({ parameters, shards }: Parcel): ArrayBuffer[] => [
  parameters.buffer,
  ...shards.flatMap(({ inputs, targets, gradient, totals, h, c }) =>
    [inputs, targets, gradient, totals, ...h, ...(c ?? [])].map(({ buffer }) => buffer),
  ),
];
