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

/**
 * table[n] = (or +=) the sum of rows[m] over m with ids[m] = n, in the order of m, added as one number.
 * scratch: N + M integers. Rows of the same id are chained: [n] is the first of an id, [N + m] the one after m, -1 ends.
 */
export function scatterAdd(
  rows: usize,
  ids: usize,
  table: usize,
  M: i32,
  N: i32,
  D: i32,
  accumulate: bool,
  scratch: usize,
): void {
  const row = (<usize>D) << 2;
  const next = scratch + ((<usize>N) << 2);
  if (!accumulate) memory.fill(table, 0, <usize>N * row);
  memory.fill(scratch, 0xff, (<usize>N) << 2);
  for (let m = M - 1; m >= 0; m--) {
    const at = (<usize>m) << 2;
    const first = scratch + ((<usize>load<i32>(ids + at)) << 2);
    store<i32>(next + at, load<i32>(first));
    store<i32>(first, m);
  }
  for (let m = 0; m < M; m++) {
    const id = load<i32>(ids + ((<usize>m) << 2));
    if (load<i32>(scratch + ((<usize>id) << 2)) == m) addChain(rows, next, m, row, table + <usize>id * row, D);
  }
}

/** Adds the sum of a chain of rows to `out`: a cache line at a time, so that none is fetched twice. */
function addChain(rows: usize, next: usize, first: i32, row: usize, out: usize, D: i32): void {
  let d = 0;
  for (; d + 16 <= D; d += 16) {
    const at = (<usize>d) << 2;
    let sum0 = f32x4.splat(0);
    let sum1 = sum0;
    let sum2 = sum0;
    let sum3 = sum0;
    for (let m = first; m >= 0; m = load<i32>(next + ((<usize>m) << 2))) {
      const from = rows + <usize>m * row + at;
      sum0 = f32x4.add(sum0, v128.load(from));
      sum1 = f32x4.add(sum1, v128.load(from, 16));
      sum2 = f32x4.add(sum2, v128.load(from, 32));
      sum3 = f32x4.add(sum3, v128.load(from, 48));
    }
    const to = out + at;
    v128.store(to, f32x4.add(v128.load(to), sum0));
    v128.store(to, f32x4.add(v128.load(to, 16), sum1), 16);
    v128.store(to, f32x4.add(v128.load(to, 32), sum2), 32);
    v128.store(to, f32x4.add(v128.load(to, 48), sum3), 48);
  }
  for (; d < D; d += 4) {
    const at = (<usize>d) << 2;
    let sum = f32x4.splat(0);
    for (let m = first; m >= 0; m = load<i32>(next + ((<usize>m) << 2))) {
      sum = f32x4.add(sum, v128.load(rows + <usize>m * row + at));
    }
    storeLanes(out + at, f32x4.add(v128.load(out + at), sum), D - d);
  }
}

/** out[n] = (or +=) the sum over m of x[m, n], added as one number. */
export function sumRows(x: usize, out: usize, M: i32, N: i32, accumulate: bool): void {
  const row = (<usize>N) << 2;
  for (let n = 0; n < N; n += 4) {
    const at = (<usize>n) << 2;
    let sum = f32x4.splat(0);
    let from = x + at;
    for (let m = 0; m < M; m++) {
      sum = f32x4.add(sum, v128.load(from));
      from += row;
    }
    if (accumulate) sum = f32x4.add(v128.load(out + at), sum);
    storeLanes(out + at, sum, N - n);
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

/** to[m, k] = alpha · from[m, k] + beta · to[m, k] for k < width: both are blocks of columns of a matrix with rows of N. */
export function combineColumns(from: usize, to: usize, M: i32, N: i32, width: i32, alpha: f32, beta: f32): void {
  const rest = (<usize>(N - width)) << 2;
  for (let m = 0; m < M; m++) {
    for (let k = 0; k < width; k++) {
      store<f32>(to, alpha * load<f32>(from) + beta * load<f32>(to));
      from += 4;
      to += 4;
    }
    from += rest;
    to += rest;
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
