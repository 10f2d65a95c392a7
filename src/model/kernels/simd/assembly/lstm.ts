/**
 * LSTM over a whole sequence (Hochreiter and Schmidhuber 1997; forget gate: Gers et al. 2000), rows of four units at a time.
 * z = (W x + b) + h U; i, f, o = sigmoid, g = tanh; c' = f c + i g; h' = o tanh(c').
 * Pointers are to arrays of the shapes of `Tape` in kernels.ts.
 */
import { sigmoids, storeLanes, tanh4, tanhs } from './activations';
import { isPadding, passGradient, slopeOfPrice, slotAfter, slotBefore, stepAt } from './course';
import { multiplyPacked, packA, packB, packedSizeB } from './gemm';

/** scratch: packed U and one packed state: packedSizeB(4H, H) + packedSizeA(B, H) floats. */
export function lstmForward(
  T: i32,
  B: i32,
  H: i32,
  recurrent: usize,
  gates: usize,
  c: usize,
  h: usize,
  reversed: i32,
  mask: usize,
  scratch: usize,
): void {
  const G = 4 * H;
  const packedState = scratch + ((<usize>packedSizeB(G, H)) << 2);
  packB(recurrent, G, 1, H, G, scratch);
  const state = (<usize>(B * H)) << 2;
  for (let k = 0; k < T; k++) {
    const t = stepAt(k, T, reversed);
    const before = slotBefore(t, reversed, state);
    const after = slotAfter(t, reversed, state);
    const z = gates + 4 * <usize>t * state;
    packA(h + before, H, B, H, packedState);
    multiplyPacked(packedState, scratch, z, G, B, G, H, true);
    for (let b = 0; b < B; b++) {
      const offset = (<usize>(b * H)) << 2;
      cell(H, z + 4 * offset, c + before + offset, c + after + offset, h + after + offset);
      if (isPadding(mask, t * B + b)) {
        memory.copy(c + after + offset, c + before + offset, (<usize>H) << 2);
        memory.copy(h + after + offset, h + before + offset, (<usize>H) << 2);
      }
    }
  }
}

/**
 * One row. Gates first, then states: the long way from a gate to tanh(c') in one loop would leave the processor waiting.
 */
function cell(H: i32, gates: usize, cBefore: usize, cAfter: usize, hAfter: usize): void {
  const block = (<usize>H) << 2;
  sigmoids(gates, 2 * H);
  tanhs(gates + 2 * block, H);
  sigmoids(gates + 3 * block, H);
  for (let u = 0; u < H; u += 4) {
    const lanes = H - u;
    const kept = f32x4.mul(v128.load(gates + block), v128.load(cBefore));
    const c = f32x4.add(kept, f32x4.mul(v128.load(gates), v128.load(gates + 2 * block)));
    storeLanes(cAfter, c, lanes);
    storeLanes(hAfter, f32x4.mul(v128.load(gates + 3 * block), tanh4(c)), lanes);
    gates += 16;
    cBefore += 16;
    cAfter += 16;
    hAfter += 16;
  }
}

/** scratch: packed U^T and one packed gradient: packedSizeB(H, 4H) + packedSizeA(B, 4H) floats. */
export function lstmBackward(
  T: i32,
  B: i32,
  H: i32,
  recurrent: usize,
  gates: usize,
  c: usize,
  dh: usize,
  dgates: usize,
  dhCarry: usize,
  dcCarry: usize,
  price: f32,
  reversed: i32,
  mask: usize,
  scratch: usize,
): void {
  const G = 4 * H;
  const packedGradient = scratch + ((<usize>packedSizeB(H, G)) << 2);
  packB(recurrent, 1, G, G, H, scratch);
  const state = (<usize>(B * H)) << 2;
  for (let k = T - 1; k >= 0; k--) {
    const t = stepAt(k, T, reversed);
    const at = <usize>t * state;
    for (let b = 0; b < B; b++) {
      const offset = (<usize>(b * H)) << 2;
      if (isPadding(mask, t * B + b)) {
        memory.fill(dgates + 4 * (at + offset), 0, (<usize>G) << 2);
        passGradient(H, dh + at + offset, dhCarry + offset);
        continue;
      }
      cellBackward(
        H,
        gates + 4 * (at + offset),
        c + slotBefore(t, reversed, state) + offset,
        c + slotAfter(t, reversed, state) + offset,
        dh + at + offset,
        dgates + 4 * (at + offset),
        dhCarry + offset,
        dcCarry + offset,
        price,
      );
      // What padding passes on is kept: then the product is added to it.
      if (mask != 0) memory.fill(dhCarry + offset, 0, (<usize>H) << 2);
    }
    packA(dgates + 4 * at, G, B, G, packedGradient);
    multiplyPacked(packedGradient, scratch, dhCarry, H, B, H, G, mask != 0);
  }
}

function cellBackward(
  H: i32,
  gates: usize,
  cBefore: usize,
  cAfter: usize,
  dh: usize,
  dgates: usize,
  dhCarry: usize,
  dcCarry: usize,
  price: f32,
): void {
  const block = (<usize>H) << 2;
  const one = f32x4.splat(1);
  for (let u = 0; u < H; u += 4) {
    const lanes = H - u;
    const i = v128.load(gates);
    const f = v128.load(gates + block);
    const g = v128.load(gates + 2 * block);
    const o = v128.load(gates + 3 * block);
    const c = v128.load(cAfter);
    const squashed = tanh4(c);
    const dHidden = f32x4.add(v128.load(dh), v128.load(dhCarry));
    const through = f32x4.mul(f32x4.mul(dHidden, o), f32x4.sub(one, f32x4.mul(squashed, squashed)));
    const dc = f32x4.add(f32x4.add(v128.load(dcCarry), through), slopeOfPrice(c, price));
    storeLanes(dgates, f32x4.mul(f32x4.mul(dc, g), f32x4.mul(i, f32x4.sub(one, i))), lanes);
    storeLanes(dgates + block, f32x4.mul(f32x4.mul(dc, v128.load(cBefore)), f32x4.mul(f, f32x4.sub(one, f))), lanes);
    storeLanes(dgates + 2 * block, f32x4.mul(f32x4.mul(dc, i), f32x4.sub(one, f32x4.mul(g, g))), lanes);
    storeLanes(dgates + 3 * block, f32x4.mul(f32x4.mul(dHidden, squashed), f32x4.mul(o, f32x4.sub(one, o))), lanes);
    storeLanes(dcCarry, f32x4.mul(dc, f), lanes);
    gates += 16;
    cBefore += 16;
    cAfter += 16;
    dh += 16;
    dgates += 16;
    dhCarry += 16;
    dcCarry += 16;
  }
}
