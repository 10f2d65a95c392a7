/** A saved run's network on another text, in the page's worker: a new run, which is kept and comes back as any other. */
import { expect, it } from 'vitest';
import { fineTune } from '../../src/model/fineTuning';
import { readRunFile } from '../../src/model/formats/runFile';
import { createReferenceKernels } from '../../src/model/kernels/reference';
import { Run } from '../../src/model/run';
import { fromString } from '../../src/model/text/decode';
import { createDataset } from '../../src/model/text/vocabulary';
import { FakeCabinet } from './cabinet';
import { createHarness, TINY } from './harness';

type Harness = ReturnType<typeof createHarness>;

const OTHER = 'quagga quads jazz up the zoo, zebras too.\n'.repeat(15);

const harness = (cabinet = new FakeCabinet()) => createHarness(undefined, undefined, undefined, { cabinet });

const fileOf = async (worker: Harness, runId: string) => {
  const before = worker.all('run-file').length;
  worker.post({ type: 'save-run', runId });
  await worker.until(() => worker.all('run-file').length > before, 'the file');
  return worker.all('run-file')[before].bytes;
};

const read = async (worker: Harness, bytes: Uint8Array<ArrayBuffer>) => {
  const before = worker.all('run-read').length;
  worker.post({ type: 'read-run', fileId: `file-${String(before)}`, file: new File([bytes], 'run') });
  await worker.until(() => worker.all('run-read').length > before, 'the run');
  return worker.all('run-read')[before].run;
};

/** A file of seven steps on the usual text. */
const savedFile = async () => {
  const worker = harness();
  await worker.open({ runId: 'a', textId: await worker.loadText() });
  await worker.losses('a', 7);
  return fileOf(worker, 'a');
};

/** The same on another text, as the mathematics has it. */
const expected = async (bytes: Uint8Array<ArrayBuffer>, steps: number) => {
  const { snapshot, vocabulary } = readRunFile(bytes.slice());
  const symbols = vocabulary?.codePoints ?? Int32Array.of();
  const dataset = createDataset(fromString(OTHER), { ...snapshot.settings, before: symbols });
  const tuned = fineTune(snapshot, symbols, dataset);
  const run = Run.restore({ snapshot: tuned, dataset, kernels: createReferenceKernels(), memoryLimit: 1e9 });
  const losses: number[] = [];
  for (let k = 0; k < steps; k++) {
    await run.step();
    await run.settle();
    losses.push(run.metrics.loss);
  }
  return { losses, tunedFrom: tuned.tunedFrom, symbols: dataset.vocabulary.codePoints };
};

it('begins a new run, says what became of its symbols, and goes on from its own file and from undo', async () => {
  const bytes = await savedFile();
  const { losses, tunedFrom, symbols } = await expected(bytes, 12);
  expect(tunedFrom).toMatchObject({ step: 7 });
  expect(Math.min(tunedFrom?.kept ?? 0, tunedFrom?.added ?? 0)).toBeGreaterThan(0);

  const cabinet = new FakeCabinet();
  const worker = harness(cabinet);
  const textId = await worker.loadText(OTHER);
  const { settings, fileId } = await read(worker, bytes);
  await worker.open({ runId: 'b', textId, settings, from: fileId, tunes: true });
  expect(worker.phaseOf('b')?.metrics.step).toBe(0);
  expect(worker.description()).toMatchObject({ runId: 'b', tunedFrom, symbols, changes: [] });
  expect(await worker.losses('b', 5)).toEqual(losses.slice(0, 5));

  // Its file holds all of its vocabulary.
  const own = await fileOf(worker, 'b');
  expect(readRunFile(own.slice()).vocabulary?.codePoints).toEqual(symbols);
  const other = harness();
  const again = await other.loadText(OTHER);
  const saved = await read(other, own);
  await other.open({ runId: 'c', textId: again, settings: saved.settings, from: saved.fileId });
  expect(other.description()).toMatchObject({ tunedFrom });
  expect(await other.losses('c', 7)).toEqual(losses.slice(5));

  // It is replaced, and comes back with the symbols that its text lacks.
  await worker.open({ runId: 'd', textId, settings: TINY, replaces: 'b' });
  expect(worker.description()).toMatchObject({ runId: 'd', tunedFrom: null });
  worker.post({ type: 'undo', runId: 'd' });
  await worker.until(() => worker.all('replaced').at(-1)?.runId === 'b', 'the run before');
  await worker.until(() => worker.phaseOf('b')?.phase === 'ready', 'it is ready');
  expect(worker.description()).toMatchObject({ runId: 'b', tunedFrom, symbols });
  expect(await worker.losses('b', 7)).toEqual(losses.slice(5));

  // It is kept as a run of its own, and comes back after all is closed.
  await worker.until(() => {
    const last = worker.all('keeping').at(-1)?.keeping;
    return last?.state === 'saved' && last.runId === 'b' && last.step === 12;
  }, 'it is kept');
  const later = harness(cabinet);
  later.post({ type: 'recollect', fileId: 'f', runId: null });
  await later.until(() => later.all('run-read').length === 1, 'the kept run');
  const { run } = later.all('run-read')[0];
  expect(run).toMatchObject({ step: 12, kept: { runId: 'b' } });
  await later.open({ runId: 'b', textId: await later.loadText(OTHER), settings: run.settings, from: 'f' });
  expect(later.description()).toMatchObject({ tunedFrom, symbols });
});

it('asks for more symbols than its limit had room for, and is saved with a limit that has', async () => {
  const one = harness();
  const settings = { ...TINY, vocabularyLimit: 15 };
  await one.open({ runId: 'a', textId: await one.loadText(), settings });
  await one.losses('a', 2);
  const worker = harness();
  const textId = await worker.loadText(OTHER);
  const saved = await read(worker, await fileOf(one, 'a'));
  await worker.open({ runId: 'b', textId, settings: saved.settings, from: saved.fileId, tunes: true });
  await worker.losses('b', 2);
  const { snapshot, vocabulary } = readRunFile((await fileOf(worker, 'b')).slice());
  expect(vocabulary?.codePoints).toHaveLength(16);
  expect(snapshot.settings.vocabularyLimit).toBe(16);
});
