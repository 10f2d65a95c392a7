/** Values as colours: tables, and the pixels of a band. */
import { readFileSync } from 'node:fs';
import { lab, rgb } from 'd3';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeBand } from '../../src/components/score/pixels';
import { BAND_NAMES } from '../../src/model/cells';
import { extentOf } from '../../src/components/score/scale';
import {
  bandTables,
  contrast,
  diverging,
  ROLES,
  sequential,
  SIGNED_ROLES,
  stepOf,
  TABLE_SIZE,
  type Tokens,
} from '../../src/components/stage/scales';

const css = readFileSync(new URL('../../src/components/tokens.css', import.meta.url), 'utf8');
const [light, dark] = css.split(":root[data-theme='dark']");

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
    roles: Object.fromEntries(ROLES.map((role) => [role, token(`role-${role}`)])) as Tokens['roles'],
    below: Object.fromEntries(SIGNED_ROLES.map((role) => [role, token(`below-${role}`)])) as Tokens['below'],
  };
};

/** Distance of two colours in CIELAB; 2.3 is just noticed. */
const distance = (a: string, b: string): number => {
  const [p, q] = [lab(a), lab(b)];
  return Math.hypot(p.l - q.l, p.a - q.a, p.b - q.b);
};

/** How a colour looks without the middle cones (Machado, Oliveira and Fernandes 2009, in linear RGB). */
const asDeuteranope = (colour: string): string => {
  const linear = (channel: number) =>
    channel <= 10 ? channel / 255 / 12.92 : ((channel / 255 + 0.055) / 1.055) ** 2.4;
  const back = (share: number) => 255 * (share <= 0.0031308 ? share * 12.92 : 1.055 * share ** (1 / 2.4) - 0.055);
  const { r, g, b } = rgb(colour);
  const rows = [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ];
  const [red, green, blue] = rows.map(([x, y, z]) =>
    back(Math.min(1, Math.max(0, x * linear(r) + y * linear(g) + z * linear(b)))),
  );
  return rgb(red, green, blue).formatHex();
};

describe.each([
  ['light', tokensOf(light)],
  ['dark', tokensOf(dark)],
])('tables of the %s theme', (_, tokens) => {
  it('run from paper to the hue, or through paper at 0', () => {
    const gate = sequential(tokens.roles.keep, tokens);
    expect(gate.css[0]).toBe(tokens.paper);
    expect(gate.css.at(-1)).toBe(tokens.roles.keep);
    const state = diverging('cell', tokens);
    expect(state.css[0]).toBe(tokens.below.cell);
    expect(state.css.at(-1)).toBe(tokens.roles.cell);
    expect(contrast(state.css[stepOf(0, -1, 1)], tokens.paper)).toBeLessThan(1.05);
  });

  it('are blank at 0 in every band, and nowhere else', () => {
    for (const band of BAND_NAMES) {
      const { css } = bandTables(tokens)[band];
      const [low, high] = extentOf(band);
      const isBlank = (value: number) => distance(css[stepOf(value, low, high)], tokens.paper) < 3;
      expect(isBlank(0), band).toBe(true);
      for (const value of [0.25, 0.5, 1]) expect(isBlank(value), `${band} at ${value}`).toBe(false);
      if (low < 0) for (const value of [-0.25, -0.5, -1]) expect(isBlank(value), `${band} at ${value}`).toBe(false);
    }
  });

  it('have hues below 0 that differ clearly from those above, at half strength too and to who does not see red', () => {
    for (const role of SIGNED_ROLES) {
      const { css } = diverging(role, tokens);
      for (const share of [0.5, 1]) {
        const [below, above] = [css[stepOf(-share, -1, 1)], css[stepOf(share, -1, 1)]];
        for (const see of [(colour: string) => colour, asDeuteranope]) {
          expect(distance(see(below), see(above)), `${role} at ${share}`).toBeGreaterThan(share === 1 ? 40 : 20);
        }
      }
    }
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
    const table = sequential(tokens.roles.write, tokens);
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
  const same = (value: number) => value;

  it('puts time across and units down, one pixel a cell', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.infiniteStream(fc.float({ min: 0, max: 1, noNaN: true })),
        (T, H, stream) => {
          const values = Float32Array.from({ length: T * H }, () => stream.next().value as number);
          const out = new Uint32Array(T * H);
          const units = Array.from({ length: H }, (_, unit) => H - 1 - unit);
          writeBand(out, { values, T, H, units, shown: same, low: 0, high: 1, table });
          for (let t = 0; t < T; t++) {
            for (let unit = 0; unit < H; unit++) {
              expect(out[(H - 1 - unit) * T + t]).toBe(table.pixels[stepOf(values[t * H + unit], 0, 1)]);
            }
          }
        },
      ),
    );
  });

  it('shows only the units that have a row, as their band shows them', () => {
    const out = new Uint32Array(2);
    const shown = (value: number, unit: number) => value / (unit + 1);
    writeBand(out, { values: Float32Array.of(1, 1, 1.5), T: 1, H: 3, units: [2, 1], shown, low: 0, high: 1, table });
    expect(Array.from(out)).toEqual([0.5, 0.5].map((value) => table.pixels[stepOf(value, 0, 1)]));
  });

  it('takes the ends for values beyond the scale, and leaves NaN transparent', () => {
    const out = new Uint32Array(5).fill(1);
    const values = Float32Array.of(-Infinity, -0.1, NaN, 1.1, Infinity);
    writeBand(out, { values, T: 5, H: 1, units: [0], shown: same, low: 0, high: 1, table });
    const [first, last] = [table.pixels[0], table.pixels[TABLE_SIZE - 1]];
    expect(Array.from(out)).toEqual([first, first, 0, last, last]);
  });
});
