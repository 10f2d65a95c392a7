/**
 * Where a value stands between the two ends of its scale. No scale follows the data from frame to frame: what has no bounds
 * is squashed as the cell itself squashes it, or measured by the largest of its own unit.
 */
import { BANDS, type BandName } from '../../model/cells';
import type { ProbeFrame } from '../../model/telemetry';
import type { StateScale } from '../../model/view';
import { bandValues } from './frame';
import { short } from './numbers';

export const isUnbounded = (band: BandName): boolean => BANDS[band].range === 'unbounded';

/** Both ends, of values as `shownValue` gives them. */
export const extentOf = (band: BandName): readonly [number, number] =>
  BANDS[band].range === 'share' ? [0, 1] : [-1, 1];

/** Each unit's largest absolute value over the text, [H]; what is not finite does not count. */
export const largestOfUnits = (values: Float32Array, H: number): Float32Array => {
  const largest = new Float32Array(H);
  for (let from = 0; from < values.length; from += H) {
    for (let unit = 0; unit < H; unit++) {
      const size = Math.abs(values[from + unit]);
      if (size > largest[unit] && size !== Infinity) largest[unit] = size;
    }
  }
  return largest;
};

/** Values as they are shown, by unit: as they are, or brought between −1 and 1. */
export const shownBy = (
  frame: ProbeFrame,
  band: BandName,
  scale: StateScale,
): ((value: number, unit: number) => number) => {
  if (!isUnbounded(band)) return (value) => value;
  if (scale === 'tanh') return (value) => Math.tanh(value);
  const largest = largestOfUnits(bandValues(frame, band), frame.H);
  return (value, unit) => (largest[unit] > 0 ? value / largest[unit] : value);
};

/** Bits of surprise at the upper end of its scale: those of a guess among all symbols. */
export const mostSurprise = (symbols: number): number => Math.max(1, Math.log2(symbols));

/** The ends of a band's scale as its legend names them. */
export const scaleEnds = (
  band: BandName,
  scale: StateScale,
  words: { readonly own: readonly [string, string] },
): readonly [string, string] => {
  if (isUnbounded(band) && scale === 'own') return words.own;
  const [low, high] = extentOf(band);
  return [short(low), short(high)];
};
