/** Values of a band as pixels: one pixel a cell, looked up in the band's table of colours. */
import { TABLE_SIZE, type Table } from '../stage/scales';

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
 * Writes the band into `out`, [ceil(H / perRow), T] pixels row by row: time across, units down. Values beyond the scale take
 * its end; NaN becomes transparent.
 */
export const writeBand = (out: Uint32Array, { values, T, H, perRow, low, high, table }: BandPixels): void => {
  const { pixels } = table;
  const last = TABLE_SIZE - 1;
  const steps = last / (high - low);
  const rows = Math.ceil(H / perRow);
  // Time is the outer loop: values are read in the order in which they lie in memory.
  for (let t = 0; t < T; t++) {
    let from = t * H;
    for (let row = 0; row < rows; row++) {
      const to = Math.min(from + perRow, (t + 1) * H);
      const count = to - from;
      let sum = 0;
      for (; from < to; from++) sum += values[from];
      const position = (sum / count - low) * steps;
      if (position >= last) out[row * T + t] = pixels[last];
      else if (position >= 0) out[row * T + t] = pixels[(position + 0.5) | 0];
      else out[row * T + t] = Number.isNaN(position) ? 0 : pixels[0];
    }
  }
};
