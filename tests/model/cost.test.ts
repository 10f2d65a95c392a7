/** The cost before anything is allocated. That it is what a run allocates, run.test.ts shows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allocateTraining, Ledger } from '../../src/model/buffers';
import { CELL_NAMES } from '../../src/model/cells';
import { costOf, nearestThatFits } from '../../src/model/cost';
import { MOST_SHARDS } from '../../src/model/kernels/kernels';
import { architectureOf } from '../../src/model/parameters';
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
    const single = costOf(largest, 5000).bytes;
    expect(single).toBeGreaterThan(2 ** 30);
    expect(costOf(largest, 5000, 'float64').bytes / single).toBeCloseTo(2, 2);
  });
});

it.each([
  ['many parameters and few rows', { units: 512, batch: 8, length: 8 }],
  ['many rows and few parameters', { units: 8, batch: 64, length: 64 }],
])('counts at least what a batch takes in one piece and in shards: %s', (_, sizes) => {
  const settings = { ...DEFAULT_SETTINGS, ...sizes };
  for (let shards = 1; shards <= MOST_SHARDS; shards++) {
    const ledger = new Ledger();
    allocateTraining(ledger, architectureOf(settings, 65), settings.optimizer, settings.length, settings.batch, {
      shards,
    });
    expect(costOf(settings, 65).bytes).toBeGreaterThan(4 * (ledger.floats + ledger.ints));
  }
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
