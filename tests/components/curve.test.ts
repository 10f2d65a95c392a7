/** The loss curve's marks, readings and rows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Baseline, History } from '../../src/model/telemetry';
import { axisEnd, declutter, LABEL_HEIGHT, layoutCurve } from '../../src/components/curve/layout';
import { HistoryRecorder } from '../../src/model/history';
import { curveRows, readCurve, tableSteps } from '../../src/components/curve/reading';

const BASELINES: readonly Baseline[] = [
  { name: 'uniform', nats: 4.17 },
  { name: 'unigram', nats: 3.31 },
  { name: '3-gram', nats: 2.05 },
  { name: '4-gram', nats: 2.0 },
  { name: 'grammar', nats: 1.2 },
];
const VIEW = { width: 320, height: 240, nameWidth: 80, tickWidth: () => 20, logX: false, logY: false };

/** Losses 4 - 0.1 k of k = 1, 2, … in buckets of two steps, held-out at steps 4 and 8. */
const HISTORY: History = {
  loss: {
    width: 2,
    minimum: Float32Array.of(3.8, 3.6, 3.4, 3.2),
    mean: Float32Array.of(3.85, 3.65, 3.45, 3.25),
    maximum: Float32Array.of(3.9, 3.7, 3.5, 3.3),
  },
  smoothedLoss: { steps: Float64Array.of(1, 3, 5, 8), values: Float32Array.of(3.95, 3.8, 3.6, 3.4) },
  heldOutLoss: { steps: Float64Array.of(4, 8), values: Float32Array.of(3.7, 3.3) },
};

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
    expect(declutter([100, 101], 14, [0, 300])).toEqual([100, 114]);
    expect(declutter([299, 298], 14, [0, 300])).toEqual([300, 286]);
  });
});

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
    const { baselines, y } = layoutCurve(HISTORY, 8, BASELINES, VIEW);
    const labels = baselines.map(({ labelY }) => labelY).sort((a, b) => a - b);
    labels.slice(1).forEach((label, k) => {
      expect(label - labels[k]).toBeGreaterThanOrEqual(LABEL_HEIGHT - 1e-6);
    });
    for (const { nats, y: line } of baselines) expect(line).toBe(y(nats));
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
      const { plot, yTicks } = layoutCurve(history, 8, BASELINES, { ...VIEW, tickWidth: () => 41, logY });
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

describe('readCurve', () => {
  it('reads the bucket of the step and the last point before it', () => {
    const reading = readCurve(HISTORY, 5);
    expect(reading.mean).toBeCloseTo(3.45);
    expect([reading.low, reading.high].map((value) => value.toFixed(1))).toEqual(['3.4', '3.5']);
    expect(reading.smoothed).toBeCloseTo(3.6);
    expect(reading.heldOut).toBeCloseTo(3.7);
    expect(reading.heldOutStep).toBe(4);
  });
  it('says which steps its mean is of: one, as long as there is a bucket for each, then all of a bucket', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.double({ min: 0, max: 1, noNaN: true }), (steps, share) => {
        const recorder = new HistoryRecorder();
        for (let step = 1; step <= steps; step++) recorder.pushLoss(step, step);
        const history = recorder.view();
        const step = 1 + Math.floor(share * (steps - 1));
        const { first, last, low, mean, high } = readCurve(history, step);
        // The loss of each step is its number.
        expect([low, mean, high]).toEqual([first, Math.fround((first + last) / 2), last]);
        expect(step).toBeGreaterThanOrEqual(first);
        expect(step).toBeLessThanOrEqual(last);
        if (steps <= 1024) expect(first).toBe(last);
      }),
      { numRuns: 50 },
    );
    const before = readCurve(HISTORY, 0);
    expect([before.first, before.last]).toEqual([0, 0]);
  });
  it('has no held-out loss before the first one, and nothing beyond the end', () => {
    expect(readCurve(HISTORY, 3).heldOut).toBeNaN();
    expect(readCurve(HISTORY, 99).mean).toBeNaN();
    expect(readCurve(HISTORY, 8).heldOut).toBeCloseTo(3.3);
  });
});

describe('curveRows', () => {
  it('has a row for each bucket, with the points that were measured in it', () => {
    const [head, ...rows] = curveRows(HISTORY);
    expect(head.slice(0, 3)).toEqual(['step', 'first_step', 'training']);
    expect(rows.map((row) => [row[0], row[1]])).toEqual([
      ['2', '1'],
      ['4', '3'],
      ['6', '5'],
      ['8', '7'],
    ]);
    expect(rows.map((row) => Number(row[2]).toFixed(2))).toEqual(['3.85', '3.65', '3.45', '3.25']);
    expect(rows.map((row) => (row[6] === '' ? '' : Number(row[6]).toFixed(1)))).toEqual(['', '3.7', '', '3.3']);
  });
  it('is by single steps for as long as the history is', () => {
    const losses = Float32Array.of(3, 2, 1);
    const history = {
      loss: { width: 1, minimum: losses, mean: losses, maximum: losses },
      smoothedLoss: { steps: Float64Array.of(1, 2, 3), values: losses },
      heldOutLoss: { steps: Float64Array.of(), values: Float32Array.of() },
    };
    expect(
      curveRows(history)
        .slice(1)
        .map((row) => row.slice(0, 3)),
    ).toEqual([
      ['1', '1', '3'],
      ['2', '2', '2'],
      ['3', '3', '1'],
    ]);
  });
});

describe('curveRows of a real history', () => {
  it('ends at the step of the run, however wide the buckets, and begins before the first step', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), (steps) => {
        const recorder = new HistoryRecorder();
        recorder.pushHeldOut(0, 4);
        for (let step = 1; step <= steps; step++) recorder.pushLoss(step, 1 / step);
        recorder.pushHeldOut(steps, 0.5);
        const rows = curveRows(recorder.view()).slice(1);
        expect(rows[0]).toEqual(['0', '0', '', '', '', '', '4']);
        expect(rows.at(-1)?.[0]).toBe(String(steps));
        expect(rows.at(-1)?.[6]).toBe('0.5');
        // Each row begins where the one before it has ended.
        rows.slice(1).forEach(([, first], k) => {
          expect(Number(first)).toBe(Number(rows[k][0]) + 1);
        });
      }),
      { numRuns: 30 },
    );
  });
});

describe('tableSteps', () => {
  it('ends with the last step, in at most twenty rows', () => {
    expect(tableSteps(0)).toEqual([]);
    expect(tableSteps(3)).toEqual([1, 2, 3]);
    expect(tableSteps(1000)).toHaveLength(20);
    expect(tableSteps(1000).at(-1)).toBe(1000);
  });
});
