/**
 * The course of a scan: which slots of a tape stand before and after a step, and where a sequence is padded.
 * `mask` is null (0) or [T, B] int, 0 at padding.
 */

/** The step that is scanned as number k. */
// @ts-expect-error: decorator
@inline
export function stepAt(k: i32, T: i32, reversed: i32): i32 {
  return reversed ? T - 1 - k : k;
}

/** Byte distance of the slot before step t from the start of a tape; one slot is `state` bytes. */
// @ts-expect-error: decorator
@inline
export function slotBefore(t: i32, reversed: i32, state: usize): usize {
  return <usize>(t + reversed) * state;
}

/** The same after step t. */
// @ts-expect-error: decorator
@inline
export function slotAfter(t: i32, reversed: i32, state: usize): usize {
  return <usize>(t + 1 - reversed) * state;
}

// @ts-expect-error: decorator
@inline
export function isPadding(mask: usize, index: i32): bool {
  return mask != 0 && load<i32>(mask + ((<usize>index) << 2)) == 0;
}

/** At padding the gradient of a row of H hidden states passes: dhCarry += dh. */
export function passGradient(H: i32, dh: usize, dhCarry: usize): void {
  for (let u = 0; u < H; u++) {
    const at = (<usize>u) << 2;
    store<f32>(dhCarry + at, load<f32>(dhCarry + at) + load<f32>(dh + at));
  }
}

/** What four states add to their own gradients: price · dρ(x) / dx of kernels.ts, whose δ is 0.1. */
// @ts-expect-error: decorator
@inline
export function slopeOfPrice(states: v128, price: f32): v128 {
  const slope = f32x4.pmin(f32x4.pmax(f32x4.mul(states, f32x4.splat(10)), f32x4.splat(-1)), f32x4.splat(1));
  return f32x4.mul(f32x4.splat(price), slope);
}
