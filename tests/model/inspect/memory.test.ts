/** What a unit still holds, by its gate. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halfLife, heldSince } from '../../../src/model/inspect/memory';

describe('halfLife', () => {
  it('is the number of steps after which half is left at the usual gate', () => {
    for (const [gate, steps] of [
      [0.5, 1],
      [0.5 ** 0.1, 10],
      [0.99, 68.97],
    ]) {
      expect(halfLife(new Float32Array(7).fill(gate), 1, 0)).toBeCloseTo(steps, 1);
    }
  });
  it('is not moved by a few steps that forget everything, and has ends', () => {
    expect(halfLife(Float32Array.of(0.5, 0.5, 0, 0.5, 0.01), 1, 0)).toBeCloseTo(1);
    expect(halfLife(Float32Array.of(1, 1, 1), 1, 0)).toBe(9999);
    expect(halfLife(Float32Array.of(0, 0, 0), 1, 0)).toBe(0);
    expect(halfLife(new Float32Array(0), 3, 0)).toBeNaN();
  });
  it('is of the unit that is asked for', () => {
    expect(halfLife(Float32Array.of(0.5, 0.25, 0.5, 0.25), 2, 1)).toBeCloseTo(0.5);
  });
});

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
