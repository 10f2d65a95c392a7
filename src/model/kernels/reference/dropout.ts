/** Dropout by a counter-based mask. */
import { fillDropoutMask } from '../../random';
import type { Kernels } from '../kernels';
import { floats } from './memory';

/** Elements whose mask is made at once: a multiple of nothing in particular, small enough for the cache. */
const CHUNK = 4096;

export const createDropout = (): Kernels['dropout'] => {
  const scratch = new Float64Array(CHUNK);
  return (x, out, { rate, key, start: first }) => {
    const X = floats(x, ...x.shape);
    const Y = floats(out, ...x.shape);
    for (let start = 0; start < X.length; start += CHUNK) {
      const mask = scratch.subarray(0, Math.min(CHUNK, X.length - start));
      fillDropoutMask(mask, rate, key, first + start);
      for (let k = 0; k < mask.length; k++) Y[start + k] = X[start + k] * mask[k];
    }
  };
};
