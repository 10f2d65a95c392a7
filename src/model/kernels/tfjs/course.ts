/** The course of a scan in tensors: its direction, and what padding does. */
import type { Tensor } from '@tensorflow/tfjs';
import { sizeOf, subview, timeline } from '../kernels';
import type { Scan, View } from '../kernels';
import { ints, read } from './buffers';
import type { Tf } from './tensors';

/** 1 for symbols and 0 for padding, [T, B, 1]; null where nothing is padded. Within a tidy. */
const realOf = (tf: Tf, { mask }: Scan): Tensor | null =>
  mask ? tf.tensor(Float32Array.from(ints(mask)), [...mask.shape, 1]) : null;

export interface Course {
  /** Steps in the order of the scan. */
  readonly steps: readonly number[];
  /** Slots of a tape before and after step t. */
  before(t: number): number;
  after(t: number): number;
  /** The state that the scan begins with, [B, H]. */
  initial(states: View): Tensor;
  /** The states before (after) every step, [T, B, H]. */
  allBefore(states: View): Tensor;
  allAfter(states: View): Tensor;
  readonly real: Tensor | null;
  /** `next` where step t has a symbol, `previous` where it is padding: exact, since the factors are 0 and 1. */
  keep(t: number, next: Tensor, previous: Tensor): Tensor;
}

export const courseOf = (tf: Tf, scan: Scan): Course => {
  const [T] = scan.tape.gates.shape;
  const { steps, before, after } = timeline(T, scan.reversed);
  const real = realOf(tf, scan);
  const reals = real ? tf.unstack(real) : null;
  const slot = (states: View, index: number): View =>
    subview(states, index * sizeOf(states.shape.slice(1)), states.shape.slice(1));
  const slots = (states: View, from: number): Tensor => {
    const [count, ...rest] = states.shape;
    return read(subview(states, from * sizeOf(rest), [count - 1, ...rest]));
  };
  return {
    steps,
    before,
    after,
    initial: (states) => read(slot(states, before(steps[0]))),
    allBefore: (states) => slots(states, before(0)),
    allAfter: (states) => slots(states, after(0)),
    real,
    keep: (t, next, previous) => (reals ? next.mul(reals[t]).add(previous.mul(tf.sub(1, reals[t]))) : next),
  };
};

/** `x` where there are symbols, 0 at padding. */
export const whereReal = (x: Tensor, { real }: Course): Tensor => (real ? x.mul(real) : x);

/** `x` where there are symbols, 1 at padding, where all passes. */
export const passing = (tf: Tf, x: Tensor, { real }: Course): Tensor => (real ? x.mul(real).add(tf.sub(1, real)) : x);
