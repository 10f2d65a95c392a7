/** Row look-ups, matrix products, sums over rows and blocks of columns. */
import type { Tensor } from '@tensorflow/tfjs';
import type { ColumnBlocks, MatmulOptions, View } from '../kernels';
import { ints, read, write } from './buffers';
import { matrix, type Tf } from './tensors';

/** The product of a one-hot matrix with the table; the bias is added to the table's N rows, not to the M results. */
export const gather = (tf: Tf, table: View, ids: View, out: View, bias?: View): void => {
  const rows = bias ? read(table).add(read(bias)) : read(table);
  write(out, tf.gather(rows, tf.tensor1d(ints(ids), 'int32')));
};

/** [M, N] with a one at (m, ids[m]). */
export const oneHot = (tf: Tf, ids: Int32Array, N: number): Tensor => {
  const positions = tf.tensor1d(ids, 'int32');
  return tf.oneHot(positions, N, 1, 0, 'float32');
};

/** Which of N ids occur, and for each occurrence the number of its id among them. */
const ranked = (ids: Int32Array, N: number): { readonly ranks: Int32Array; readonly distinct: number[] } => {
  const rankOf = new Int32Array(N).fill(-1);
  const distinct: number[] = [];
  const ranks = ids.map((id) => {
    if (rankOf[id] < 0) rankOf[id] = distinct.push(id) - 1;
    return rankOf[id];
  });
  return { ranks, distinct };
};

/** The next power of two: few sizes, so that programs and memory made for one step serve the others. */
const roundUp = (n: number): number => 2 ** (32 - Math.clz32(n - 1));

/**
 * A product with a one-hot matrix, for sums in a fixed order. Where the table has many more rows than occur, the product
 * is taken over those that do, and its rows are then put in their places.
 */
export const scatterAdd = (tf: Tf, rows: View, ids: View, table: View, accumulate = false): void => {
  const [N, D] = table.shape;
  const occurrences = ints(ids);
  const values = matrix(read(rows));
  const put = (sums: Tensor) => {
    write(table, accumulate ? sums.add(read(table)) : sums);
  };
  const sums = (indices: Int32Array, columns: number) => tf.matMul(oneHot(tf, indices, columns), values, true, false);
  const { ranks, distinct } = ranked(occurrences, N);
  // One more row than occur: the rows of ids that do not occur are copies of it, and it is zero.
  const columns = roundUp(distinct.length + 1);
  if (columns >= N) {
    put(sums(occurrences, N));
    return;
  }
  const places = new Int32Array(N).fill(distinct.length);
  distinct.forEach((id, rank) => {
    places[id] = rank;
  });
  put(tf.gather(sums(ranks, columns).reshape([columns, D]), tf.tensor1d(places, 'int32')));
};

export const matmul = (tf: Tf, a: View, b: View, out: View, options: MatmulOptions = {}): void => {
  const { transposeA = false, transposeB = false, accumulate = false } = options;
  const added = accumulate ? out : options.bias;
  const product = tf.fused.matMul({
    a: matrix(read(a)),
    b: matrix(read(b)),
    transposeA,
    transposeB,
    ...(added && { bias: read(added) }),
  });
  write(out, product);
  if (options.sums) sumRows(b, options.sums, accumulate);
};

export const combineColumns = (tf: Tf, m: View, { from, to, width, alpha, beta }: ColumnBlocks): void => {
  const [M, N] = m.shape;
  const whole = matrix(read(m));
  const columns = (begin: number, end: number): Tensor[] =>
    end > begin ? [whole.slice([0, begin], [M, end - begin])] : [];
  const [source] = columns(from, from + width);
  const [target] = columns(to, to + width);
  const sum = source.mul(alpha).add(target.mul(beta));
  write(m, tf.concat([...columns(0, to), sum, ...columns(to + width, N)], 1));
};

export const sumRows = (x: View, out: View, accumulate = false): void => {
  const sum = read(x).sum(0);
  write(out, accumulate ? sum.add(read(out)) : sum);
};
