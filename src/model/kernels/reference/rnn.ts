/** The plain recurrent network with tanh: Elman 1990. */
import { timeline } from '../kernels';
import type { Scan, ScanBackward } from '../kernels';
import { maskOf } from './mask';
import { floats } from './memory';
import { slopeOfPrice } from './price';
import { addProduct, addProductTransposed, matrix } from './product';

const open = ({ tape, recurrent, reversed, mask }: Scan) => {
  const [T, B, H] = tape.gates.shape;
  return {
    T,
    B,
    H,
    gates: floats(tape.gates, T, B, H),
    h: floats(tape.h, T + 1, B, H),
    U: matrix(floats(recurrent, H, H), H),
    time: timeline(T, reversed),
    isPadding: maskOf(mask, T, B),
  };
};

/** a = W x + b + h_{t-1} U, h_t = tanh(a); the tape keeps a. */
export const rnnForward = (scan: Scan): void => {
  const { B, H, gates, h, U, time, isPadding } = open(scan);
  for (const t of time.steps) {
    addProduct(matrix(h, H, time.before(t) * B * H), U, matrix(gates, H, t * B * H), B, H, H);
    for (let b = 0; b < B; b++) {
      const here = (t * B + b) * H;
      const before = (time.before(t) * B + b) * H;
      const after = (time.after(t) * B + b) * H;
      const stays = isPadding(t, b);
      for (let k = 0; k < H; k++) h[after + k] = stays ? h[before + k] : Math.tanh(gates[here + k]);
    }
  }
};

export const rnnBackward = (scan: ScanBackward): void => {
  const { T, B, H, h, U, time, isPadding } = open(scan);
  const { price = 0 } = scan;
  const dhAbove = floats(scan.dh, T, B, H);
  const dgates = floats(scan.dgates, T, B, H);
  const dhCarry = floats(scan.dhCarry, B, H);
  for (const t of time.steps.reverse()) {
    for (let b = 0; b < B; b++) {
      const here = (t * B + b) * H;
      const after = (time.after(t) * B + b) * H;
      const stays = isPadding(t, b);
      for (let k = 0; k < H; k++) {
        const dh = dhAbove[here + k] + dhCarry[b * H + k] + (stays ? 0 : slopeOfPrice(h[after + k], price));
        dgates[here + k] = stays ? 0 : dh * (1 - h[after + k] * h[after + k]);
        dhCarry[b * H + k] = stays ? dh : 0;
      }
    }
    addProductTransposed(matrix(dgates, H, t * B * H), U, matrix(dhCarry, H), B, H, H);
  }
};
