/** Whatever is done to a run file; `npm run fuzz` does more of it. */
import { bytesMadeBy } from './fuzz/meter';
import { describe, expect, it } from 'vitest';
import { readRunFile } from '../../../src/model/formats/runFile';
import { complaintOf } from './complaint';
import { placesIn, takeApart } from './fuzz/container';
import { seedFiles } from './fuzz/seeds';
import { fuzz } from './fuzz/trials';

const TRIALS = 20_000;
/** For a machine that has much else to do. */
const TIMEOUT = 300_000;

it('is refused, or is the run that it says, 20,000 times', { timeout: TIMEOUT }, async () => {
  const met = await fuzz({ seed: 1, from: 0, count: TRIALS });
  expect([...met.values()].reduce((sum, count) => sum + count, 0)).toBe(TRIALS);
  // Every way of being refused was met, and some files were none the worse.
  const kinds = 'none foreign incomplete changed unreadable missing unknown size not-finite bounds newer'.split(' ');
  expect([...met.keys()].sort()).toEqual(kinds.sort());
  expect(Math.min(...met.values())).toBeGreaterThan(20);
});

it('has every bit noticed that is flipped in its numbers, and those before them', { timeout: TIMEOUT }, async () => {
  const [{ bytes: saved }] = await seedFiles();
  const bytes = saved.slice();
  const parts = takeApart(bytes);
  const accepted: string[] = [];
  const numbers = bytes.length - parts.body.length;
  // Of the header a third: it is read by a parser that sees all of it.
  for (let bit = 0; bit < 8 * bytes.length; bit += bit < 8 * numbers ? 3 : 1) {
    bytes[bit >> 3] ^= 1 << (bit & 7);
    if (complaintOf(() => readRunFile(bytes)) === 'none') accepted.push(`bit ${String(bit)}`);
    bytes[bit >> 3] ^= 1 << (bit & 7);
  }
  expect(accepted).toEqual([]);
  expect(complaintOf(() => readRunFile(bytes))).toBe('none');
  // The numbers of all tensors, and nothing else, stand behind the header.
  const places = [...placesIn(parts).values()].sort(([a], [b]) => a - b);
  expect(places[0][0]).toBe(0);
  places.forEach(([, to], k) => {
    expect(to).toBe(k + 1 < places.length ? places[k + 1][0] : parts.body.length);
  });
});

describe('the meter', () => {
  it.each<[string, number, () => unknown]>([
    ['an array', 400, () => new Float32Array(100)],
    ['memory', 1000, () => new ArrayBuffer(1000)],
    ['an array of a list', 24, () => new Float64Array([1, 2, 3])],
    ['what is gathered', 12, () => Int32Array.from([1, 2, 3])],
    ['a copy', 800, () => DOUBLES.slice()],
    ['a copy of memory', 800, () => DOUBLES.buffer.slice(0)],
    ['what is worked out of it', 800, () => DOUBLES.map((x) => x + 1)],
    ['a view of it', 0, () => DOUBLES.subarray(1)],
    ['another view of it', 0, () => new Uint8Array(DOUBLES.buffer, 8, 8)],
  ])('counts %s', (_, bytes, make) => {
    expect(bytesMadeBy(make)).toBe(bytes);
  });

  it('agrees with what the process says of its memory', () => {
    const before = process.memoryUsage().arrayBuffers;
    const held: unknown[] = [];
    const made = bytesMadeBy(() => {
      for (let k = 0; k < 20; k++) held.push(new Float32Array(1 << 18), DOUBLES.slice());
    });
    expect(made).toBe(20 * ((1 << 20) + 800));
    expect(Math.abs(process.memoryUsage().arrayBuffers - before - made)).toBeLessThan(made / 20);
  });

  it('catches a reader that believes what a file says of its size', () => {
    const believes = (claimed: number) => {
      complaintOf(() => {
        new Float64Array(claimed);
        readRunFile(new Uint8Array(4));
      });
    };
    expect(
      bytesMadeBy(() => {
        believes(1000);
      }),
    ).toBeGreaterThanOrEqual(8000);
  });
});

const DOUBLES = new Float64Array(100);
