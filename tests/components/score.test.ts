/** The score's layout: columns, bands, and what is under a pointer. */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CELL_NAMES, CELLS } from '../../src/model/cells';
import { scrollFor } from '../../src/components/score/following';
import { colouringOf, valueAt } from '../../src/components/score/frame';
import {
  axisColumns,
  cellAt,
  columnAt,
  hasWide,
  layoutScore,
  LEAST_ROW,
  nearestRow,
  type ScoreShape,
} from '../../src/components/score/layout';
import { frameRows } from '../../src/components/score/rows';
import { extentOf, largestOfUnits, mostSurprise, shownBy } from '../../src/components/score/scale';
import { makeFrame } from './frames';

const shapes: fc.Arbitrary<ScoreShape> = fc.record({
  available: fc.integer({ min: 0, max: 2400 }),
  whole: fc.integer({ min: 0, max: 2600 }),
  type: fc.constantFrom(11, 16, 22, 32),
  text: fc.constantFrom(13.5, 16, 27, 32),
  sight: fc.integer({ min: 300, max: 2000 }),
  T: fc.integer({ min: 1, max: 200 }),
  H: fc.integer({ min: 4, max: 512 }),
  bands: fc.constantFrom(...CELL_NAMES).map((cell) => CELLS[cell].bands),
  wide: fc.boolean(),
  all: fc.boolean(),
});

/** A middling score of an LSTM. */
const MIDDLING: ScoreShape = {
  available: 640,
  whole: 828,
  type: 11,
  text: 13.5,
  sight: 900,
  T: 64,
  H: 64,
  bands: CELLS.lstm.bands,
  wide: false,
  all: false,
};

describe('layoutScore', () => {
  it('puts one part below the other, none over another', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const layout = layoutScore(shape);
        const { unitHead, label, strips, trajectories, rowsHead, bands, axis } = layout;
        const parts = [unitHead, label, ...strips, trajectories, rowsHead, ...bands, axis];
        parts.slice(1).forEach(({ top }, k) => {
          expect(top).toBeGreaterThanOrEqual(parts[k].top + parts[k].height);
        });
        expect(axis.top + axis.height).toBe(layout.height);
      }),
    );
  });

  it('fills the room, or scrolls where columns would become too narrow to read', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const { columnWidth, width, ruler } = layoutScore(shape);
        expect(columnWidth).toBeGreaterThanOrEqual(shape.wide ? 12 : 9);
        expect(width).toBeCloseTo(columnWidth * shape.T);
        if (width > shape.available + 1e-6) {
          expect(columnWidth).toBe(layoutScore({ ...shape, available: 0 }).columnWidth);
          expect(ruler.fontSize).toBeCloseTo(layoutScore({ ...shape, available: 0 }).ruler.fontSize);
        }
      }),
    );
  });

  it('letters nothing smaller than the type of the figures, and lets no letter run over the next', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const { ruler, columnWidth, label, strips, axis } = layoutScore(shape);
        expect(ruler.fontSize).toBeGreaterThanOrEqual(shape.type);
        // Characters of fixed width are about 0.6 of their size wide, Chinese ones all of it.
        expect(ruler.fontSize * (shape.wide ? 1 : 0.6)).toBeLessThanOrEqual(columnWidth + 1e-6);
        expect(ruler.height).toBeGreaterThan(ruler.fontSize * 1.2);
        for (const { height } of [label, ...strips, axis]) expect(height).toBeGreaterThan(shape.type);
      }),
    );
  });

  it('has room for two lines of what is said where one is too short', () => {
    const { unitHead, rowsHead } = layoutScore(MIDDLING);
    const narrow = layoutScore({ ...MIDDLING, whole: 400 });
    expect(narrow.unitHead.height).toBeGreaterThan(unitHead.height + MIDDLING.text);
    expect(narrow.rowsHead.height).toBeGreaterThanOrEqual(2 * rowsHead.height);
  });

  it('does not change its height with the text, nor with units that have no room', () => {
    const height = (shape: Partial<ScoreShape>) => layoutScore({ ...MIDDLING, ...shape }).height;
    expect(height({ T: 200 })).toBe(height({ T: 5 }));
    expect(height({ H: 512 })).toBe(height({ H: 64 }));
    expect(height({ H: 512, all: true })).toBeGreaterThan(height({ H: 512 }));
  });

  it('draws one unit in strips of at least 20 px, and every row at least 4 px high', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const { strips, bands, rows, rowHeight } = layoutScore(shape);
        for (const { height } of strips) expect(height).toBeGreaterThanOrEqual(20);
        expect(rowHeight).toBeGreaterThanOrEqual(LEAST_ROW);
        expect(Number.isInteger(rowHeight)).toBe(true);
        for (const { height } of bands) expect(height).toBe(rows * rowHeight);
        expect(rows).toBe(shape.all ? shape.H : Math.min(shape.H, rows));
      }),
    );
  });

  it('fills the height that there is', () => {
    const rows = (sight: number) => layoutScore({ ...MIDDLING, sight }).rows;
    expect(rows(900)).toBe(16);
    expect(rows(1400)).toBeGreaterThan(rows(900));
  });
});

describe('what is under the pointer', () => {
  it('is the column and the unit that are drawn there', () => {
    fc.assert(
      fc.property(shapes, fc.nat(), fc.nat(), fc.nat(), (shape, someT, someBand, someUnit) => {
        const layout = layoutScore(shape);
        const [t, band, row] = [someT % shape.T, someBand % shape.bands.length, someUnit % layout.rows];
        expect(columnAt(layout, (t + 0.5) * layout.columnWidth)).toBe(t);
        const y = layout.bands[band].top + (row + 0.5) * layout.rowHeight;
        expect(cellAt(layout, y)).toEqual({ band: shape.bands[band], row });
        expect(cellAt(layout, layout.strips[band].top + 1)).toEqual({ band: shape.bands[band], row: null });
      }),
    );
  });

  it('is the first or last column beyond the ends, and no unit between bands', () => {
    const layout = layoutScore(MIDDLING);
    expect(columnAt(layout, -5)).toBe(0);
    expect(columnAt(layout, 1e6)).toBe(63);
    expect(cellAt(layout, layout.unitHead.top)).toBeNull();
    expect(cellAt(layout, layout.bands[0].top + layout.bands[0].height + 1)).toBeNull();
  });
});

describe('what a finger means', () => {
  const layout = layoutScore(MIDDLING);
  const [first, second] = layout.bands;
  it('is the row under it, or the nearest one beside the band', () => {
    expect(nearestRow(layout, first.top + 1.5 * layout.rowHeight, 12)).toBe(1);
    expect(nearestRow(layout, first.top - 10, 12)).toBe(0);
    expect(nearestRow(layout, second.top - 1, 12)).toBe(0);
    expect(nearestRow(layout, first.top + first.height + 1, 12)).toBe(layout.rows - 1);
  });
  it('is no row far from all of them', () => {
    expect(nearestRow(layout, layout.strips[0].top, 12)).toBeNull();
  });
});

describe('axisColumns', () => {
  it('names positions that stand apart', () => {
    const layout = layoutScore(MIDDLING);
    expect(axisColumns(layout)).toEqual([0, 4, 9, 14, 19, 24, 29, 34, 39, 44, 49, 54, 59]);
    expect(axisColumns({ ...layout, columnWidth: 3 })).toEqual([0, 19, 39, 59]);
  });
});

describe('hasWide', () => {
  it('knows Chinese, Japanese, Korean and emoji from alphabets', () => {
    expect(['春眠', 'あ', '한', '，', '😀'].map(hasWide)).toEqual([true, true, true, true, true]);
    expect(['Speak!', 'Ünïcödé', 'Пушкин', '“—”', 'ไทย'].map(hasWide)).toEqual([false, false, false, false, false]);
  });
});

describe('scrollFor', () => {
  const layout = { columnWidth: 10, width: 1000 };
  it('moves nothing while all columns fit or the cursor is in view', () => {
    expect(scrollFor(layout, 1000, 0, 99)).toBeNull();
    expect(scrollFor(layout, 200, 100, 15)).toBeNull();
    expect(scrollFor(layout, 0, 0, 50)).toBeNull();
  });
  it('brings the cursor into view with a neighbour on both sides, where the text does not fade', () => {
    const sheet = readFileSync(new URL('../../src/components/score/score.css', import.meta.url), 'utf8');
    const fade = 16 * Number(/data-more-after\]::after \{[^}]*width: ([\d.]+)rem/.exec(sheet)?.[1]);
    expect(scrollFor(layout, 200, 300, 10)).toBe(90 - fade);
    expect(scrollFor(layout, 200, 0, 50)).toBe(520 + fade - 200);
    expect(scrollFor(layout, 200, 0, 99)).toBe(800);
    expect(scrollFor(layout, 200, 300, 0)).toBe(0);
  });
});

describe('reading a frame', () => {
  const frame = makeFrame('gru', 5, 4, (band, t, unit) => band.charCodeAt(0) + t / 10 + unit / 100);

  it('finds the value of a band, a character and a unit', () => {
    expect(valueAt(frame, 'z', 3, 2)).toBeCloseTo('z'.charCodeAt(0) + 0.32, 4);
    expect(valueAt(frame, 'h', 0, 0)).toBeCloseTo('h'.charCodeAt(0), 4);
  });
  it('has no value outside', () => {
    for (const value of [
      valueAt(frame, 'c', 0, 0),
      valueAt(frame, 'z', 5, 0),
      valueAt(frame, 'z', -1, 0),
      valueAt(frame, 'z', 0, 4),
    ]) {
      expect(value).toBeNaN();
    }
  });
  it('colours by the carried state where the cell lacks the wanted band', () => {
    expect(colouringOf('c', CELLS.gru)).toBe('h');
    expect(colouringOf('f', CELLS.lstm)).toBe('f');
    expect(colouringOf('r', CELLS.lstm)).toBe('c');
    expect(colouringOf('surprise', CELLS.rnn)).toBe('surprise');
  });
  it('shows gates from 0 to 1, states and candidates from -1 to 1', () => {
    expect(extentOf('f')).toEqual([0, 1]);
    for (const band of ['h', 'g', 'c', 'a'] as const) expect(extentOf(band)).toEqual([-1, 1]);
  });
  it('squashes what has no bounds, or measures it by the largest of its own unit', () => {
    const states = makeFrame('lstm', 3, 2, (band, t, unit) => (band === 'c' ? (t - 1) * (unit === 0 ? 4 : 0.1) : 0.5));
    expect(shownBy(states, 'f', 'tanh')(0.5, 0)).toBe(0.5);
    expect(shownBy(states, 'c', 'tanh')(4, 0)).toBeCloseTo(Math.tanh(4));
    const own = shownBy(states, 'c', 'own');
    expect(own(-4, 0)).toBeCloseTo(-1);
    expect(own(0.1, 1)).toBeCloseTo(1);
    const sizes = largestOfUnits(Float32Array.of(1, NaN, -3, Infinity, 0.5, 0), 3);
    expect(Array.from(sizes)).toEqual([1, 0.5, 3]);
  });
  it('ends the scale of surprise at a guess among all symbols', () => {
    expect(mostSurprise(32)).toBe(5);
    expect(mostSurprise(0)).toBe(1);
  });
  it('is saved with one row for each character and unit', () => {
    const rows = frameRows(frame, ['a', 'b', 'c', 'd', 'e']);
    expect(rows).toHaveLength(1 + 5 * 4);
    expect(rows[0]).toEqual([
      'step',
      'layer',
      'position',
      'character',
      'surprise_bits',
      'unit',
      ...['r', 'z', 'n', 'h'],
    ]);
    const row = rows[1 + 3 * 4 + 2];
    expect(row.slice(0, 6)).toEqual(['7', '1', '4', 'd', '3', '2']);
    expect(Number(row[7])).toBe(valueAt(frame, 'z', 3, 2));
    expect(rows[1][4]).toBe('');
  });
});
