/** A run that is interrupted and goes on is the run that never was: every number to the last bit, in the page's worker. */
import { createHash } from 'node:crypto';
import { expect, it, vi } from 'vitest';
import { readRunFile } from '../../src/model/formats/runFile';
import { deriveKey, uniform } from '../../src/model/random';
import type { Settings } from '../../src/model/settings';
import { createHarness, TINY } from './harness';

vi.setConfig({ testTimeout: 180_000 });

const LAST = 60;
const SEED = 20;

/** Steps at which it is interrupted, by chance, each once. */
const STEPS = Array.from({ length: LAST - 1 }, (_, k) => k + 1)
  .map((step) => ({ step, chance: uniform(deriveKey(SEED), step) }))
  .sort((a, b) => a.chance - b.chance)
  .slice(0, 20)
  .map(({ step }) => step)
  .sort((a, b) => a - b);

const SETTINGS: Settings = {
  ...TINY,
  engine: 'simd',
  layers: 2,
  batch: 8,
  dropout: 0.3,
  warmup: 10,
  schedule: 'cosine',
  scheduleSteps: 50,
  prompt: 'the ',
  sampleLength: 40,
};

type Harness = ReturnType<typeof createHarness>;

const simd = (): Harness => {
  const worker = createHarness();
  worker.engine.isReal = true;
  return worker;
};

/** A run of its own; it has written its first sample. */
const begin = async (): Promise<Harness> => {
  const worker = simd();
  await worker.open({ runId: 'a', textId: await worker.loadText(), settings: SETTINGS });
  await worker.until(() => worker.all('sample').some(({ sample }) => sample.complete), 'the first sample');
  return worker;
};

const fileOf = async (worker: Harness, runId: string) => {
  const before = worker.all('run-file').length;
  worker.post({ type: 'save-run', runId });
  await worker.until(() => worker.all('run-file').length > before, 'the file');
  return worker.all('run-file')[before].bytes;
};

const sampleOf = async (worker: Harness, runId: string) => {
  const asked = () => worker.all('sample').filter(({ sample }) => sample.asked && sample.complete);
  const before = asked().length;
  worker.post({ type: 'sample', runId });
  await worker.until(() => asked().length > before, 'the sample');
  const { step, prompt, text } = asked()[before].sample;
  return { step, prompt, text };
};

/** Everything that a run is at its end: weights, moments, states, counters and curve; what it measured; what it writes. */
const endOf = async (worker: Harness, runId: string) => ({
  file: createHash('sha256')
    .update(await fileOf(worker, runId))
    .digest('hex'),
  sample: await sampleOf(worker, runId),
});

it('at any of 20 steps', async () => {
  expect(new Set(STEPS).size).toBe(20);
  const whole = await begin();
  const losses = await whole.losses('a', LAST);
  const end = await endOf(whole, 'a');
  expect(end.sample).toMatchObject({ step: LAST, prompt: 'the ' });
  expect(end.sample.text).toHaveLength(40);

  // To be saved on the way changes nothing.
  const watched = await begin();
  const files = new Map<number, Uint8Array<ArrayBuffer>>();
  const again: number[] = [];
  for (let step = 1; step <= LAST; step++) {
    again.push(...(await watched.losses('a', 1)));
    if (STEPS.includes(step)) files.set(step, await fileOf(watched, 'a'));
  }
  expect(again).toEqual(losses);
  expect(await endOf(watched, 'a')).toEqual(end);

  for (const [step, bytes] of files) {
    const { metrics } = readRunFile(bytes.slice()).snapshot;
    expect(metrics).toMatchObject({ step, loss: losses[step - 1] });
    const other = simd();
    const textId = await other.loadText();
    other.post({ type: 'read-run', fileId: 'f', file: new File([bytes], 'run') });
    await other.until(() => other.all('run-read').length === 1, 'the run');
    await other.open({ runId: 'b', textId, settings: other.all('run-read')[0].run.settings, from: 'f' });
    expect(await other.losses('b', LAST - step), `from step ${String(step)}`).toEqual(losses.slice(step));
    expect(await endOf(other, 'b'), `from step ${String(step)}`).toEqual(end);
  }
});
