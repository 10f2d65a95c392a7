/** GRU in PyTorch's form, with a bias inside the reset gate's reach: Cho et al. 2014; gate order r, z, n. */
import type { Scan, ScanBackward } from '../kernels';
import { floats } from './memory';
import { addProduct, addProductTransposed, matrix } from './product';
import { sigmoid } from './sigmoid';

const open = ({ tape, recurrent, recurrentBias }: Scan) => {
  const [T, B, G] = tape.gates.shape;
  const H = G / 3;
  if (tape.q === null || recurrentBias === null) throw new TypeError('A GRU needs a tape of q and a recurrent bias');
  return {
    T,
    B,
    H,
    gates: floats(tape.gates, T, B, 3 * H),
    q: floats(tape.q, T, B, H),
    h: floats(tape.h, T + 1, B, H),
    U: floats(recurrent, H, 3 * H),
    bias: floats(recurrentBias, H),
  };
};

/** n = tanh(W_n x + b_n + r ⊙ (U_n h_{t-1} + b_hn)), h_t = (1 - z) ⊙ n + z ⊙ h_{t-1}. */
export const gruForward = (scan: Scan): void => {
  const { T, B, H, gates, q, h, U, bias } = open(scan);
  for (let t = 0; t < T; t++) {
    const state = matrix(h, H, t * B * H);
    addProduct(state, matrix(U, 3 * H), matrix(gates, 3 * H, t * B * 3 * H), B, H, 2 * H);
    for (let b = 0; b < B; b++) q.set(bias, (t * B + b) * H);
    addProduct(state, matrix(U, 3 * H, 2 * H), matrix(q, H, t * B * H), B, H, H);
    for (let b = 0; b < B; b++) {
      const a = (t * B + b) * 3 * H;
      const before = (t * B + b) * H;
      for (let k = 0; k < H; k++) {
        const r = sigmoid(gates[a + k]);
        const z = sigmoid(gates[a + H + k]);
        const n = Math.tanh(gates[a + 2 * H + k] + r * q[before + k]);
        gates[a + k] = r;
        gates[a + H + k] = z;
        gates[a + 2 * H + k] = n;
        h[before + B * H + k] = (1 - z) * n + z * h[before + k];
      }
    }
  }
};

export const gruBackward = (scan: ScanBackward): void => {
  const { T, B, H, gates, q, h, U } = open(scan);
  if (scan.drecurrent === null) throw new TypeError('A GRU needs the gradient of its recurrent contribution');
  const dhAbove = floats(scan.dh, T, B, H);
  const dgates = floats(scan.dgates, T, B, 3 * H);
  const drecurrent = floats(scan.drecurrent, T, B, 3 * H);
  const dhCarry = floats(scan.dhCarry, B, H);
  for (let t = T - 1; t >= 0; t--) {
    for (let b = 0; b < B; b++) {
      const a = (t * B + b) * 3 * H;
      const before = (t * B + b) * H;
      for (let k = 0; k < H; k++) {
        const r = gates[a + k];
        const z = gates[a + H + k];
        const n = gates[a + 2 * H + k];
        const dh = dhAbove[before + k] + dhCarry[b * H + k];
        const dn = dh * (1 - z) * (1 - n * n);
        const dr = dn * q[before + k] * r * (1 - r);
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
