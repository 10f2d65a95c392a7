/** Files of every version that there was are read, and what they took for granted stays known. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readRunFile, writeRunFile } from '../../../src/model/formats/runFile';
import type { RunToSave } from '../../../src/model/formats/runFile';
import { defaultsOf, VERSION } from '../../../src/model/formats/runVersions';
import { readTensors } from '../../../src/model/formats/safetensors';
import { createSimdKernels } from '../../../src/model/kernels/simd';
import { Run } from '../../../src/model/run';
import { DEFAULT_SETTINGS } from '../../../src/model/settings';
import { fromString } from '../../../src/model/text/decode';
import { createDataset } from '../../../src/model/text/vocabulary';
import { simdProgram } from '../../kernels/simdProgram';
import { losses } from '../support/runs';
import { complaintOf } from './complaint';
import { edited, fixture, FIXTURE_LOG, FIXTURE_TEXT, fixtureOf, rewritten } from './files';

const VERSIONS = Array.from({ length: VERSION }, (_, k) => k + 1);
const LOSSES = readFileSync(FIXTURE_LOG, 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => Number(line.split(',')[1]));

it('knows the settings of today: a new one, or another default, is a new version', () => {
  expect(defaultsOf(VERSION)).toEqual(DEFAULT_SETTINGS);
});

it('keeps what the first version took for granted', () => {
  // As the program that wrote the fixture had them.
  const { settings } = JSON.parse(readTensors(fixture(1)).metadata['run']) as { settings: object };
  const given = {
    units: 8,
    batch: 4,
    length: 8,
    layers: 2,
    dropout: 0.1,
    evaluateEvery: 5,
    threads: 1,
    learningRate: 0.02,
  };
  expect({ ...defaultsOf(1), ...given }).toEqual(settings);
});

describe.each(VERSIONS)('a file of version %d', (version) => {
  it('is kept as a fixture', () => {
    expect(existsSync(fixtureOf(version))).toBe(true);
    expect(readTensors(fixture(version)).metadata['format']).toBe(`lstm-playground-run-${String(version)}`);
  });

  it('goes on as the program that wrote it did, bit for bit', async () => {
    const { snapshot } = readRunFile(fixture(version));
    expect([...snapshot.history.loss.minimum]).toEqual(LOSSES.slice(0, 9));
    // Version 1 did not say what was changed from.
    const from = version === 1 ? null : '0.01';
    expect(snapshot.changes).toEqual([{ step: 6, name: 'learningRate', from, value: '0.02' }]);
    const dataset = createDataset(fromString(FIXTURE_TEXT), snapshot.settings);
    const kernels = await createSimdKernels(await simdProgram());
    const run = Run.restore({ snapshot, dataset, kernels, memoryLimit: 1e9 });
    expect(await losses(run, 11)).toEqual(LOSSES.slice(9));
  });

  it('takes the default of its own version for a setting that it lacks', () => {
    const read = readRunFile(rewritten(fixture(version), /"seed":1,|"clip":5,/g, ''));
    expect(read.snapshot.settings).toMatchObject({ seed: 1, clip: 5 });
    expect(read).toEqual(readRunFile(fixture(version)));
  });

  it('is refused where its settings are none', () => {
    const bytes = rewritten(fixture(version), /"settings":\{.*?\}/, '"settings":3');
    expect(complaintOf(() => readRunFile(bytes))).toBe('unreadable settings');
    const list = edited(fixture(version), ({ metadata }) => (metadata['run'] = '[]'));
    expect(complaintOf(() => readRunFile(list))).not.toBe('none');
  });
});

it('is written by this program as by every other of its version', () => {
  const bytes = fixture(VERSION);
  expect(writeRunFile(readRunFile(bytes) as RunToSave)).toEqual(bytes);
});

it('tells what version 1 did not know from what it did', () => {
  const { snapshot, textName, vocabulary } = readRunFile(
    rewritten(fixture(1), '"value":"0.02"}', '"value":"0.5"},{"step":7,"name":"learningRate","value":"0.02"}'),
  );
  expect(textName).toBeNull();
  expect(vocabulary).toBeNull();
  expect(snapshot.settings.corpus).toBe('own');
  expect(snapshot.changes.map(({ from, value }) => [from, value])).toEqual([
    [null, '0.5'],
    ['0.5', '0.02'],
  ]);
  const { changes, ...rest } = readRunFile(fixture(2)).snapshot;
  expect(changes).toHaveLength(1);
  expect(snapshot).toMatchObject(rest);
  expect(readRunFile(fixture(2)).textName).toBe('text.txt');
});
