/**
 * What a unit still holds: a state that each step multiplies by a gate k (LSTM: f, GRU: z) holds, of what it held at step s,
 * the share k_{s+1} · … · k_t at step t. That follows from the cell's own equation; what is written meanwhile stands beside it.
 */

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

/** How many steps a state lasts in a text. */
export interface Span {
  readonly mean: number;
  readonly most: number;
}

/**
 * Over the steps of a text: how many steps ago the earliest state was of which at least half is left in `unit`. Its mean is
 * the unit's half-life here, its largest the longest that anything was held; the text's beginning cuts both short.
 *
 * @param keep values of the gate that keeps, [T, H]
 */
export const spanOf = (keep: Float32Array, H: number, unit: number): Span => {
  const T = keep.length / H;
  let sum = 0;
  let most = 0;
  for (let t = 0; t < T; t++) {
    const steps = t - heldSince(keep, H, t, unit);
    sum += steps;
    most = Math.max(most, steps);
  }
  return { mean: sum / T, most };
};
