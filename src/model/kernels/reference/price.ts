/** What holding a state costs: the slope of its smoothed size (Huber 1964 with a threshold of 0.1). */
const THRESHOLD = 0.1;

/** d/dx of x² / 0.2 within 0.1 of zero and of |x| - 0.05 beyond. */
export const slopeOfSize = (x: number): number => Math.max(-1, Math.min(1, x / THRESHOLD));
