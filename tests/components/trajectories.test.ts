/** Trajectories: which lines there are, where they run, and which one is under the pointer. */
import { describe, expect, it } from 'vitest';
import {
  CHOSEN_LIMIT,
  DASHES,
  FAINT_LIMIT,
  layoutTicks,
  layoutTrajectories,
  nearestUnit,
  stateHeight,
} from '../../src/components/score/trajectoryLayout';
import { makeFrame } from './frames';

const frame = makeFrame('lstm', 4, 10, (band, t, unit) => (band === 'c' ? (unit - 5) / 5 + t / 100 : 0));
const view = { height: 120, range: 1, unit: 6, chosen: [2, 6, 8, 40] };

describe('layoutTrajectories', () => {
  it('draws the selected unit last and once, the chosen before it, the others faint', () => {
    const { lines } = layoutTrajectories(frame, view);
    expect(lines.map(({ unit }) => unit)).toEqual([0, 1, 3, 4, 5, 7, 9, 2, 8, 6]);
    expect(lines.slice(-3).map(({ kind, style }) => [kind, style])).toEqual([
      ['chosen', 0],
      ['chosen', 1],
      ['selected', 0],
    ]);
  });

  it('runs each line through the values of the cell state, larger ones higher', () => {
    const { lines } = layoutTrajectories(frame, view);
    for (const { unit, y } of lines) {
      y.forEach((height, t) => {
        expect(height).toBeCloseTo(stateHeight(120, 1, (unit - 5) / 5 + t / 100), 3);
      });
    }
    expect(stateHeight(120, 1, 1)).toBeLessThan(stateHeight(120, 1, -1));
  });

  it('keeps the number of lines bounded', () => {
    const large = makeFrame('gru', 3, 512, () => 0.1);
    const { lines } = layoutTrajectories(large, { ...view, chosen: Array.from({ length: 40 }, (_, k) => k + 100) });
    expect(lines.length).toBeLessThanOrEqual(FAINT_LIMIT + CHOSEN_LIMIT + 1);
    expect(lines.filter(({ kind }) => kind === 'chosen')).toHaveLength(CHOSEN_LIMIT);
  });

  it('has a style of its own for each chosen unit', () => {
    expect(new Set(DASHES.map(String)).size).toBe(CHOSEN_LIMIT);
  });
});

describe('layoutTicks', () => {
  it('names round values inside the figure', () => {
    expect(layoutTicks(120, 2).map(({ value }) => value)).toEqual([-2, -1, 0, 1, 2]);
    for (const { y } of layoutTicks(120, 2)) expect(y >= 0 && y <= 120).toBe(true);
  });
});

describe('nearestUnit', () => {
  it('is the unit whose line runs nearest', () => {
    for (let unit = 0; unit < 10; unit++) {
      const y = stateHeight(120, 1, (unit - 5) / 5 + 0.02 + 0.03);
      expect(nearestUnit(frame, { height: 120, range: 1 }, 2, y)).toBe(unit);
    }
  });
});
