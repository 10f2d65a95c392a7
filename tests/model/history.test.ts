/** The past in bounded memory. */
import { describe, expect, it } from 'vitest';
import { CAPACITY, CurveRecorder, HistoryRecorder, PointsRecorder } from '../../src/model/history';
import { milestone, milestonesUpTo } from '../../src/model/milestones';
import { uniform } from '../../src/model/random';

describe('a curve', () => {
  it('keeps every value while they are few', () => {
    const curve = new CurveRecorder();
    for (const value of [3, 1, 2]) curve.push(value);
    expect(curve.view()).toEqual({
      width: 1,
      minimum: Float32Array.of(3, 1, 2),
      mean: Float32Array.of(3, 1, 2),
      maximum: Float32Array.of(3, 1, 2),
    });
  });

  it('stays bounded over a million steps, and each bucket has the extremes and the mean of its own steps', () => {
    const steps = 1_000_000;
    const value = (step: number): number => {
      if (step === 123_456) return -50;
      if (step === 777_777) return 70;
      return 1 + uniform(1, step);
    };
    const curve = new CurveRecorder();
    for (let step = 1; step <= steps; step++) curve.push(value(step));
    const { width, minimum, mean, maximum } = curve.view();
    expect(width).toBe(1024);
    expect(minimum.length).toBe(Math.ceil(steps / width));
    expect(minimum.length).toBeLessThanOrEqual(CAPACITY);
    expect(Math.min(...minimum)).toBe(-50);
    expect(Math.max(...maximum)).toBe(70);
    for (const bucket of [0, 1, Math.floor(123_455 / width), Math.floor(777_776 / width), minimum.length - 1]) {
      const from = bucket * width + 1;
      const to = Math.min(steps, (bucket + 1) * width);
      const own = Array.from({ length: to - from + 1 }, (_, k) => value(from + k));
      expect(minimum[bucket]).toBe(Math.fround(Math.min(...own)));
      expect(maximum[bucket]).toBe(Math.fround(Math.max(...own)));
      expect(mean[bucket]).toBeCloseTo(own.reduce((sum, x) => sum + x, 0) / own.length, 5);
    }
  });
});

describe('points', () => {
  it('stay bounded over a million, in order, with the first and the newest always there', () => {
    const points = new PointsRecorder();
    for (let k = 0; k < 1_000_000; k++) {
      points.push(k * 3, k);
      if (k % 99_991 !== 0) continue;
      const { steps, values } = points.view();
      expect(steps.length).toBeLessThanOrEqual(CAPACITY);
      expect([steps[0], values[0]]).toEqual([0, 0]);
      expect([steps.at(-1), values.at(-1)]).toEqual([k * 3, k]);
    }
    const { steps } = points.view();
    expect(steps.length).toBeGreaterThan(CAPACITY / 4);
    const gaps = Array.from(steps.subarray(1, -1), (step, k) => step - steps[k]);
    expect(new Set(gaps).size).toBe(1);
  });
});

describe('a history', () => {
  it('smooths without a bias to the start', () => {
    const history = new HistoryRecorder();
    expect(history.smoothedLoss).toBeNaN();
    for (let step = 1; step <= 10; step++) history.pushLoss(step, 4);
    expect(history.smoothedLoss).toBeCloseTo(4, 12);
  });

  it('goes on from a snapshot as if nothing had happened', () => {
    const history = new HistoryRecorder();
    const push = (to: HistoryRecorder, from: number, count: number): void => {
      for (let step = from; step < from + count; step++) {
        to.pushLoss(step, uniform(2, step));
        if (step % 3 === 0) to.pushHeldOut(step, uniform(3, step));
      }
    };
    push(history, 1, 5001);
    const twin = HistoryRecorder.restore(structuredClone(history.snapshot()));
    expect(twin.view()).toEqual(history.view());
    push(history, 5002, 4000);
    push(twin, 5002, 4000);
    expect(twin.view()).toEqual(history.view());
    expect(twin.smoothedLoss).toBe(history.smoothedLoss);
  });
});

describe('milestones', () => {
  it('are the steps of at most two significant digits', () => {
    let rows = 0;
    for (let step = 1; step <= 120_000; step++) {
      const isRound = Number(step.toPrecision(2)) === step;
      if (isRound) {
        rows += 1;
        expect(milestone(rows)).toBe(step);
      }
      if (isRound || step % 977 === 0) expect(milestonesUpTo(step)).toBe(rows);
    }
    expect(milestone(0)).toBe(0);
    expect(milestonesUpTo(0)).toBe(0);
    expect(milestonesUpTo(1_000_000_000)).toBe(730);
    expect(milestone(730)).toBe(1_000_000_000);
  });

  it('go on from a snapshot as if it had not been taken', () => {
    const push = (recorder: HistoryRecorder, from: number, to: number): void => {
      for (let step = from; step <= to; step++) {
        recorder.pushLoss(step, uniform(3, step));
        if (step % 50 === 0) recorder.pushHeldOut(step, uniform(4, step));
      }
    };
    const whole = new HistoryRecorder();
    push(whole, 1, 700);
    for (const stop of [0, 1, 99, 100, 104, 350, 699]) {
      const first = new HistoryRecorder();
      push(first, 1, stop);
      const second = HistoryRecorder.restore(structuredClone(first.snapshot()));
      push(second, stop + 1, 700);
      expect(second.view()).toEqual(whole.view());
    }
  });
});
