/** Padded positions of a scan. */
import type { View } from '../kernels';
import { integers } from './memory';

/** Whether row b holds padding at step t; `mask` [T, B]. */
export const maskOf = (mask: View | undefined, T: number, B: number): ((t: number, b: number) => boolean) => {
  if (mask === undefined) return () => false;
  const values = integers(mask, T * B);
  return (t, b) => values[t * B + b] === 0;
};
