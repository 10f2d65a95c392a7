/**
 * What a unit still holds: a state that each step multiplies by a gate k (LSTM: f, GRU: z) holds, of what it held at step s,
 * the share k_{s+1} · … · k_t at step t. That follows from the cell's own equation; what is written meanwhile stands beside it.
 */

/** Where no share is ever lost, the half-life has no end: so many steps, or more. */
const ENDLESS = 9999;

/**
 * Steps after which half is left in `unit` at its usual gate: ln ½ / ln k, k the median over the steps, which a few steps
 * that forget everything do not move. At most 9999; 0 where not even the next step keeps anything; NaN of no steps.
 *
 * @param keep values of the gate that keeps, [T, H]
 */
export const halfLife = (keep: Float32Array, H: number, unit: number): number => {
  const T = keep.length / H;
  if (T === 0) return NaN;
  const median = Float32Array.from({ length: T }, (_, t) => keep[t * H + unit]).sort()[T >> 1];
  if (median >= 1) return ENDLESS;
  return median <= 0 ? 0 : Math.min(ENDLESS, Math.LN2 / -Math.log(median));
};

/**
 * The earliest step of whose state at least half is left in `unit` at step `t`; -1 stands for the state before the first
 * step, and `t` itself for nothing earlier.
 *
 * @param keep values of the gate that keeps, [T, H]
 */
export const heldSince = (keep: Float32Array, H: number, t: number, unit: number): number => {
  let left = 1;
  for (let step = t; step >= 0; step--) {
    left *= keep[step * H + unit];
    if (!(left >= 0.5)) return step;
  }
  return -1;
};
