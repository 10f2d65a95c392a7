/** One step of each optimizer over flat arrays; see OptimizerStep in kernels.ts. `scale` is the clipping factor. */
import { storeLanes } from './activations';

/**
 * PyTorch's Adam (Kingma and Ba 2015) with decoupled weight decay: keep = 1 - learningRate · weightDecay,
 * rate = learningRate / correction1, root = sqrt(correction2), rest = 1 - beta.
 */
export function adam(
  n: i32,
  p: usize,
  g: usize,
  m: usize,
  v: usize,
  scale: f32,
  keep: f32,
  rate: f32,
  root: f32,
  epsilon: f32,
  beta1: f32,
  rest1: f32,
  beta2: f32,
  rest2: f32,
): void {
  const scale4 = f32x4.splat(scale);
  const keep4 = f32x4.splat(keep);
  const rate4 = f32x4.splat(rate);
  const root4 = f32x4.splat(root);
  const epsilon4 = f32x4.splat(epsilon);
  const b1 = f32x4.splat(beta1);
  const c1 = f32x4.splat(rest1);
  const b2 = f32x4.splat(beta2);
  const c2 = f32x4.splat(rest2);
  for (let k = 0; k < n; k += 4) {
    const at = (<usize>k) << 2;
    const lanes = n - k;
    const gradient = f32x4.mul(v128.load(g + at), scale4);
    const first = f32x4.add(f32x4.mul(b1, v128.load(m + at)), f32x4.mul(c1, gradient));
    const second = f32x4.add(f32x4.mul(b2, v128.load(v + at)), f32x4.mul(c2, f32x4.mul(gradient, gradient)));
    const denominator = f32x4.add(f32x4.div(f32x4.sqrt(second), root4), epsilon4);
    const kept = f32x4.mul(v128.load(p + at), keep4);
    storeLanes(m + at, first, lanes);
    storeLanes(v + at, second, lanes);
    storeLanes(p + at, f32x4.sub(kept, f32x4.div(f32x4.mul(rate4, first), denominator)), lanes);
  }
}

/** PyTorch's RMSprop (Tieleman and Hinton 2012). */
export function rmsprop(
  n: i32,
  p: usize,
  g: usize,
  v: usize,
  scale: f32,
  keep: f32,
  learningRate: f32,
  epsilon: f32,
  beta2: f32,
  rest2: f32,
): void {
  const scale4 = f32x4.splat(scale);
  const keep4 = f32x4.splat(keep);
  const rate = f32x4.splat(learningRate);
  const epsilon4 = f32x4.splat(epsilon);
  const b2 = f32x4.splat(beta2);
  const c2 = f32x4.splat(rest2);
  for (let k = 0; k < n; k += 4) {
    const at = (<usize>k) << 2;
    const lanes = n - k;
    const gradient = f32x4.mul(v128.load(g + at), scale4);
    const second = f32x4.add(f32x4.mul(b2, v128.load(v + at)), f32x4.mul(c2, f32x4.mul(gradient, gradient)));
    const step = f32x4.div(f32x4.mul(rate, gradient), f32x4.add(f32x4.sqrt(second), epsilon4));
    storeLanes(v + at, second, lanes);
    storeLanes(p + at, f32x4.sub(f32x4.mul(v128.load(p + at), keep4), step), lanes);
  }
}

/** PyTorch's SGD with momentum. */
export function sgd(
  n: i32,
  p: usize,
  g: usize,
  m: usize,
  scale: f32,
  keep: f32,
  learningRate: f32,
  momentum: f32,
): void {
  const scale4 = f32x4.splat(scale);
  const keep4 = f32x4.splat(keep);
  const rate = f32x4.splat(learningRate);
  const momentum4 = f32x4.splat(momentum);
  for (let k = 0; k < n; k += 4) {
    const at = (<usize>k) << 2;
    const lanes = n - k;
    const first = f32x4.add(f32x4.mul(momentum4, v128.load(m + at)), f32x4.mul(v128.load(g + at), scale4));
    storeLanes(m + at, first, lanes);
    storeLanes(p + at, f32x4.sub(f32x4.mul(v128.load(p + at), keep4), f32x4.mul(rate, first)), lanes);
  }
}
