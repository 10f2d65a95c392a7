/** Single operations of the reference, where PyTorch's fixture and the differences do not look. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { subview, viewOf } from '../../src/model/kernels/kernels';
import type { View } from '../../src/model/kernels/kernels';
import { createReferenceKernels } from '../../src/model/kernels/reference';
import { uniform } from '../../src/model/random';
import { expectClose } from './support/compare';

const kernels = createReferenceKernels();

const floats = (shape: readonly number[], values: ArrayLike<number>): View => {
  const view = viewOf(kernels.allocate('float', values.length), shape);
  kernels.write(view, values);
  return view;
};
const integers = (...values: readonly number[]): View => {
  const view = viewOf(kernels.allocate('int', values.length), [values.length]);
  kernels.write(view, values);
  return view;
};
const values = async (view: View): Promise<number[]> => Array.from(await kernels.read(view));
const noise = (seed: number, length: number): Float64Array =>
  Float64Array.from({ length }, (_, k) => uniform(seed, k) - 0.5);

describe('matmul', () => {
  const size = fc.integer({ min: 1, max: 40 });

  it('is the sum of products, with either side transposed, a bias or what stood there before', async () => {
    const mode = fc.constantFrom('plain', 'transposeA', 'transposeB');
    const start = fc.constantFrom('zero', 'bias', 'accumulate');
    await fc.assert(
      fc.asyncProperty(size, size, size, mode, start, async (M, K, N, how, from) => {
        const a = noise(1, M * K);
        const b = noise(2, K * N);
        const before = noise(3, M * N);
        const bias = noise(4, N);
        const expected = Array.from(before, (old, index) => {
          const m = Math.floor(index / N);
          const n = index % N;
          let sum = from === 'accumulate' ? old : from === 'bias' ? bias[n] : 0;
          for (let k = 0; k < K; k++) {
            sum += a[how === 'transposeA' ? k * M + m : m * K + k] * b[how === 'transposeB' ? n * K + k : k * N + n];
          }
          return sum;
        });
        const out = floats([M, N], before);
        kernels.matmul(
          floats(how === 'transposeA' ? [K, M] : [M, K], a),
          floats(how === 'transposeB' ? [N, K] : [K, N], b),
          out,
          {
            transposeA: how === 'transposeA',
            transposeB: how === 'transposeB',
            accumulate: from === 'accumulate',
            ...(from === 'bias' && { bias: floats([N], bias) }),
          },
        );
        expectClose('product', await kernels.read(out), expected, 1e-12);
      }),
    );
  });

  it('refuses sides that do not fit', () => {
    const out = floats([2, 2], [0, 0, 0, 0]);
    expect(() => {
      kernels.matmul(floats([2, 3], noise(1, 6)), floats([2, 2], noise(2, 4)), out);
    }).toThrow(RangeError);
  });
});

describe('gather and scatterAdd', () => {
  it('look rows up, and add them back where they came from', async () => {
    const table = floats([3, 2], [1, 2, 3, 4, 5, 6]);
    const ids = integers(2, 0, 2, 2);
    const rows = floats([4, 2], new Float64Array(8));
    kernels.gather(table, ids, rows, floats([2], [10, 20]));
    expect(await values(rows)).toEqual([15, 26, 11, 22, 15, 26, 15, 26]);
    kernels.scatterAdd(rows, ids, table);
    expect(await values(table)).toEqual([11, 22, 0, 0, 45, 78]);
  });

  it('refuse a row that is not there', () => {
    expect(() => {
      kernels.gather(floats([2, 1], [1, 2]), integers(2), floats([1, 1], [0]));
    }).toThrow(RangeError);
  });
});

describe('crossEntropy', () => {
  const totals = floats([2], [0, 0]);

  it('stands huge logits, and counts the first of several largest as the answer', async () => {
    const logits = floats([3, 3], [1e5, 0, -1e5, 7, 7, 7, -1e300, 0, 0]);
    kernels.crossEntropy({ logits, targets: integers(1, 0, 2), gradientScale: null, totals, accumulate: false });
    const [loss, correct] = await values(totals);
    expect(loss).toBeCloseTo(1e5 + Math.log(3) + Math.log(2), 6);
    expect(correct).toBe(1);
    kernels.crossEntropy({ logits, targets: integers(0, 0, 1), gradientScale: null, totals, accumulate: true });
    expect((await values(totals))[1]).toBe(4);
  });

  it('has a gradient whose rows add up to nothing', async () => {
    const logits = floats([5, 4], noise(9, 20));
    kernels.crossEntropy({ logits, targets: integers(0, 1, 2, 3, 0), gradientScale: 0.2, totals, accumulate: false });
    const gradient = await values(logits);
    for (let m = 0; m < 5; m++) {
      expect(gradient.slice(m * 4, m * 4 + 4).reduce((a, b) => a + b)).toBeCloseTo(0, 14);
      expect(gradient[m * 4 + (m % 4)]).toBeLessThan(0);
    }
  });
});

describe('optimizerStep', () => {
  it.each(['adam', 'rmsprop', 'sgd'] as const)(
    'leaves everything alone for a norm that is not finite: %s',
    async (name) => {
      const parameters = floats([3], [1, 2, 3]);
      const moments = Array.from({ length: name === 'adam' ? 2 : 1 }, () => floats([3], [0.1, 0.2, 0.3]));
      const step = (squaredNorm: number): void => {
        kernels.optimizerStep({
          name,
          parameters,
          gradient: floats([3], [NaN, 1, 1]),
          moments,
          squaredNorm: floats([1], [squaredNorm]),
          clip: 1,
          learningRate: 0.1,
          weightDecay: 0.1,
          beta1: 0.9,
          beta2: 0.99,
          epsilon: 1e-8,
          correction1: 0.1,
          correction2: 0.01,
        });
      };
      step(NaN);
      step(Infinity);
      expect(await values(parameters)).toEqual([1, 2, 3]);
      for (const moment of moments) expect(await values(moment)).toEqual([0.1, 0.2, 0.3]);
      step(1);
      expect((await values(parameters))[1]).not.toBe(2);
    },
  );
});

describe('memory', () => {
  it('is zero at first, and gone after being freed', async () => {
    const buffer = kernels.allocate('float', 3);
    expect(await values(viewOf(buffer, [3]))).toEqual([0, 0, 0]);
    kernels.free(buffer);
    expect(() => {
      kernels.fill(viewOf(buffer, [3]), 1);
    }).toThrow('freed');
  });

  it('refuses impossible lengths, foreign buffers and values of another size', () => {
    expect(() => kernels.allocate('float', 0)).toThrow(RangeError);
    expect(() => kernels.allocate('int', 1.5)).toThrow(RangeError);
    expect(() => {
      kernels.fill(viewOf({ kind: 'float', length: 2 }, [2]), 0);
    }).toThrow('another engine');
    expect(() => {
      kernels.write(floats([2], [1, 2]), [1]);
    }).toThrow(RangeError);
  });

  it('gives what stood there when it was read, whatever is written later', async () => {
    const view = floats([2], [1, 2]);
    const read = kernels.read(view);
    kernels.fill(view, 9);
    expect(Array.from(await read)).toEqual([1, 2]);
    kernels.copy(subview(view, 0, [1]), subview(view, 1, [1]));
    expect(await values(view)).toEqual([9, 9]);
  });
});
