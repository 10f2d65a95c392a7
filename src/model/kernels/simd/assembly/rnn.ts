/** tanh RNN (Elman 1990), four units at a time: a = (W x + b) + h U; h' = tanh(a). */
import { storeLanes, tanh4 } from './activations';
import { multiplyPacked, packA, packB, packedSizeB } from './gemm';

/** scratch: packedSizeB(H, H) + packedSizeA(B, H) floats. */
export function rnnForward(T: i32, B: i32, H: i32, recurrent: usize, gates: usize, h: usize, scratch: usize): void {
  const packedState = scratch + ((<usize>packedSizeB(H, H)) << 2);
  packB(recurrent, H, 1, H, H, scratch);
  const state = (<usize>(B * H)) << 2;
  for (let t = 0; t < T; t++) {
    packA(h, H, 1, B, H, packedState);
    multiplyPacked(packedState, scratch, gates, H, B, H, H, true);
    h += state;
    for (let k = 0; k < B * H; k += 4) {
      const at = (<usize>k) << 2;
      storeLanes(h + at, tanh4(v128.load(gates + at)), B * H - k);
    }
    gates += state;
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
  scratch: usize,
): void {
  const packedGradient = scratch + ((<usize>packedSizeB(H, H)) << 2);
  packB(recurrent, 1, H, H, H, scratch);
  const state = (<usize>(B * H)) << 2;
  for (let t = T - 1; t >= 0; t--) {
    const offset = <usize>t * state;
    for (let k = 0; k < B * H; k += 4) {
      const at = (<usize>k) << 2;
      const after = v128.load(h + offset + state + at);
      const dHidden = f32x4.add(v128.load(dh + offset + at), v128.load(dhCarry + at));
      const da = f32x4.mul(dHidden, f32x4.sub(f32x4.splat(1), f32x4.mul(after, after)));
      storeLanes(dgates + offset + at, da, B * H - k);
    }
    packA(dgates + offset, H, 1, B, H, packedGradient);
    multiplyPacked(packedGradient, scratch, dhCarry, H, B, H, H, false);
  }
}
