/** Global-norm clipping, decoupled weight decay and one step of Adam, RMSprop or SGD with momentum. */
import type { Kernels, OptimizerStep } from '../kernels';
import { floats } from './memory';

export const sumOfSquares: Kernels['sumOfSquares'] = (x, out, guard) => {
  const X = floats(x, ...x.shape);
  // 0 · ∞ and 0 · NaN are NaN.
  let sum = 0;
  if (guard) for (const value of floats(guard, ...guard.shape)) sum += 0 * value;
  for (const value of X) sum += value * value;
  floats(out, 1)[0] = sum;
};

type Update = (
  step: OptimizerStep,
  scale: number,
  p: Float64Array,
  g: Float64Array,
  moments: readonly Float64Array[],
) => void;

const UPDATES: Readonly<Record<OptimizerStep['name'], Update>> = {
  adam: ({ learningRate, beta1, beta2, epsilon, correction1, correction2 }, scale, p, g, [m, v]) => {
    const size = learningRate / correction1;
    const root = Math.sqrt(correction2);
    for (let k = 0; k < p.length; k++) {
      const slope = g[k] * scale;
      m[k] = beta1 * m[k] + (1 - beta1) * slope;
      v[k] = beta2 * v[k] + (1 - beta2) * slope * slope;
      p[k] -= (size * m[k]) / (Math.sqrt(v[k]) / root + epsilon);
    }
  },
  rmsprop: ({ learningRate, beta2, epsilon }, scale, p, g, [v]) => {
    for (let k = 0; k < p.length; k++) {
      const slope = g[k] * scale;
      v[k] = beta2 * v[k] + (1 - beta2) * slope * slope;
      p[k] -= (learningRate * slope) / (Math.sqrt(v[k]) + epsilon);
    }
  },
  sgd: ({ learningRate, beta1 }, scale, p, g, [m]) => {
    for (let k = 0; k < p.length; k++) {
      m[k] = beta1 * m[k] + g[k] * scale;
      p[k] -= learningRate * m[k];
    }
  },
};

export const optimizerStep: Kernels['optimizerStep'] = (step) => {
  const p = floats(step.parameters, ...step.parameters.shape);
  const g = floats(step.gradient, p.length);
  const moments = step.moments.map((moment) => floats(moment, p.length));
  const norm = Math.sqrt(floats(step.squaredNorm, 1)[0]);
  if (!Number.isFinite(norm)) return;
  const scale = Math.min(1, step.clip / (norm + 1e-6));
  if (step.weightDecay !== 0) {
    const kept = 1 - step.learningRate * step.weightDecay;
    for (let k = 0; k < p.length; k++) p[k] *= kept;
  }
  UPDATES[step.name](step, scale, p, g, moments);
};
