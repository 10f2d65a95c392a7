/** A run that was written to a file and read again goes on as if nothing had happened; what is no such file is refused. */
import { describe, expect, it } from 'vitest';
import { CHECKSUM } from '../../../src/model/formats/checksum';
import { readRunFile, writeRunFile } from '../../../src/model/formats/runFile';
import { formatOf, VERSION } from '../../../src/model/formats/runVersions';
import { readTensors, writeTensors } from '../../../src/model/formats/safetensors';
import type { StoredTensor } from '../../../src/model/formats/safetensors';
import { createReferenceKernels } from '../../../src/model/kernels/reference';
import { createSimdKernels } from '../../../src/model/kernels/simd';
import { Run } from '../../../src/model/run';
import type { Settings } from '../../../src/model/settings';
import { simdProgram } from '../../kernels/simdProgram';
import { datasetOf, PATTERN } from '../support/dataset';
import { createRun, losses } from '../support/runs';
import { complaintOf } from './complaint';
import { edited, fixture, rewritten, savedRun } from './files';
import type { Parts } from './files';

const DATASET = datasetOf(PATTERN);
const SYMBOLS = DATASET.vocabulary.codePoints.length;

const complaint = (bytes: Uint8Array<ArrayBuffer>): string => complaintOf(() => readRunFile(bytes));

describe.each<Partial<Settings>>([
  {},
  { cell: 'gru', layers: 2, input: 'embedding', embeddingSize: 5, dropout: 0.2 },
  { cell: 'rnn', optimizer: 'sgd' },
  { optimizer: 'rmsprop', layers: 3 },
])('%o', (settings) => {
  it.each(['reference', 'simd'] as const)('is read as it was written, by %s', async (engine) => {
    const kernels = engine === 'simd' ? await createSimdKernels(await simdProgram()) : createReferenceKernels();
    const { run, saved } = await savedRun(settings, kernels);
    const read = readRunFile(writeRunFile(saved));
    expect(read).toEqual(saved);
    const again = Run.restore({ snapshot: read.snapshot, dataset: DATASET, kernels, memoryLimit: 1e9 });
    expect(await losses(again, 8)).toEqual(await losses(run, 8));
    expect(again.history).toEqual(run.history);
  });
});

it('holds a run that has not begun, and one of many steps', { timeout: 60_000 }, async () => {
  const run = createRun({ units: 4, evaluateEvery: 1 }, await createSimdKernels(await simdProgram()));
  const save = async () => {
    const saved = { snapshot: await run.snapshot(), textName: '', vocabulary: DATASET.vocabulary };
    expect(readRunFile(writeRunFile(saved))).toEqual(saved);
  };
  await save();
  // Past the capacity of the history, buckets are merged and points thinned.
  for (const steps of [1, 1023, 1, 1024, 500]) {
    for (let k = 0; k < steps; k++) await run.step();
    await save();
  }
});

it('keeps nothing of the bytes that it was read from', async () => {
  const { saved } = await savedRun({ layers: 2 });
  const bytes = writeRunFile(saved);
  const read = readRunFile(bytes);
  bytes.fill(0);
  expect(read).toEqual(saved);
});

it('names its tensors', async () => {
  const { saved } = await savedRun();
  const { tensors, metadata } = readTensors(writeRunFile(saved));
  expect(tensors.get('layers.0.recurrent')?.shape).toEqual([8, 32]);
  expect(tensors.get('moment.1.output.bias')?.shape).toEqual([SYMBOLS]);
  expect(tensors.get('state.c.0')?.shape).toEqual([4, 8]);
  expect(tensors.get('vocabulary.codePoints')?.values).toEqual(DATASET.vocabulary.codePoints);
  expect([...tensors.keys()].at(-1)).toBe(CHECKSUM);
  expect(metadata['format']).toBe(formatOf(VERSION));
  expect(metadata['run']).toContain('"text":{"name":"pattern.txt"');
});

it('notices every bit that has changed, wherever it stands', { timeout: 60_000 }, async () => {
  const { saved } = await savedRun({ units: 4 });
  const bytes = writeRunFile(saved);
  const accepted: number[] = [];
  // All over the file, each bit in its turn.
  for (let k = 0; k < bytes.length; k += 7) {
    bytes[k] ^= 1 << (k % 8);
    if (complaint(bytes) === 'none') accepted.push(k);
    bytes[k] ^= 1 << (k % 8);
  }
  expect(accepted).toEqual([]);
  expect(complaint(bytes)).toBe('none');
});

describe('what is no run of this program', () => {
  const GOOD = fixture(VERSION);
  const broken = (change: (parts: Parts) => void) => complaint(edited(GOOD, change));
  const record = (from: string | RegExp, to: string) => complaint(rewritten(GOOD, from, to));
  const tensorIn = (tensors: Parts['tensors'], name: string): StoredTensor => {
    const tensor = tensors.get(name);
    if (!tensor) throw new Error(`No ${name}`);
    return tensor;
  };
  /** With one value of a tensor replaced. */
  const value = (name: string, to: number, at = 0) =>
    broken(({ tensors }) => {
      const { shape, values } = tensorIn(tensors, name);
      const copy = values.slice();
      copy[at] = to;
      tensors.set(name, { shape, values: copy });
    });
  const reshaped = (name: string, shape: number[]) =>
    broken(({ tensors }) => {
      tensors.set(name, { ...tensorIn(tensors, name), shape });
    });

  it('is said to be none', () => {
    expect(complaint(writeTensors({ tensors: new Map(), metadata: {} }))).toBe('foreign');
    expect(broken(({ metadata }) => (metadata['format'] = 'pt'))).toBe('foreign');
    expect(broken(({ metadata }) => (metadata['format'] = 'lstm-playground-run-0'))).toBe('foreign');
  });

  it('may be of a later version', () => {
    expect(broken(({ metadata }) => (metadata['format'] = formatOf(VERSION + 1)))).toBe(`newer ${String(VERSION + 1)}`);
    // Whatever else it holds; but not where the checksum says that the number itself is the damage.
    const later = (dtype: string) => {
      const header = {
        __metadata__: { format: 'lstm-playground-run-12' },
        x: { dtype, shape: [1], data_offsets: [0, 2] },
      };
      const json = new TextEncoder().encode(JSON.stringify(header));
      return Uint8Array.from([json.length, 0, 0, 0, 0, 0, 0, 0, ...json, 0, 0]);
    };
    expect(complaint(later('BF16'))).toBe('newer 12');
    const text = Buffer.from(GOOD)
      .toString('latin1')
      .replace(formatOf(VERSION), formatOf(VERSION + 1));
    expect(complaint(Uint8Array.from(Buffer.from(text, 'latin1')))).toBe('changed');
  });

  it('lacks or has a tensor', () => {
    for (const name of ['output.weight', 'moment.0.output.bias', 'state.c.0', 'history.loss.sum', CHECKSUM]) {
      expect(broken(({ tensors }) => tensors.delete(name))).toBe(`missing ${name}`);
    }
    const one = { shape: [1], values: Float32Array.of(1) };
    expect(broken(({ tensors }) => tensors.set('layers.2.bias', one))).toBe('unknown layers.2.bias');
  });

  it('has a tensor of another size or type', () => {
    expect(record('"units":8', '"units":9')).toBe('size layers.0.input');
    expect(record('"symbols":15', '"symbols":16')).toBe('size layers.0.input');
    expect(reshaped('output.weight', [15, 8])).toBe('size output.weight');
    expect(reshaped('state.h.0', [8, 4])).toBe('size state.h.0');
    expect(reshaped('state.c.1', [32])).toBe('size state.c.1');
    expect(
      broken(({ tensors }) => {
        const values = Float64Array.from(tensorIn(tensors, 'output.bias').values);
        tensors.set('output.bias', { shape: [15], values });
      }),
    ).toBe('size output.bias');
    // Ten billion buckets are asked for before any of them is made room for.
    expect(record('"width":1,', '"width":8388608,')).toBe('size history.loss.minimum');
  });

  it('has a number that is none', () => {
    expect(value('layers.1.recurrent', NaN, 5)).toBe('not-finite layers.1.recurrent');
    expect(value('moment.0.output.weight', Infinity)).toBe('not-finite moment.0.output.weight');
    expect(value('moment.1.output.weight', -1)).toBe('bounds moment.1. -1');
    expect(value('state.h.1', -Infinity)).toBe('not-finite state.h.1');
    expect(value('history.loss.sum', NaN)).toBe('not-finite history.loss.sum');
    expect(value('history.heldOut.values', NaN)).toBe('not-finite history.heldOut.values');
    expect(record(/"loss":[\d.]+/, '"loss":null')).toBe('not-finite metrics.loss');
    expect(record(/"gradientNorm":[\d.]+/, '"gradientNorm":1e999')).toBe('bounds metrics.gradientNorm Infinity');
    expect(record(/"power2":[\d.]+/, '"power2":null')).toBe('unreadable counters.power2');
  });

  it('has a number out of bounds', () => {
    expect(record('"symbols":15', '"symbols":1e15')).toBe('bounds symbols 1000000000000000');
    expect(record('"vocabularyLimit":1024', '"vocabularyLimit":14')).toBe('bounds symbols 15');
    expect(record('"units":8', '"units":100000')).toBe('bounds settings.units 100000');
    expect(record('"units":8', '"units":"8"')).toBe('bounds settings.units 8');
    expect(record('"cell":"lstm"', '"cell":"transformer"')).toBe('bounds settings.cell transformer');
    expect(record('"seed":1,', '"seed":1,"attention":1,')).toBe('unknown settings.attention');
    expect(record('"counters":{"step":9', '"counters":{"step":-9')).toBe('bounds counters.step -9');
    expect(record('"counters":{"step":9', '"counters":{"step":10')).toBe('bounds metrics.step 9');
    expect(record('"position":72', '"position":1e12')).toBe('bounds counters.position 1000000000000');
    expect(record(/"power1":[\d.]+/, '"power1":1.5')).toBe('bounds counters.power1 1.5');
    expect(record('"characters":288', '"characters":289')).toBe('bounds metrics.characters 289');
    expect(record('[{"step":6', '[{"step":10')).toBe('bounds changes.0.step 10');
    expect(record('"value":"0.02"', '"value":"-1"')).toBe('bounds changes.0.value -1');
    expect(record('"from":"0.01"', '"from":"1,000"')).toBe('bounds changes.0.from 1,000');
    expect(record('"name":"learningRate"', '"name":"units"')).toMatch(/changes.0.name/);
    expect(record('"count":9,"smoothed"', '"count":1e9,"smoothed"')).toBe('bounds history.count 1000000000');
    expect(record('"width":1,', '"width":3,')).toBe('bounds history.width 3');
    expect(record('"smoothed":{"stride":1', '"smoothed":{"stride":7')).toBe('bounds history.smoothed.stride 7');
    expect(record('"stride":1,"taken":9', '"stride":1,"taken":1e14')).toBe('bounds history.smoothed.stride 1');
    expect(value('history.smoothed.steps', 12, 8)).toBe('bounds history.smoothed.steps 12');
    expect(value('vocabulary.codePoints', 0xd800)).toBe('bounds vocabulary.codePoints 55296');
    expect(value('vocabulary.codePoints', -1)).toBe('bounds vocabulary.codePoints -1');
    expect(value('vocabulary.codePoints', 'a'.charCodeAt(0))).toBe(`bounds vocabulary.codePoints 97`);
    expect(value('vocabulary.counts', 0.5)).toBe('bounds vocabulary.counts 0.5');
  });

  it('has a record that is none', () => {
    expect(broken(({ metadata }) => (metadata['run'] = '{'))).toBe('unreadable run');
    expect(broken(({ metadata }) => (metadata['run'] = 'null'))).toBe('unreadable run');
    expect(broken(({ metadata }) => (metadata['run'] = '{}'))).toBe('missing text');
    expect(broken(({ metadata }) => Reflect.deleteProperty(metadata, 'run'))).toBe('unreadable run');
    expect(record('"step":9', '"stop":9')).toMatch(/counters.st[eo]p$/);
  });
});

it('is not continued on a text that gives it other sizes', async () => {
  const { saved } = await savedRun();
  const { snapshot } = readRunFile(writeRunFile(saved));
  const dataset = { ...datasetOf(`${PATTERN}!`.repeat(3)), textHash: snapshot.textHash };
  const restore = () => Run.restore({ snapshot, dataset, kernels: createReferenceKernels(), memoryLimit: 1e9 });
  expect(complaintOf(restore)).toBe('size parameters');
});
