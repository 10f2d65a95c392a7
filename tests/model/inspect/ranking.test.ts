/** Ranking finds the unit that follows a label, and says honestly how well. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaUnderCurve, ascending, correlation } from '../../../src/model/inspect/follow';
import { rankUnitsInSteps } from '../../../src/model/inspect/ranking';
import type { UnitSeries } from '../../../src/model/inspect/unitSeries';
import { uniform } from '../../../src/model/random';
import type { LabelledText, LabelName } from '../../../src/model/text/labels';
import { finish } from '../text/steps';

const float32 = fc.float({ noNaN: true, noDefaultInfinity: true });

describe('the area under the ROC curve', () => {
  it('is the share of pairs in order, ties counted half', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.oneof(float32, fc.constantFrom(0, -0, 1, -1)), fc.boolean()), { minLength: 2 }),
        (pairs) => {
          const [high, low] = [true, false].map((flag) => pairs.filter(([, is]) => is === flag).map(([x]) => x));
          fc.pre(high.length > 0 && low.length > 0);
          let won = 0;
          for (const a of high) for (const b of low) won += a > b ? 1 : a === b ? 0.5 : 0;
          const sorted = ascending(Float32Array.from(pairs, ([x]) => x));
          expect(areaUnderCurve(sorted, (i) => pairs[i][1])).toBeCloseTo(won / (high.length * low.length), 12);
        },
      ),
    );
  });

  it('is not a number where all characters are alike', () => {
    expect(areaUnderCurve(ascending(Float32Array.of(1, 2)), () => true)).toBeNaN();
  });
});

it('correlates as Pearson did', () => {
  expect(correlation([1, 2, 3, 4], [2, 4, 6, 8])).toBeCloseTo(1, 12);
  expect(correlation([1, 2, 3, 4], [8, 6, 4, 2])).toBeCloseTo(-1, 12);
  // Anscombe's first quartet.
  const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
  const y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
  expect(correlation(x, y)).toBeCloseTo(0.81642, 5);
  expect(correlation([1, 1], [1, 2])).toBeNaN();
});

describe('ranking', () => {
  const N = 400;
  const [H, bands] = [3, ['c', 'h'] as const];
  const label = (values: (i: number) => number): Int16Array => Int16Array.from({ length: N }, (_, i) => values(i));
  /** Each band of each unit as a function of the character. */
  const seriesOf = (value: (band: string, unit: number, i: number) => number): UnitSeries => ({
    bands,
    H,
    characters: N,
    places: Int32Array.from({ length: N }, (_, i) => i),
    values: Float32Array.from({ length: bands.length * H * N }, (_, k) =>
      value(bands[Math.floor(k / (H * N))], Math.floor(k / N) % H, k % N),
    ),
  });
  const noise = (i: number, unit: number): number => uniform(unit + 1, i) - 0.5;
  const rank = (series: UnitSeries, labels: Partial<Record<LabelName, Int16Array>>) =>
    finish(rankUnitsInSteps(series, new Map(Object.entries(labels)) as unknown as LabelledText));

  it('finds the unit that holds a flag, whichever way up, and the one that counts', () => {
    const quoted = label((i) => (i % 40 < 20 ? 1 : 0));
    const depth = label((i) => Math.floor(i / 7) % 5);
    const series = seriesOf((band, unit, i) => {
      if (band === 'c' && unit === 2) return -3 * quoted[i] + 0.1 * noise(i, unit);
      if (band === 'h' && unit === 1) return 0.2 * depth[i] + 0.1 * noise(i, unit);
      return noise(i, unit);
    });
    const [first, second] = rank(series, { quoted, depth });
    expect(first).toMatchObject({ label: 'quoted', kind: null, unit: 2, band: 'c', score: 1, isHigh: false });
    expect(second).toMatchObject({ label: 'depth', unit: 1, band: 'h', isHigh: true });
    expect(second.score).toBeGreaterThan(0.99);
    expect(first.order[0]).toBe(2);
    expect([...first.order].sort()).toEqual([0, 1, 2]);
  });

  it('asks for each kind against the rest', () => {
    const speaker = label((i) => Math.floor(i / 10) % 3);
    const series = seriesOf((_, unit, i) => (speaker[i] === unit ? 1 : 0) + 0.1 * noise(i, unit));
    const found = rank(series, { speaker });
    expect(found.map(({ kind, unit }) => [kind, unit])).toEqual([
      [0, 0],
      [1, 1],
      [2, 2],
    ]);
  });

  it('finds out a unit that followed by chance: it is scored where it was not chosen', () => {
    const quoted = label((i) => (i % 40 < 20 ? 1 : 0));
    const series = seriesOf((_, unit, i) => (unit === 0 && i < N / 2 ? quoted[i] : noise(i, unit)));
    const [found] = rank(series, { quoted });
    expect(found.unit).toBe(0);
    expect(found.score).toBeLessThan(0.65);
  });

  it('leaves out labels that never change, and bands that never move', () => {
    expect(
      rank(
        seriesOf((_, unit, i) => noise(i, unit)),
        { upper: label(() => 0) },
      ),
    ).toEqual([]);
    const quoted = label((i) => i % 2);
    const [found] = rank(
      seriesOf((band, unit, i) => (band === 'c' ? 7 : noise(i, unit))),
      { quoted },
    );
    expect(found.band).toBe('h');
  });
});
