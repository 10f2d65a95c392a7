/**
 * GRU in PyTorch's form (Cho et al. 2014, reset gate applied after the recurrent product), four units at a time.
 * r, z = sigmoid; q = U_n h + b_hn; n = tanh(W_n x + b_n + r q); h' = (1 - z) n + z h.
 */
import { sigmoid4, storeLanes, tanh4 } from './activations';
import { isPadding, passGradient, slopeOfPrice, slotAfter, slotBefore, stepAt } from './course';
import { multiplyPacked, packA, packB, packedSizeB } from './gemm';

/** scratch: packedSizeB(2H, H) + packedSizeB(H, H) + packedSizeA(B, H) floats. */
export function gruForward(
  T: i32,
  B: i32,
  H: i32,
  recurrent: usize,
  bias: usize,
  gates: usize,
  q: usize,
  h: usize,
  reversed: i32,
  mask: usize,
  scratch: usize,
): void {
  const G = 3 * H;
  const candidate = scratch + ((<usize>packedSizeB(2 * H, H)) << 2);
  const packedState = candidate + ((<usize>packedSizeB(H, H)) << 2);
  packB(recurrent, G, 1, H, 2 * H, scratch);
  packB(recurrent + ((<usize>(2 * H)) << 2), G, 1, H, H, candidate);
  const state = (<usize>(B * H)) << 2;
  for (let k = 0; k < T; k++) {
    const t = stepAt(k, T, reversed);
    const before = slotBefore(t, reversed, state);
    const after = slotAfter(t, reversed, state);
    const at = <usize>t * state;
    packA(h + before, H, B, H, packedState);
    multiplyPacked(packedState, scratch, gates + 3 * at, G, B, 2 * H, H, true);
    for (let b = 0; b < B; b++) memory.copy(q + at + ((<usize>(b * H)) << 2), bias, (<usize>H) << 2);
    multiplyPacked(packedState, candidate, q + at, H, B, H, H, true);
    for (let b = 0; b < B; b++) {
      const offset = (<usize>(b * H)) << 2;
      cell(H, gates + 3 * (at + offset), q + at + offset, h + before + offset, h + after + offset);
      if (isPadding(mask, t * B + b)) memory.copy(h + after + offset, h + before + offset, (<usize>H) << 2);
    }
  }
}

function cell(H: i32, gates: usize, q: usize, hBefore: usize, hAfter: usize): void {
  const block = (<usize>H) << 2;
  for (let u = 0; u < H; u += 4) {
    const lanes = H - u;
    const r = sigmoid4(v128.load(gates));
    const z = sigmoid4(v128.load(gates + block));
    const n = tanh4(f32x4.add(v128.load(gates + 2 * block), f32x4.mul(r, v128.load(q))));
    const h = f32x4.add(f32x4.mul(f32x4.sub(f32x4.splat(1), z), n), f32x4.mul(z, v128.load(hBefore)));
    storeLanes(gates, r, lanes);
    storeLanes(gates + block, z, lanes);
    storeLanes(gates + 2 * block, n, lanes);
    storeLanes(hAfter, h, lanes);
    gates += 16;
    q += 16;
    hBefore += 16;
    hAfter += 16;
  }
}

/** scratch: packedSizeB(H, 3H) + packedSizeA(B, 3H) floats. */
export function gruBackward(
  T: i32,
  B: i32,
  H: i32,
  recurrent: usize,
  gates: usize,
  q: usize,
  h: usize,
  dh: usize,
  dgates: usize,
  drecurrent: usize,
  dhCarry: usize,
  price: f32,
  reversed: i32,
  mask: usize,
  scratch: usize,
): void {
  const G = 3 * H;
  const packedGradient = scratch + ((<usize>packedSizeB(H, G)) << 2);
  packB(recurrent, 1, G, G, H, scratch);
  const state = (<usize>(B * H)) << 2;
  for (let k = T - 1; k >= 0; k--) {
    const t = stepAt(k, T, reversed);
    const at = <usize>t * state;
    for (let b = 0; b < B; b++) {
      const offset = (<usize>(b * H)) << 2;
      const gate = 3 * (at + offset);
      if (isPadding(mask, t * B + b)) {
        memory.fill(dgates + gate, 0, (<usize>G) << 2);
        memory.fill(drecurrent + gate, 0, (<usize>G) << 2);
        passGradient(H, dh + at + offset, dhCarry + offset);
        continue;
      }
      cellBackward(
        H,
        gates + gate,
        q + at + offset,
        h + slotBefore(t, reversed, state) + offset,
        h + slotAfter(t, reversed, state) + offset,
        dh + at + offset,
        dgates + gate,
        drecurrent + gate,
        dhCarry + offset,
        price,
      );
    }
    packA(drecurrent + 3 * at, G, B, G, packedGradient);
    multiplyPacked(packedGradient, scratch, dhCarry, H, B, H, G, true);
  }
}

function cellBackward(
  H: i32,
  gates: usize,
  q: usize,
  hBefore: usize,
  hAfter: usize,
  dh: usize,
  dgates: usize,
  drecurrent: usize,
  dhCarry: usize,
  price: f32,
): void {
  const block = (<usize>H) << 2;
  const one = f32x4.splat(1);
  for (let u = 0; u < H; u += 4) {
    const lanes = H - u;
    const r = v128.load(gates);
    const z = v128.load(gates + block);
    const n = v128.load(gates + 2 * block);
    const above = f32x4.add(v128.load(dh), v128.load(dhCarry));
    const dHidden = f32x4.add(above, slopeOfPrice(v128.load(hAfter), price));
    const dn = f32x4.mul(f32x4.mul(dHidden, f32x4.sub(one, z)), f32x4.sub(one, f32x4.mul(n, n)));
    const dr = f32x4.mul(f32x4.mul(dn, v128.load(q)), f32x4.mul(r, f32x4.sub(one, r)));
    const dz = f32x4.mul(f32x4.mul(dHidden, f32x4.sub(v128.load(hBefore), n)), f32x4.mul(z, f32x4.sub(one, z)));
    storeLanes(dgates, dr, lanes);
    storeLanes(dgates + block, dz, lanes);
    storeLanes(dgates + 2 * block, dn, lanes);
    storeLanes(drecurrent, dr, lanes);
    storeLanes(drecurrent + block, dz, lanes);
    storeLanes(drecurrent + 2 * block, f32x4.mul(dn, r), lanes);
    storeLanes(dhCarry, f32x4.mul(dHidden, z), lanes);
    gates += 16;
    q += 16;
    hBefore += 16;
    hAfter += 16;
    dh += 16;
    dgates += 16;
    drecurrent += 16;
    dhCarry += 16;
  }
}
