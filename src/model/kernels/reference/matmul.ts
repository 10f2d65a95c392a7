/** Matrix product of views, the sum over rows that is its companion for biases, and blocks of columns. */
import type { Kernels, MatmulOptions, View } from '../kernels';
import { floats } from './memory';
import { addProduct, addProductTransposed, addTransposedProduct, matrix } from './product';

const copyToRows = (bias: Float64Array, out: Float64Array): void => {
  for (let start = 0; start < out.length; start += bias.length) out.set(bias, start);
};

export const matmul: Kernels['matmul'] = (a: View, b: View, out: View, options: MatmulOptions = {}) => {
  const { transposeA = false, transposeB = false, accumulate = false, bias, sums } = options;
  const [M, N] = out.shape;
  const K = a.shape[transposeA ? 0 : 1];
  const A = floats(a, M, K);
  const B = floats(b, K, N);
  const Y = floats(out, M, N);
  if (bias) {
    if (accumulate) throw new TypeError('A bias and accumulation exclude each other');
    copyToRows(floats(bias, N), Y);
  } else if (!accumulate) {
    Y.fill(0);
  }
  const left = matrix(A, a.shape[1]);
  const right = matrix(B, b.shape[1]);
  const result = matrix(Y, N);
  if (transposeA && transposeB) throw new TypeError('Not both sides can be transposed');
  if (transposeA) addTransposedProduct(left, right, result, K, M, N);
  else if (transposeB) addProductTransposed(left, right, result, M, K, N);
  else addProduct(left, right, result, M, K, N);
  if (sums) {
    if (!transposeA) throw new TypeError('Sums go with a transposed left side');
    sumRows(b, sums, accumulate);
  }
};

export const add: Kernels['add'] = (x, out) => {
  const X = floats(x, ...x.shape);
  const Y = floats(out, ...x.shape);
  for (let k = 0; k < X.length; k++) Y[k] += X[k];
};

export const combineColumns: Kernels['combineColumns'] = (m, { from, to, width, alpha, beta }) => {
  const [, N] = m.shape;
  const X = floats(m, ...m.shape);
  for (let row = 0; row < X.length; row += N) {
    for (let k = row; k < row + width; k++) X[k + to] = alpha * X[k + from] + beta * X[k + to];
  }
};

export const sumRows: Kernels['sumRows'] = (x, out, accumulate = false) => {
  const [M, N] = x.shape;
  const X = floats(x, M, N);
  const Y = floats(out, N);
  if (!accumulate) Y.fill(0);
  for (let m = 0; m < M; m++) {
    for (let n = 0; n < N; n++) Y[n] += X[m * N + n];
  }
};
