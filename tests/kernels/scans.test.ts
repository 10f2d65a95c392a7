/** Scans of every engine in both directions, with and without padding, against the float64 reference. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CELL_NAMES, CELLS } from '../../src/model/cells';
import type { CellName } from '../../src/model/cells';
import { subview } from '../../src/model/kernels/kernels';
import type { Kernels } from '../../src/model/kernels/kernels';
import { agrees, compute, indices, noise } from './compare';
import type { Bench, Values } from './compare';
import { FORMS } from './engines';

interface Sizes {
  readonly T: number;
  readonly B: number;
  readonly H: number;
}

interface Course {
  readonly reversed: boolean;
  readonly padded: boolean;
}

const COURSES: readonly Course[] = [false, true].flatMap((reversed) =>
  [false, true].map((padded) => ({ reversed, padded })),
);

const SIZES: readonly Sizes[] = [
  { T: 5, B: 3, H: 7 },
  { T: 1, B: 1, H: 1 },
  { T: 1, B: 4, H: 8 },
  { T: 9, B: 1, H: 5 },
  { T: 19, B: 6, H: 33 },
];

/** Of the price of memory: an odd number of units, and an even one. */
const PRICED: readonly Sizes[] = [
  { T: 5, B: 3, H: 7 },
  { T: 6, B: 4, H: 8 },
];

/** Padding at either end, in the middle, and of a whole row where there is more than one. */
const paddingOf = ({ T, B }: Sizes): Int32Array =>
  indices(21, T * B, 4).map((value, k) => (value === 0 || (B > 1 && k % B === B - 1) ? 0 : 1));

/** Forward and backward, everything that a scan writes. */
const scanBothWays = async (
  bench: Bench,
  cell: CellName,
  { T, B, H }: Sizes,
  { reversed, padded }: Course,
  price?: number,
): Promise<Record<string, Values>> => {
  const { gates: names, hasCellState, resetsProduct, unitVectors: own } = CELLS[cell];
  const width = names.length * H;
  const states = (key: number) => {
    const view = bench.floats([T + 1, B, H]);
    bench.kernels.write(subview(view, reversed ? T * B * H : 0, [B, H]), noise(key, B * H));
    return view;
  };
  const gates = bench.floats([T, B, width], noise(1, T * B * width, 2));
  const c = hasCellState ? states(2) : null;
  const h = states(3);
  const q = resetsProduct ? bench.floats([T, B, H]) : null;
  const scan = {
    cell,
    recurrent: bench.floats([H, width], noise(4, H * width, 1 / Math.sqrt(H))),
    unitVectors: own.length > 0 ? bench.floats([own.length, H], noise(5, own.length * H)) : null,
    tape: { gates, q, c, h },
    reversed,
    ...(padded && { mask: bench.ints([T, B], paddingOf({ T, B, H })) }),
  };
  bench.kernels.scan(scan);
  const tape = await bench.read({ gates, h, ...(c && { c }), ...(q && { q }) });

  const dh = bench.floats([T, B, H], noise(6, T * B * H));
  const dgates = bench.floats([T, B, width]);
  const drecurrent = resetsProduct ? bench.floats([T, B, width]) : null;
  const dhCarry = bench.floats([B, H], noise(7, B * H));
  const dcCarry = hasCellState ? bench.floats([B, H], noise(8, B * H)) : null;
  bench.kernels.scanBackward({
    ...scan,
    dh,
    dgates,
    drecurrent,
    dhCarry,
    dcCarry,
    ...(price !== undefined && { price }),
  });
  const gradients = await bench.read({
    dh,
    dgates,
    dhCarry,
    ...(dcCarry && { dcCarry }),
    ...(drecurrent && { drecurrent }),
  });
  return { ...tape, ...gradients };
};

describe.each(FORMS)('$name', (engine) => {
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await engine.open();
  });
  afterAll(() => {
    kernels.dispose();
  });

  describe.each(CELL_NAMES)('%s', (cell) => {
    describe.each(COURSES)('reversed $reversed, padded $padded', (course) => {
      it.each(SIZES)('scans $T steps of $B streams with $H units, forward and backward', async (sizes) => {
        await agrees(kernels, (bench) => scanBothWays(bench, cell, sizes, course));
      });

      it.each(PRICED)('charges the states of $T steps of $B streams with $H units their price', async (sizes) => {
        const { h, c = h } = await agrees(kernels, (bench) => scanBothWays(bench, cell, sizes, course, 0.5));
        const near = Array.from(c, (state) => Math.abs(state) < 0.1);
        expect(new Set(near), 'states on both sides of 0.1').toEqual(new Set([true, false]));
      });
    });

    it('saturates without overflow', async () => {
      const { gates: names, hasCellState, resetsProduct, unitVectors: own } = CELLS[cell];
      const [T, B, H] = [3, 2, 4];
      const width = names.length * H;
      await agrees(kernels, (bench) => {
        const gates = bench.floats([T, B, width], noise(1, T * B * width, 400));
        const c = hasCellState ? bench.floats([T + 1, B, H]) : null;
        const h = bench.floats([T + 1, B, H]);
        const q = resetsProduct ? bench.floats([T, B, H]) : null;
        const unitVectors = own.length > 0 ? bench.floats([own.length, H]) : null;
        const recurrent = bench.floats([H, width], noise(2, H * width));
        bench.kernels.scan({ cell, recurrent, unitVectors, tape: { gates, q, c, h } });
        return bench.read({ gates, h });
      });
    });

    it('leaves a state that meets nothing but padding exactly as it was', async () => {
      const { h, dhCarry } = await compute(kernels, (bench) =>
        scanBothWays(bench, cell, { T: 5, B: 3, H: 7 }, { reversed: false, padded: true }),
      );
      const initial = noise(3, 21).subarray(14);
      for (let t = 0; t <= 5; t++) {
        expect(Array.from(h).slice((t * 3 + 2) * 7, (t * 3 + 3) * 7)).toEqual(Array.from(initial));
      }
      const above = noise(6, 5 * 21);
      const last = noise(7, 21);
      for (let k = 14; k < 21; k++) {
        const sum = [0, 1, 2, 3, 4].reduce((total, t) => total + above[t * 21 + k], last[k]);
        expect(Math.abs(dhCarry[k] - sum)).toBeLessThan(1e-5);
      }
    });
  });
});
