/** Softmax cross-entropy and its gradient. */
import type { CrossEntropy } from '../kernels';
import { ints, read, write } from './buffers';
import { oneHot } from './linear';
import type { Tf } from './tensors';

export const crossEntropy = (tf: Tf, { logits, targets, gradientScale, totals, accumulate }: CrossEntropy): void => {
  const [M, V] = logits.shape;
  const x = read(logits);
  const wanted = ints(targets);
  const hot = oneHot(tf, wanted, V);
  // ln p = z - ln Σ exp z for any z = x - constant; with the row's largest as the constant nothing overflows.
  const z = x.sub(x.max(1, true));
  const powers = z.exp();
  const sums = powers.sum(1, true);
  const loss = sums.log().sub(z.mul(hot).sum(1, true)).sum();
  // The largest have z = 0: each other column is pushed behind the last one, and the first that is left counts.
  // (argMax does not say which of equals it takes.)
  const first = tf.range(0, V).reshape([1, V]).sub(z.sign().mul(V)).min(1);
  const wrong = first
    .sub(tf.tensor1d(Float32Array.from(wanted)))
    .abs()
    .sign()
    .sum();
  const result = tf.stack([loss, tf.scalar(M).sub(wrong)]);
  write(totals, accumulate ? result.add(read(totals)) : result);
  if (gradientScale !== null) write(logits, powers.div(sums).sub(hot).mul(gradientScale));
};
