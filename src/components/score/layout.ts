/**
 * Where everything of the score stands, in CSS pixels: one column a character; one unit large, the trajectories, and all units
 * small below each other. The ruler, which stays in sight, stands above and has the same columns.
 */
import type { BandName } from '../../model/cells';

export interface BandBox {
  readonly name: BandName;
  readonly top: number;
  readonly height: number;
}

export interface Box {
  readonly top: number;
  readonly height: number;
}

export interface ScoreLayout {
  readonly T: number;
  readonly H: number;
  readonly columnWidth: number;
  /** Width of all columns. */
  readonly width: number;
  readonly height: number;
  readonly ruler: { readonly height: number; readonly fontSize: number };
  /** What is said of the one unit, what is true of each character beside it, its bands: a strip each, and its state as a line. */
  readonly unitHead: Box;
  readonly label: Box;
  readonly strips: readonly BandBox[];
  /** What is said of all units, and a band each, of `rows` rows. */
  readonly rowsHead: Box;
  readonly bands: readonly BandBox[];
  readonly rows: number;
  /** Height of one unit's row in a band. */
  readonly rowHeight: number;
  readonly trajectories: Box;
  /** Positions along the text. */
  readonly axis: Box;
}

export interface ScoreShape {
  /** Room for the columns. */
  readonly available: number;
  /** Height of the window that the score is seen through. */
  readonly sight: number;
  readonly T: number;
  readonly H: number;
  readonly bands: readonly BandName[];
  /** Whether the text has characters of double width (Chinese, Japanese, Korean, emoji). */
  readonly wide: boolean;
  /** Whether every unit has a row, however high that makes the bands. */
  readonly all: boolean;
}

const NARROWEST = 9;
/** 48 characters of double width fit where 64 others do. */
const NARROWEST_WIDE = 12;
const WIDEST = 36;
const RULER_HEIGHT = 34;
const STRIP_HEIGHT = 22;
const STRIP_GAP = 3;
const LABEL_HEIGHT = 12;
const GAP = 8;
/** In little room what is said of the units takes two lines. */
const HEAD_HEIGHT = { wide: 34, narrow: 60 };
const ROWS_HEAD_HEIGHT = { wide: 44, narrow: 92 };
/** Room for the columns below which there is little of it. */
const NARROW = 520;
const AXIS_HEIGHT = 18;
const TRAJECTORIES_HEIGHT = 124;
export const LEAST_ROW = 4;
const HIGHEST_ROW = 16;
/** What one band takes at least, and what all else on the page takes of the window's height. */
const LEAST_BAND = 64;
const ELSEWHERE = 600;

/** Rows of a band and the height of each: as many units as have room, at least 4 px a row. */
const rowsOf = ({ sight, H, bands, all }: Pick<ScoreShape, 'sight' | 'H' | 'bands' | 'all'>) => {
  const room = Math.max(LEAST_BAND, Math.floor((sight - ELSEWHERE) / bands.length) - GAP);
  const rows = all ? H : Math.min(H, Math.floor(room / LEAST_ROW));
  return { rows, rowHeight: Math.max(LEAST_ROW, Math.min(HIGHEST_ROW, Math.floor(room / rows))) };
};

export const layoutScore = (shape: ScoreShape): ScoreLayout => {
  const { available, T, H, bands, wide } = shape;
  const narrowest = wide ? NARROWEST_WIDE : NARROWEST;
  const columnWidth = Math.min(WIDEST, Math.max(narrowest, T > 0 ? available / T : WIDEST));
  const room = available < NARROW ? 'narrow' : 'wide';
  const unitHead = { top: 0, height: HEAD_HEIGHT[room] };
  const label = { top: unitHead.height, height: LABEL_HEIGHT };
  const firstStrip = label.top + LABEL_HEIGHT + STRIP_GAP;
  const strips = bands.map((name, k) => ({
    name,
    top: firstStrip + k * (STRIP_HEIGHT + STRIP_GAP),
    height: STRIP_HEIGHT,
  }));
  const trajectories = {
    top: firstStrip + bands.length * (STRIP_HEIGHT + STRIP_GAP) + GAP,
    height: TRAJECTORIES_HEIGHT,
  };
  const rowsHead = { top: trajectories.top + trajectories.height + GAP, height: ROWS_HEAD_HEIGHT[room] };
  const { rows, rowHeight } = rowsOf(shape);
  const height = rows * rowHeight;
  const firstBand = rowsHead.top + rowsHead.height;
  const axis = { top: firstBand + bands.length * (height + GAP) - GAP + 2, height: AXIS_HEIGHT };
  return {
    T,
    H,
    columnWidth,
    width: columnWidth * T,
    height: axis.top + axis.height,
    ruler: { height: RULER_HEIGHT, fontSize: Math.min(17, wide ? columnWidth : columnWidth * 1.55) },
    unitHead,
    label,
    strips,
    rowsHead,
    bands: bands.map((name, k) => ({ name, top: firstBand + k * (height + GAP), height })),
    rows,
    rowHeight,
    axis,
    trajectories,
  };
};

/** The column under x; the first or last one beyond the ends. */
export const columnAt = ({ columnWidth, T }: Pick<ScoreLayout, 'columnWidth' | 'T'>, x: number): number =>
  Math.min(T - 1, Math.max(0, Math.floor(x / columnWidth)));

const isIn = ({ top, height }: Box, y: number): boolean => y >= top && y < top + height;

/** Band and row under y, or the band alone where that is a strip of the one unit; null between them. */
export const cellAt = (
  { strips, bands, rows, rowHeight }: Pick<ScoreLayout, 'strips' | 'bands' | 'rows' | 'rowHeight'>,
  y: number,
): { readonly band: BandName; readonly row: number | null } | null => {
  const strip = strips.find((box) => isIn(box, y));
  if (strip) return { band: strip.name, row: null };
  const band = bands.find((box) => isIn(box, y));
  return band ? { band: band.name, row: Math.min(rows - 1, Math.floor((y - band.top) / rowHeight)) } : null;
};

/** Columns at which the axis names a position: every 5, 10, 20, 50 … so that names keep `distance` pixels apart. */
export const axisColumns = ({ T, columnWidth }: Pick<ScoreLayout, 'columnWidth' | 'T'>, distance = 44): number[] => {
  const step = [5, 10, 20, 50, 100, 200].find((candidate) => candidate * columnWidth >= distance) ?? 500;
  const columns = T > 0 ? [0] : [];
  for (let position = step; position <= T; position += step) columns.push(position - 1);
  return columns;
};

const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{1F300}-\u{1FAFF}]|[\u{20000}-\u{3FFFD}]/u;

/** Whether a text has characters of double width (Unicode's East Asian Width W and F, in blocks). */
export const hasWide = (text: string): boolean => WIDE.test(text);
