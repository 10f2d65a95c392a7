/** The same weights and the same batch for everyone, from integers alone. */
import { CELLS } from '../../src/model/cells';
import { initialParameters, tensorsOf, type Architecture } from '../../src/model/parameters';
import { deriveKey, uniform } from '../../src/model/random';
import { DEFAULT_SETTINGS, type Settings } from '../../src/model/settings';
import type { Shape } from './shapes';

const SEED = 1;
/** Keys of the batch; the weights have those of the model. */
const BATCH = 1001;

export const settingsOf = ({ H, L, T, B }: Shape): Settings => ({
  ...DEFAULT_SETTINGS,
  layers: L,
  units: H,
  batch: B,
  length: T,
  learningRate: 0.002,
  clip: 5,
  // The peers' loss is the cross-entropy alone.
  activationPenalty: 0,
  seed: SEED,
});

export const architectureOf = ({ H, L, V }: Shape): Architecture => ({
  cell: CELLS.lstm,
  layers: L,
  units: H,
  symbols: V,
  embedding: null,
  rules: [],
});

/** B streams of T + 1 symbols, one after the other: one window, which every step begins anew from the zero state. */
export const streamsFor = ({ T, B, V }: Shape): Uint16Array<ArrayBuffer> => {
  const key = deriveKey(SEED, BATCH);
  return Uint16Array.from({ length: B * (T + 1) }, (_, k) => Math.floor(uniform(key, k) * V));
};

/** Inputs and targets as rows of streams, [B, T]. */
export const batchOf = (
  shape: Shape,
): { readonly inputs: Int32Array<ArrayBuffer>; readonly targets: Int32Array<ArrayBuffer> } => {
  const ids = streamsFor(shape);
  const row = shape.T + 1;
  const rows = Array.from({ length: shape.B }, (_, b) => ids.subarray(b * row, (b + 1) * row));
  return {
    inputs: Int32Array.from(rows.flatMap((stream) => [...stream.subarray(0, -1)])),
    targets: Int32Array.from(rows.flatMap((stream) => [...stream.subarray(1)])),
  };
};

/** A row of V for each id, all zeros but one. */
export const oneHotOf = (ids: Int32Array, V: number): Float32Array<ArrayBuffer> => {
  const rows = new Float32Array(ids.length * V);
  ids.forEach((id, row) => {
    rows[row * V + id] = 1;
  });
  return rows;
};

export interface NamedWeights {
  readonly shape: readonly number[];
  readonly values: Float32Array<ArrayBuffer>;
}

/** First weights by the names of parameters.ts; gates in the order i, f, g, o. */
export const weightsOf = (shape: Shape): ReadonlyMap<string, NamedWeights> => {
  const architecture = architectureOf(shape);
  const all = initialParameters(architecture, settingsOf(shape));
  return new Map(
    tensorsOf(architecture).map(({ name, offset, shape: size }) => {
      const length = size.reduce((a, b) => a * b, 1);
      return [name, { shape: size, values: Float32Array.from(all.subarray(offset, offset + length)) }];
    }),
  );
};
