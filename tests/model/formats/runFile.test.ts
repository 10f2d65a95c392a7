/** A run that was written to a file and read again goes on as if nothing had happened. */
import { describe, expect, it } from 'vitest';
import { readRunFile, writeRunFile } from '../../../src/model/formats/runFile';
import { readTensors, writeTensors } from '../../../src/model/formats/safetensors';
import type { Kernels } from '../../../src/model/kernels/kernels';
import { createReferenceKernels } from '../../../src/model/kernels/reference';
import { createSimdKernels } from '../../../src/model/kernels/simd';
import { Run } from '../../../src/model/run';
import type { Settings } from '../../../src/model/settings';
import { simdProgram } from '../../kernels/simdProgram';
import { datasetOf, PATTERN } from '../support/dataset';
import { createRun, losses } from '../support/runs';
import { complaintOf } from './complaint';

const DATASET = datasetOf(PATTERN);
const SYMBOLS = DATASET.vocabulary.codePoints.length;

const written = async (settings: Partial<Settings> = {}, kernels?: Kernels) => {
  const run = createRun(settings, kernels);
  await losses(run, 7);
  run.change({ learningRate: 0.003 });
  await losses(run, 6);
  return { run, snapshot: await run.snapshot() };
};

const complaint = (bytes: Uint8Array): string => complaintOf(() => readRunFile(bytes));

describe.each<Partial<Settings>>([
  {},
  { cell: 'gru', layers: 2, input: 'embedding', embeddingSize: 5, dropout: 0.2 },
  { cell: 'rnn', optimizer: 'sgd' },
  { optimizer: 'rmsprop', layers: 3 },
])('%o', (settings) => {
  it.each(['reference', 'simd'] as const)('is read as it was written, by %s', async (engine) => {
    const kernels = engine === 'simd' ? await createSimdKernels(await simdProgram()) : createReferenceKernels();
    const { run, snapshot } = await written(settings, kernels);
    const read = readRunFile(writeRunFile(snapshot, SYMBOLS));
    expect(read).toEqual(snapshot);
    const again = Run.restore({ snapshot: read, dataset: DATASET, kernels, memoryLimit: 1e9 });
    expect(await losses(again, 8)).toEqual(await losses(run, 8));
    expect(again.history).toEqual(run.history);
  });
});

it('names its tensors', async () => {
  const { snapshot } = await written();
  const { tensors, metadata } = readTensors(writeRunFile(snapshot, SYMBOLS));
  expect(tensors.get('layers.0.recurrent')?.shape).toEqual([8, 32]);
  expect(tensors.get('moment.1.output.bias')?.shape).toEqual([SYMBOLS]);
  expect(tensors.get('state.c.0')?.shape).toEqual([4, 8]);
  expect(metadata['format']).toBe('lstm-playground-run-1');
});

describe('what is no run of this program', () => {
  const broken = async (change: (file: { tensors: Map<string, never>; metadata: Record<string, string> }) => void) => {
    const { snapshot } = await written();
    const file = readTensors(writeRunFile(snapshot, SYMBOLS));
    const copy = { tensors: new Map(file.tensors), metadata: { ...file.metadata } };
    change(copy as never);
    return complaint(writeTensors(copy));
  };

  it('is refused, with what is wrong', async () => {
    expect(complaint(writeTensors({ tensors: new Map(), metadata: {} }))).toMatch(/not a run/);
    expect(await broken(({ metadata }) => (metadata['format'] = 'lstm-playground-run-2'))).toMatch(/another version/);
    expect(await broken(({ metadata }) => (metadata['run'] = '{'))).toMatch(/cannot be read/);
    expect(await broken(({ metadata }) => (metadata['run'] = '{}'))).toMatch(/cannot be read/);
    expect(await broken(({ tensors }) => tensors.delete('output.weight'))).toMatch(/output.weight is missing/);
    expect(await broken(({ tensors }) => tensors.delete('moment.0.output.bias'))).toMatch(/moment.0.output.bias/);
    expect(await broken(({ tensors }) => tensors.delete('state.c.0'))).toMatch(/state.c.0/);
    expect(await broken(({ tensors }) => tensors.delete('history.loss.sum'))).toMatch(/history.loss.sum/);
    const setting = (from: string, to: string) =>
      broken(({ metadata }) => (metadata['run'] = metadata['run'].replace(from, to)));
    expect(await setting('"units":8', '"units":9')).toMatch(/of another size/);
    const symbols = await setting(`"symbols":${String(SYMBOLS)}`, '"symbols":1e15');
    expect(symbols).toMatch(/of another size/);
    expect(await setting('"units":8', '"units":100000')).toMatch(/setting units is 100000/);
    expect(await setting('"cell":"lstm"', '"cell":"transformer"')).toMatch(/setting cell/);
    expect(await setting('"seed":1,', '')).toMatch(/seed is missing/);
  });
});
