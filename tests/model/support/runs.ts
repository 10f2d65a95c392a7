/** Runs small enough for a test. */
import type { Kernels } from '../../../src/model/kernels/kernels';
import { createReferenceKernels } from '../../../src/model/kernels/reference';
import { Run } from '../../../src/model/run';
import { DEFAULT_SETTINGS } from '../../../src/model/settings';
import type { Settings } from '../../../src/model/settings';
import type { Dataset } from '../../../src/model/text/types';
import { datasetOf, PATTERN } from './dataset';

export const SMALL: Settings = { ...DEFAULT_SETTINGS, units: 8, batch: 4, length: 10, evaluateEvery: 5 };

export const createRun = (
  changes: Partial<Settings> = {},
  kernels: Kernels = createReferenceKernels(),
  dataset: Dataset = datasetOf(PATTERN),
): Run => Run.create({ settings: { ...SMALL, ...changes }, dataset, kernels, memoryLimit: 1e9 });

/** Losses of the next `count` steps, one by one. */
export const losses = async (run: Run, count: number): Promise<number[]> => {
  const values = [];
  for (let k = 0; k < count; k++) {
    await run.step();
    await run.settle();
    values.push(run.metrics.loss);
  }
  return values;
};
