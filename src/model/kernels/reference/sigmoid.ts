/** The logistic function, 1 / (1 + e^-x): 0 and 1 at the ends, never NaN for a number. */
export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
