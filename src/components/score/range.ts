/** The range of a scale whose data move: round numbers, and no flicker at their edges. */

const STEPS = [1, 1.5, 2, 3, 4, 5, 6, 8] as const;

/** The smallest of 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, … that is at least `extreme`. */
export const roundUp = (extreme: number): number => {
  if (!(extreme > 1) || !Number.isFinite(extreme)) return 1;
  for (let power = 1; ; power *= 10) {
    for (const step of STEPS) if (step * power >= extreme) return step * power;
  }
};

/** A range is given up for a smaller one only where the data fill less than this share of it. */
const SHRINK = 0.6;

/** The range to draw with: `previous` for as long as `extreme` fits into it and does not look lost in it. */
export const nextRange = (previous: number | null, extreme: number): number =>
  previous !== null && extreme <= previous && extreme >= previous * SHRINK ? previous : roundUp(extreme);

/** Values looked at for a share of them: enough for a scale, few enough for every frame. */
const LOOKED_AT = 4096;
/** A few units that run away shall not wash out the others. */
const TYPICAL = 0.96;

/** The absolute value that 96 % of the finite ones do not pass; of a large array, of evenly spread ones. 0 of none. */
export const typical = (values: Float32Array): number => {
  const stride = Math.max(1, Math.ceil(values.length / LOOKED_AT));
  const sizes = new Float32Array(Math.ceil(values.length / stride));
  let count = 0;
  for (let k = 0; k < values.length; k += stride) {
    const size = Math.abs(values[k]);
    if (size < Infinity) sizes[count++] = size;
  }
  return count === 0 ? 0 : sizes.subarray(0, count).sort()[Math.floor((count - 1) * TYPICAL)];
};

/** Largest absolute value of the finite ones; 0 of none. */
export const largest = (values: Float32Array): number => {
  let extreme = 0;
  for (const value of values) {
    const size = Math.abs(value);
    if (size > extreme && size !== Infinity) extreme = size;
  }
  return extreme;
};
