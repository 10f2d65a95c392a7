/** LSTM with forget gate: Hochreiter and Schmidhuber 1997, Gers et al. 2000, in PyTorch's gate order i, f, g, o. */
import { timeline } from '../kernels';
import type { Scan, ScanBackward } from '../kernels';
import { maskOf } from './mask';
import { floats } from './memory';
import { slopeOfPrice } from './price';
import { addProduct, addProductTransposed, matrix } from './product';
import { sigmoid } from './sigmoid';

const open = ({ tape, recurrent, reversed, mask }: Scan) => {
  const [T, B, G] = tape.gates.shape;
  const H = G / 4;
  if (tape.c === null) throw new TypeError('An LSTM needs a tape of cell states');
  return {
    T,
    B,
    H,
    gates: floats(tape.gates, T, B, 4 * H),
    c: floats(tape.c, T + 1, B, H),
    h: floats(tape.h, T + 1, B, H),
    U: matrix(floats(recurrent, H, 4 * H), 4 * H),
    time: timeline(T, reversed),
    isPadding: maskOf(mask, T, B),
  };
};

/** c_t = f ⊙ c_{t-1} + i ⊙ g, h_t = o ⊙ tanh(c_t). */
export const lstmForward = (scan: Scan): void => {
  const { B, H, gates, c, h, U, time, isPadding } = open(scan);
  for (const t of time.steps) {
    addProduct(matrix(h, H, time.before(t) * B * H), U, matrix(gates, 4 * H, t * B * 4 * H), B, H, 4 * H);
    for (let b = 0; b < B; b++) {
      const z = (t * B + b) * 4 * H;
      const before = (time.before(t) * B + b) * H;
      const after = (time.after(t) * B + b) * H;
      const stays = isPadding(t, b);
      for (let k = 0; k < H; k++) {
        const i = sigmoid(gates[z + k]);
        const f = sigmoid(gates[z + H + k]);
        const g = Math.tanh(gates[z + 2 * H + k]);
        const o = sigmoid(gates[z + 3 * H + k]);
        const cell = f * c[before + k] + i * g;
        gates[z + k] = i;
        gates[z + H + k] = f;
        gates[z + 2 * H + k] = g;
        gates[z + 3 * H + k] = o;
        c[after + k] = stays ? c[before + k] : cell;
        h[after + k] = stays ? h[before + k] : o * Math.tanh(cell);
      }
    }
  }
};

export const lstmBackward = (scan: ScanBackward): void => {
  const { T, B, H, gates, c, U, time, isPadding } = open(scan);
  if (scan.dcCarry === null) throw new TypeError('An LSTM needs the gradient of its cell state');
  const { price = 0 } = scan;
  const dhAbove = floats(scan.dh, T, B, H);
  const dgates = floats(scan.dgates, T, B, 4 * H);
  const dhCarry = floats(scan.dhCarry, B, H);
  const dcCarry = floats(scan.dcCarry, B, H);
  for (const t of time.steps.reverse()) {
    for (let b = 0; b < B; b++) {
      const above = (t * B + b) * H;
      if (isPadding(t, b)) {
        dgates.fill(0, 4 * above, 4 * (above + H));
        for (let k = 0; k < H; k++) dhCarry[b * H + k] += dhAbove[above + k];
        continue;
      }
      const z = (t * B + b) * 4 * H;
      const before = (time.before(t) * B + b) * H;
      const after = (time.after(t) * B + b) * H;
      for (let k = 0; k < H; k++) {
        const i = gates[z + k];
        const f = gates[z + H + k];
        const g = gates[z + 2 * H + k];
        const o = gates[z + 3 * H + k];
        const squashed = Math.tanh(c[after + k]);
        const dh = dhAbove[above + k] + dhCarry[b * H + k];
        const dc = dcCarry[b * H + k] + dh * o * (1 - squashed * squashed) + slopeOfPrice(c[after + k], price);
        dgates[z + k] = dc * g * i * (1 - i);
        dgates[z + H + k] = dc * c[before + k] * f * (1 - f);
        dgates[z + 2 * H + k] = dc * i * (1 - g * g);
        dgates[z + 3 * H + k] = dh * squashed * o * (1 - o);
        dcCarry[b * H + k] = dc * f;
        dhCarry[b * H + k] = 0;
      }
    }
    addProductTransposed(matrix(dgates, 4 * H, t * B * 4 * H), U, matrix(dhCarry, H), B, 4 * H, H);
  }
};
