/** The recurrence, forward: what depends on the step before is done step by step, the rest over all steps at once. */
import type { Tensor } from '@tensorflow/tfjs';
import { CELLS, type CellName } from '../../cells';
import { subview, type Scan, type View } from '../kernels';
import { read, write } from './buffers';
import { courseOf } from './course';
import { lstmSteps } from './lstmSteps';
import { columns, matrix, stack, type Tf } from './tensors';

const given = (view: View | null): View => {
  if (!view) throw new TypeError('The cell needs this tape');
  return view;
};

/** The product and what is added to it in one operation, sigmoid included. */
const affine = (tf: Tf, a: Tensor, b: Tensor, bias: Tensor, activation: 'linear' | 'sigmoid'): Tensor =>
  tf.fused.matMul({ a: matrix(a), b: matrix(b), bias, activation });

/** One number for each of G blocks of H columns, [G·H]. */
const blocks = (tf: Tf, H: number, numbers: readonly number[]): Tensor =>
  tf.tensor1d(Float32Array.from({ length: numbers.length * H }, (_, k) => numbers[Math.floor(k / H)]));

/**
 * c_t = f ⊙ c_{t-1} + i ⊙ g, h_t = o ⊙ tanh(c_t). With tanh(v) = 2 σ(2 v) - 1 one product with a sigmoid makes all four
 * gates; the candidate's doubling is put into the matrix and the input's contribution beforehand.
 */
const lstm = (tf: Tf, scan: Scan): void => {
  const { recurrent, tape } = scan;
  const course = courseOf(tf, scan);
  const cells = given(tape.c);
  const [, B, H] = tape.h.shape;
  const step = lstmSteps(tf, B, H);
  const doubling = blocks(tf, H, [1, 1, 2, 1]);
  const U = read(recurrent).mul(doubling);
  const inputs = tf.unstack(read(tape.gates).mul(doubling));
  const gates: Tensor[] = [];
  const cs: Tensor[] = [];
  const hs: Tensor[] = [];
  cs[course.before(course.steps[0])] = course.initial(cells);
  hs[course.before(course.steps[0])] = course.initial(tape.h);
  for (const t of course.steps) {
    const [cBefore, hBefore] = [cs[course.before(t)], hs[course.before(t)]];
    const [a, c, h] = tf.tidy((): [Tensor, Tensor, Tensor] => {
      const all = affine(tf, hBefore, U, inputs[t], 'sigmoid');
      const next = step.forward(all, cBefore);
      return [all, course.keep(t, next.c, cBefore), course.keep(t, next.h, hBefore)];
    });
    inputs[t].dispose();
    gates[t] = a;
    cs[course.after(t)] = c;
    hs[course.after(t)] = h;
  }
  write(
    tape.gates,
    stack(tf, gates)
      .mul(doubling)
      .sub(blocks(tf, H, [0, 0, 1, 0])),
  );
  write(cells, stack(tf, cs));
  write(tape.h, stack(tf, hs));
};

/** n = tanh(W_n x + b_n + r ⊙ (U_n h_{t-1} + b_hn)), h_t = n + z ⊙ (h_{t-1} - n). */
const gru = (tf: Tf, scan: Scan): void => {
  const { recurrent, unitVectors, tape } = scan;
  const course = courseOf(tf, scan);
  const [, , H] = tape.h.shape;
  const U = read(recurrent);
  const [Urz, Un] = [columns(U, 0, 2 * H), columns(U, 2 * H, H)];
  // A product is fused with a bias of one dimension only.
  const bias = read(subview(given(unitVectors), 0, [H]));
  const x = read(tape.gates);
  const forGates = tf.unstack(columns(x, 0, 2 * H));
  const forCandidates = tf.unstack(columns(x, 2 * H, H));
  const gates: Tensor[] = [];
  const candidates: Tensor[] = [];
  const qs: Tensor[] = [];
  const hs: Tensor[] = [];
  hs[course.before(course.steps[0])] = course.initial(tape.h);
  for (const t of course.steps) {
    const before = hs[course.before(t)];
    const [rz, n, q, h] = tf.tidy((): [Tensor, Tensor, Tensor, Tensor] => {
      const both = affine(tf, before, Urz, forGates[t], 'sigmoid');
      const [r, z] = [columns(both, 0, H), columns(both, H, H)];
      const reached = affine(tf, before, Un, bias, 'linear');
      const candidate = forCandidates[t].add(r.mul(reached)).tanh();
      const next = candidate.add(z.mul(before.sub(candidate)));
      return [both, candidate, reached, course.keep(t, next, before)];
    });
    tf.dispose([forGates[t], forCandidates[t]]);
    gates[t] = rz;
    candidates[t] = n;
    qs[t] = q;
    hs[course.after(t)] = h;
  }
  write(tape.gates, tf.concat([stack(tf, gates), stack(tf, candidates)], 2));
  write(given(tape.q), stack(tf, qs));
  write(tape.h, stack(tf, hs));
};

/** a = W x + b + h_{t-1} U, h_t = tanh(a). */
const rnn = (tf: Tf, scan: Scan): void => {
  const { recurrent, tape } = scan;
  const course = courseOf(tf, scan);
  const U = read(recurrent);
  const sums: Tensor[] = [];
  const hs: Tensor[] = [];
  hs[course.before(course.steps[0])] = course.initial(tape.h);
  const inputs = tf.unstack(read(tape.gates));
  for (const t of course.steps) {
    const before = hs[course.before(t)];
    sums[t] = affine(tf, before, U, inputs[t], 'linear');
    hs[course.after(t)] = course.keep(t, sums[t].tanh(), before);
    inputs[t].dispose();
  }
  write(tape.gates, stack(tf, sums));
  write(tape.h, stack(tf, hs));
};

const SCANS: Readonly<Record<CellName, (tf: Tf, scan: Scan) => void>> = { lstm, gru, rnn };

export const scan = (tf: Tf, args: Scan): void => {
  if (args.tape.gates.shape[2] !== CELLS[args.cell].gates.length * args.tape.h.shape[2]) {
    throw new RangeError(`A tape of ${args.cell} does not have gates of ${args.tape.gates.shape.join(' × ')}`);
  }
  SCANS[args.cell](tf, args);
};
