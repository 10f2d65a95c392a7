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

/** Largest absolute value of the finite ones; 0 of none. */
export const largest = (values: Float32Array): number => {
  let extreme = 0;
  for (const value of values) {
    const size = Math.abs(value);
    if (size > extreme && size !== Infinity) extreme = size;
  }
  return extreme;
};
