/** Global-norm clipping, decoupled weight decay and one step of Adam, RMSprop or SGD; see `OptimizerStep`. */
import type { Tensor } from '@tensorflow/tfjs';
import type { OptimizerStep, View } from '../kernels';
import { read, write } from './buffers';
import type { Tf } from './tensors';

export const sumOfSquares = (x: View, out: View, guard?: View): void => {
  const sum = read(x).square().sum();
  // 0 · ∞ and 0 · NaN are NaN.
  write(out, (guard ? sum.add(read(guard).mul(0).sum()) : sum).reshape([1]));
};

/** New parameters and moments from the old ones and the clipped gradient. */
type Update = (step: OptimizerStep, p: Tensor, g: Tensor, moments: readonly Tensor[]) => readonly [Tensor, Tensor[]];

const moving = (old: Tensor, decay: number, value: Tensor): Tensor => old.mul(decay).add(value.mul(1 - decay));

const UPDATES: Readonly<Record<OptimizerStep['name'], Update>> = {
  adam: ({ learningRate, beta1, beta2, epsilon, correction1, correction2 }, p, g, [oldM, oldV]) => {
    const m = moving(oldM, beta1, g);
    const v = moving(oldV, beta2, g.square());
    const root = v.mul(1 / correction2).sqrt();
    return [p.sub(m.mul(learningRate / correction1).div(root.add(epsilon))), [m, v]];
  },
  rmsprop: ({ learningRate, beta2, epsilon }, p, g, [oldV]) => {
    const v = moving(oldV, beta2, g.square());
    return [p.sub(g.mul(learningRate).div(v.sqrt().add(epsilon))), [v]];
  },
  sgd: ({ learningRate, beta1 }, p, g, [oldM]) => {
    const m = oldM.mul(beta1).add(g);
    return [p.sub(m.mul(learningRate)), [m]];
  },
};

/** The largest float32: what is beyond it, or compares with nothing, is not finite. */
const LARGEST = 3.4028234663852886e38;

export const optimizerStep = (tf: Tf, step: OptimizerStep): void => {
  const square = read(step.squaredNorm);
  const p = read(step.parameters);
  const moments = step.moments.map(read);
  const unclipped = read(step.gradient);
  const gradient =
    step.clip === Infinity ? unclipped : unclipped.mul(tf.scalar(step.clip).div(square.sqrt().add(1e-6)).minimum(1));
  const decay = 1 - step.learningRate * step.weightDecay;
  const [newP, newMoments] = UPDATES[step.name](step, decay === 1 ? p : p.mul(decay), gradient, moments);
  const finite = square.lessEqual(LARGEST);
  const guarded = tf.broadcastTo(finite, p.shape);
  write(step.parameters, tf.where(guarded, newP, p));
  step.moments.forEach((view, k) => {
    write(view, tf.where(guarded, newMoments[k], moments[k]));
  });
};
