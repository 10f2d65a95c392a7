/** Where things stand in the figure of a step: columns, one a character, and bars in them. */
import { scaleLinear } from 'd3';
import { axisTicks, type AxisTick } from '../stage/axes';

/** Left of the columns, for the labels of the axes. */
export const GUTTER = 44;
/** A column is at least so wide that its character can be read, and no wider than helps. */
const NARROWEST = 14;
const WIDEST = 26;
/** From one label of an axis to the next, at least. */
const LABEL = 14;

export interface Columns {
  readonly T: number;
  /** CSS pixels. */
  readonly column: number;
  readonly width: number;
}

/** @param available CSS pixels that the figure has */
export const columnsOf = (T: number, available: number): Columns => {
  const column = Math.min(WIDEST, Math.max(NARROWEST, Math.floor((available - GUTTER) / T)));
  return { T, column, width: GUTTER + T * column };
};

/** The column at so many pixels from the figure's left edge, or the nearest. */
export const columnAt = ({ T, column }: Columns, x: number): number =>
  Math.min(T - 1, Math.max(0, Math.floor((x - GUTTER) / column)));

export interface Bars {
  readonly tops: readonly number[];
  readonly ticks: readonly AxisTick[];
}

/**
 * Upright bars on a line at `height`: from 0 to a round number, so that the scale does not follow each step.
 * @param most what the scale reaches at the least; else the largest value
 * @param label how the axis' values are written
 */
export const barsOf = (
  values: ArrayLike<number>,
  height: number,
  { most, label }: { readonly most?: number; readonly label?: (value: number) => string } = {},
): Bars => {
  const numbers = Array.from(values, (value) => (Number.isFinite(value) ? value : 0));
  const scale = scaleLinear([0, most ?? (Math.max(...numbers) || 1)], [height, 0]).nice(1);
  return {
    tops: numbers.map((value) => scale(value)),
    ticks: axisTicks(scale, { count: 2, distance: LABEL, ...(label && { label }) }),
  };
};
