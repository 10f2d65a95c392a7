/** Trajectories: which lines there are, where they run, and which one is under the pointer. */
import { describe, expect, it } from 'vitest';
import {
  axisFor,
  CHOSEN_LIMIT,
  DASHES,
  FAINT_LIMIT,
  faintUnits,
  layoutTrajectories,
  nearestUnit,
  stateAxis,
} from '../../src/components/score/trajectoryLayout';
import { makeFrame } from './frames';

const frame = makeFrame('lstm', 4, 10, (band, t, unit) => (band === 'c' ? (unit - 5) / 5 + t / 100 : 0));
const view = { carried: 'c', unit: 6, chosen: [2, 6, 8, 40] } as const;
const axis = stateAxis(120, 'c', 'tanh', 1);

describe('layoutTrajectories', () => {
  it('draws the selected unit last and once, the chosen before it, the others faint', () => {
    const { lines } = layoutTrajectories(frame, axis, view);
    expect(lines.map(({ unit }) => unit)).toEqual([0, 1, 3, 4, 5, 7, 9, 2, 8, 6]);
    expect(lines.slice(-3).map(({ kind, style }) => [kind, style])).toEqual([
      ['chosen', 0],
      ['chosen', 1],
      ['selected', 0],
    ]);
  });

  it('runs each line through the values of the cell state, larger ones higher', () => {
    const { lines } = layoutTrajectories(frame, axis, view);
    for (const { unit, y } of lines) {
      y.forEach((height, t) => {
        expect(height).toBeCloseTo(axis.heightOf((unit - 5) / 5 + t / 100), 3);
      });
    }
    expect(axis.heightOf(1)).toBeLessThan(axis.heightOf(-1));
  });

  it('keeps the number of lines bounded', () => {
    const large = makeFrame('gru', 3, 512, () => 0.1);
    const chosen = Array.from({ length: 40 }, (_, k) => k + 100);
    const { lines } = layoutTrajectories(large, stateAxis(120, 'h', 'tanh', 1), { ...view, carried: 'h', chosen });
    expect(lines.length).toBeLessThanOrEqual(FAINT_LIMIT + CHOSEN_LIMIT + 1);
    expect(lines.filter(({ kind }) => kind === 'chosen')).toHaveLength(CHOSEN_LIMIT);
  });

  it('has a style of its own for each chosen unit', () => {
    expect(new Set(DASHES.map(String)).size).toBe(CHOSEN_LIMIT);
  });
});

describe('faintUnits', () => {
  it('are all others while there is room, and evenly spread ones of more', () => {
    expect(faintUnits(5, [1, 3])).toEqual([0, 2, 4]);
    const some = faintUnits(512, [0]);
    expect(some).toHaveLength(FAINT_LIMIT);
    expect(new Set(some).size).toBe(FAINT_LIMIT);
    expect(some).not.toContain(0);
  });
});

describe('the axis of the states', () => {
  it('does not follow the data where it is squashed, and holds every state', () => {
    const squashed = stateAxis(120, 'c', 'tanh', 537);
    expect(squashed.ticks).toEqual(stateAxis(120, 'c', 'tanh', 1).ticks);
    for (const value of [-537, -2, 0, 2, 537]) {
      expect(squashed.heightOf(value)).toBeGreaterThanOrEqual(0);
      expect(squashed.heightOf(value)).toBeLessThanOrEqual(120);
    }
  });
  it('goes as far as the selected unit where each has a scale of its own, and from -1 to 1 for h', () => {
    const own = axisFor(frame, { height: 120, carried: 'c', scale: 'own', unit: 0 });
    expect(own.heightOf(-1)).toBeCloseTo(stateAxis(120, 'h', 'own', 9).heightOf(-1));
    expect(stateAxis(120, 'c', 'own', 4).ticks.map(({ value }) => value)).toEqual([-4, -2, 0, 2, 4]);
  });
});

describe('nearestUnit', () => {
  it('is the unit whose line runs nearest', () => {
    for (let unit = 0; unit < 10; unit++) {
      const y = axis.heightOf((unit - 5) / 5 + 0.02 + 0.03);
      expect(nearestUnit(frame, axis, 'c', 2, y)).toBe(unit);
    }
  });
});
