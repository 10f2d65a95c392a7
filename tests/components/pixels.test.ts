/** Values as colours: tables, ranges, and the pixels of a band. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UNIT_INTERVAL_BANDS, type BandName } from '../../src/model/cells';
import { writeBand } from '../../src/components/score/pixels';
import { largest, nextRange, roundUp, typical } from '../../src/components/score/range';
import { createRanges } from '../../src/components/score/ranges';
import {
  bandTables,
  contrast,
  diverging,
  sequential,
  stepOf,
  TABLE_SIZE,
  type Tokens,
} from '../../src/components/stage/scales';
import { makeFrame } from './frames';

const css = readFileSync(new URL('../../src/components/tokens.css', import.meta.url), 'utf8');
const [light, dark] = css.split(":root[data-theme='dark']");
const BANDS: readonly BandName[] = ['i', 'f', 'g', 'o', 'r', 'z', 'n', 'a', 'c', 'h'];

/** The tokens as the stylesheet has them. */
const tokensOf = (sheet: string): Tokens => {
  const token = (name: string): string => {
    const found = new RegExp(`--${name}:\\s*(#[0-9a-f]{6})`).exec(sheet);
    if (!found) throw new Error(`no token ${name}`);
    return found[1];
  };
  return {
    paper: token('paper'),
    ink: token('ink'),
    negative: token('band-negative'),
    bands: Object.fromEntries(BANDS.map((band) => [band, token(`band-${band}`)])) as Tokens['bands'],
  };
};

describe.each([
  ['light', tokensOf(light)],
  ['dark', tokensOf(dark)],
])('tables of the %s theme', (_, tokens) => {
  it('run from paper to the hue, or through paper at 0', () => {
    const gate = sequential(tokens.bands.f, tokens);
    expect(gate.css[0]).toBe(tokens.paper);
    expect(gate.css.at(-1)).toBe(tokens.bands.f);
    const state = diverging(tokens.bands.c, tokens);
    expect(state.css[0]).toBe(tokens.negative);
    expect(state.css.at(-1)).toBe(tokens.bands.c);
    expect(contrast(state.css[stepOf(0, -1, 1)], tokens.paper)).toBeLessThan(1.05);
  });

  it('keep ink readable on every wash', () => {
    const tables = [...Object.values(bandTables(tokens)), sequential(tokens.ink, tokens)];
    for (const table of tables) {
      for (const wash of table.wash) expect(contrast(wash, tokens.ink)).toBeGreaterThanOrEqual(4.5);
      // The ends can still be told from the middle.
      expect(contrast(table.wash[TABLE_SIZE - 1], table.wash[TABLE_SIZE / 2])).toBeGreaterThan(1.15);
    }
  });

  it('write what CSS says into pixels', () => {
    const table = sequential(tokens.bands.i, tokens);
    table.pixels.forEach((pixel, k) => {
      const hex = [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255]
        .map((channel) => channel.toString(16).padStart(2, '0'))
        .join('');
      expect(`#${hex}`).toBe(table.css[k]);
      expect(pixel >>> 24).toBe(255);
    });
  });
});

describe('contrast', () => {
  it('is that of WCAG', () => {
    expect(contrast('#000', '#fff')).toBeCloseTo(21);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });
});

describe('stepOf', () => {
  it('takes the ends for values beyond them', () => {
    expect([-9, -1, 0, 1, 9].map((value) => stepOf(value, -1, 1))).toEqual([0, 0, 128, 255, 255]);
    expect(stepOf(Infinity, 0, 1)).toBe(TABLE_SIZE - 1);
  });
});

describe('writeBand', () => {
  const table = sequential('#d55e00', tokensOf(light));

  it('puts time across and units down, one pixel a cell', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.infiniteStream(fc.float({ min: 0, max: 1, noNaN: true })),
        (T, H, stream) => {
          const values = Float32Array.from({ length: T * H }, () => stream.next().value as number);
          const out = new Uint32Array(T * H);
          writeBand(out, { values, T, H, perRow: 1, low: 0, high: 1, table });
          for (let t = 0; t < T; t++) {
            for (let unit = 0; unit < H; unit++) {
              expect(out[unit * T + t]).toBe(table.pixels[stepOf(values[t * H + unit], 0, 1)]);
            }
          }
        },
      ),
    );
  });

  it('shows the mean of units that share a row, also of a last row that is not full', () => {
    const out = new Uint32Array(2);
    writeBand(out, { values: Float32Array.of(0, 0.5, 1), T: 1, H: 3, perRow: 2, low: 0, high: 1, table });
    expect(Array.from(out)).toEqual([table.pixels[stepOf(0.25, 0, 1)], table.pixels[255]]);
  });

  it('takes the ends for values beyond the scale, and leaves NaN transparent', () => {
    const out = new Uint32Array(5).fill(1);
    const values = Float32Array.of(-Infinity, -0.1, NaN, 1.1, Infinity);
    writeBand(out, { values, T: 5, H: 1, perRow: 1, low: 0, high: 1, table });
    const [first, last] = [table.pixels[0], table.pixels[TABLE_SIZE - 1]];
    expect(Array.from(out)).toEqual([first, first, 0, last, last]);
  });
});

describe('ranges that follow the data', () => {
  it('are round and hold the data', () => {
    expect([0, 0.3, 1, 1.2, 3.2, 9, 41, NaN].map(roundUp)).toEqual([1, 1, 1, 1.5, 4, 10, 50, 1]);
    fc.assert(
      fc.property(fc.float({ min: 0, max: 1e6, noNaN: true }), fc.float({ min: 0, max: 1e6, noNaN: true }), (a, b) => {
        const range = nextRange(roundUp(a), b);
        expect(range).toBeGreaterThanOrEqual(b);
        expect(range).toBeLessThanOrEqual(Math.max(1, b / 0.6));
      }),
    );
  });

  it('do not flicker when the data tremble', () => {
    fc.assert(
      fc.property(
        fc.float({ min: 1, max: 100, noNaN: true }),
        fc.array(fc.double({ min: 0.9, max: 1, noNaN: true }), { minLength: 20 }),
        (centre, noise) => {
          let range: number | null = null;
          let changes = 0;
          for (const factor of noise) {
            const next: number = nextRange(range, centre * factor);
            if (range !== null && next !== range) changes++;
            range = next;
          }
          expect(changes).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('look at sizes, and past what is not finite', () => {
    expect(largest(Float32Array.of(0.5, -2, NaN, Infinity))).toBe(2);
    expect(largest(new Float32Array(0))).toBe(0);
  });

  it('know the size that most do not pass, also of very many', () => {
    const values = Float32Array.from({ length: 20000 }, (_, k) => ((k % 100) / 100) * (k % 2 ? 1 : -1));
    expect(typical(values)).toBeCloseTo(0.95, 1);
    expect(typical(Float32Array.of(1, NaN, -Infinity))).toBe(1);
    expect(typical(new Float32Array(0))).toBe(0);
  });

  it('stay the same object until one of them moves, and begin anew with a run or a layer', () => {
    const frame = (size: number, change = {}) => makeFrame('lstm', 3, 4, (band) => (band === 'c' ? size : 0.5), change);
    const rangesOf = createRanges();
    const first = rangesOf(frame(3.5));
    expect(first).toEqual({ c: 4, surprise: 2, lines: 4 });
    expect(rangesOf(frame(3.9))).toBe(first);
    expect(rangesOf(frame(3))).toBe(first);
    expect(rangesOf(frame(4.5)).c).toBe(5);
    expect(rangesOf(frame(4)).c).toBe(5);
    expect(rangesOf(frame(4, { layer: 1 })).c).toBe(4);
    expect(rangesOf(frame(3, { layer: 1, runId: 'other' })).c).toBe(3);
  });

  it('let a unit that runs away leave the colours, not the lines', () => {
    const ranges = createRanges()(makeFrame('lstm', 2, 50, (_, t, unit) => (unit === 7 ? 40 : 0.5 + t / 10)));
    expect(ranges).toMatchObject({ c: 1, lines: 40 });
  });

  it('are kept for unbounded bands only', () => {
    const ranges = createRanges()(makeFrame('rnn', 3, 4, () => 0.9));
    expect(Object.keys(ranges).sort()).toEqual(['a', 'lines', 'surprise']);
    expect(UNIT_INTERVAL_BANDS.has('a')).toBe(false);
  });
});
