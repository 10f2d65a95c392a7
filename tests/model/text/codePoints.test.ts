/** Code points in as little memory as their alphabet needs. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CodePoints } from '../../../src/model/text/codePoints';
import { CodePointCollector } from '../../../src/model/text/codePoints';

const collect = (codePoints: readonly number[], expected = 0, part = 7): CodePoints => {
  const collector = new CodePointCollector(expected);
  for (let k = 0; k < codePoints.length; k += part) collector.add(Uint32Array.from(codePoints.slice(k, k + part)));
  return collector.finish();
};
const range = (from: number, length: number) => Array.from({ length }, (_, k) => from + k);

describe('the code points of a text', () => {
  it('are those that were collected, whatever was expected', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 0x10ffff })),
        fc.nat(50),
        fc.integer({ min: 1, max: 9 }),
        (a, n, p) => {
          const codePoints = collect(a, n, p);
          expect([...codePoints]).toEqual(a);
          expect([...codePoints.slice()]).toEqual(a);
          expect([...codePoints.slice(1, 4)]).toEqual(a.slice(1, 4));
          expect(codePoints.length).toBe(a.length);
          a.forEach((codePoint, k) => {
            expect(codePoints.at(k)).toBe(codePoint);
          });
          expect([...codePoints.alphabet]).toEqual([...new Set(a)]);
          expect(() => codePoints.at(a.length)).toThrow(RangeError);
        },
      ),
    );
  });

  it.each([
    ['a byte while they are of 256 kinds', 256, 1],
    ['two bytes from the next one on', 257, 2],
    ['two bytes while they are of 65,536 kinds', 65_536, 2],
    ['four bytes from the next one on', 65_537, 4],
  ])('take %s, wherever in Unicode', (_, kinds, bytes) => {
    // Above the plane that most characters are of.
    const distinct = range(0x10000, kinds);
    const codePoints = collect([...distinct, ...distinct], distinct.length, 1000);
    expect(codePoints.indices.BYTES_PER_ELEMENT).toBe(bytes);
    expect(codePoints.slice(kinds)).toEqual(Uint32Array.from(distinct));
  });

  it('keep no memory alive that they do not need', () => {
    const { indices } = collect(range(65, 26), 1000);
    expect(indices.buffer.byteLength).toBe(26);
  });
});
