/** The loss curve's marks. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LABEL_HEIGHT } from '../../src/components/curve/labels';
import { axisEnd, layoutCurve } from '../../src/components/curve/layout';
import type { Baseline } from '../../src/model/telemetry';
import { BASELINES, HISTORY, VIEW } from './curves';

describe('axisEnd', () => {
  it('holds the step and leaves at most a quarter free', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 2_000_000 }), (step) => {
        expect(axisEnd(step)).toBeGreaterThanOrEqual(step);
        expect(axisEnd(step)).toBeLessThanOrEqual(step * 1.29);
      }),
    );
    expect(axisEnd(0)).toBe(20);
  });
});

describe('layoutCurve', () => {
  const options = fc.record({ logX: fc.boolean(), logY: fc.boolean() });

  it('puts every mark inside the plot', () => {
    fc.assert(
      fc.property(options, (axes) => {
        const { plot, buckets, smoothed, heldOut, baselines } = layoutCurve(HISTORY, 8, BASELINES, {
          ...VIEW,
          ...axes,
        });
        const points = [...smoothed, ...heldOut, ...buckets.map(({ x, low }) => ({ x, y: low }))];
        expect(points).toHaveLength(4 + 2 + 4);
        for (const { x, y } of [...points, ...baselines.map(({ y }) => ({ x: plot.left, y }))]) {
          expect(x >= plot.left && x <= plot.right).toBe(true);
          expect(y >= plot.top && y <= plot.bottom).toBe(true);
        }
      }),
    );
  });

  it('draws smaller losses lower and later steps further right', () => {
    const { buckets, x, y } = layoutCurve(HISTORY, 8, BASELINES, VIEW);
    buckets.slice(1).forEach((bucket, k) => {
      expect(bucket.x).toBeGreaterThan(buckets[k].x);
      expect(bucket.mean).toBeGreaterThan(buckets[k].mean);
    });
    expect(buckets[0].x).toBeCloseTo(x(1.5));
    expect(buckets[0].high).toBeLessThan(buckets[0].low);
    expect(y(4.17)).toBeLessThan(y(1.2));
  });

  it('finds the step under the pointer again', () => {
    for (const logX of [false, true]) {
      const { x, stepAt } = layoutCurve(HISTORY, 8, BASELINES, { ...VIEW, logX });
      for (let step = 1; step <= 8; step++) expect(stepAt(x(step))).toBe(step);
      expect(stepAt(1e5)).toBe(8);
      expect(stepAt(-1e5)).toBe(1);
    }
  });

  it('keeps the names of baselines apart and their lines where they belong', () => {
    const { baselines, labels: written, y } = layoutCurve(HISTORY, 8, BASELINES, VIEW);
    const labels = written.map(({ labelY }) => labelY).sort((a, b) => a - b);
    expect(labels).toHaveLength(BASELINES.length);
    labels.slice(1).forEach((label, k) => {
      expect(label - labels[k]).toBeGreaterThanOrEqual(LABEL_HEIGHT * VIEW.type - 1e-6);
    });
    for (const { nats, y: line } of baselines) expect(line).toBe(y(nats));
  });

  it('has the names of baselines in one order on both kinds of axis, those too small to be told apart too', () => {
    const tiny: readonly Baseline[] = [
      { name: 'uniform', nats: 1.1 },
      { name: '3-gram', nats: 0.0001 },
      { name: 'unigram', nats: 0.008 },
    ];
    const order = (logY: boolean) =>
      [...layoutCurve(HISTORY, 8, tiny, { ...VIEW, logY }).labels]
        .sort((a, b) => a.labelY - b.labelY)
        .map(({ names }) => names);
    expect(order(true)).toEqual([['uniform'], ['unigram'], ['3-gram']]);
    expect(order(false)).toEqual(order(true));
  });

  it('shows a range of steps as large as the whole, and what lies in it as high as it is', () => {
    fc.assert(
      fc.property(options, (axes) => {
        const { plot, x, y, stepAt, smoothed, baselines, xTicks } = layoutCurve(HISTORY, 8, BASELINES, {
          ...VIEW,
          ...axes,
          range: [4, 8],
        });
        expect(x(4)).toBeCloseTo(plot.left);
        expect(x(8)).toBeCloseTo(plot.right);
        expect([stepAt(-100), stepAt(1000)]).toEqual([4, 8]);
        // The line comes from the point before.
        expect(smoothed.map((point) => point.x < plot.left)).toEqual([true, false, false]);
        expect(y(3.3) - y(3.8)).toBeGreaterThan((plot.bottom - plot.top) / 2);
        // Of the baselines those that are as high.
        expect(baselines.map(({ name }) => name)).not.toContain('uniform');
        for (const line of baselines) expect(line.y >= plot.top && line.y <= plot.bottom).toBe(true);
        expect(xTicks.every(({ value }) => value >= 4 && value <= 8)).toBe(true);
      }),
    );
    // Of a run that has gone back to before it, all is shown.
    expect(layoutCurve(HISTORY, 8, BASELINES, { ...VIEW, range: [20, 40] }).x(0)).toBe(30);
  });

  it('shows the run that was replaced as far as the steps shown go, and makes room for its losses', () => {
    const earlier = {
      smoothedLoss: { steps: Float64Array.of(1, 10, 500), values: Float32Array.of(9, 8, 1) },
      heldOutLoss: { steps: Float64Array.of(), values: Float32Array.of() },
    };
    const { plot, earlier: drawn, y } = layoutCurve(HISTORY, 8, BASELINES, VIEW, earlier);
    expect(drawn.smoothed).toHaveLength(3);
    expect(drawn.smoothed.map((point) => point.x > plot.right)).toEqual([false, false, true]);
    expect(y(9)).toBeGreaterThanOrEqual(plot.top);
    expect(layoutCurve(HISTORY, 8, BASELINES, VIEW).earlier.smoothed).toEqual([]);
  });

  it('writes losses with as many decimals as tell its ticks apart, and lets the page write what has run away', () => {
    const labels = layoutCurve(HISTORY, 8, BASELINES, VIEW).yTicks.map(({ label }) => label);
    expect(labels).toContain('1.0');
    expect(new Set(labels.map((label) => label.split('.')[1]?.length ?? 0)).size).toBe(1);
    const mean = Float32Array.of(4, 1e12);
    const wild = { ...HISTORY, loss: { width: 2, minimum: mean, mean, maximum: mean } };
    const { yTicks } = layoutCurve(wild, 4, BASELINES, { ...VIEW, writeLoss: () => 'much' });
    expect(new Set(yTicks.map(({ label }) => label))).toEqual(new Set(['much']));
  });

  it('writes n-grams that are as good as each other once, and each after the shorter ones', () => {
    const near: readonly Baseline[] = [
      { name: 'uniform', nats: 2.2 },
      { name: '2-gram', nats: 1.6501 },
      { name: '3-gram', nats: 1.6543 },
      { name: '4-gram', nats: 1.56 },
      { name: 'grammar', nats: 1.5601 },
    ];
    const { labels, y } = layoutCurve(HISTORY, 8, near, VIEW);
    expect(labels.map(({ names }) => names)).toEqual([['uniform'], ['2-gram', '3-gram'], ['4-gram'], ['grammar']]);
    expect(labels[1].y).toBeCloseTo((y(1.6501) + y(1.6543)) / 2);
  });

  it('is not thrown by a spike of one step, and shows a mean that diverges', () => {
    const spike = { ...HISTORY.loss, maximum: Float32Array.of(900, 3.7, 3.5, 3.3) };
    const calm = layoutCurve({ ...HISTORY, loss: spike }, 8, BASELINES, VIEW);
    expect(calm.y(4.17)).toBeLessThan(calm.plot.top + 20);
    const diverged = { ...HISTORY.loss, mean: Float32Array.of(3.8, 3.7, 40, 80) };
    const wild = layoutCurve({ ...HISTORY, loss: diverged }, 8, BASELINES, VIEW);
    expect(wild.buckets[3].mean).toBeGreaterThanOrEqual(wild.plot.top);
  });

  it('stands before the first step, with or without baselines, and with buckets that are still empty', () => {
    for (const baselines of [BASELINES, []]) {
      const { buckets, xTicks, yTicks } = layoutCurve(null, 0, baselines, VIEW);
      expect(buckets).toEqual([]);
      expect(xTicks.length).toBeGreaterThan(1);
      expect(yTicks.length).toBeGreaterThan(1);
    }
    const holes = { ...HISTORY.loss, mean: Float32Array.of(3.85, NaN, 3.45, NaN) };
    expect(layoutCurve({ ...HISTORY, loss: holes }, 8, BASELINES, VIEW).buckets).toHaveLength(2);
  });

  it('makes room for the labels of losses that have run away', () => {
    const mean = Float32Array.of(4, 1e12, 1e30, 3e38);
    const history = { ...HISTORY, loss: { width: 2, minimum: mean, mean, maximum: mean } };
    for (const logY of [false, true]) {
      const { plot, yTicks } = layoutCurve(history, 8, BASELINES, { ...VIEW, labelWidth: () => 41, logY });
      expect(plot.left).toBeGreaterThanOrEqual(41 + 5);
      expect(yTicks.length).toBeGreaterThan(1);
      expect(yTicks.every(({ at }) => at >= plot.top - 1e-6 && at <= plot.bottom + 1e-6)).toBe(true);
    }
    expect(layoutCurve(HISTORY, 8, BASELINES, VIEW).plot.left).toBe(30);
  });

  it('keeps ticks apart on both kinds of axes for a million steps', () => {
    fc.assert(
      fc.property(options, fc.integer({ min: 1, max: 1_000_000 }), (axes, step) => {
        const { xTicks, yTicks } = layoutCurve(HISTORY, step, BASELINES, { ...VIEW, ...axes });
        xTicks.slice(1).forEach(({ at }, k) => {
          expect(at - xTicks[k].at).toBeGreaterThanOrEqual(40);
        });
        yTicks.slice(1).forEach(({ at }, k) => {
          expect(Math.abs(at - yTicks[k].at)).toBeGreaterThanOrEqual(16);
        });
      }),
    );
  });
});
