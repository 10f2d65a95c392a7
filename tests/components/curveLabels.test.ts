/** The names beside the lines of baselines. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { declutter } from '../../src/components/curve/labels';

describe('declutter', () => {
  it('keeps labels apart, in order, inside, and where they were when there is room', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: 0, max: 300, noNaN: true }), { maxLength: 8 }), (wanted) => {
        const placed = declutter(wanted, 14, [0, 300]);
        const order = wanted.map((_, k) => k).sort((a, b) => wanted[a] - wanted[b]);
        order.slice(1).forEach((k, before) => {
          expect(placed[k] - placed[order[before]]).toBeGreaterThanOrEqual(14 - 1e-3);
        });
        for (const label of placed) expect(label >= -1e-3 && label <= 300 + 1e-3).toBe(true);
      }),
    );
    expect(declutter([200, 20, 100], 14, [0, 300])).toEqual([200, 20, 100]);
    // Those that push each other stand around where they want to be, not all below it.
    expect(declutter([100, 101], 14, [0, 300])).toEqual([93.5, 107.5]);
    expect(declutter([100, 100, 100], 14, [0, 300])).toEqual([86, 100, 114]);
    expect(declutter([299, 298], 14, [0, 300])).toEqual([300, 286]);
  });

  it('moves labels no further than they must be moved', () => {
    const wanted = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: 2, maxLength: 3 });
    fc.assert(
      fc.property(wanted, (heights) => {
        const cost = (placed: readonly number[]) => placed.reduce((sum, y, k) => sum + (y - heights[k]) ** 2, 0);
        const found = cost(declutter(heights, 14, [0, 200]));
        // Every other way to place them on whole heights.
        const order = heights.map((_, k) => k).sort((a, b) => heights[a] - heights[b]);
        const tryFrom = (rank: number, from: number, placed: number[]): number => {
          if (rank === order.length) return cost(placed);
          let best = Infinity;
          const near = Array.from({ length: 60 }, (_, k) => heights[order[rank]] - 30 + k);
          for (const y of near) {
            if (y < from || y > 200 || y < 0) continue;
            best = Math.min(best, tryFrom(rank + 1, y + 14, placed.with(order[rank], y)));
          }
          return best;
        };
        expect(found).toBeLessThanOrEqual(tryFrom(0, 0, [...heights]) + 1e-6);
      }),
      { numRuns: 10 },
    );
  });

  it('shares the room evenly where there is too little of it', () => {
    expect(declutter([5, 5, 5], 14, [0, 20])).toEqual([0, 10, 20]);
    expect(declutter([], 14, [0, 20])).toEqual([]);
  });
});
