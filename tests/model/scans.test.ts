/** Reversed and padded scans of the reference: central differences, and what they must equal by their meaning. */
import { describe, expect, it } from 'vitest';
import { CELL_NAMES, CELLS } from '../../src/model/cells';
import type { CellName } from '../../src/model/cells';
import { subview, timeline, viewOf } from '../../src/model/kernels/kernels';
import type { View } from '../../src/model/kernels/kernels';
import { createReferenceKernels } from '../../src/model/kernels/reference';
import { uniform } from '../../src/model/random';
import { expectClose, gradientError } from './support/compare';
import { sizeOfState } from './support/price';

const kernels = createReferenceKernels();
const B = 2;
const H = 3;

const noise = (seed: number, length: number): Float64Array =>
  Float64Array.from({ length }, (_, k) => 1.6 * uniform(seed, k) - 0.8);

const floats = (shape: readonly number[], values: ArrayLike<number>): View => {
  const view = viewOf(kernels.allocate('float', values.length), shape);
  kernels.write(view, values);
  return view;
};

/** What goes into a scan of T steps, row-major. */
interface Inputs {
  readonly gates: Float64Array;
  readonly recurrent: Float64Array;
  readonly bias: Float64Array;
  readonly h: Float64Array;
  readonly c: Float64Array;
}

const inputsOf = (cell: CellName, T: number): Inputs => {
  const width = CELLS[cell].gates.length * H;
  return {
    gates: noise(1, T * B * width),
    recurrent: noise(2, H * width),
    bias: noise(3, H),
    h: noise(4, B * H),
    c: noise(5, B * H),
  };
};

/**
 * A scan forward and backward for the loss sum(weights · h of every step) + sum(last · (h + c after the scan)) + price ·
 * sum(sizes of the states after steps that are not padding).
 */
const run = async (
  cell: CellName,
  T: number,
  inputs: Inputs,
  course: { reversed: boolean; mask?: readonly number[]; price?: number },
) => {
  const { gates: names, hasCellState, resetsProduct, unitVectors: own } = CELLS[cell];
  const width = names.length * H;
  const { before, after, steps } = timeline(T, course.reversed);
  const statesFrom = (initial: Float64Array): View => {
    const view = floats([T + 1, B, H], new Float64Array((T + 1) * B * H));
    kernels.write(subview(view, before(steps[0]) * B * H, [B, H]), initial);
    return view;
  };
  const tape = {
    gates: floats([T, B, width], inputs.gates),
    q: resetsProduct ? floats([T, B, H], new Float64Array(T * B * H)) : null,
    c: hasCellState ? statesFrom(inputs.c) : null,
    h: statesFrom(inputs.h),
  };
  const mask = course.mask && viewOf(kernels.allocate('int', T * B), [T, B]);
  if (mask && course.mask) kernels.write(mask, course.mask);
  const scan = {
    cell,
    recurrent: floats([H, width], inputs.recurrent),
    unitVectors: own.length > 0 ? floats([own.length, H], inputs.bias) : null,
    tape,
    reversed: course.reversed,
    ...(mask && { mask }),
  };
  kernels.scan(scan);
  const slot = (view: View, t: number): View => subview(view, t * B * H, [B, H]);
  const end = after(steps[T - 1]);
  const [states, lastH, lastC] = await Promise.all([
    Promise.all(Array.from({ length: T }, (_, t) => kernels.read(slot(tape.h, after(t))))),
    kernels.read(slot(tape.h, end)),
    tape.c ? kernels.read(slot(tape.c, end)) : new Float64Array(B * H),
  ]);
  const weights = noise(6, T * B * H);
  const last = noise(7, B * H);
  let loss = 0;
  states.forEach((values, t) => {
    values.forEach((value, k) => (loss += value * weights[t * B * H + k]));
  });
  last.forEach((weight, k) => (loss += weight * (lastH[k] + lastC[k])));
  const { price = 0 } = course;
  const held = tape.c ?? tape.h;
  const priced = await Promise.all(states.map((_, t) => kernels.read(slot(held, after(t)))));
  priced.forEach((values, t) => {
    values.forEach((value, k) => {
      if (course.mask?.[t * B + Math.floor(k / H)] !== 0) loss += price * sizeOfState(value);
    });
  });

  const dgates = floats([T, B, width], new Float64Array(T * B * width));
  const drecurrent = resetsProduct ? floats([T, B, width], new Float64Array(T * B * width)) : null;
  const dhCarry = floats([B, H], last);
  const dcCarry = hasCellState ? floats([B, H], last) : null;
  kernels.scanBackward({ ...scan, dh: floats([T, B, H], weights), dgates, drecurrent, dhCarry, dcCarry, price });
  const above = drecurrent ?? dgates;
  const recurrent = floats([H, width], new Float64Array(H * width));
  const first = before(Math.min(...steps));
  kernels.matmul(subview(tape.h, first * B * H, [T * B, H]), { ...above, shape: [T * B, width] }, recurrent, {
    transposeA: true,
  });
  const sums = floats([width], new Float64Array(width));
  kernels.sumRows({ ...above, shape: [T * B, width] }, sums);
  const gradient = {
    gates: await kernels.read(dgates),
    recurrent: await kernels.read(recurrent),
    bias: resetsProduct ? (await kernels.read(sums)).slice(2 * H) : null,
    h: await kernels.read(dhCarry),
    c: dcCarry && (await kernels.read(dcCarry)),
  };
  return { loss, states, lastH, gradient };
};

/** Row 0 has padding in the middle and at the end, row 1 at the start. */
const MASK = [1, 0, 1, 0, 0, 1, 1, 1, 0, 1];

describe.each(CELL_NAMES)('%s', (cell) => {
  it.each([
    { reversed: false, mask: MASK },
    { reversed: true, mask: MASK },
    { reversed: true },
    { reversed: false, mask: MASK, price: 0.7 },
    { reversed: true, mask: MASK, price: 0.7 },
  ])('has the gradients of central differences: %o', async (course) => {
    const T = 5;
    const inputs = inputsOf(cell, T);
    const { gradient } = await run(cell, T, inputs, course);
    for (const name of ['gates', 'recurrent', 'bias', 'h', 'c'] as const) {
      const analytic = gradient[name];
      if (analytic === null) continue;
      const numeric = Float64Array.from(inputs[name]);
      for (let k = 0; k < numeric.length; k++) {
        const moved = (by: number) => {
          const values = inputs[name].slice();
          values[k] += by;
          return run(cell, T, { ...inputs, [name]: values }, course);
        };
        numeric[k] = ((await moved(1e-5)).loss - (await moved(-1e-5)).loss) / 2e-5;
      }
      expect(gradientError(analytic, numeric), name).toBeLessThan(1e-6);
    }
  });

  it('reads backwards what a scan of the mirrored sequence reads forwards', async () => {
    const T = 6;
    const inputs = inputsOf(cell, T);
    const width = B * CELLS[cell].gates.length * H;
    const mirrored = inputs.gates.slice();
    for (let t = 0; t < T; t++) mirrored.set(inputs.gates.subarray(t * width, (t + 1) * width), (T - 1 - t) * width);
    const backwards = await run(cell, T, inputs, { reversed: true });
    const forwards = await run(cell, T, { ...inputs, gates: mirrored }, { reversed: false });
    backwards.states.forEach((state, t) => {
      expect(Array.from(state)).toEqual(Array.from(forwards.states[T - 1 - t]));
    });
  });

  it('ends a padded sequence where the sequence without its padding ends', async () => {
    const inputs = inputsOf(cell, 5);
    const width = B * CELLS[cell].gates.length * H;
    const padding = [1, 3];
    const mask = Array.from({ length: 10 }, (_, k) => (padding.includes(Math.floor(k / B)) ? 0 : 1));
    const kept = [0, 2, 4].flatMap((t) => Array.from(inputs.gates.subarray(t * width, (t + 1) * width)));
    const padded = await run(cell, 5, inputs, { reversed: false, mask });
    const short = await run(cell, 3, { ...inputs, gates: Float64Array.from(kept) }, { reversed: false });
    expectClose('h', padded.lastH, short.lastH, 1e-15);
  });
});
