/** The files that are damaged: small ones of networks of every kind, and those of every version. */
import { writeRunFile } from '../../../../src/model/formats/runFile';
import { VERSION } from '../../../../src/model/formats/runVersions';
import { Run } from '../../../../src/model/run';
import { createReferenceKernels } from '../../../../src/model/kernels/reference';
import { DEFAULT_SETTINGS } from '../../../../src/model/settings';
import type { Settings } from '../../../../src/model/settings';
import { fromString } from '../../../../src/model/text/decode';
import type { Dataset } from '../../../../src/model/text/types';
import { createDataset } from '../../../../src/model/text/vocabulary';
import { fixture, FIXTURE_TEXT } from '../files';
import type { Bytes } from './container';

export interface SeedFile {
  readonly bytes: Bytes;
  readonly version: number;
  /** The text of its run, as a network with those settings reads it. */
  readonly datasetFor: (settings: Settings) => Dataset;
}

const SMALL_TEXT = 'abba cab '.repeat(14);

const reader = (text: string): SeedFile['datasetFor'] => {
  const known = new Map<string, Dataset>();
  return (settings) => {
    const key = `${String(settings.validation)} ${String(settings.vocabularyLimit)}`;
    const dataset = known.get(key) ?? createDataset(fromString(text), settings);
    known.set(key, dataset);
    return dataset;
  };
};

const KINDS: readonly Partial<Settings>[] = [
  { optimizer: 'sgd' },
  { cell: 'gru', layers: 2, input: 'embedding', embeddingSize: 2, optimizer: 'rmsprop' },
  { cell: 'rnn', vocabularyLimit: 3 },
];

const newFile = async (changes: Partial<Settings>): Promise<SeedFile> => {
  const settings: Settings = { ...DEFAULT_SETTINGS, units: 4, batch: 1, length: 8, evaluateEvery: 2, ...changes };
  const datasetFor = reader(SMALL_TEXT);
  const dataset = datasetFor(settings);
  const run = Run.create({ settings, dataset, kernels: createReferenceKernels(), memoryLimit: 1e9 });
  for (let k = 0; k < 3; k++) await run.step();
  run.change({ learningRate: 0.003 });
  await run.step();
  const snapshot = await run.snapshot();
  // As an engine of single precision has them.
  const parameters = Float32Array.from(snapshot.parameters);
  const [moments, h] = [snapshot.moments, snapshot.h].map((all) => all.map((values) => Float32Array.from(values)));
  const c = snapshot.c?.map((values) => Float32Array.from(values)) ?? null;
  const single = changes.cell === 'rnn' ? snapshot : { ...snapshot, parameters, moments, h, c };
  const bytes = writeRunFile({ snapshot: single, textName: 'text', vocabulary: dataset.vocabulary });
  return { bytes, version: VERSION, datasetFor };
};

/** Small files first. */
export const seedFiles = async (): Promise<readonly SeedFile[]> => [
  ...(await Promise.all(KINDS.map(newFile))),
  ...Array.from({ length: VERSION }, (_, k) => ({
    bytes: fixture(k + 1),
    version: k + 1,
    datasetFor: reader(FIXTURE_TEXT),
  })),
];
