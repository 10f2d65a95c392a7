/** Orders of a layer's units in which neighbours have something to do with each other. */

/** Steps that similarity looks at: enough to tell units apart, few enough for 512 of them. */
const LOOKED_AT = 64;

/** By a value of each, largest first; those without a number last, equal ones by index. */
export const byValue = (values: ArrayLike<number>): number[] => {
  const key = (unit: number): number => (Number.isNaN(values[unit]) ? -Infinity : values[unit]);
  return Array.from({ length: values.length }, (_, unit) => unit).sort((a, b) => key(b) - key(a) || a - b);
};

/** Each unit's course, moved and scaled to mean 0 and length 1, so that a product of two is their correlation. */
const normalised = (states: Float32Array, T: number, H: number): Float32Array[] => {
  const stride = Math.max(1, Math.ceil(T / LOOKED_AT));
  const length = Math.ceil(T / stride);
  return Array.from({ length: H }, (_, unit) => {
    const trajectory = Float32Array.from({ length }, (__, k) => states[k * stride * H + unit]);
    const mean = trajectory.reduce((sum, value) => sum + value, 0) / length;
    const size = Math.sqrt(trajectory.reduce((sum, value) => sum + (value - mean) ** 2, 0));
    return trajectory.map((value) => (size > 0 ? (value - mean) / size : 0));
  });
};

/**
 * A chain in which each unit is followed by the one, of those that are left, whose state runs most like its own or most
 * against it (largest absolute correlation). It begins with unit 0; equal ones by index.
 *
 * @param states [T, H]
 */
export const bySimilarity = (states: Float32Array, T: number, H: number): number[] => {
  const trajectories = normalised(states, T, H);
  const left = new Set(trajectories.keys());
  const chain: number[] = [];
  let current = 0;
  while (left.size > 0) {
    left.delete(current);
    chain.push(current);
    const own = trajectories[current];
    let nearest = -1;
    let most = -1;
    for (const other of left) {
      const trajectory = trajectories[other];
      let product = 0;
      for (let k = 0; k < own.length; k++) product += own[k] * trajectory[k];
      if (Math.abs(product) > most) [nearest, most] = [other, Math.abs(product)];
    }
    // What is no number is like nothing: by index.
    current = nearest >= 0 ? nearest : Math.min(...left);
  }
  return chain;
};
