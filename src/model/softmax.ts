/** From logits to probabilities, on the host. */
import type { HostArray } from './kernels/kernels';

/** ln Σ exp of the logits: what a logit has to exceed by ln p. */
export const logSumExp = (logits: HostArray): number => {
  let largest = -Infinity;
  for (const logit of logits) if (logit > largest) largest = logit;
  let sum = 0;
  for (const logit of logits) sum += Math.exp(logit - largest);
  return Math.log(sum) + largest;
};
