/** Which steps of a run stay: close together at first, further apart later, within a budget. */
import { describe, expect, it } from 'vitest';
import { Chronicle } from '../../src/model/chronicle';
import type { RunSnapshot } from '../../src/model/run';
import { snapshotBytes } from '../../src/model/snapshot';
import { uniform } from '../../src/model/random';
import { NO_METRICS } from '../../src/model/telemetry';

const snapshotAt = (step: number, floats = 100): RunSnapshot =>
  ({ metrics: { ...NO_METRICS, step }, parameters: new Float32Array(floats), moments: [] }) as unknown as RunSnapshot;

const SIZE = snapshotBytes(snapshotAt(0));

/** Writes whatever is due over so many steps, of which only a share is looked at, as by a rhythm. */
const over = (chronicle: Chronicle, steps: number, share = 1, look: () => void = () => undefined) => {
  for (let step = 0; step <= steps; step++) {
    if (uniform(7, step) < share && chronicle.isDue(step)) chronicle.write(snapshotAt(step));
    look();
  }
};

describe('a chronicle', () => {
  it('has every step at first, and an even sixteenth of what was made later', () => {
    const chronicle = new Chronicle();
    over(chronicle, 100_000);
    const { steps } = chronicle;
    expect(steps.slice(0, 17)).toEqual(Array.from({ length: 17 }, (_, k) => k));
    for (let k = 1; k < steps.length; k++) {
      expect(steps[k] - steps[k - 1]).toBeLessThanOrEqual(Math.ceil(Math.max(1, steps[k - 1] / 16)));
    }
    expect(steps.length).toBeLessThan(170);
  });

  it.each([1, 0.01])('stays within its budget over 100,000 steps, %s of them free', (share) => {
    const most = 40 * SIZE;
    const chronicle = new Chronicle(most);
    over(chronicle, 100_000, share, () => {
      if (chronicle.bytes > most) throw new Error(`${String(chronicle.bytes)} of ${String(most)} bytes`);
    });
    const { steps } = chronicle;
    expect(steps.length).toBeGreaterThan(35);
    // Once there are enough steps that are free, no gap along the logarithm is much larger than others.
    const late = steps.filter((step) => step >= 1000);
    const gaps = late.slice(1).map((step, k) => Math.log((step + 1) / (late[k] + 1)));
    expect(Math.max(...gaps)).toBeLessThan(2 * (Math.log(100_001) / steps.length));
  });

  it('keeps the first, the newest and what is looked at, whatever they take', () => {
    const chronicle = new Chronicle(SIZE);
    for (const step of [0, 1, 2, 3]) chronicle.write(snapshotAt(step), 2);
    expect(chronicle.steps).toEqual([0, 2, 3]);
    chronicle.write(snapshotAt(4));
    expect(chronicle.steps).toEqual([0, 4]);
  });

  it('forgets what came after the step to which a run goes back, and what it was there', () => {
    const chronicle = new Chronicle();
    over(chronicle, 10);
    chronicle.goBack(4);
    expect(chronicle.steps).toEqual([0, 1, 2, 3, 4]);
    expect(chronicle.at(7)).toBeNull();
    const other = snapshotAt(3);
    chronicle.write(other);
    expect(chronicle.steps).toEqual([0, 1, 2, 3]);
    expect(chronicle.at(3)).toBe(other);
  });

  it('counts every array of a snapshot', () => {
    const curve = { minimum: new Float32Array(3), sum: new Float64Array(3) };
    const snapshot = { ...snapshotAt(1), h: [new Float32Array(2)], c: null, history: { loss: curve } };
    expect(snapshotBytes(snapshot as unknown as RunSnapshot)).toBe(4 * (100 + 2 + 3) + 8 * 3);
  });
});
