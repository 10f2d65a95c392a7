/** Every operation of every engine against the float64 reference. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { subview } from '../../src/model/kernels/kernels';
import type { Kernels, OptimizerStep } from '../../src/model/kernels/kernels';
import { createReferenceKernels } from '../../src/model/kernels/reference';
import { agrees, compute, expectSame, indices, noise, relativeError } from './compare';
import type { Case, Values } from './compare';
import { ABSENT, FORMS } from './engines';

describe.each(ABSENT)('$name', ({ why }) => {
  it.skip(`is absent: ${why}`);
});

it('compares by the largest difference, and never lets zeros or NaN pass', () => {
  expect(relativeError([1, 2], [1, 2.5])).toBeCloseTo(0.2);
  expect(relativeError([1e-30], [0])).toBe(Infinity);
  expect(relativeError([0, 0], [0, 0])).toBe(0);
  expect(relativeError([NaN], [NaN])).toBe(Infinity);
  expect(relativeError([], [])).toBe(Infinity);
});

describe.each(FORMS)('$name', (engine) => {
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await engine.open();
  });
  afterAll(() => {
    kernels.dispose();
  });

  describe('memory', () => {
    it('begins with zeros and keeps what is written', async () => {
      await agrees(kernels, async (bench) => {
        const zeros = bench.floats([3, 5]);
        const written = bench.floats([3, 5], noise(1, 15));
        const ids = bench.ints([4], [3, 0, 2, 70000]);
        return bench.read({ zeros, written, ids });
      });
    });

    it('refuses lengths that are none', () => {
      for (const length of [0, -1, 1.5, NaN]) expect(() => kernels.allocate('float', length)).toThrow(RangeError);
      expect(() => kernels.allocate('int', 0)).toThrow(RangeError);
    });

    it('refuses values of another size', () => {
      const buffer = kernels.allocate('float', 4);
      expect(() => {
        kernels.write({ buffer, offset: 0, shape: [4] }, [1, 2, 3]);
      }).toThrow(RangeError);
      kernels.free(buffer);
    });

    it('reads into the array that is given, floats and integers', async () => {
      await agrees(kernels, async (bench) => {
        const { kernels: on } = bench;
        const into = on.precision === 'float32' ? new Float32Array(4) : new Float64Array(4);
        const read = await on.read(subview(bench.floats([6], noise(3, 6)), 1, [4]), into);
        expect(read).toBe(into);
        const ids = await on.read(bench.ints([4], [3, 0, 2, 70000]), new Float64Array(4));
        return { into, ids };
      });
    });

    it('reads any stretch of what was written in other stretches', async () => {
      await agrees(kernels, async (bench) => {
        const all = bench.floats([6, 5], noise(2, 30));
        bench.kernels.write(subview(all, 10, [2, 5]), noise(3, 10));
        bench.kernels.fill(subview(all, 17, [6]), 0.25);
        const other = bench.floats([6]);
        bench.kernels.copy(subview(all, 14, [6]), other);
        bench.kernels.copy(subview(all, 0, [5]), subview(all, 25, [5]));
        return bench.read({
          all,
          other,
          rows: subview(all, 5, [3, 5]),
          odd: subview(all, 7, [11]),
          one: subview(all, 18, [1]),
        });
      });
    });

    it('gives the values as they were when they were asked for', async () => {
      await agrees(kernels, async (bench) => {
        const view = bench.floats([4], [1, 2, 3, 4]);
        const early = bench.kernels.read(view);
        bench.kernels.write(view, [5, 6, 7, 8]);
        return { early: await early, late: await bench.kernels.read(view) };
      });
    });
  });

  describe('linear algebra', () => {
    it.each([
      [5, 7, 9],
      [1, 1, 1],
      [1, 64, 33],
      [33, 1500, 1],
      [130, 2050, 3],
      [64, 64, 64],
    ])('multiplies %i × %i by %i columns in every arrangement', async (M, K, N) => {
      await agrees(kernels, async (bench) => {
        const a = bench.floats([M, K], noise(1, M * K));
        const b = bench.floats([K, N], noise(2, K * N));
        const at = bench.floats([K, M], noise(3, M * K));
        const bt = bench.floats([N, K], noise(4, K * N));
        const bias = bench.floats([N], noise(5, N));
        const [plain, biased, ta, tb] = [0, 1, 2, 3].map(() => bench.floats([M, N]));
        const added = bench.floats([M, N], noise(6, M * N));
        const addedTo = bench.floats([M, N], noise(7, M * N));
        bench.kernels.matmul(a, b, plain);
        bench.kernels.matmul(a, b, biased, { bias });
        bench.kernels.matmul(at, b, ta, { transposeA: true });
        bench.kernels.matmul(a, bt, tb, { transposeB: true });
        bench.kernels.matmul(a, b, added, { accumulate: true });
        bench.kernels.matmul(at, b, addedTo, { transposeA: true, accumulate: true });
        return bench.read({ plain, biased, ta, tb, added, addedTo });
      });
    });

    it.each([
      [9, 11, 4],
      [65, 300, 33],
      [3000, 40, 5],
      [2, 6, 1],
    ])('looks up and adds up rows of a table of %i for %i ids in %i columns', async (N, M, D) => {
      await agrees(kernels, async (bench) => {
        const table = bench.floats([N, D], noise(1, N * D));
        const ids = bench.ints([M], indices(2, M, N));
        const bias = bench.floats([D], noise(3, D));
        const found = bench.floats([M, D]);
        const biased = bench.floats([M, D]);
        bench.kernels.gather(table, ids, found);
        bench.kernels.gather(table, ids, biased, bias);
        const sums = bench.floats([N, D], noise(4, N * D));
        bench.kernels.scatterAdd(bench.floats([M, D], noise(5, M * D)), ids, sums);
        return bench.read({ found, biased, sums });
      });
    });

    it.each([
      [1, 1],
      [13, 7],
      [2048, 65],
    ])('sums the rows of %i × %i', async (M, N) => {
      await agrees(kernels, async (bench) => {
        const x = bench.floats([M, N], noise(1, M * N));
        const sum = bench.floats([N]);
        const more = bench.floats([N], noise(2, N));
        const square = bench.floats([1]);
        bench.kernels.sumRows(x, sum);
        bench.kernels.sumRows(x, more, true);
        bench.kernels.sumOfSquares(x, square);
        return bench.read({ sum, more, square });
      });
    });

    it.each([
      [5, 12, 3],
      [70, 264, 66],
      [1, 8, 4],
    ])('combines blocks of columns of a matrix of %i × %i, %i wide', async (M, N, width) => {
      await agrees(kernels, async (bench) => {
        const [onto, over, zeroed, last] = [1, 2, 3, 4].map((key) => bench.floats([M, N], noise(key, M * N)));
        const end = N - width;
        bench.kernels.combineColumns(onto, { from: width, to: 0, width, alpha: -1, beta: 1 });
        bench.kernels.combineColumns(over, { from: 0, to: width, width, alpha: -1, beta: 0 });
        bench.kernels.combineColumns(zeroed, { from: 1, to: 1, width, alpha: 0, beta: 0 });
        bench.kernels.combineColumns(last, { from: 0, to: end, width, alpha: 0.7, beta: -0.3 });
        return bench.read({ onto, over, zeroed, last });
      });
    });

    it.each([NaN, Infinity])('lets no column hide that it holds %d', async (bad) => {
      const { matrix } = await compute(kernels, async (bench) => {
        const values = noise(1, 24);
        values[9] = bad;
        const matrix = bench.floats([3, 8], values);
        bench.kernels.combineColumns(matrix, { from: 0, to: 0, width: 2, alpha: 0, beta: 0 });
        return bench.read({ matrix });
      });
      expect(matrix[9]).toBeNaN();
      expect([0, 1, 8, 16, 17].map((k) => matrix[k] === 0)).not.toContain(false);
    });

    it.each([false, true])('adds up the rows of b along with a product, accumulating %s', async (accumulate) => {
      const [M, K, N] = [9, 130, 21];
      await agrees(kernels, async (bench) => {
        const a = bench.floats([K, M], noise(1, M * K));
        const b = bench.floats([K, N], noise(2, K * N));
        const both = bench.floats([M + 1, N], noise(3, (M + 1) * N));
        const out = bench.floats([M, N], noise(4, M * N));
        const apart = bench.floats([N], noise(5, N));
        const within = { out: subview(both, 0, [M, N]), sums: subview(both, M * N, [N]) };
        bench.kernels.matmul(a, b, within.out, { transposeA: true, accumulate, sums: within.sums });
        bench.kernels.matmul(a, b, out, { transposeA: true, accumulate, sums: apart });
        return bench.read({ both, out, apart });
      });
    });

    it.each([NaN, Infinity, 3])('lets a guard of %d decide whether a sum of squares is a number', async (last) => {
      const squares: Case = async (bench) => {
        const guard = bench.floats([3], [1, last, 2]);
        bench.kernels.sumOfSquares(bench.floats([50], noise(1, 50)), subview(guard, 2, [1]), guard);
        return bench.read({ sum: subview(guard, 2, [1]) });
      };
      if (Number.isFinite(last)) await agrees(kernels, squares);
      else expect((await compute(kernels, squares))['sum'][0]).toBeNaN();
    });

    it('drops the same elements for the same key', async () => {
      const { dropped } = await agrees(kernels, async (bench) => {
        const x = bench.floats([7, 33], noise(1, 231));
        const dropped = bench.floats([7, 33]);
        bench.kernels.dropout(x, dropped, { rate: 0.4, key: 12345, start: 3 });
        bench.kernels.dropout(x, x, { rate: 0.9, key: 5, start: 3 });
        return bench.read({ dropped, inPlace: x });
      });
      const kept = Array.from(dropped).filter((value) => value !== 0).length;
      expect(kept).toBeGreaterThan(231 * 0.45);
      expect(kept).toBeLessThan(231 * 0.75);
    });
  });

  describe('cross-entropy', () => {
    const lossOf =
      (M: number, V: number, logits: Values, scale: number | null): Case =>
      async (bench) => {
        const x = bench.floats([M, V], logits);
        const targets = bench.ints([M], indices(9, M, V));
        const totals = bench.floats([2], [100, 3]);
        bench.kernels.crossEntropy({ logits: x, targets, gradientScale: scale, totals, accumulate: true });
        if (scale !== null) {
          bench.kernels.crossEntropy({ logits: x, targets, gradientScale: null, totals, accumulate: true });
        }
        return bench.read({ x, totals });
      };

    it.each([
      [1, 2],
      [6, 7],
      [300, 65],
      [20, 3001],
    ])('%i rows of %i, with and without the gradient', async (M, V) => {
      await agrees(kernels, lossOf(M, V, noise(1, M * V, 4), 1 / M));
      await agrees(kernels, lossOf(M, V, noise(1, M * V, 4), null));
    });

    it('counts the first of equal logits, and survives large ones', async () => {
      await agrees(kernels, lossOf(40, 50, new Float32Array(2000), 1));
      await agrees(
        kernels,
        lossOf(
          40,
          50,
          Float32Array.from({ length: 2000 }, (_, k) => (k * 7) % 5),
          1,
        ),
      );
      await agrees(kernels, lossOf(8, 9, noise(3, 72, 500), 1));
    });

    it('is not finite where a logit is not', async () => {
      const logits = noise(1, 42);
      logits[17] = NaN;
      const { totals } = await compute(kernels, lossOf(6, 7, logits, null));
      expect(totals[0]).toBeNaN();
    });
  });

  describe.each(['adam', 'rmsprop', 'sgd'] as const)('%s', (name) => {
    const N = 101;
    const stepsOf =
      (steps: readonly Partial<OptimizerStep>[], gradient: Values = noise(2, N)): Case =>
      async (bench) => {
        const parameters = bench.floats([N], noise(1, N));
        const moments = Array.from({ length: name === 'adam' ? 2 : 1 }, () => bench.floats([N]));
        const squaredNorm = bench.floats([1]);
        const view = bench.floats([N], gradient);
        let power1 = 1;
        let power2 = 1;
        for (const step of steps) {
          power1 *= 0.9;
          power2 *= 0.999;
          bench.kernels.sumOfSquares(view, squaredNorm);
          bench.kernels.optimizerStep({
            name,
            parameters,
            gradient: view,
            moments,
            squaredNorm,
            clip: Infinity,
            learningRate: 0.01,
            weightDecay: 0,
            beta1: 0.9,
            beta2: 0.999,
            epsilon: 1e-8,
            correction1: 1 - power1,
            correction2: 1 - power2,
            ...step,
          });
        }
        return bench.read({ parameters, ...Object.fromEntries(moments.map((m, k) => [`moment ${String(k)}`, m])) });
      };

    it('steps, clips, and decays weights', async () => {
      await agrees(kernels, stepsOf([{}, {}, {}]));
      await agrees(kernels, stepsOf([{ clip: 0.5 }, { clip: 1e-4 }, { clip: 1000 }]));
      await agrees(kernels, stepsOf([{ weightDecay: 0.3 }, { weightDecay: 0.3, clip: 1 }]));
      await agrees(kernels, stepsOf([{}, { learningRate: 0.5 }], noise(3, N, 1e-6)));
    });

    it.each([NaN, Infinity, -Infinity])('leaves everything as it was where the gradient holds %d', async (bad) => {
      const gradient = noise(2, N);
      gradient[40] = bad;
      const before = await compute(createReferenceKernels(), stepsOf([]));
      expectSame(await compute(kernels, stepsOf([{ clip: 5 }], gradient)), before, 1e-7);
      expectSame(await compute(kernels, stepsOf([{ clip: Infinity, weightDecay: 0.1 }], gradient)), before, 1e-7);
    });
  });
});
