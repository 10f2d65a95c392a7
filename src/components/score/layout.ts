/** Where everything of the score stands, in CSS pixels: one column a character, one band below the other. */
import type { BandName } from '../../model/cells';

export interface BandBox {
  readonly name: BandName;
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
  readonly text: { readonly top: number; readonly height: number; readonly fontSize: number };
  readonly bands: readonly BandBox[];
  /** Height of one unit's row in a band. */
  readonly rowHeight: number;
  /** Positions along the text. */
  readonly axis: { readonly top: number; readonly height: number };
  readonly trajectories: { readonly top: number; readonly height: number };
}

export interface ScoreShape {
  /** Room for the columns. */
  readonly available: number;
  readonly T: number;
  readonly H: number;
  readonly bands: readonly BandName[];
  /** Whether the text has characters of double width (Chinese, Japanese, Korean, emoji). */
  readonly wide: boolean;
}

const NARROWEST = 9;
/** 48 characters of double width fit where 64 others do. */
const NARROWEST_WIDE = 12;
const WIDEST = 36;
const TEXT_HEIGHT = 30;
const GAP = 9;
const AXIS_HEIGHT = 18;
const TRAJECTORIES_HEIGHT = 124;
/** Height that all bands of a cell share: whatever the number of units, so that the page below stays where it is. */
const BANDS_HEIGHT = 384;
const HIGHEST_BAND = 128;

export const layoutScore = ({ available, T, H, bands, wide }: ScoreShape): ScoreLayout => {
  const narrowest = wide ? NARROWEST_WIDE : NARROWEST;
  const columnWidth = Math.min(WIDEST, Math.max(narrowest, T > 0 ? available / T : WIDEST));
  const bandHeight = Math.min(HIGHEST_BAND, Math.round(BANDS_HEIGHT / bands.length));
  const firstBand = TEXT_HEIGHT + GAP;
  const boxes = bands.map((name, k) => ({ name, top: firstBand + k * (bandHeight + GAP), height: bandHeight }));
  const axisTop = firstBand + bands.length * (bandHeight + GAP) - GAP + 2;
  const trajectoriesTop = axisTop + AXIS_HEIGHT + GAP;
  return {
    T,
    H,
    columnWidth,
    width: columnWidth * T,
    height: trajectoriesTop + TRAJECTORIES_HEIGHT,
    text: { top: 0, height: TEXT_HEIGHT, fontSize: Math.min(17, wide ? columnWidth : columnWidth * 1.55) },
    bands: boxes,
    rowHeight: bandHeight / H,
    axis: { top: axisTop, height: AXIS_HEIGHT },
    trajectories: { top: trajectoriesTop, height: TRAJECTORIES_HEIGHT },
  };
};

/** The column under x; the first or last one beyond the ends. */
export const columnAt = ({ columnWidth, T }: ScoreLayout, x: number): number =>
  Math.min(T - 1, Math.max(0, Math.floor(x / columnWidth)));

/** Band and unit under y; null between bands. */
export const cellAt = (layout: ScoreLayout, y: number): { readonly band: number; readonly unit: number } | null => {
  const band = layout.bands.findIndex(({ top, height }) => y >= top && y < top + height);
  if (band < 0) return null;
  const box = layout.bands[band];
  return { band, unit: Math.min(layout.H - 1, Math.floor(((y - box.top) / box.height) * layout.H)) };
};

/** Units that share a row of pixels, where a band has more units than device pixels. */
export const unitsPerRow = (H: number, devicePixels: number): number => Math.ceil(H / Math.max(1, devicePixels));

/** Columns at which the axis names a position: every 5, 10, 20, 50 … so that names keep `distance` pixels apart. */
export const axisColumns = ({ T, columnWidth }: ScoreLayout, distance = 44): number[] => {
  const step = [5, 10, 20, 50, 100, 200].find((candidate) => candidate * columnWidth >= distance) ?? 500;
  const columns = T > 0 ? [0] : [];
  for (let position = step; position <= T; position += step) columns.push(position - 1);
  return columns;
};

const WIDE =
  /[\u1100-\u115F\u2E80-\uA4CF\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6]|[\u{1F300}-\u{1FAFF}]|[\u{20000}-\u{3FFFD}]/u;

/** Whether a text has characters of double width (Unicode's East Asian Width W and F, in blocks). */
export const hasWide = (text: string): boolean => WIDE.test(text);
