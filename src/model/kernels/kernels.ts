/**
 * The operations that every engine offers; the network is written once on top of them.
 *
 * Letters: T time, B batch, V vocabulary, E embedding, H hidden units, G gates of the cell, M rows.
 * All matrices are row-major. Calls queue work in order and return at once; only `read` and `settle` wait.
 */
import type { CellName } from '../cells';

/** Memory of one engine. Opaque: only the engine that allocated it looks inside. */
export interface DeviceBuffer {
  readonly kind: 'float' | 'int';
  readonly length: number;
}

/** A contiguous stretch of a buffer seen as a row-major array; offset in elements. */
export interface View {
  readonly buffer: DeviceBuffer;
  readonly offset: number;
  readonly shape: readonly number[];
}

/** Values on the host. */
export type HostArray = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/**
 * What a scan writes and its backward scan and the views read.
 * Slot 0 of `h` and `c` is the initial state, slot t + 1 the state after step t. A reversed scan goes from step T - 1 to
 * step 0: its slot T is the initial state, slot t the state after step t.
 */
export interface Tape {
  /**
   * [T, B, G·H]. On entry the input's contribution W x_t + b, on return the activations, gates in the cell's order.
   * For the tanh RNN, whose activation is h itself, on return the pre-activation a = W x_t + b + h_{t-1} U.
   */
  readonly gates: View;
  /** [T, B, H], GRU only: q = U_n h + b_hn, the part that the reset gate multiplies. */
  readonly q: View | null;
  /** [T + 1, B, H], LSTM only. */
  readonly c: View | null;
  /** [T + 1, B, H]. */
  readonly h: View;
}

export interface Scan {
  readonly cell: CellName;
  /** U [H, G·H]: z_t = (input's contribution) + h_{t-1} U. */
  readonly recurrent: View;
  /** [P, H]: the cell's own vectors, a row each, as its table lists them (`unitVectors`); null where it has none. */
  readonly unitVectors: View | null;
  readonly tape: Tape;
  /** From the last step to the first, as the second direction of a bidirectional network does. */
  readonly reversed?: boolean;
  /**
   * [T, B] int, 1 for a symbol, 0 for padding. At a padded position the state stays as it was before the step, and its
   * gradient passes unchanged; the gates of the tape are computed there all the same, and their gradients are 0.
   */
  readonly mask?: View;
}

export interface ScanBackward extends Scan {
  /** [T, B, H]: gradient of the loss with respect to each h_t from above (not through time). Left as it is. */
  readonly dh: View;
  /** [T, B, G·H], written: gradient with respect to the pre-activations. */
  readonly dgates: View;
  /**
   * [T, B, G·H], written: gradient with respect to the recurrent contribution h_{t-1} U + b_hn.
   * GRU only, where it differs from `dgates` in the candidate's block; null for the others.
   */
  readonly drecurrent: View | null;
  /** [B, H]: on entry the gradient with respect to h after the scan's last step, on return with respect to h before its first. */
  readonly dhCarry: View;
  /** [B, H], LSTM only: the same for c. */
  readonly dcCarry: View | null;
  /**
   * Price of memory: the loss also holds price · Σ over t, b, u of ρ(state after step t), padding left out. The state is c,
   * or h where a cell has no other, and ρ(x) = x² / 2δ within δ = `PRICE_DELTA` of zero, |x| - δ / 2 beyond (Huber 1964), so
   * that the slope of a state is price · x / δ within ±price. None without it, as with 0.
   * This is activation regularisation (Merity, McCann and Socher 2017, "Revisiting Activation Regularization for Language
   * RNNs") and kin to norm stabilisation (Krueger and Memisevic 2016), put on the cell state.
   */
  readonly price?: number;
}

/** Within this distance of zero the price of a state grows with its square, beyond it in proportion. */
export const PRICE_DELTA = 0.1;

export interface MatmulOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** Add to what stands in `out` instead of replacing it. */
  readonly accumulate?: boolean;
  /** [N], added to every row; not together with `accumulate`. */
  readonly bias?: View;
  /** [N], with `transposeA`: also receives the sum over the rows of b, as `sumRows` would; a bias' gradient. */
  readonly sums?: View;
}

/** Blocks of `width` columns of a matrix, by their first columns; they are the same block or have no column in common. */
export interface ColumnBlocks {
  readonly from: number;
  readonly to: number;
  readonly width: number;
  readonly alpha: number;
  readonly beta: number;
}

/** A counter-based mask: the same key gives the same mask on every engine. See random.ts. */
export interface Dropout {
  /** Share of elements set to zero, 0 <= rate < 1; the others are divided by 1 - rate. */
  readonly rate: number;
  /** Element k of the view (row-major) is kept where uniform(key, start + k) >= rate. */
  readonly key: number;
  readonly start: number;
}

export interface CrossEntropy {
  /** [M, V]. Overwritten with the gradient when `gradientScale` is not null: (softmax - onehot) · gradientScale. */
  readonly logits: View;
  /** [M] int. */
  readonly targets: View;
  readonly gradientScale: number | null;
  /** [2]: sum over the rows of -ln p(target), and how many rows have the target as their (first) largest logit. */
  readonly totals: View;
  /** Add to `totals` instead of replacing them. */
  readonly accumulate: boolean;
}

export type OptimizerName = 'adam' | 'rmsprop' | 'sgd';

/**
 * One step over the flat parameters. First the gradient is scaled by min(1, clip / (norm + 1e-6)) with its global
 * norm, as PyTorch's clip_grad_norm_ (Pascanu et al. 2013); then decoupled weight decay p -= learningRate · weightDecay · p
 * (Loshchilov and Hutter 2019); then
 * adam: PyTorch's Adam with bias correction (Kingma and Ba 2015), moments m and v;
 * rmsprop: PyTorch's RMSprop, p -= learningRate · g / (sqrt(v) + epsilon), moment v;
 * sgd: PyTorch's momentum, m = momentum · m + g, p -= learningRate · m, moment m.
 * Where the norm is not finite, parameters and moments stay as they are.
 */
export interface OptimizerStep {
  readonly name: OptimizerName;
  readonly parameters: View;
  readonly gradient: View;
  /** Each of the parameters' length; see `MOMENTS`. */
  readonly moments: readonly View[];
  /** [1]: the squared global norm before clipping, made by `sumOfSquares`. */
  readonly squaredNorm: View;
  /** Largest norm; Infinity clips nothing. */
  readonly clip: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  /** adam: first and second decay, rmsprop: `beta2`, sgd: `beta1` is the momentum. */
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  /** adam: 1 - beta1^k and 1 - beta2^k of this step k = 1, 2, …, multiplied up by the trainer. */
  readonly correction1: number;
  readonly correction2: number;
}

/** How many moment arrays an optimizer keeps. */
export const MOMENTS: Readonly<Record<OptimizerName, number>> = { adam: 2, rmsprop: 1, sgd: 1 };

/** The slots of a tape's states before and after step t, and the steps in the order of the scan. */
export const timeline = (T: number, reversed = false) => ({
  steps: Array.from({ length: T }, (_, k) => (reversed ? T - 1 - k : k)),
  before: (t: number): number => (reversed ? t + 1 : t),
  after: (t: number): number => (reversed ? t : t + 1),
});

/** A training batch is cut into so many parts at most. */
export const MOST_SHARDS = 8;

/** The operations of one engine. Holds no run's state: everything lives in buffers that the caller owns. */
export interface Kernels {
  /** Precision of float buffers. */
  readonly precision: 'float32' | 'float64';
  /**
   * How many parts a training batch is cut into, whatever the number of threads: 1 where its rows run side by side,
   * MOST_SHARDS at most. Where it is more than 1, each row has the bits that it has alone, and what accumulates a sum over
   * rows (a product with `transposeA`, its `sums`, `sumRows`, `scatterAdd`) adds the finished sum, as one number.
   */
  readonly shards: number;
  /** @throws {RangeError} where the length is not a positive integer or cannot be had. Zero-filled. */
  allocate(kind: 'float' | 'int', length: number): DeviceBuffer;
  free(buffer: DeviceBuffer): void;
  /** Host to device; `values` has the view's size. */
  write(view: View, values: ArrayLike<number>): void;
  /** Device to host, after all work queued before it: into `into`, which has the view's size, or a new array. */
  read(view: View, into?: HostArray): Promise<HostArray>;
  /** Every element of a float view becomes `value`. */
  fill(view: View, value: number): void;
  /** Same size, either kind; the two views do not overlap. */
  copy(from: View, to: View): void;
  /** out[m] = table[ids[m]] (+ bias): [N, D], [M] int, [M, D], [D]. The product of a one-hot matrix with the table. */
  gather(table: View, ids: View, out: View, bias?: View): void;
  /** Gradient of gather: table[n] = (or +=) sum of rows[m] over m with ids[m] = n; [M, D], [M] int, [N, D]. */
  scatterAdd(rows: View, ids: View, table: View, accumulate?: boolean): void;
  /** out = op(a) op(b): 2-D views. */
  matmul(a: View, b: View, out: View, options?: MatmulOptions): void;
  /** out += x: views of the same size. */
  add(x: View, out: View): void;
  /**
   * m[:, to + k] = alpha · m[:, from + k] + beta · m[:, to + k] for k < width, in place; [M, N]. As arithmetic has it, 0 times
   * what is not finite is NaN.
   */
  combineColumns(m: View, blocks: ColumnBlocks): void;
  /** out[n] = (or +=) sum over m of x[m, n]: [M, N], [N]. */
  sumRows(x: View, out: View, accumulate?: boolean): void;
  /** out = x · mask / (1 - rate); `out` may be `x`. The backward pass is the same call on the gradient. */
  dropout(x: View, out: View, mask: Dropout): void;
  crossEntropy(args: CrossEntropy): void;
  /** The whole sequence, forward. */
  scan(args: Scan): void;
  /** The whole sequence, backward. */
  scanBackward(args: ScanBackward): void;
  /**
   * out[0] = sum of squares of x; NaN where any element of `guard` is not finite, which may hold `out` itself as it was
   * before.
   */
  sumOfSquares(x: View, out: View, guard?: View): void;
  optimizerStep(args: OptimizerStep): void;
  /** Resolves when all queued work is done; rejects with the engine's error where the device reported one. */
  settle(): Promise<void>;
  /** Frees what the engine itself holds. */
  dispose(): void;
}

/** What `read` answers with `values` at hand. */
export const handOver = (values: HostArray, into: HostArray = values): HostArray => {
  if (into !== values) into.set(values);
  return into;
};

export const sizeOf = (shape: readonly number[]): number => {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
};

/** The stretch of `view` that starts `offset` elements in, with its own shape. */
export const subview = (view: View, offset: number, shape: readonly number[]): View => {
  if (offset < 0 || offset + sizeOf(shape) > sizeOf(view.shape)) {
    throw new RangeError(`[${shape.join(', ')}] at ${String(offset)} leaves a view of [${view.shape.join(', ')}]`);
  }
  return { buffer: view.buffer, offset: view.offset + offset, shape };
};

/** The whole of a buffer as an array of that shape. */
export const viewOf = (buffer: DeviceBuffer, shape: readonly number[]): View => {
  if (sizeOf(shape) > buffer.length) {
    throw new RangeError(`[${shape.join(', ')}] is larger than a buffer of ${String(buffer.length)}`);
  }
  return { buffer, offset: 0, shape };
};
