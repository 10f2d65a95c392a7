/** Gather, scatter, sums over rows, dropout and the optimizers, over contiguous arrays. */

import { storeLanes } from './activations';

/** out[m] = table[ids[m]] (+ bias, unless it is 0): rows of D. */
export function gather(table: usize, ids: usize, out: usize, bias: usize, M: i32, D: i32): void {
  const row = (<usize>D) << 2;
  for (let m = 0; m < M; m++) {
    const from = table + <usize>load<i32>(ids + ((<usize>m) << 2)) * row;
    if (bias == 0) {
      memory.copy(out, from, row);
    } else {
      for (let d = 0; d < D; d += 4) {
        const at = (<usize>d) << 2;
        storeLanes(out + at, f32x4.add(v128.load(from + at), v128.load(bias + at)), D - d);
      }
    }
    out += row;
  }
}

/** table[n] = sum of rows[m] over m with ids[m] = n, in the order of m. */
export function scatterAdd(rows: usize, ids: usize, table: usize, M: i32, N: i32, D: i32): void {
  const row = (<usize>D) << 2;
  memory.fill(table, 0, <usize>N * row);
  for (let m = 0; m < M; m++) {
    addTo(table + <usize>load<i32>(ids + ((<usize>m) << 2)) * row, rows, D);
    rows += row;
  }
}

/** out[n] = (or +=) sum over m of x[m, n]. */
export function sumRows(x: usize, out: usize, M: i32, N: i32, accumulate: bool): void {
  if (!accumulate) memory.fill(out, 0, (<usize>N) << 2);
  for (let m = 0; m < M; m++) {
    addTo(out, x, N);
    x += (<usize>N) << 2;
  }
}

/** out += x. */
export function add(x: usize, out: usize, n: i32): void {
  addTo(out, x, n);
}

function addTo(out: usize, x: usize, n: i32): void {
  for (let k = 0; k < n; k += 4) {
    const at = (<usize>k) << 2;
    storeLanes(out + at, f32x4.add(v128.load(out + at), v128.load(x + at)), n - k);
  }
}

/** Every row becomes `bias`. */
export function fillRows(out: usize, bias: usize, M: i32, N: i32): void {
  for (let m = 0; m < M; m++) {
    memory.copy(out, bias, (<usize>N) << 2);
    out += (<usize>N) << 2;
  }
}

/** Sum of squares, added up in double precision. */
export function sumOfSquares(x: usize, n: i32): f64 {
  let low = f64x2.splat(0);
  let high = low;
  let k = 0;
  for (; k + 4 <= n; k += 4) {
    const value = v128.load(x + ((<usize>k) << 2));
    const a = f64x2.promote_low_f32x4(value);
    const b = f64x2.promote_low_f32x4(v128.shuffle<f32>(value, value, 2, 3, 2, 3));
    low = f64x2.add(low, f64x2.mul(a, a));
    high = f64x2.add(high, f64x2.mul(b, b));
  }
  let sum =
    f64x2.extract_lane(low, 0) +
    f64x2.extract_lane(low, 1) +
    (f64x2.extract_lane(high, 0) + f64x2.extract_lane(high, 1));
  for (; k < n; k++) {
    const value = <f64>load<f32>(x + ((<usize>k) << 2));
    sum += value * value;
  }
  return sum;
}

export function fill(out: usize, n: i32, value: f32): void {
  for (let k = 0; k < n; k++) store<f32>(out + ((<usize>k) << 2), value);
}
