/**
 * The recurrence, backward, derived by hand. Every gradient with respect to a pre-activation is the gradient of the
 * state times a factor that the forward pass has left behind; the factors are made for all steps at once.
 */
import type { Tensor } from '@tensorflow/tfjs';
import type { CellName } from '../../cells';
import { sizeOf, subview } from '../kernels';
import type { ScanBackward, View } from '../kernels';
import { read, write } from './buffers';
import { columns, matrix, stack, type Tf } from './tensors';

/** Slots `from` to `from + T` of a tape of states [T + 1, B, H]. */
const states = (tape: View, from: 0 | 1): Tensor => {
  const [slots, ...rest] = tape.shape;
  return read(subview(tape, from * sizeOf(rest), [slots - 1, ...rest]));
};

const given = (view: View | null): View => {
  if (!view) throw new TypeError('The cell needs this view');
  return view;
};

/** 1 - x², the derivative of tanh at its value x. */
const slopeOfTanh = (tf: Tf, x: Tensor): Tensor => tf.sub(1, x.square());

/** x (1 - x), the derivative of the sigmoid at its value x. */
const slopeOfSigmoid = (tf: Tf, x: Tensor): Tensor => x.mul(tf.sub(1, x));

const block = (gates: Tensor, gate: number, H: number): Tensor => columns(gates, gate * H, H);

/** d U^T (+ what flows in from above). */
const through = (tf: Tf, d: Tensor, U: Tensor, above: Tensor | undefined): Tensor =>
  tf.fused.matMul({ a: matrix(d), b: matrix(U), transposeB: true, ...(above && { bias: above }) });

/** The gradient with respect to the last state: from above and from what follows. */
const lastGradient = (above: readonly Tensor[], carried: View): Tensor => above[above.length - 1].add(read(carried));

/**
 * dc = dh o (1 - tanh² c) + carried dc; the gates' gradients are dc (i, f, g) and dh (o) times their factors; dc flows on
 * times f.
 */
const lstm = (tf: Tf, scan: ScanBackward): void => {
  const { tape, recurrent, dh, dgates, dhCarry } = scan;
  const cells = given(tape.c);
  const dcCarry = given(scan.dcCarry);
  const [T, , H] = dh.shape;
  const U = read(recurrent);
  const [factors, reaches, forgets] = tf
    .tidy(() => {
      const gates = read(tape.gates);
      const [i, f, g, o] = [0, 1, 2, 3].map((gate) => block(gates, gate, H));
      const squashed = states(cells, 1).tanh();
      const factor = [
        g.mul(slopeOfSigmoid(tf, i)),
        states(cells, 0).mul(slopeOfSigmoid(tf, f)),
        i.mul(slopeOfTanh(tf, g)),
        squashed.mul(slopeOfSigmoid(tf, o)),
      ];
      return [tf.concat(factor, 2), o.mul(slopeOfTanh(tf, squashed)), f];
    })
    .map((x) => tf.unstack(x));
  const above = tf.unstack(read(dh));
  const deltas: Tensor[] = [];
  let dHidden = lastGradient(above, dhCarry);
  let dCarried = read(dcCarry);
  for (let t = T - 1; t >= 0; t--) {
    const [delta, nextHidden, nextCarried] = tf.tidy((): [Tensor, Tensor, Tensor] => {
      const dc = dHidden.mul(reaches[t]).add(dCarried);
      const d = tf.concat([dc, dc, dc, dHidden], 1).mul(factors[t]);
      return [d, through(tf, d, U, above[t - 1]), dc.mul(forgets[t])];
    });
    tf.dispose([dHidden, dCarried]);
    dHidden = nextHidden;
    dCarried = nextCarried;
    deltas.push(delta);
  }
  write(dgates, stack(tf, deltas.reverse()));
  write(dhCarry, dHidden);
  write(dcCarry, dCarried);
};

/** The recurrent contributions' gradients are dh times their factors; dh also flows on times z. */
const gru = (tf: Tf, scan: ScanBackward): void => {
  const { tape, recurrent, dh, dgates, dhCarry } = scan;
  const [T, , H] = dh.shape;
  const U = read(recurrent);
  const [factor, forCandidate, z] = tf.tidy((): [Tensor, Tensor, Tensor] => {
    const [reset, update, candidate] = [0, 1, 2].map((gate) => block(read(tape.gates), gate, H));
    const slope = tf.sub(1, update).mul(slopeOfTanh(tf, candidate));
    const all = [
      slope.mul(read(given(tape.q))).mul(slopeOfSigmoid(tf, reset)),
      states(tape.h, 0).sub(candidate).mul(slopeOfSigmoid(tf, update)),
      slope.mul(reset),
    ];
    return [tf.concat(all, 2), slope, update];
  });
  const factors = tf.unstack(factor);
  const passed = tf.unstack(z);
  tf.dispose([factor, z]);
  const above = tf.unstack(read(dh));
  const deltas: Tensor[] = [];
  const reached: Tensor[] = [];
  let dHidden = lastGradient(above, dhCarry);
  for (let t = T - 1; t >= 0; t--) {
    const [delta, next] = tf.tidy((): [Tensor, Tensor] => {
      const d = tf.concat([dHidden, dHidden, dHidden], 1).mul(factors[t]);
      return [d, through(tf, d, U, above[t - 1]).add(dHidden.mul(passed[t]))];
    });
    deltas.push(delta);
    reached.push(dHidden);
    dHidden = next;
  }
  const recurrentDeltas = stack(tf, deltas.reverse());
  const candidateDeltas = stack(tf, reached.reverse()).mul(forCandidate);
  write(dgates, tf.concat([columns(recurrentDeltas, 0, 2 * H), candidateDeltas], 2));
  write(given(scan.drecurrent), recurrentDeltas);
  write(dhCarry, dHidden);
};

const rnn = (tf: Tf, { tape, recurrent, dh, dgates, dhCarry }: ScanBackward): void => {
  const [T] = dh.shape;
  const U = read(recurrent);
  const factors = tf.unstack(slopeOfTanh(tf, states(tape.h, 1)));
  const above = tf.unstack(read(dh));
  const deltas: Tensor[] = [];
  let dHidden = lastGradient(above, dhCarry);
  for (let t = T - 1; t >= 0; t--) {
    const delta = dHidden.mul(factors[t]);
    dHidden.dispose();
    deltas.push(delta);
    dHidden = through(tf, delta, U, above[t - 1]);
  }
  write(dgates, stack(tf, deltas.reverse()));
  write(dhCarry, dHidden);
};

const SCANS: Readonly<Record<CellName, (tf: Tf, scan: ScanBackward) => void>> = { lstm, gru, rnn };

export const scanBackward = (tf: Tf, args: ScanBackward): void => {
  SCANS[args.cell](tf, args);
};
