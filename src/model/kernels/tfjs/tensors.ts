/** Small helpers on TensorFlow.js's tensors. */
import type * as library from '@tensorflow/tfjs';
import type { Tensor, Tensor2D } from '@tensorflow/tfjs';

/** The library, loaded when an engine needs it. */
export type Tf = typeof library;

/**
 * So many textures are joined at once: a program on textures reads all of its inputs for every element, so few are
 * cheapest. On buffers all are.
 */
const FAN_IN = 4;

/** Concatenation along the first axis; within a tidy. */
export const join = (tf: Tf, parts: readonly Tensor[]): Tensor => {
  const fanIn = tf.getBackend() === 'webgl' ? FAN_IN : parts.length;
  let level = parts;
  while (level.length > 1) {
    const next: Tensor[] = [];
    for (let k = 0; k < level.length; k += fanIn) {
      const group = level.slice(k, k + fanIn);
      next.push(group.length === 1 ? group[0] : tf.concat(group, 0));
    }
    level = next;
  }
  return level[0];
};

/** T tensors [B, N] as one [T, B, N]. */
export const stack = (tf: Tf, parts: readonly Tensor[]): Tensor =>
  join(
    tf,
    parts.map((part) => part.reshape([1, ...part.shape])),
  );

/** Columns `from` to `from + width` of [..., N]. */
export const columns = (x: Tensor, from: number, width: number): Tensor => {
  const outer = x.shape.slice(0, -1);
  return x.slice([...outer.map(() => 0), from], [...outer, width]);
};

export const matrix = (x: Tensor): Tensor2D => x as Tensor2D;
