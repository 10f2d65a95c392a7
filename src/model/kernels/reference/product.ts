/**
 * Sums of products on plain arrays, the three ways a recurrent network needs them. Loops are ordered so that the inner
 * one runs along rows in memory, four terms at a time: a fixed order of every sum.
 */

/** A row-major matrix inside an array: element (i, j) is values[offset + i · stride + j]. */
export interface Matrix {
  readonly values: Float64Array;
  readonly offset: number;
  readonly stride: number;
}

export const matrix = (values: Float64Array, stride: number, offset = 0): Matrix => ({ values, offset, stride });

/** y[0..n) += p·b0 + q·b1 + r·b2 + s·b3, rows of `b` that start at b0 to b3. */
const addFourRows = (
  y: Float64Array,
  start: number,
  n: number,
  b: Float64Array,
  b0: number,
  b1: number,
  b2: number,
  b3: number,
  p: number,
  q: number,
  r: number,
  s: number,
): void => {
  for (let j = 0; j < n; j++) y[start + j] += p * b[b0 + j] + q * b[b1 + j] + r * b[b2 + j] + s * b[b3 + j];
};

const addRow = (y: Float64Array, start: number, n: number, b: Float64Array, b0: number, p: number): void => {
  for (let j = 0; j < n; j++) y[start + j] += p * b[b0 + j];
};

/** out[m, n] += a[m, k] b[k, n]. */
export const addProduct = (a: Matrix, b: Matrix, out: Matrix, m: number, k: number, n: number): void => {
  const A = a.values;
  for (let i = 0; i < m; i++) {
    const row = a.offset + i * a.stride;
    const y = out.offset + i * out.stride;
    let l = 0;
    for (; l + 3 < k; l += 4) {
      const b0 = b.offset + l * b.stride;
      const b1 = b0 + b.stride;
      const b2 = b1 + b.stride;
      const x = row + l;
      addFourRows(out.values, y, n, b.values, b0, b1, b2, b2 + b.stride, A[x], A[x + 1], A[x + 2], A[x + 3]);
    }
    for (; l < k; l++) addRow(out.values, y, n, b.values, b.offset + l * b.stride, A[row + l]);
  }
};

/** Rows of `a` and `b` taken together below, so that they stay in cache while every row of `out` is visited. */
const BLOCK = 32;

/** out[k, n] += aᵀ b for a[m, k], b[m, n]: the gradient of weights. */
export const addTransposedProduct = (a: Matrix, b: Matrix, out: Matrix, m: number, k: number, n: number): void => {
  const A = a.values;
  for (let from = 0; from < m; from += BLOCK) {
    const to = Math.min(m, from + BLOCK);
    for (let i = 0; i < k; i++) {
      const y = out.offset + i * out.stride;
      let l = from;
      for (; l + 3 < to; l += 4) {
        const b0 = b.offset + l * b.stride;
        const b1 = b0 + b.stride;
        const b2 = b1 + b.stride;
        const x0 = a.offset + l * a.stride + i;
        const x1 = x0 + a.stride;
        const x2 = x1 + a.stride;
        addFourRows(out.values, y, n, b.values, b0, b1, b2, b2 + b.stride, A[x0], A[x1], A[x2], A[x2 + a.stride]);
      }
      for (; l < to; l++) addRow(out.values, y, n, b.values, b.offset + l * b.stride, A[a.offset + l * a.stride + i]);
    }
  }
};

/** out[m, n] += a[m, k] bᵀ for b[n, k]: the gradient of a product's left side. */
export const addProductTransposed = (a: Matrix, b: Matrix, out: Matrix, m: number, k: number, n: number): void => {
  const A = a.values;
  const B = b.values;
  const Y = out.values;
  for (let i = 0; i < m; i++) {
    const x = a.offset + i * a.stride;
    const y = out.offset + i * out.stride;
    let j = 0;
    for (; j + 3 < n; j += 4) {
      const b0 = b.offset + j * b.stride;
      const b1 = b0 + b.stride;
      const b2 = b1 + b.stride;
      const b3 = b2 + b.stride;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let l = 0; l < k; l++) {
        const value = A[x + l];
        s0 += value * B[b0 + l];
        s1 += value * B[b1 + l];
        s2 += value * B[b2 + l];
        s3 += value * B[b3 + l];
      }
      Y[y + j] += s0;
      Y[y + j + 1] += s1;
      Y[y + j + 2] += s2;
      Y[y + j + 3] += s3;
    }
    for (; j < n; j++) {
      const b0 = b.offset + j * b.stride;
      let sum = 0;
      for (let l = 0; l < k; l++) sum += A[x + l] * B[b0 + l];
      Y[y + j] += sum;
    }
  }
};
