/** The plain recurrent network with tanh: Elman 1990. */
import type { Scan, ScanBackward } from '../kernels';
import { floats } from './memory';
import { addProduct, addProductTransposed, matrix } from './product';

const open = ({ tape, recurrent }: Scan) => {
  const [T, B, H] = tape.gates.shape;
  return {
    T,
    B,
    H,
    gates: floats(tape.gates, T, B, H),
    h: floats(tape.h, T + 1, B, H),
    U: matrix(floats(recurrent, H, H), H),
  };
};

/** a = W x + b + h_{t-1} U, h_t = tanh(a); the tape keeps a. */
export const rnnForward = (scan: Scan): void => {
  const { T, B, H, gates, h, U } = open(scan);
  for (let t = 0; t < T; t++) {
    const start = t * B * H;
    addProduct(matrix(h, H, start), U, matrix(gates, H, start), B, H, H);
    for (let k = 0; k < B * H; k++) h[start + B * H + k] = Math.tanh(gates[start + k]);
  }
};

export const rnnBackward = (scan: ScanBackward): void => {
  const { T, B, H, h, U } = open(scan);
  const dhAbove = floats(scan.dh, T, B, H);
  const dgates = floats(scan.dgates, T, B, H);
  const dhCarry = floats(scan.dhCarry, B, H);
  for (let t = T - 1; t >= 0; t--) {
    const start = t * B * H;
    for (let k = 0; k < B * H; k++) {
      const after = h[start + B * H + k];
      dgates[start + k] = (dhAbove[start + k] + dhCarry[k]) * (1 - after * after);
    }
    dhCarry.fill(0);
    addProductTransposed(matrix(dgates, H, start), U, matrix(dhCarry, H), B, H, H);
  }
};
