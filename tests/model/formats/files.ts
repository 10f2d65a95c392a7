/** Run files as tests have them: of every version there was, of runs made on the spot, and taken apart and put together again. */
import { readFileSync } from 'node:fs';
import { CHECKSUM, seal } from '../../../src/model/formats/checksum';
import { readTensors, writeTensors } from '../../../src/model/formats/safetensors';
import type { StoredTensor } from '../../../src/model/formats/safetensors';
import type { RunToSave } from '../../../src/model/formats/runFile';
import type { Kernels } from '../../../src/model/kernels/kernels';
import type { Run } from '../../../src/model/run';
import type { Settings } from '../../../src/model/settings';
import { datasetOf, PATTERN } from '../support/dataset';
import { createRun, losses } from '../support/runs';

/** The text that the fixtures were trained on. */
export const FIXTURE_TEXT = 'the cat sat on the mat, and the dog sat on the cat.\n'.repeat(30);
/** Of the fixtures' run from its first step on; they were saved after step 9, a change of the learning rate at step 6. */
export const FIXTURE_LOG = 'tests/fixtures/runs/log.csv';
export const fixtureOf = (version: number): string => `tests/fixtures/runs/version-${String(version)}.safetensors`;

export const fixture = (version: number): Uint8Array<ArrayBuffer> => Uint8Array.from(readFileSync(fixtureOf(version)));

/** After 13 steps, the learning rate changed after 7. */
export const savedRun = async (
  settings: Partial<Settings> = {},
  kernels?: Kernels,
): Promise<{ readonly run: Run; readonly saved: RunToSave }> => {
  const run = createRun(settings, kernels);
  await losses(run, 7);
  run.change({ learningRate: 0.003 });
  await losses(run, 6);
  const { vocabulary } = datasetOf(PATTERN);
  return { run, saved: { snapshot: await run.snapshot(), textName: 'pattern.txt', vocabulary } };
};

export interface Parts {
  readonly tensors: Map<string, StoredTensor>;
  readonly metadata: Record<string, string>;
}

/** The file with something changed in it, and a checksum that fits where it has one. */
export const edited = (bytes: Uint8Array<ArrayBuffer>, change: (parts: Parts) => void): Uint8Array<ArrayBuffer> => {
  const { tensors, metadata } = readTensors(bytes);
  const parts = { tensors: new Map(tensors), metadata: { ...metadata } };
  change(parts);
  const written = writeTensors(parts);
  return parts.tensors.has(CHECKSUM) ? seal(written) : written;
};

/** With something changed in the text of its record. */
export const rewritten = (bytes: Uint8Array<ArrayBuffer>, from: string | RegExp, to: string): Uint8Array<ArrayBuffer> =>
  edited(bytes, ({ metadata }) => {
    const changed = metadata['run'].replace(from, to);
    if (changed === metadata['run']) throw new Error(`No ${String(from)} in ${changed}`);
    metadata['run'] = changed;
  });
