/**
 * Sigmoid, tanh and exp of four numbers at once, from + - * / alone: the same bits on every machine.
 * Polynomials and ranges after Moshier's Cephes (expf, tanhf).
 *
 * Constants stand in memory: loading and spreading one is a single instruction where V8 needs four to make it.
 */

const ONE: usize = memory.data<f32>([1]);
const TWO: usize = memory.data<f32>([2]);
const SIGN: usize = memory.data<f32>([-0.0]);

const EXP_LOW: usize = memory.data<f32>([-87.3]);
const EXP_HIGH: usize = memory.data<f32>([88]);
const LOG2_E: usize = memory.data<f32>([1.44269504088896341]);
/** 1.5 · 2^23: adding it rounds to the nearest integer and leaves that integer in the low bits. */
const ROUND: usize = memory.data<f32>([12582912]);
/** ln 2 in two parts, of which the first times a small integer is exact. */
const LN2_HIGH: usize = memory.data<f32>([0.693359375]);
const LN2_LOW: usize = memory.data<f32>([-2.1219444e-4]);
const EXP_5: usize = memory.data<f32>([1.98756915e-4]);
const EXP_4: usize = memory.data<f32>([1.3981999507e-3]);
const EXP_3: usize = memory.data<f32>([8.3334519073e-3]);
const EXP_2: usize = memory.data<f32>([4.1665795894e-2]);
const EXP_1: usize = memory.data<f32>([1.6666665459e-1]);
const EXP_0: usize = memory.data<f32>([5.0000001201e-1]);

/** Below this the polynomial serves, above it the exponential. */
const TANH_SMALL: usize = memory.data<f32>([0.625]);
const TANH_4: usize = memory.data<f32>([-5.70498872745e-3]);
const TANH_3: usize = memory.data<f32>([2.06390887954e-2]);
const TANH_2: usize = memory.data<f32>([-5.37397155531e-2]);
const TANH_1: usize = memory.data<f32>([1.33314422036e-1]);
const TANH_0: usize = memory.data<f32>([-3.33332819422e-1]);

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

/** exp(x), x clamped to -87.3 … 88: x = n ln 2 + r, a polynomial in r, times 2^n. */
// @ts-expect-error: decorator
@inline
export function exp4(x: v128): v128 {
  x = f32x4.pmin(f32x4.pmax(x, all(EXP_LOW)), all(EXP_HIGH));
  const shifted = line(x, all(LOG2_E), ROUND);
  const n = f32x4.sub(shifted, all(ROUND));
  const high = f32x4.sub(x, f32x4.mul(n, all(LN2_HIGH)));
  const r = f32x4.sub(high, f32x4.mul(n, all(LN2_LOW)));
  let p = line(all(EXP_5), r, EXP_4);
  p = line(p, r, EXP_3);
  p = line(p, r, EXP_2);
  p = line(p, r, EXP_1);
  p = line(p, r, EXP_0);
  p = f32x4.add(f32x4.add(f32x4.mul(p, f32x4.mul(r, r)), r), all(ONE));
  const power = i32x4.shl(i32x4.add(shifted, i32x4.splat(127)), 23);
  return f32x4.mul(p, power);
}

/** 1 / (1 + exp(-x)). */
// @ts-expect-error: decorator
@inline
export function sigmoid4(x: v128): v128 {
  return f32x4.div(all(ONE), f32x4.add(all(ONE), exp4(f32x4.neg(x))));
}

/** tanh(x): an odd polynomial near 0, 1 - 2 / (exp(2|x|) + 1) with x's sign elsewhere. */
// @ts-expect-error: decorator
@inline
export function tanh4(x: v128): v128 {
  const magnitude = f32x4.abs(x);
  const z = f32x4.mul(x, x);
  let p = line(all(TANH_4), z, TANH_3);
  p = line(p, z, TANH_2);
  p = line(p, z, TANH_1);
  p = line(p, z, TANH_0);
  const small = f32x4.add(x, f32x4.mul(x, f32x4.mul(z, p)));
  const e = exp4(f32x4.add(magnitude, magnitude));
  const large = f32x4.sub(all(ONE), f32x4.div(all(TWO), f32x4.add(e, all(ONE))));
  const signed = v128.or(large, v128.and(x, all(SIGN)));
  return v128.bitselect(small, signed, f32x4.lt(magnitude, all(TANH_SMALL)));
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
