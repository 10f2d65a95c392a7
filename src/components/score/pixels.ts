/** Values of a band as pixels: one pixel a cell, looked up in the band's table of colours. */
import { TABLE_SIZE, type Table } from '../stage/scales';

export interface BandPixels {
  /** The band's values [T, H]. */
  readonly values: Float32Array;
  readonly T: number;
  readonly H: number;
  /** The unit of each row. */
  readonly units: readonly number[];
  /** The value as it is shown between `low` and `high`. */
  readonly shown: (value: number, unit: number) => number;
  readonly low: number;
  readonly high: number;
  readonly table: Table;
}

/**
 * Writes the band into `out`, [rows, T] pixels row by row: time across, units down. Values beyond the scale take its end; NaN
 * becomes transparent.
 */
export const writeBand = (out: Uint32Array, { values, T, H, units, shown, low, high, table }: BandPixels): void => {
  const { pixels } = table;
  const last = TABLE_SIZE - 1;
  const steps = last / (high - low);
  // Time is the outer loop: values are read in the order in which they lie in memory.
  for (let t = 0; t < T; t++) {
    for (let row = 0; row < units.length; row++) {
      const unit = units[row];
      const position = (shown(values[t * H + unit], unit) - low) * steps;
      if (position >= last) out[row * T + t] = pixels[last];
      else if (position >= 0) out[row * T + t] = pixels[(position + 0.5) | 0];
      else out[row * T + t] = Number.isNaN(position) ? 0 : pixels[0];
    }
  }
};
