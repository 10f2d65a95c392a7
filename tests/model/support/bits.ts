/** A run's numbers to the last bit, in a form that a file can hold. */
import { createHash } from 'node:crypto';
import type { Kernels } from '../../../src/model/kernels/kernels';
import type { Settings } from '../../../src/model/settings';
import { createRun, losses } from './runs';

export interface Recording {
  /** Every setting in which these runs differ from each other, and every one whose default may change. */
  readonly settings: Partial<Settings>;
  /** Losses of the first steps: float64, as 16 hexadecimal digits each. */
  readonly losses: readonly string[];
  /** SHA-256 of the parameters after the last step, little-endian. */
  readonly parameters: string;
}

const STEPS = 12;

const hex = (x: number): string => {
  const bytes = new DataView(new ArrayBuffer(8));
  bytes.setFloat64(0, x);
  return bytes.getBigUint64(0).toString(16).padStart(16, '0');
};

/** What a run with these settings computes on `kernels`. */
export const recordingOf = async (settings: Partial<Settings>, kernels: Kernels): Promise<Recording> => {
  const run = createRun(settings, kernels);
  const values = await losses(run, STEPS);
  const { parameters } = await run.snapshot();
  run.dispose();
  const bytes = new Uint8Array(parameters.buffer, parameters.byteOffset, parameters.byteLength);
  return { settings, losses: values.map(hex), parameters: createHash('sha256').update(bytes).digest('hex') };
};
