/** Chance: a pure function of key and counter, uniform, and with streams that have nothing to do with each other. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveKey, fillDropoutMask, hash, uniform } from '../../src/model/random';

const key = fc.integer({ min: 0, max: 0xffffffff });

describe('uniform', () => {
  it('stays in [0, 1) and is exact in float32', () => {
    fc.assert(
      fc.property(key, key, (k, n) => {
        const u = uniform(k, n);
        expect(u).toBeGreaterThanOrEqual(0);
        expect(u).toBeLessThan(1);
        expect(Math.fround(u)).toBe(u);
      }),
    );
  });

  // The values are those of the same formula written in another language.
  it('never changes: links from long ago give the same run', () => {
    expect([hash(0, 0), hash(1, 0), hash(0, 1), hash(0xffffffff, 12345)]).toEqual([
      2926543089, 2822559620, 3099006442, 1812594225,
    ]);
    expect(deriveKey(1, 2, 3)).toBe(3499033239);
  });

  it.each([0, 1, 2, 0xdeadbeef])('fills 64 cells evenly for key %i', (k) => {
    const n = 64_000;
    const cells = new Array<number>(64).fill(0);
    for (let counter = 0; counter < n; counter++) cells[Math.floor(uniform(k, counter) * 64)]++;
    const chiSquare = cells.reduce((sum, count) => sum + (count - n / 64) ** 2 / (n / 64), 0);
    // 63 degrees of freedom: 30 to 115 is beyond one in ten thousand on both sides.
    expect(chiSquare).toBeGreaterThan(30);
    expect(chiSquare).toBeLessThan(115);
  });

  it('has neighbours and neighbouring streams uncorrelated', () => {
    const n = 50_000;
    const correlation = (a: (i: number) => number, b: (i: number) => number): number => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += (a(i) - 0.5) * (b(i) - 0.5);
      return (12 * sum) / n;
    };
    const bound = 4 / Math.sqrt(n);
    const u = (k: number, shift: number) => (i: number) => uniform(k, i + shift);
    expect(Math.abs(correlation(u(1, 0), u(1, 1)))).toBeLessThan(bound);
    expect(Math.abs(correlation(u(1, 0), u(2, 0)))).toBeLessThan(bound);
    expect(Math.abs(correlation(u(1, 0), u(0x80000001, 0)))).toBeLessThan(bound);
    expect(Math.abs(correlation(u(deriveKey(7, 1), 0), u(deriveKey(7, 2), 0)))).toBeLessThan(bound);
  });
});

it('derives different keys from different parts and orders of parts', () => {
  const keys = [
    deriveKey(1),
    deriveKey(1, 0),
    deriveKey(1, 2),
    deriveKey(2, 1),
    deriveKey(1, 2, 0),
    deriveKey(1, 0, 2),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});

describe('the dropout mask', () => {
  it('keeps element k where uniform(key, k) >= rate, in any stretches', () => {
    fc.assert(
      fc.property(key, fc.double({ min: 0, max: 0.9, noNaN: true }), fc.nat(1000), (k, rate, start) => {
        const mask = new Float64Array(50);
        fillDropoutMask(mask, rate, k, start);
        const expected = Array.from(mask, (_, i) => (uniform(k, start + i) >= rate ? 1 / (1 - rate) : 0));
        expect(Array.from(mask)).toEqual(expected);
      }),
    );
  });

  it('drops the share that it is told', () => {
    const mask = new Float32Array(100_000);
    fillDropoutMask(mask, 0.3, 99);
    const dropped = mask.filter((value) => value === 0).length / mask.length;
    expect(Math.abs(dropped - 0.3)).toBeLessThan(0.01);
  });
});
