/** The loss curve's marks, readings and rows. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Baseline, History } from '../../src/model/telemetry';
import { axisEnd, declutter, LABEL_HEIGHT, layoutCurve } from '../../src/components/curve/layout';
import { HistoryRecorder } from '../../src/model/history';
import { unknownMilestones } from '../../src/model/milestones';
import { baselinesDrawn } from '../../src/components/curve/legend';
import { readCurve } from '../../src/components/curve/reading';
import { curveRows, tableSteps } from '../../src/components/curve/rows';
import { readingText } from '../../src/components/curve/readingText';
import { holding, rangeBetween, zoomed } from '../../src/components/curve/stepRange';
import { numbersOf } from '../../src/components/messages/numbers';
import * as stage from '../../src/components/messages/stage';
import type { PlaygroundState } from '../../src/store';

const BASELINES: readonly Baseline[] = [
  { name: 'uniform', nats: 4.17 },
  { name: 'unigram', nats: 3.31 },
  { name: '3-gram', nats: 2.05 },
  { name: '4-gram', nats: 2.0 },
  { name: 'grammar', nats: 1.2 },
];
const VIEW = {
  width: 320,
  height: 240,
  nameWidth: 80,
  labelWidth: () => 20,
  writeStep: String,
  writeLoss: String,
  logX: false,
  logY: false,
  range: null,
};

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
  milestones: new HistoryRecorder().view().milestones,
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
      expect(label - labels[k]).toBeGreaterThanOrEqual(LABEL_HEIGHT - 1e-6);
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

describe('a range of steps', () => {
  const last = fc.integer({ min: 5, max: 100_000 });
  const share = fc.double({ min: 0, max: 1, noNaN: true });

  it('lies within the run and is worth looking at, in whichever direction it was chosen', () => {
    expect(rangeBetween(40, 20, 100)).toEqual([20, 40]);
    expect(rangeBetween(20, 21, 100)).toBeNull();
    expect(rangeBetween(-5, 400, 100)).toEqual([0, 100]);
  });

  it('has half the steps around the one that is read, and all of them again after as many steps back', () => {
    fc.assert(
      fc.property(last, share, (steps, where) => {
        const step = Math.round(where * steps);
        const half = zoomed(null, steps, step, 0.5);
        if (half === null) return;
        const [from, to] = half;
        expect(to - from).toBe(Math.max(4, Math.round(steps / 2)));
        expect(from >= 0 && to <= steps && from <= step && step <= to).toBe(true);
        expect(zoomed(half, steps, step, 4)).toBeNull();
      }),
    );
  });

  it('goes along with the step that is read', () => {
    expect(holding([20, 40], 100, 45)).toEqual([25, 45]);
    expect(holding([20, 40], 100, 3)).toEqual([3, 23]);
    expect(holding([20, 40], 100, 30)).toEqual([20, 40]);
    expect(holding(null, 100, 30)).toBeNull();
  });
});

describe('the legend', () => {
  it('names the baselines that there are, and none while there are none', () => {
    expect(baselinesDrawn(null)).toEqual({ hasSimpler: false, hasGrammar: false });
    expect(baselinesDrawn({ values: BASELINES })).toEqual({ hasSimpler: true, hasGrammar: true });
    expect(baselinesDrawn({ values: BASELINES.slice(0, 2) })).toEqual({ hasSimpler: true, hasGrammar: false });
  });
});

describe('the reading in words', () => {
  const say = (step: number, state: object = {}) =>
    readingText(
      { history: HISTORY, run: { metrics: { step: 8 } }, earlier: null, ...state } as unknown as PlaygroundState,
      step,
      stage.en,
      numbersOf('en'),
    );

  it('has the held-out loss in nats and bits and as perplexity', () => {
    const bits = (3.3 / Math.log(2)).toFixed(2);
    expect(say(8)).toContain(`held-out 3.30 (${bits} bits, perplexity ${Math.exp(3.3).toFixed(2)})`);
    expect(say(2)).not.toContain('held-out');
  });

  it('has the smoothed loss of the run before, at steps that it made', () => {
    const earlier = { smoothedLoss: { steps: Float64Array.of(1, 4), values: Float32Array.of(4, 2.5) } };
    expect(say(4, { earlier })).toContain('before 2.50');
    expect(say(8, { earlier })).not.toContain('before');
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

/** The past of a run whose losses are its steps' numbers upside down. */
const recorded = (steps: number, evaluateEvery = 100): History => {
  const recorder = new HistoryRecorder();
  recorder.pushHeldOut(0, 4);
  for (let step = 1; step <= steps; step++) {
    recorder.pushLoss(step, 1 / step);
    if (step === 1 || step % evaluateEvery === 0) recorder.pushHeldOut(step, 2 / step);
  }
  return recorder.view();
};

describe('curveRows', () => {
  it('has the same row for a step of every run, whatever its length and however wide its buckets are', () => {
    const of = (steps: number) => new Map(curveRows(recorded(steps)).map((row) => [row[0], row]));
    const long = of(20_000);
    for (const steps of [30, 1000, 1500, 9000]) {
      const short = of(steps);
      expect(short.size).toBeGreaterThan(30);
      for (const [step, row] of short) expect(row).toEqual(long.get(step));
    }
  });

  it('has the mean of the steps since the row before, and what was measured at its own', () => {
    const rows = curveRows(recorded(2345));
    expect(rows[0]).toEqual([
      'step',
      'first_step',
      'training',
      'training_minimum',
      'training_maximum',
      'training_smoothed',
      'held_out',
    ]);
    expect(rows[1]).toEqual(['0', '0', '', '', '', '', '4']);
    // Each row begins where the one before it has ended.
    for (const [k, [step, first, mean, low, high, , heldOut]] of rows.entries()) {
      if (k < 2) continue;
      expect(Number(first)).toBe(Number(rows[k - 1][0]) + 1);
      const losses = Array.from({ length: Number(step) - Number(first) + 1 }, (_, j) => 1 / (Number(first) + j));
      expect(Number(mean)).toBeCloseTo(losses.reduce((sum, loss) => sum + loss, 0) / losses.length, 7);
      expect([Number(low), Number(high)]).toEqual([1 / Number(step), 1 / Number(first)].map(Math.fround));
      const isMeasured = Number(step) === 1 || Number(step) % 100 === 0;
      expect(heldOut).toBe(isMeasured ? String(Math.fround(2 / Number(step))) : '');
    }
    expect(rows.at(-1)?.slice(0, 2)).toEqual(['2345', '2301']);
  });

  it('ends at the step of the run and begins before the first step', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), (steps) => {
        const rows = curveRows(recorded(steps, steps)).slice(1);
        expect(rows[0][0]).toBe('0');
        expect(rows.at(-1)?.[0]).toBe(String(steps));
        expect(rows.at(-1)?.[6]).toBe(String(Math.fround(2 / steps)));
      }),
      { numRuns: 30 },
    );
  });

  it('leaves out what is not known of a run that was saved before there were milestones', () => {
    const recorder = new HistoryRecorder();
    for (let step = 1; step <= 105; step++) recorder.pushLoss(step, step);
    const known = HistoryRecorder.restore({ ...recorder.snapshot(), milestones: unknownMilestones(105) });
    for (let step = 106; step <= 125; step++) known.pushLoss(step, step);
    expect(curveRows(known.view()).map((row) => row.slice(0, 3))).toEqual([
      ['step', 'first_step', 'training'],
      ['120', '111', '115.5'],
      ['125', '121', '123'],
    ]);
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
