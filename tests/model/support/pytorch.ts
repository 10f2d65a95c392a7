/** What PyTorch's fixtures have in common. */
import type { OptimizerName } from '../../../src/model/kernels/kernels';

/** Some steps of an optimizer, and where they lead; tensors as the fixtures' scripts write them. */
export interface Training {
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  readonly momentum: number;
  readonly weightDecay: number;
  readonly clip: number;
  readonly losses: readonly number[];
  readonly norms: readonly number[];
  readonly parameters: string;
}
