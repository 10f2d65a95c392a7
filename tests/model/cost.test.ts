/** The cost before anything is allocated. That it is what a run allocates, run.test.ts shows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CELL_NAMES } from '../../src/model/cells';
import { coresKnown, costOf, nearestThatFits, threadsThatFit, threadsWished, traitsOf } from '../../src/model/cost';
import { DEFAULT_SETTINGS, SETTINGS } from '../../src/model/settings';

describe('costOf', () => {
  it('counts the parameters of a plain LSTM', () => {
    const { parameters } = costOf({ ...DEFAULT_SETTINGS, units: 128 }, 65);
    expect(parameters).toBe(65 * 512 + 128 * 512 + 512 + 128 * 65 + 65);
  });

  it('takes a training step of 128 units, T 64, B 32, V 65 for about 0.9 GFLOP', () => {
    const { flopsPerStep } = costOf({ ...DEFAULT_SETTINGS, units: 128, batch: 32, length: 64 }, 65);
    expect(flopsPerStep / 1e9).toBeCloseTo(0.9, 1);
  });

  it('is more than a gigabyte at the maxima, and twice as much in float64', () => {
    const largest = { ...DEFAULT_SETTINGS, units: 512, layers: 3, batch: 128, length: 256 };
    const [half, whole] = (['webgl', 'cpu'] as const).map((engine) => costOf(largest, 5000, traitsOf(engine)).bytes);
    expect(half).toBeGreaterThan(2 ** 30);
    expect(whole / half).toBeCloseTo(2, 2);
  });
});

describe('the memory of threads', () => {
  const largest = { ...DEFAULT_SETTINGS, units: 512, layers: 3, batch: 128, length: 256 };

  it('is counted for those that have a part of the batch, and no more', () => {
    const bytes = (threads: number, batch: number) => costOf({ ...largest, threads, batch }, 65).bytes;
    const growing = [1, 2, 4, 8].map((threads) => bytes(threads, 128));
    expect(growing).toEqual(growing.toSorted((a, b) => a - b));
    expect(new Set(growing).size).toBe(4);
    expect(bytes(16, 128)).toBe(bytes(8, 128));
    expect(bytes(8, 13)).toBe(bytes(3, 13));
    expect(bytes(8, 7)).toBe(bytes(0, 7));
    const onGpu = (threads: number) => costOf({ ...largest, threads }, 65, traitsOf('webgpu')).bytes;
    expect(onGpu(8)).toBe(onGpu(1));
  });

  it('is less for another thread than for the one that holds the run', () => {
    const [one, two, four] = [1, 2, 4].map((threads) => costOf({ ...largest, threads }, 65).bytes);
    expect(two - one).toBeLessThan(0.8 * one);
    expect((four - one) / 3).toBeLessThan(0.8 * one);
  });

  it('decides how many threads a run has, before it is refused', () => {
    const wished = { ...largest, threads: 16 };
    const { parameters } = costOf(largest, 65);
    const limit = costOf({ ...largest, threads: 3 }, 65).bytes + 2 * 4 * parameters;
    expect(threadsThatFit(wished, 65, 1e12)).toBe(8);
    expect(threadsThatFit(wished, 65, limit)).toBe(3);
    expect(threadsThatFit(wished, 65, limit - 1)).toBe(2);
    expect(threadsThatFit(wished, 65, 1)).toBe(1);
    const one = costOf({ ...largest, threads: 1 }, 65).bytes;
    expect(nearestThatFits(wished, 65, one)).toEqual({ units: 512, batch: 128, length: 256 });
  });

  it('is asked for by all cores but one, where nothing is wished for', () => {
    expect([1, 2, 8].map((cores) => threadsWished(0, cores))).toEqual([1, 1, 7]);
    expect(threadsWished(3, 2)).toBe(3);
  });

  it('takes one core for granted where the browser does not say, or refuses', () => {
    const refuse = (): number => {
      throw new Error('refused');
    };
    expect([() => 8, () => undefined, () => 0, refuse].map(coresKnown)).toEqual([8, 1, 1, 1]);
  });
});

describe('nearestThatFits', () => {
  it('is what was wanted where that fits', () => {
    const { units, batch, length } = DEFAULT_SETTINGS;
    expect(nearestThatFits(DEFAULT_SETTINGS, 65, 1e9)).toEqual({ units, batch, length });
  });

  it('fits, exceeds nothing wanted, and is full: one unit more would not fit', () => {
    const integer = (name: 'units' | 'batch' | 'length' | 'layers') =>
      fc.integer({ min: SETTINGS[name].min, max: SETTINGS[name].max });
    const wanted = fc.record({
      cell: fc.constantFrom(...CELL_NAMES),
      layers: integer('layers'),
      units: integer('units'),
      batch: integer('batch'),
      length: integer('length'),
    });
    fc.assert(
      fc.property(wanted, fc.integer({ min: 3_000_000, max: 500_000_000 }), (changes, limit) => {
        const settings = { ...DEFAULT_SETTINGS, ...changes };
        const nearest = nearestThatFits(settings, 200, limit);
        expect(nearest.units).toBeLessThanOrEqual(settings.units);
        expect(nearest.batch).toBeLessThanOrEqual(settings.batch);
        expect(nearest.length).toBeLessThanOrEqual(settings.length);
        expect(costOf({ ...settings, ...nearest }, 200).bytes).toBeLessThanOrEqual(limit);
        if (nearest.units < settings.units) {
          expect(costOf({ ...settings, ...nearest, units: nearest.units + 1 }, 200).bytes).toBeGreaterThan(limit);
        }
      }),
      { numRuns: 50 },
    );
  });
});
