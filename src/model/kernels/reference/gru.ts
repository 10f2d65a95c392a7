/** GRU in PyTorch's form, with a bias inside the reset gate's reach: Cho et al. 2014; gate order r, z, n. */
import { timeline } from '../kernels';
import type { Scan, ScanBackward } from '../kernels';
import { maskOf } from './mask';
import { floats } from './memory';
import { slopeOfPrice } from './price';
import { addProduct, addProductTransposed, matrix } from './product';
import { sigmoid } from './sigmoid';

const open = ({ tape, recurrent, unitVectors, reversed, mask }: Scan) => {
  const [T, B, G] = tape.gates.shape;
  const H = G / 3;
  if (tape.q === null || unitVectors === null) throw new TypeError('A GRU needs a tape of q and a recurrent bias');
  return {
    T,
    B,
    H,
    gates: floats(tape.gates, T, B, 3 * H),
    q: floats(tape.q, T, B, H),
    h: floats(tape.h, T + 1, B, H),
    U: floats(recurrent, H, 3 * H),
    bias: floats(unitVectors, H),
    time: timeline(T, reversed),
    isPadding: maskOf(mask, T, B),
  };
};

/** n = tanh(W_n x + b_n + r ⊙ (U_n h_{t-1} + b_hn)), h_t = (1 - z) ⊙ n + z ⊙ h_{t-1}. */
export const gruForward = (scan: Scan): void => {
  const { B, H, gates, q, h, U, bias, time, isPadding } = open(scan);
  for (const t of time.steps) {
    const state = matrix(h, H, time.before(t) * B * H);
    addProduct(state, matrix(U, 3 * H), matrix(gates, 3 * H, t * B * 3 * H), B, H, 2 * H);
    for (let b = 0; b < B; b++) q.set(bias, (t * B + b) * H);
    addProduct(state, matrix(U, 3 * H, 2 * H), matrix(q, H, t * B * H), B, H, H);
    for (let b = 0; b < B; b++) {
      const here = (t * B + b) * H;
      const a = 3 * here;
      const before = (time.before(t) * B + b) * H;
      const after = (time.after(t) * B + b) * H;
      const stays = isPadding(t, b);
      for (let k = 0; k < H; k++) {
        const r = sigmoid(gates[a + k]);
        const z = sigmoid(gates[a + H + k]);
        const n = Math.tanh(gates[a + 2 * H + k] + r * q[here + k]);
        gates[a + k] = r;
        gates[a + H + k] = z;
        gates[a + 2 * H + k] = n;
        h[after + k] = stays ? h[before + k] : (1 - z) * n + z * h[before + k];
      }
    }
  }
};

export const gruBackward = (scan: ScanBackward): void => {
  const { T, B, H, gates, q, h, U, time, isPadding } = open(scan);
  if (scan.drecurrent === null) throw new TypeError('A GRU needs the gradient of its recurrent contribution');
  const { price = 0 } = scan;
  const dhAbove = floats(scan.dh, T, B, H);
  const dgates = floats(scan.dgates, T, B, 3 * H);
  const drecurrent = floats(scan.drecurrent, T, B, 3 * H);
  const dhCarry = floats(scan.dhCarry, B, H);
  for (const t of time.steps.reverse()) {
    for (let b = 0; b < B; b++) {
      const here = (t * B + b) * H;
      const a = 3 * here;
      const before = (time.before(t) * B + b) * H;
      const after = (time.after(t) * B + b) * H;
      if (isPadding(t, b)) {
        dgates.fill(0, a, a + 3 * H);
        drecurrent.fill(0, a, a + 3 * H);
        for (let k = 0; k < H; k++) dhCarry[b * H + k] += dhAbove[here + k];
        continue;
      }
      for (let k = 0; k < H; k++) {
        const r = gates[a + k];
        const z = gates[a + H + k];
        const n = gates[a + 2 * H + k];
        const dh = dhAbove[here + k] + dhCarry[b * H + k] + slopeOfPrice(h[after + k], price);
        const dn = dh * (1 - z) * (1 - n * n);
        const dr = dn * q[here + k] * r * (1 - r);
        const dz = dh * (h[before + k] - n) * z * (1 - z);
        dgates[a + k] = dr;
        dgates[a + H + k] = dz;
        dgates[a + 2 * H + k] = dn;
        drecurrent[a + k] = dr;
        drecurrent[a + H + k] = dz;
        drecurrent[a + 2 * H + k] = dn * r;
        dhCarry[b * H + k] = dh * z;
      }
    }
    addProductTransposed(matrix(drecurrent, 3 * H, t * B * 3 * H), matrix(U, 3 * H), matrix(dhCarry, H), B, 3 * H, H);
  }
};
