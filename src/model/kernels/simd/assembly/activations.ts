/**
 * Sigmoid, tanh and exp of four numbers at once, from + - * / alone: the same bits on every machine.
 *
 * All three are one function: y = n ln 2 + r (Cody and Waite 1980), exp(r) - 1 = r + r² P(r), where P makes the largest
 * relative error of exp(r) - 1 as small as five coefficients can: 1.4e-8. exp(r) - 1 in place of exp(r) is what keeps
 * tanh exact near 0.
 *
 * Constants stand in memory: loading and spreading one is a single instruction where V8 needs four to make it.
 */

const ONE: usize = memory.data<f32>([1]);
const TWO: usize = memory.data<f32>([2]);
const SIGN: usize = memory.data<f32>([-0.0]);

const EXP_LOW: usize = memory.data<f32>([-87.3]);
const EXP_HIGH: usize = memory.data<f32>([88]);
/** Beyond exp(±20) nothing changes tanh in float32. */
const TANH_LOW: usize = memory.data<f32>([-20]);
const TANH_HIGH: usize = memory.data<f32>([20]);
const LOG2_E: usize = memory.data<f32>([1.44269504088896341]);
/** 1.5 · 2^23 rounds what is added to it to an integer; with 127 more its low bits are the exponent of 2^n. */
const ROUND: usize = memory.data<f32>([12583039]);
/** ln 2 in two parts, of which the first times a small integer is exact. */
const LN2_HIGH: usize = memory.data<f32>([0.693359375]);
const LN2_LOW: usize = memory.data<f32>([-2.1219444e-4]);
const LN2: usize = memory.data<f32>([0.6931471805599453]);
const P_4: usize = memory.data<f32>([0.0013870896]);
const P_3: usize = memory.data<f32>([0.008366453]);
const P_2: usize = memory.data<f32>([0.041667435]);
const P_1: usize = memory.data<f32>([0.16666545]);
const P_0: usize = memory.data<f32>([0.49999997]);

// @ts-expect-error: decorator
@inline
function all(constant: usize): v128 {
  return v128.load32_splat(constant);
}

/** a x + b. */
// @ts-expect-error: decorator
@inline
function line(a: v128, x: v128, b: usize): v128 {
  return f32x4.add(f32x4.mul(a, x), all(b));
}

/** exp(r) - 1 for |r| up to ln 2 / 2. */
// @ts-expect-error: decorator
@inline
function nearOne(r: v128): v128 {
  let p = line(all(P_4), r, P_3);
  p = line(p, r, P_2);
  p = line(p, r, P_1);
  p = line(p, r, P_0);
  return f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r);
}

/** exp(x), x clamped to -87.3 … 88; right to 2e-7 of its value. */
// @ts-expect-error: decorator
@inline
export function exp4(x: v128): v128 {
  x = f32x4.pmin(f32x4.pmax(x, all(EXP_LOW)), all(EXP_HIGH));
  const shifted = line(x, all(LOG2_E), ROUND);
  const n = f32x4.sub(shifted, all(ROUND));
  const high = f32x4.sub(x, f32x4.mul(n, all(LN2_HIGH)));
  const r = f32x4.sub(high, f32x4.mul(n, all(LN2_LOW)));
  const power = i32x4.shl(shifted, 23);
  return f32x4.add(f32x4.mul(nearOne(r), power), power);
}

/** 1 / (1 + exp(-x)). */
// @ts-expect-error: decorator
@inline
export function sigmoid4(x: v128): v128 {
  return f32x4.div(all(ONE), f32x4.add(all(ONE), exp4(v128.xor(x, all(SIGN)))));
}

/** tanh(x) = m / (m + 2), m = exp(2x) - 1. Where ln 2 in one part is too coarse tanh is flat. */
// @ts-expect-error: decorator
@inline
export function tanh4(x: v128): v128 {
  const y = f32x4.pmin(f32x4.pmax(f32x4.add(x, x), all(TANH_LOW)), all(TANH_HIGH));
  const shifted = line(y, all(LOG2_E), ROUND);
  const n = f32x4.sub(shifted, all(ROUND));
  const r = f32x4.sub(y, f32x4.mul(n, all(LN2)));
  const power = i32x4.shl(shifted, 23);
  const m = f32x4.add(f32x4.mul(nearOne(r), power), f32x4.sub(power, all(ONE)));
  return f32x4.div(m, f32x4.add(m, all(TWO)));
}

/** Stores the first `lanes` lanes of `value`; all four where `lanes` is more. */
// @ts-expect-error: decorator
@inline
export function storeLanes(at: usize, value: v128, lanes: i32): void {
  if (lanes >= 4) {
    v128.store(at, value);
    return;
  }
  store<f32>(at, f32x4.extract_lane(value, 0));
  if (lanes > 1) store<f32>(at, f32x4.extract_lane(value, 1), 4);
  if (lanes > 2) store<f32>(at, f32x4.extract_lane(value, 2), 8);
}

/** n numbers become their sigmoids. */
export function sigmoids(x: usize, n: i32): void {
  for (; n >= 4; n -= 4) {
    v128.store(x, sigmoid4(v128.load(x)));
    x += 16;
  }
  if (n > 0) storeLanes(x, sigmoid4(v128.load(x)), n);
}

/** n numbers become their hyperbolic tangents. */
export function tanhs(x: usize, n: i32): void {
  for (; n >= 4; n -= 4) {
    v128.store(x, tanh4(v128.load(x)));
    x += 16;
  }
  if (n > 0) storeLanes(x, tanh4(v128.load(x)), n);
}
