/** The wire between the training worker and the threads that take shards of its batches: types only. */
import type { ShardJob, ShardResult, ShardSpec } from '../model/batchGradient';

export type ShardCommand =
  /** The simd engine's program; first of all. */
  | { readonly type: 'program'; readonly program: WebAssembly.Module }
  | { readonly type: 'open'; readonly run: number; readonly spec: ShardSpec }
  /** Answered by 'computed' or 'failed', in the order of the questions. */
  | { readonly type: 'compute'; readonly run: number; readonly job: ShardJob }
  | { readonly type: 'close'; readonly run: number };

export type ShardEvent =
  | { readonly type: 'computed'; readonly results: readonly ShardResult[] }
  | { readonly type: 'failed'; readonly cause: string };
