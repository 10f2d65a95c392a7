/** What everyone in the benchmark is given. */
import { describe, expect, it } from 'vitest';
import { CONTESTANTS, LIMITS, limitOf } from '../../bench/compare/contestants';
import { batchOf, oneHotOf, settingsOf, streamsFor, weightsOf } from '../../bench/compare/problem';
import { flopsOf, SHAPES } from '../../bench/compare/shapes';
import { trainOn } from '../../bench/compare/training';
import { createReferenceKernels } from '../../src/model/kernels/reference';

const SMALL = { H: 5, L: 2, T: 4, B: 3, V: 7 };

describe('the arithmetic of a step', () => {
  it('counts every product of a matrix three times, twice for its operations', () => {
    expect(flopsOf(SHAPES.M)).toBe(3 * 2 * 64 * 32 * (128 * 512 + 128 * 65));
    const above = flopsOf(SHAPES.C) - flopsOf({ ...SHAPES.C, L: 1 });
    expect(above).toBe(3 * 2 * 50 * 50 * 2 * 128 * 512);
  });
});

describe('the batch', () => {
  it('is the streams, each but its last symbol and each but its first', () => {
    const ids = streamsFor(SMALL);
    const { inputs, targets } = batchOf(SMALL);
    expect(ids).toHaveLength(3 * 5);
    expect([...inputs.subarray(4, 8)]).toEqual([...ids.subarray(5, 9)]);
    expect([...targets.subarray(4, 8)]).toEqual([...ids.subarray(6, 10)]);
    expect(Math.max(...ids)).toBeLessThan(SMALL.V);
    expect(new Set(streamsFor(SHAPES.S)).size).toBe(SHAPES.S.V);
  });

  it('in rows of zeros and a one', () => {
    expect([...oneHotOf(Int32Array.of(2, 0), 3)]).toEqual([0, 0, 1, 1, 0, 0]);
  });

  it('is the same in every step, from the zero state: the loss falls by what was learnt of it', async () => {
    const { steps } = trainOn(createReferenceKernels(), SMALL);
    const losses = await steps(60);
    expect(losses[0]).toBeGreaterThan(Math.log(SMALL.V) - 0.5);
    for (let k = 1; k < losses.length; k++) expect(losses[k]).toBeLessThan(losses[k - 1]);
  });
});

describe('the weights', () => {
  it('are named with their shapes', () => {
    const weights = weightsOf(SMALL);
    expect([...weights].map(([name, { shape }]) => `${name} ${shape.join('x')}`)).toEqual([
      'layers.0.input 7x20',
      'layers.0.recurrent 5x20',
      'layers.0.bias 20',
      'layers.1.input 5x20',
      'layers.1.recurrent 5x20',
      'layers.1.bias 20',
      'output.weight 5x7',
      'output.bias 7',
    ]);
    expect([...(weights.get('layers.0.bias')?.values ?? [])].slice(0, 12)).toEqual([
      ...Array<number>(5).fill(0),
      ...Array<number>(5).fill(settingsOf(SMALL).forgetBias),
      0,
      0,
    ]);
  });
});

describe('contestants', () => {
  it('each have a name of their own and a limit that is measured', () => {
    expect(new Set(CONTESTANTS.map(({ id }) => id)).size).toBe(CONTESTANTS.length);
    for (const contestant of CONTESTANTS) expect(LIMITS.map(({ id }) => id)).toContain(limitOf(contestant).id);
  });

  it('of two threads in the page are held against two limits', () => {
    const two = CONTESTANTS.find(({ id }) => id === 'simd-2');
    expect(two && limitOf(two)).toEqual({ id: 'limit-wasm', times: 2 });
  });
});
