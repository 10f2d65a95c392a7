/** tanh RNN (Elman 1990), four units at a time: a = (W x + b) + h U; h' = tanh(a). */
import { storeLanes, tanh4 } from './activations';
import { isPadding, passGradient, slopeOfPrice, slotAfter, slotBefore, stepAt } from './course';
import { multiplyPacked, packA, packB, packedSizeB } from './gemm';

/** scratch: packedSizeB(H, H) + packedSizeA(B, H) floats. */
export function rnnForward(
  T: i32,
  B: i32,
  H: i32,
  recurrent: usize,
  gates: usize,
  h: usize,
  reversed: i32,
  mask: usize,
  scratch: usize,
): void {
  const packedState = scratch + ((<usize>packedSizeB(H, H)) << 2);
  packB(recurrent, H, 1, H, H, scratch);
  const state = (<usize>(B * H)) << 2;
  for (let k = 0; k < T; k++) {
    const t = stepAt(k, T, reversed);
    const before = h + slotBefore(t, reversed, state);
    const after = h + slotAfter(t, reversed, state);
    const a = gates + <usize>t * state;
    packA(before, H, B, H, packedState);
    multiplyPacked(packedState, scratch, a, H, B, H, H, true);
    for (let u = 0; u < B * H; u += 4) {
      const at = (<usize>u) << 2;
      storeLanes(after + at, tanh4(v128.load(a + at)), B * H - u);
    }
    for (let b = 0; b < B; b++) {
      const offset = (<usize>(b * H)) << 2;
      if (isPadding(mask, t * B + b)) memory.copy(after + offset, before + offset, (<usize>H) << 2);
    }
  }
}

/** scratch: packedSizeB(H, H) + packedSizeA(B, H) floats. */
export function rnnBackward(
  T: i32,
  B: i32,
  H: i32,
  recurrent: usize,
  h: usize,
  dh: usize,
  dgates: usize,
  dhCarry: usize,
  price: f32,
  reversed: i32,
  mask: usize,
  scratch: usize,
): void {
  const packedGradient = scratch + ((<usize>packedSizeB(H, H)) << 2);
  packB(recurrent, 1, H, H, H, scratch);
  const state = (<usize>(B * H)) << 2;
  for (let k = T - 1; k >= 0; k--) {
    const t = stepAt(k, T, reversed);
    const offset = <usize>t * state;
    const after = h + slotAfter(t, reversed, state);
    for (let u = 0; u < B * H; u += 4) {
      const at = (<usize>u) << 2;
      const value = v128.load(after + at);
      const above = f32x4.add(v128.load(dh + offset + at), v128.load(dhCarry + at));
      const dHidden = f32x4.add(above, slopeOfPrice(value, price));
      const da = f32x4.mul(dHidden, f32x4.sub(f32x4.splat(1), f32x4.mul(value, value)));
      storeLanes(dgates + offset + at, da, B * H - u);
    }
    if (mask != 0) keepPadding(t * B, B, H, mask, dh + offset, dgates + offset, dhCarry);
    packA(dgates + offset, H, B, H, packedGradient);
    multiplyPacked(packedGradient, scratch, dhCarry, H, B, H, H, mask != 0);
  }
}

/** Rows of padding have no gradient of their own and pass the one from above; those of the others begin with nothing. */
function keepPadding(first: i32, B: i32, H: i32, mask: usize, dh: usize, dgates: usize, dhCarry: usize): void {
  const row = (<usize>H) << 2;
  for (let b = 0; b < B; b++) {
    const offset = <usize>b * row;
    if (isPadding(mask, first + b)) {
      memory.fill(dgates + offset, 0, row);
      passGradient(H, dh + offset, dhCarry + offset);
    } else memory.fill(dhCarry + offset, 0, row);
  }
}
