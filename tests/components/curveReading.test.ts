/** The loss curve's numbers: at a step, in words, in rows; and which steps are shown. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baselinesDrawn } from '../../src/components/curve/legend';
import { readCurve } from '../../src/components/curve/reading';
import { readingText } from '../../src/components/curve/readingText';
import { curveRows, tableSteps } from '../../src/components/curve/rows';
import { holding, rangeBetween, zoomed } from '../../src/components/curve/stepRange';
import { numbersOf } from '../../src/components/messages/numbers';
import * as stage from '../../src/components/messages/stage';
import { HistoryRecorder } from '../../src/model/history';
import { unknownMilestones } from '../../src/model/milestones';
import type { History } from '../../src/model/telemetry';
import type { PlaygroundState } from '../../src/store';
import { BASELINES, HISTORY } from './curves';

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
  const say = (step: number, earlier: object | null = null) =>
    readingText(
      {
        runs: { now: { history: HISTORY, metrics: { step: 8 } }, before: { history: earlier } },
        shown: 'now',
        earlier: earlier && 'before',
      } as unknown as PlaygroundState,
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
    expect(say(4, earlier)).toContain('before 2.50');
    expect(say(8, earlier)).not.toContain('before');
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
