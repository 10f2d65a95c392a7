/** The score's layout: columns, bands, and what is under a pointer. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CELL_NAMES, CELLS } from '../../src/model/cells';
import { scrollFor } from '../../src/components/score/following';
import { colouringOf, extentOf, valueAt } from '../../src/components/score/frame';
import {
  axisColumns,
  cellAt,
  columnAt,
  hasWide,
  layoutScore,
  unitsPerRow,
  type ScoreShape,
} from '../../src/components/score/layout';
import { frameRows } from '../../src/components/score/rows';
import { makeFrame } from './frames';

const shapes = fc.record<ScoreShape>({
  available: fc.integer({ min: 0, max: 2400 }),
  T: fc.integer({ min: 1, max: 200 }),
  H: fc.integer({ min: 4, max: 512 }),
  bands: fc.constantFrom(...CELL_NAMES).map((cell) => CELLS[cell].bands),
  wide: fc.boolean(),
});

describe('layoutScore', () => {
  it('puts one part below the other, none over another', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const layout = layoutScore(shape);
        const parts = [layout.text, ...layout.bands, layout.axis, layout.trajectories];
        parts.slice(1).forEach(({ top }, k) => {
          expect(top).toBeGreaterThanOrEqual(parts[k].top + parts[k].height);
        });
        expect(layout.trajectories.top + layout.trajectories.height).toBe(layout.height);
      }),
    );
  });

  it('fills the room, or scrolls where columns would become too narrow to read', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const { columnWidth, width } = layoutScore(shape);
        expect(columnWidth).toBeGreaterThanOrEqual(shape.wide ? 12 : 9);
        expect(width).toBeCloseTo(columnWidth * shape.T);
        if (width > shape.available + 1e-6) expect(columnWidth).toBe(shape.wide ? 12 : 9);
      }),
    );
  });

  it('does not change its height with the width of the page, the text or the units', () => {
    fc.assert(
      fc.property(shapes, shapes, (one, other) => {
        expect(layoutScore({ ...one, bands: other.bands }).height).toBe(layoutScore(other).height);
      }),
    );
  });

  it('gives each of 64 units of an LSTM a pixel of its own', () => {
    const { rowHeight } = layoutScore({ available: 700, T: 64, H: 64, bands: CELLS.lstm.bands, wide: false });
    expect(rowHeight).toBeGreaterThanOrEqual(1);
  });
});

describe('what is under the pointer', () => {
  it('is the column and the unit that are drawn there', () => {
    fc.assert(
      fc.property(shapes, fc.nat(), fc.nat(), fc.nat(), (shape, someT, someBand, someUnit) => {
        const layout = layoutScore(shape);
        const [t, band, unit] = [someT % shape.T, someBand % shape.bands.length, someUnit % shape.H];
        expect(columnAt(layout, (t + 0.5) * layout.columnWidth)).toBe(t);
        const y = layout.bands[band].top + (unit + 0.5) * layout.rowHeight;
        expect(cellAt(layout, y)).toEqual({ band, unit });
      }),
    );
  });

  it('is the first or last column beyond the ends, and no unit between bands', () => {
    const layout = layoutScore({ available: 640, T: 64, H: 64, bands: CELLS.lstm.bands, wide: false });
    expect(columnAt(layout, -5)).toBe(0);
    expect(columnAt(layout, 1e6)).toBe(63);
    expect(cellAt(layout, layout.text.top)).toBeNull();
    expect(cellAt(layout, layout.bands[0].top + layout.bands[0].height + 1)).toBeNull();
  });
});

describe('rows of pixels', () => {
  it('share units only where there are more units than pixels', () => {
    expect(unitsPerRow(64, 64)).toBe(1);
    expect(unitsPerRow(64, 136)).toBe(1);
    expect(unitsPerRow(128, 68)).toBe(2);
    expect(unitsPerRow(512, 68)).toBe(8);
  });
});

describe('axisColumns', () => {
  it('names positions that stand apart', () => {
    const layout = layoutScore({ available: 640, T: 64, H: 64, bands: CELLS.lstm.bands, wide: false });
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
  it('brings the cursor into view with neighbours on both sides', () => {
    expect(scrollFor(layout, 200, 300, 10)).toBe(80);
    expect(scrollFor(layout, 200, 0, 50)).toBe(530 - 200);
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
    expect(colouringOf('c', CELLS.gru.bands)).toBe('h');
    expect(colouringOf('f', CELLS.lstm.bands)).toBe('f');
    expect(colouringOf('r', CELLS.lstm.bands)).toBe('c');
    expect(colouringOf('surprise', CELLS.rnn.bands)).toBe('surprise');
  });
  it('scales gates from 0 to 1, bounded values from -1 to 1, and the others by their range', () => {
    expect(extentOf('f', 3)).toEqual([0, 1]);
    expect(extentOf('h', 3)).toEqual([-1, 1]);
    expect(extentOf('c', 3)).toEqual([-3, 3]);
    expect(extentOf('a', 3)).toEqual([-3, 3]);
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
