/**
 * Where everything of the score stands, in CSS pixels: one column a character; one unit large, the trajectories, and all units
 * small below each other. The ruler, which stays in sight, stands above and has the same columns.
 */
import type { BandName } from '../../model/cells';
import { bottomAxisHeight } from '../stage/axes';

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
  /** Size of the type of what is written in it, in CSS pixels. */
  readonly type: number;
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
  /** Room for the columns, and for all of the score. */
  readonly available: number;
  readonly whole: number;
  /** Sizes of the type of the figures and of the text above them, in CSS pixels. */
  readonly type: number;
  readonly text: number;
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

/** Columns at least; 48 characters of double width fit where 64 others do. */
const NARROWEST = { plain: 9, wide: 12 };
const WIDEST = 36;
/** Letters of the text at least, where the figures' type is no larger, and at most. */
const SMALLEST = { plain: 14, wide: 12 };
const LARGEST = 17;
/** Sizes of type to the width of a column: letters side by side, as close as they are in a text. */
const LETTERS = { plain: 1.63, wide: 1 };
/** Heights at least, and in sizes of the figures' type. */
const RULER = { least: 34, type: 2 };
const STRIP = { least: 22, type: 1.4 };
const LABEL = { least: 12, type: 1.1 };
const TRAJECTORIES = { least: 124, type: 11.25 };
const STRIP_GAP = 3;
const GAP = 8;
/**
 * What is said of the units: heights at least, of so many lines as it takes in a room of so many sizes of its type. Each line
 * and each row of fields, in sizes of type.
 */
const HEAD = { least: 34, line: 1.45, room: 55 };
const ROWS_HEAD = { least: 47, row: 3.3, room: 46 };
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

const heightOf = ({ least, type: share }: { readonly least: number; readonly type: number }, type: number): number =>
  Math.max(least, Math.round(share * type));

/** Columns as wide as they find room, and letters that fit them, but neither too small to be read. */
const lettering = ({ available, T, wide, type }: Pick<ScoreShape, 'available' | 'T' | 'wide' | 'type'>) => {
  const kind = wide ? 'wide' : 'plain';
  const least = Math.max(SMALLEST[kind], type);
  const narrowest = Math.max(NARROWEST[kind], least / LETTERS[kind]);
  const columnWidth = Math.max(narrowest, Math.min(WIDEST, T > 0 ? available / T : WIDEST));
  const most = Math.max(LARGEST, 1.25 * type);
  return { columnWidth, fontSize: Math.max(least, Math.min(most, columnWidth * LETTERS[kind])) };
};

const unitHeadHeight = ({ whole, text }: Pick<ScoreShape, 'whole' | 'text'>): number => {
  const lines = Math.ceil((HEAD.room * text) / Math.max(1, whole, (HEAD.room / 4) * text));
  return Math.max(HEAD.least, Math.ceil((lines * HEAD.line + 0.75) * text));
};

const rowsHeadHeight = ({ whole, text }: Pick<ScoreShape, 'whole' | 'text'>): number => {
  const rows = whole < ROWS_HEAD.room * text ? 2 : 1;
  return Math.max(ROWS_HEAD.least * rows, Math.ceil(rows * ROWS_HEAD.row * text));
};

export const layoutScore = (shape: ScoreShape): ScoreLayout => {
  const { T, H, bands, type } = shape;
  const { columnWidth, fontSize } = lettering(shape);
  const unitHead = { top: 0, height: unitHeadHeight(shape) };
  const label = { top: unitHead.height, height: heightOf(LABEL, type) };
  const firstStrip = label.top + label.height + STRIP_GAP;
  const stripHeight = heightOf(STRIP, type);
  const strips = bands.map((name, k) => ({
    name,
    top: firstStrip + k * (stripHeight + STRIP_GAP),
    height: stripHeight,
  }));
  const trajectories = {
    top: firstStrip + bands.length * (stripHeight + STRIP_GAP) + GAP,
    height: heightOf(TRAJECTORIES, type),
  };
  const rowsHead = { top: trajectories.top + trajectories.height + GAP, height: rowsHeadHeight(shape) };
  const { rows, rowHeight } = rowsOf(shape);
  const height = rows * rowHeight;
  const firstBand = rowsHead.top + rowsHead.height;
  const axis = { top: firstBand + bands.length * (height + GAP) - GAP + 2, height: bottomAxisHeight(type, false) };
  return {
    T,
    H,
    columnWidth,
    width: columnWidth * T,
    height: axis.top + axis.height,
    type,
    ruler: { height: heightOf(RULER, type), fontSize },
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

/** The row nearest to height `y`, in whichever band; null where none is within `reach`. */
export const nearestRow = (
  { bands, rows, rowHeight }: Pick<ScoreLayout, 'bands' | 'rows' | 'rowHeight'>,
  y: number,
  reach: number,
): number | null => {
  const apart = ({ top, height }: Box): number => Math.max(top - y, y - (top + height), 0);
  const band = bands.reduce((nearest, other) => (apart(other) < apart(nearest) ? other : nearest));
  if (apart(band) > reach) return null;
  return Math.min(rows - 1, Math.max(0, Math.floor((y - band.top) / rowHeight)));
};

/** Columns at which the axis names a position: every 5, 10, 20, 50 … so that names stand apart. */
export const axisColumns = ({ T, columnWidth, type }: Pick<ScoreLayout, 'columnWidth' | 'T' | 'type'>): number[] => {
  const distance = 4 * type;
  const step = [5, 10, 20, 50, 100, 200].find((candidate) => candidate * columnWidth >= distance) ?? 500;
  const columns = T > 0 ? [0] : [];
  for (let position = step; position <= T; position += step) columns.push(position - 1);
  return columns;
};

const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{1F300}-\u{1FAFF}]|[\u{20000}-\u{3FFFD}]/u;

/** Whether a text has characters of double width (Unicode's East Asian Width W and F, in blocks). */
export const hasWide = (text: string): boolean => WIDE.test(text);
