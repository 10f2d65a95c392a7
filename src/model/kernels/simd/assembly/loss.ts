/** Softmax cross-entropy with its gradient, rows of logits one after the other. */
import { exp4, storeLanes } from './activations';

/** Largest of n numbers, anything where one of them is NaN: then their exponentials say so. */
function largest(row: usize, n: i32): f32 {
  // `pmax` is one instruction, where `max` with its care for NaN is many that wait for each other.
  let left = f32x4.splat(-Infinity);
  let right = left;
  let k = 0;
  for (; k + 8 <= n; k += 8) {
    const at = row + ((<usize>k) << 2);
    left = f32x4.pmax(left, v128.load(at));
    right = f32x4.pmax(right, v128.load(at, 16));
  }
  let top = f32x4.pmax(left, right);
  for (; k + 4 <= n; k += 4) top = f32x4.pmax(top, v128.load(row + ((<usize>k) << 2)));
  let result = max(
    max(f32x4.extract_lane(top, 0), f32x4.extract_lane(top, 1)),
    max(f32x4.extract_lane(top, 2), f32x4.extract_lane(top, 3)),
  );
  for (; k < n; k++) result = max(result, load<f32>(row + ((<usize>k) << 2)));
  return result;
}

/** exp(x - top) into `scratch`; returns their sum. */
function exponentials(row: usize, n: i32, top: f32, scratch: usize): f32 {
  const shift = f32x4.splat(top);
  let sum = f32x4.splat(0);
  let k = 0;
  for (; k + 4 <= n; k += 4) {
    const at = (<usize>k) << 2;
    const e = exp4(f32x4.sub(v128.load(row + at), shift));
    v128.store(scratch + at, e);
    sum = f32x4.add(sum, e);
  }
  let total =
    f32x4.extract_lane(sum, 0) + f32x4.extract_lane(sum, 1) + (f32x4.extract_lane(sum, 2) + f32x4.extract_lane(sum, 3));
  if (k < n) {
    const at = (<usize>k) << 2;
    const e = exp4(f32x4.sub(v128.load(row + at), shift));
    storeLanes(scratch + at, e, n - k);
    for (; k < n; k++) total += load<f32>(scratch + ((<usize>k) << 2));
  }
  return total;
}

/** Whether no number before number `target` of a row is `top`, too. */
function isFirst(row: usize, target: i32, top: f32): bool {
  for (let k = 0; k < target; k++) if (load<f32>(row + ((<usize>k) << 2)) == top) return false;
  return true;
}

/**
 * logits [M, V], targets [M], totals [2] (sum of -ln p, rows whose first largest logit is the target), scratch V floats.
 * With `gradient`, logits become (softmax - onehot) · scale.
 */
export function crossEntropy(
  logits: usize,
  targets: usize,
  M: i32,
  V: i32,
  gradient: bool,
  scale: f32,
  totals: usize,
  accumulate: bool,
  scratch: usize,
): void {
  let loss: f64 = 0;
  let correct = 0;
  for (let m = 0; m < M; m++) {
    const row = logits + ((<usize>m * <usize>V) << 2);
    const target = load<i32>(targets + ((<usize>m) << 2));
    const top = largest(row, V);
    const chosen = load<f32>(row + ((<usize>target) << 2));
    if (chosen == top && isFirst(row, target, top)) correct++;
    const sum = exponentials(row, V, top, scratch);
    loss += Math.log(<f64>sum) - (<f64>chosen - <f64>top);
    if (gradient) {
      const factor = f32x4.splat(scale / sum);
      for (let k = 0; k < V; k += 4) {
        const at = (<usize>k) << 2;
        storeLanes(row + at, f32x4.mul(v128.load(scratch + at), factor), V - k);
      }
      const at = row + ((<usize>target) << 2);
      store<f32>(at, load<f32>(at) - scale);
    }
  }
  if (accumulate) {
    loss += <f64>load<f32>(totals);
    correct += <i32>load<f32>(totals, 4);
  }
  store<f32>(totals, <f32>loss);
  store<f32>(totals, <f32>correct, 4);
}
