/** What a unit still holds, by its gate. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heldSince, spanOf } from '../../../src/model/inspect/memory';

describe('heldSince', () => {
  it('is the earliest step of which at least half is left, by the product of the gates since', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 }), (gates) => {
        const t = gates.length - 1;
        const since = heldSince(Float32Array.from(gates), 1, t, 0);
        const left = (step: number) => gates.slice(step + 1).reduce((product, gate) => product * gate, 1);
        expect(left(since)).toBeGreaterThanOrEqual(0.5);
        if (since >= 0) expect(left(since - 1)).toBeLessThan(0.5);
      }),
    );
  });
  it('reaches before the first step where nothing was forgotten, and no earlier than a step that forgets', () => {
    expect(heldSince(Float32Array.of(1, 1, 1), 1, 2, 0)).toBe(-1);
    expect(heldSince(Float32Array.of(1, 0.1, 1), 1, 2, 0)).toBe(1);
    expect(heldSince(Float32Array.of(1, 1, 0.1), 1, 2, 0)).toBe(2);
  });
});

describe('spanOf', () => {
  it('is the mean and the largest number of steps of which half is left', () => {
    // Nothing is left at the third step; then 0.9, 0.81, 0.73 of it.
    expect(spanOf(Float32Array.of(1, 1, 0, 0.9, 0.9, 0.9), 1, 0)).toEqual({
      mean: (1 + 2 + 0 + 1 + 2 + 3) / 6,
      most: 3,
    });
    expect(spanOf(Float32Array.of(0, 0), 1, 0)).toEqual({ mean: 0, most: 0 });
  });
  it('is of the unit that is asked for', () => {
    expect(spanOf(Float32Array.of(1, 0, 1, 0), 2, 1).most).toBe(0);
    expect(spanOf(Float32Array.of(1, 0, 1, 0), 2, 0).most).toBe(2);
  });
});
