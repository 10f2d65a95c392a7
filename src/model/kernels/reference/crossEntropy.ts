/** Softmax cross-entropy and its gradient, row by row. */
import type { Kernels } from '../kernels';
import { floats, integers } from './memory';

export const crossEntropy: Kernels['crossEntropy'] = ({ logits, targets, gradientScale, totals, accumulate }) => {
  const [M, V] = logits.shape;
  const X = floats(logits, M, V);
  const wanted = integers(targets, M);
  const sums = floats(totals, 2);
  let loss = 0;
  let correct = 0;
  for (let m = 0; m < M; m++) {
    const row = m * V;
    let best = 0;
    for (let v = 1; v < V; v++) if (X[row + v] > X[row + best]) best = v;
    const largest = X[row + best];
    const target = row + wanted[m];
    let sum = 0;
    for (let v = 0; v < V; v++) sum += Math.exp(X[row + v] - largest);
    // -ln softmax(x)[target], without ever taking the logarithm of a probability that has underflowed.
    loss += Math.log(sum) + largest - X[target];
    if (best === wanted[m]) correct += 1;
    if (gradientScale === null) continue;
    for (let v = 0; v < V; v++) X[row + v] = (Math.exp(X[row + v] - largest) / sum) * gradientScale;
    X[target] -= gradientScale;
  }
  sums[0] = accumulate ? sums[0] + loss : loss;
  sums[1] = accumulate ? sums[1] + correct : correct;
};
