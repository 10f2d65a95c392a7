/**
 * The recurrence, backward, derived by hand. Every gradient with respect to a pre-activation is the gradient of the
 * state times a factor that the forward pass has left behind; the factors are made for all steps at once.
 */
import type { Tensor } from '@tensorflow/tfjs';
import type { CellName } from '../../cells';
import { PRICE_DELTA } from '../kernels';
import type { ScanBackward, View } from '../kernels';
import { read, write } from './buffers';
import { courseOf, passing, whereReal, type Course } from './course';
import { lstmSteps } from './lstmSteps';
import { columns, matrix, stack, type Tf } from './tensors';

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
const lastGradient = (above: readonly Tensor[], carried: View, { steps }: Course): Tensor =>
  above[steps[steps.length - 1]].add(read(carried));

/** The slope of the price of every state, [T, B, H]; null where there is no price. */
const priceSlopes = (tf: Tf, states: View, { price = 0 }: ScanBackward, course: Course): Tensor | null => {
  if (price === 0) return null;
  return tf.tidy(() =>
    whereReal(tf.clipByValue(course.allAfter(states).mul(1 / PRICE_DELTA), -1, 1).mul(price), course),
  );
};

/** The gradient of each h_t but for what flows back through time: from above, and its price where h is all that a cell keeps. */
const aboveOf = (tf: Tf, scan: ScanBackward, course: Course): Tensor[] => {
  const above = read(scan.dh);
  const slopes = scan.cell === 'lstm' ? null : priceSlopes(tf, scan.tape.h, scan, course);
  return tf.unstack(slopes ? above.add(slopes) : above);
};

/** What of each step's gradient passes at padding, besides what goes through the weights; null where nothing is padded. */
const passedOn = (tf: Tf, { real }: Course): Tensor[] | null => (real ? tf.unstack(tf.sub(1, real)) : null);

/**
 * dc = dh o (1 - tanh² c) + carried dc + the slope of its price; the gates' gradients are dc (i, f, g) and dh (o) times their factors; dc flows on
 * times f.
 */
const lstm = (tf: Tf, scan: ScanBackward): void => {
  const { tape, recurrent, dh, dgates, dhCarry } = scan;
  const course = courseOf(tf, scan);
  const passed = passedOn(tf, course);
  const cells = given(tape.c);
  const dcCarry = given(scan.dcCarry);
  const [T, B, H] = dh.shape;
  const U = read(recurrent);
  const [gates, reaches, forgets] = tf.tidy((): [Tensor, Tensor, Tensor] => {
    const gates = read(tape.gates);
    const [i, f, g, o] = [0, 1, 2, 3].map((gate) => block(gates, gate, H));
    const squashed = course.allAfter(cells).tanh();
    const factor = [
      g.mul(slopeOfSigmoid(tf, i)),
      course.allBefore(cells).mul(slopeOfSigmoid(tf, f)),
      i.mul(slopeOfTanh(tf, g)),
      squashed.mul(slopeOfSigmoid(tf, o)),
    ];
    return [
      whereReal(tf.concat(factor, 2), course),
      whereReal(o.mul(slopeOfTanh(tf, squashed)), course),
      passing(tf, f, course),
    ];
  });
  const step = lstmSteps(tf, B, H, { gates, reaches, forgets, prices: priceSlopes(tf, cells, scan, course) });
  const above = aboveOf(tf, scan, course);
  const deltas: Tensor[] = [];
  let dHidden = lastGradient(above, dhCarry, course);
  let dCarried = read(dcCarry);
  for (let k = T - 1; k >= 0; k--) {
    const t = course.steps[k];
    const [delta, nextHidden, nextCarried] = tf.tidy((): [Tensor, Tensor, Tensor] => {
      const { delta: d, carried } = step.backward(t, dHidden, dCarried);
      const hidden = through(tf, d, U, above[course.steps[k - 1]]);
      return [d, passed ? hidden.add(dHidden.mul(passed[t])) : hidden, carried];
    });
    tf.dispose([dHidden, dCarried]);
    dHidden = nextHidden;
    dCarried = nextCarried;
    deltas[t] = delta;
  }
  write(dgates, stack(tf, deltas));
  write(dhCarry, dHidden);
  write(dcCarry, dCarried);
};

/** The recurrent contributions' gradients are dh times their factors; dh also flows on times z. */
const gru = (tf: Tf, scan: ScanBackward): void => {
  const { tape, recurrent, dh, dgates, dhCarry } = scan;
  const course = courseOf(tf, scan);
  const [T, , H] = dh.shape;
  const U = read(recurrent);
  const [factor, forCandidate, z] = tf.tidy((): [Tensor, Tensor, Tensor] => {
    const [reset, update, candidate] = [0, 1, 2].map((gate) => block(read(tape.gates), gate, H));
    const slope = tf.sub(1, update).mul(slopeOfTanh(tf, candidate));
    const all = [
      slope.mul(read(given(tape.q))).mul(slopeOfSigmoid(tf, reset)),
      course.allBefore(tape.h).sub(candidate).mul(slopeOfSigmoid(tf, update)),
      slope.mul(reset),
    ];
    return [whereReal(tf.concat(all, 2), course), whereReal(slope, course), passing(tf, update, course)];
  });
  const factors = tf.unstack(factor);
  const passed = tf.unstack(z);
  tf.dispose([factor, z]);
  const above = aboveOf(tf, scan, course);
  const deltas: Tensor[] = [];
  const reached: Tensor[] = [];
  let dHidden = lastGradient(above, dhCarry, course);
  for (let k = T - 1; k >= 0; k--) {
    const t = course.steps[k];
    const [delta, next] = tf.tidy((): [Tensor, Tensor] => {
      const d = tf.concat([dHidden, dHidden, dHidden], 1).mul(factors[t]);
      return [d, through(tf, d, U, above[course.steps[k - 1]]).add(dHidden.mul(passed[t]))];
    });
    deltas[t] = delta;
    reached[t] = dHidden;
    dHidden = next;
  }
  const recurrentDeltas = stack(tf, deltas);
  const candidateDeltas = stack(tf, reached).mul(forCandidate);
  write(dgates, tf.concat([columns(recurrentDeltas, 0, 2 * H), candidateDeltas], 2));
  write(given(scan.drecurrent), recurrentDeltas);
  write(dhCarry, dHidden);
};

const rnn = (tf: Tf, scan: ScanBackward): void => {
  const { tape, recurrent, dh, dgates, dhCarry } = scan;
  const course = courseOf(tf, scan);
  const passed = passedOn(tf, course);
  const [T] = dh.shape;
  const U = read(recurrent);
  const factors = tf.unstack(whereReal(slopeOfTanh(tf, course.allAfter(tape.h)), course));
  const above = aboveOf(tf, scan, course);
  const deltas: Tensor[] = [];
  let dHidden = lastGradient(above, dhCarry, course);
  for (let k = T - 1; k >= 0; k--) {
    const t = course.steps[k];
    const delta = dHidden.mul(factors[t]);
    deltas[t] = delta;
    const next = through(tf, delta, U, above[course.steps[k - 1]]);
    const all = passed ? next.add(dHidden.mul(passed[t])) : next;
    dHidden.dispose();
    dHidden = all;
  }
  write(dgates, stack(tf, deltas));
  write(dhCarry, dHidden);
};

const SCANS: Readonly<Record<CellName, (tf: Tf, scan: ScanBackward) => void>> = { lstm, gru, rnn };

export const scanBackward = (tf: Tf, args: ScanBackward): void => {
  SCANS[args.cell](tf, args);
};
