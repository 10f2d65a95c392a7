/** Orders of units. */
import { describe, expect, it } from 'vitest';
import { bySimilarity, byValue } from '../../../src/model/inspect/order';

describe('byValue', () => {
  it('puts the largest first, equal ones by index, those without a number last', () => {
    expect(byValue([1, 3, NaN, 3, 2])).toEqual([1, 3, 4, 0, 2]);
  });
});

describe('bySimilarity', () => {
  it('puts beside each other what runs alike or against each other', () => {
    const T = 40;
    const H = 6;
    const trajectories = [Math.sin, Math.cos, (x: number) => -2 * Math.sin(x), (x: number) => 5 + Math.cos(x)];
    const states = new Float32Array(T * H);
    for (let t = 0; t < T; t++) trajectories.forEach((trajectory, unit) => (states[t * H + unit] = trajectory(t / 3)));
    for (let t = 0; t < T; t++) states[t * H + 5] = t % 2;
    const order = bySimilarity(states, T, H);
    expect([...order].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(order.slice(0, 2)).toEqual([0, 2]);
    expect(Math.abs(order.indexOf(1) - order.indexOf(3))).toBe(1);
  });
  it('has every unit once, whatever the values', () => {
    for (const value of [0, NaN, 1]) {
      expect(bySimilarity(new Float32Array(12).fill(value), 3, 4).sort()).toEqual([0, 1, 2, 3]);
    }
    expect(bySimilarity(new Float32Array(0), 0, 3)).toEqual([0, 1, 2]);
  });
});
