/**
 * Batches of a text: B contiguous streams side by side, read in windows of T characters, so that the recurrent state of
 * one window is the right beginning for the next (truncated back-propagation through time).
 */
import type { Indices } from './text/codePoints';

/** Part of the symbols cut into streams: stream b holds `streamLength` of them from `from` + b · `streamLength`. */
export interface Streams {
  readonly from: number;
  /** B. */
  readonly batch: number;
  /** T. */
  readonly length: number;
  readonly streamLength: number;
}

/** A stream holds at least this many windows, so that a fifth of a short text at most is left out. */
const LEAST_WINDOWS = 4;

/**
 * Batch and length for `symbols` training symbols: those wanted where the text is long enough; else a smaller batch, and
 * only when that is 1 a smaller length too.
 * @throws {RangeError} below two symbols, of which no window can be made.
 */
export const fitBatch = (
  symbols: number,
  batch: number,
  length: number,
): { readonly batch: number; readonly length: number } => {
  if (symbols < 2) throw new RangeError('A window needs a symbol and the one after it');
  const streams = Math.floor(symbols / (LEAST_WINDOWS * length + 1));
  if (streams >= 1) return { batch: Math.min(batch, streams), length };
  return { batch: 1, length: Math.max(1, Math.floor((symbols - 1) / LEAST_WINDOWS)) };
};

/** `symbols` symbols from `from` on as streams. */
export const streamsOf = (from: number, symbols: number, batch: number, length: number): Streams => ({
  from,
  batch,
  length,
  streamLength: Math.floor(symbols / batch),
});

/** Full windows in a stream. A window's targets reach one symbol further than its inputs. */
export const windowsOf = ({ streamLength, length }: Streams): number => Math.floor((streamLength - 1) / length);

/** Whether a window starts at `position` of the streams. */
export const hasWindow = (streams: Streams, position: number): boolean =>
  position + streams.length + 1 <= streams.streamLength;

/**
 * The window at `position`: inputs[t, b] is symbol position + t of stream b, targets[t, b] the one after it.
 * Both [T, B], row-major.
 */
export const fillBatch = (
  streams: Streams,
  ids: Indices,
  position: number,
  inputs: Int32Array,
  targets: Int32Array,
): void => {
  const { from, batch: B, length: T, streamLength } = streams;
  for (let b = 0; b < B; b++) {
    const start = from + b * streamLength + position;
    for (let t = 0; t < T; t++) {
      inputs[t * B + b] = ids[start + t];
      targets[t * B + b] = ids[start + t + 1];
    }
  }
};

/** Some streams of a batch, side by side. */
export interface Part {
  readonly from: number;
  readonly rows: number;
}

/** Rows of a product are computed four at a time. */
const BLOCK = 4;

/** A batch cut into at most `wanted` parts of nearly the same size, in whole blocks of rows but for the last. */
export const shardsOf = (batch: number, wanted: number): readonly Part[] => {
  const blocks = Math.floor(batch / BLOCK);
  const count = Math.max(1, Math.min(wanted, blocks));
  const startOf = (k: number): number => (k < count ? BLOCK * Math.ceil((k * blocks) / count) : batch);
  return Array.from({ length: count }, (_, k) => ({ from: startOf(k), rows: startOf(k + 1) - startOf(k) }));
};

/** The streams of that part alone. */
export const partOf = (streams: Streams, { from, rows }: Part): Streams => ({
  ...streams,
  from: streams.from + from * streams.streamLength,
  batch: rows,
});

/**
 * What is measured of a held-out part depends on the text alone, so that runs of any batch and length can be compared
 * with each other and with the text's baselines: so many streams and windows of so many characters at most.
 */
export const EVALUATION = { batch: 16, length: 64, windows: 8 } as const;

/** The first characters of the held-out part, in streams that are read from the zero state. */
export interface EvaluationPlan {
  readonly streams: Streams;
  readonly windows: number;
}

/** What to measure of the `heldOut` symbols from `from` on; null where there are not two symbols. */
export const planEvaluation = (from: number, heldOut: number): EvaluationPlan | null => {
  if (heldOut < 2) return null;
  const length = Math.min(EVALUATION.length, heldOut - 1);
  const batch = Math.max(1, Math.min(EVALUATION.batch, Math.floor(heldOut / (length + 1))));
  const windows = Math.min(EVALUATION.windows, Math.floor((heldOut / batch - 1) / length));
  return { streams: streamsOf(from, batch * (windows * length + 1), batch, length), windows };
};

/** Symbols [start, end), predicted one after the other by a model that has read those from `known` on, and nothing before. */
export interface MeasuredStretch {
  readonly known: number;
  readonly start: number;
  readonly end: number;
}

/** Exactly what the held-out loss is measured on, stream by stream: the first symbol of each is read and never predicted. */
export const measuredStretches = (from: number, heldOut: number): readonly MeasuredStretch[] => {
  const plan = planEvaluation(from, heldOut);
  if (plan === null) return [];
  const { streams, windows } = plan;
  return Array.from({ length: streams.batch }, (_, b) => {
    const known = streams.from + b * streams.streamLength;
    return { known, start: known + 1, end: known + 1 + windows * streams.length };
  });
};
