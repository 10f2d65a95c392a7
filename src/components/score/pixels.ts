/** Values of a band as pixels: one pixel a cell, looked up in the band's table of colours. */
import { stepOf, type Table } from '../stage/scales';

export interface BandPixels {
  /** The band's values [T, H]. */
  readonly values: Float32Array;
  readonly T: number;
  readonly H: number;
  /** Units that share a row: their mean is shown. */
  readonly perRow: number;
  readonly low: number;
  readonly high: number;
  readonly table: Table;
}

/**
 * Writes the band into `out`, [ceil(H / perRow), T] pixels row by row: time across, units down. A value that is not finite
 * becomes transparent.
 */
export const writeBand = (out: Uint32Array, { values, T, H, perRow, low, high, table }: BandPixels): void => {
  const rows = Math.ceil(H / perRow);
  for (let row = 0; row < rows; row++) {
    const first = row * perRow;
    const count = Math.min(perRow, H - first);
    for (let t = 0; t < T; t++) {
      let sum = 0;
      for (let k = 0; k < count; k++) sum += values[t * H + first + k] ?? NaN;
      const value = sum / count;
      out[row * T + t] = Number.isFinite(value) ? (table.pixels[stepOf(value, low, high)] ?? 0) : 0;
    }
  }
};
