/** Runs that outlive the worker: kept beside training, read again, and gone on with to the last bit. */
import { describe, expect, it } from 'vitest';
import { readRunFile } from '../../src/model/formats/runFile';
import type { Settings } from '../../src/model/settings';
import { FakeCabinet } from './cabinet';
import { createHarness, TEXT, TINY } from './harness';

type Harness = ReturnType<typeof createHarness>;

const harness = (cabinet = new FakeCabinet(), turn = () => Promise.resolve()) =>
  createHarness(undefined, undefined, undefined, { cabinet, turn });

const keepings = ({ all }: Harness) => all('keeping').map(({ keeping }) => keeping);
const savedStep = (worker: Harness) => {
  const last = keepings(worker).at(-1);
  return last?.state === 'saved' ? last.step : null;
};
const isSaved = (worker: Harness, step: number) => worker.until(() => savedStep(worker) === step, `step ${step} saved`);

/** Opens the run that the worker has read. */
const openRead = async (worker: Harness, textId: string, runId: string) => {
  const { run } = worker.all('run-read').at(-1) ?? {};
  if (run === undefined) throw new Error('no run was read');
  await worker.open({ runId, textId, settings: run.settings, from: run.fileId });
  return run;
};

describe('a run as a file', () => {
  it('goes on in another worker as if it had not been interrupted, on simd to the last bit', async () => {
    const settings: Settings = { ...TINY, batch: 8, dropout: 0.2, warmup: 4, engine: 'simd' };
    const one = harness();
    one.engine.isReal = true;
    await one.open({ runId: 'a', textId: await one.loadText(), settings });
    await one.losses('a', 7);
    one.post({ type: 'save-run', runId: 'a' });
    await one.until(() => one.all('run-file').length === 1, 'the file');
    const [{ bytes, step }] = one.all('run-file');
    expect(step).toBe(7);
    const uninterrupted = await one.losses('a', 20);

    const other = harness();
    other.engine.isReal = true;
    const textId = await other.loadText();
    other.post({ type: 'read-run', fileId: 'f', file: new File([bytes], 'run.safetensors') });
    await other.until(() => other.all('run-read').length === 1, 'the run');
    const run = await openRead(other, textId, 'b');
    expect(run).toMatchObject({ step: 7, textName: '', settings, kept: null });
    expect(other.phaseOf('b')).toMatchObject({ phase: 'ready', metrics: { step: 7 } });
    expect(await other.losses('b', 20)).toEqual(uninterrupted);
    other.giveBuffer();
    await other.until(() => other.all('frame').length > 0, 'a frame');
    expect(other.all('frame').at(-1)?.history.milestones.steps.slice(0, 27)).toEqual(
      Float64Array.from({ length: 27 }, (_, k) => k + 1),
    );
  });

  it('takes the place of a run that can be brought back', async () => {
    const worker = harness();
    const textId = await worker.loadText();
    await worker.open({ runId: 'a', textId });
    await worker.losses('a', 3);
    worker.post({ type: 'save-run', runId: 'a' });
    await worker.until(() => worker.all('run-file').length === 1, 'the file');
    const [{ bytes }] = worker.all('run-file');
    await worker.losses('a', 2);
    worker.post({ type: 'read-run', fileId: 'f', file: new File([bytes], 'run.safetensors') });
    await worker.until(() => worker.all('run-read').length === 1, 'the run');
    const { run } = worker.all('run-read')[0];
    await worker.open({ runId: 'b', textId, settings: run.settings, from: 'f', replaces: 'a' });
    expect(worker.phaseOf('b')?.metrics.step).toBe(3);
    expect(worker.all('deeds').at(-1)?.undo).toMatchObject([{ runId: 'a', step: 5 }]);
    worker.post({ type: 'undo', runId: 'b' });
    await worker.until(() => worker.all('replaced').at(-1)?.runId === 'a', 'the run before');
    await worker.until(() => worker.phaseOf('a')?.metrics.step === 5, 'its step');
  });

  it('that is damaged, or is none, is named, and the run on the page goes on', async () => {
    const worker = harness();
    await worker.open({ runId: 'a', textId: await worker.loadText() });
    worker.post({ type: 'save-run', runId: 'a' });
    await worker.until(() => worker.all('run-file').length === 1, 'the file');
    const bytes = worker.all('run-file')[0].bytes.slice();
    bytes[bytes.length >> 1] ^= 1;
    const unread = () => worker.all('run-unread').at(-1)?.failure;
    worker.post({ type: 'read-run', fileId: 'f', file: new File([bytes], 'run.safetensors') });
    await worker.until(() => worker.all('run-unread').length === 1, 'the complaint');
    expect(unread()).toEqual({ code: 'run-file-damaged', fault: { kind: 'changed' } });
    worker.post({ type: 'read-run', fileId: 'g', file: new File(['a letter'], 'letter.txt') });
    await worker.until(() => worker.all('run-unread').length === 2, 'the complaint');
    expect(unread()).toMatchObject({ code: 'run-file-damaged' });
    expect(await worker.losses('a', 2)).toHaveLength(2);
  });

  it('that says of its text what is not so is not opened', async () => {
    const worker = harness();
    await worker.open({ runId: 'a', textId: await worker.loadText() });
    worker.post({ type: 'save-run', runId: 'a' });
    await worker.until(() => worker.all('run-file').length === 1, 'the file');
    const { bytes } = worker.all('run-file')[0];
    worker.post({ type: 'read-run', fileId: 'f', file: new File([bytes], 'run.safetensors') });
    await worker.until(() => worker.all('run-read').length === 1, 'the run');
    const other = await worker.loadText(TEXT.replaceAll('cat', 'elephant'));
    const { settings } = worker.all('run-read')[0].run;
    worker.post({
      type: 'open',
      runId: 'b',
      textId: other,
      settings,
      from: 'f',
      replaces: 'a',
      when: 'ready',
      then: 'wait',
    });
    await worker.phase('b', 'failed');
    expect(worker.phaseOf('b')?.failure).toMatchObject({
      code: 'run-file-damaged',
      fault: { where: 'vocabulary.codePoints' },
    });
    expect(await worker.losses('a', 1)).toHaveLength(1);
  });
});

describe('the run on the page', () => {
  it('is kept a few seconds after it has begun to train, once after a pause, and not before its first step', async () => {
    const cabinet = new FakeCabinet();
    const worker = harness(cabinet);
    await worker.open({ runId: 'a', textId: await worker.loadText() });
    await worker.pass(10_000);
    expect(cabinet.writes).toBe(0);
    worker.engine.scanMilliseconds = 20;
    worker.post({ type: 'train', runId: 'a' });
    await worker.until(() => savedStep(worker) !== null, 'it saved');
    const began = worker.clock.now();
    const writes = cabinet.writes;
    await worker.until(() => worker.clock.now() > began + 16_000, 'a while');
    // Each five seconds.
    expect(cabinet.writes - writes).toBe(3);
    worker.post({ type: 'pause', runId: 'a' });
    await worker.phase('a', 'ready');
    const step = worker.phaseOf('a')?.metrics.step ?? 0;
    await isSaved(worker, step);
    const after = cabinet.writes;
    await worker.pass(20_000);
    expect(cabinet.writes).toBe(after);
  });

  it('that is large is saved more rarely, for no more than a fiftieth of the time, and says what an interruption costs', async () => {
    const worker = harness();
    await worker.open({ runId: 'a', textId: await worker.loadText() });
    worker.engine.fileMilliseconds = 200;
    worker.engine.scanMilliseconds = 50;
    worker.post({ type: 'train', runId: 'a' });
    await worker.until(() => keepings(worker).length > 0, 'it saved');
    const [first] = keepings(worker);
    expect(first).toMatchObject({ state: 'saved', every: 10_000 });
    const began = worker.clock.now();
    await worker.pass(60_000);
    const files = keepings(worker).length - 1;
    expect(files).toBeGreaterThanOrEqual(4);
    expect((files * 200) / (worker.clock.now() - began)).toBeLessThanOrEqual(0.02);
  });

  it('comes back in another worker, with its own text and what the page kept, and goes on to the last bit', async () => {
    const cabinet = new FakeCabinet();
    const one = harness(cabinet);
    await one.open({ runId: 'a', textId: await one.loadText() });
    await one.losses('a', 6);
    one.post({ type: 'change', runId: 'a', settings: { temperature: 0.3, learningRate: 0.01 } });
    one.post({ type: 'keep-page', runId: 'a', page: 'samples and view' });
    await one.losses('a', 3);
    await isSaved(one, 9);
    // The worker is killed before it can write another state.
    cabinet.breaks = { error: new Error('killed'), leavesHalf: true };
    const uninterrupted = await one.losses('a', 20);
    await one.until(() => keepings(one).at(-1)?.state === 'failed', 'the end');
    cabinet.breaks = null;

    const two = harness(cabinet);
    two.post({ type: 'recollect', fileId: 'f', runId: null });
    await two.until(() => two.all('run-read').length === 1, 'the run');
    const { run } = two.all('run-read')[0];
    expect(run.kept).toEqual({ runId: 'a', page: 'samples and view' });
    expect(run.settings).toMatchObject({ temperature: 0.3, learningRate: 0.01 });
    expect(run.source).toEqual({ kind: 'kept', hash: run.textHash });
    two.post({ type: 'load-text', textId: 'kept', source: run.source ?? { kind: 'pasted', text: '' } });
    await two.until(() => two.all('text-ready').length === 1, 'its text');
    expect(two.all('text-ready')[0].facts).toEqual(one.all('text-ready')[0].facts);
    await openRead(two, 'kept', 'a');
    expect(two.phaseOf('a')?.metrics.step).toBe(9);
    expect(await two.losses('a', 20)).toEqual(uninterrupted);
  });

  it('of an earlier visit is told of where another one is on the page, and stays until that is settled', async () => {
    const cabinet = new FakeCabinet();
    const one = harness(cabinet);
    await one.open({ runId: 'a', textId: await one.loadText() });
    await one.losses('a', 4);
    await isSaved(one, 4);

    const two = harness(cabinet);
    const textId = await two.loadText();
    await two.open({ runId: 'b', textId });
    await two.until(() => two.all('run-kept').length === 1, 'the offer');
    expect(two.all('run-kept')[0]).toMatchObject({ runId: 'a', step: 4 });
    for (const [k, runId] of ['b', 'c', 'd'].entries()) {
      if (k > 0) await two.open({ runId, textId, replaces: ['b', 'c'][k - 1] });
      await two.losses(runId, 1);
      await two.until(() => keepings(two).some((told) => told.state === 'saved' && told.runId === runId), runId);
    }
    two.post({ type: 'recollect', fileId: 'f', runId: 'a' });
    await two.until(() => two.all('run-read').length === 1, 'the run');
    await openRead(two, textId, 'a');
    expect(two.phaseOf('a')?.metrics.step).toBe(4);
  });

  it('goes on unsaved where there is no room, says so, and is saved once there is', async () => {
    const cabinet = new FakeCabinet();
    cabinet.breaks = { error: new DOMException('', 'QuotaExceededError'), leavesHalf: false };
    const worker = harness(cabinet);
    await worker.open({ runId: 'a', textId: await worker.loadText() });
    await worker.losses('a', 2);
    await worker.until(() => keepings(worker).length > 0, 'the complaint');
    expect(keepings(worker)).toEqual([{ state: 'failed', failure: { code: 'storage-full' } }]);
    await worker.losses('a', 2);
    cabinet.breaks = null;
    worker.clock.advance(30_000);
    await isSaved(worker, 4);
  });

  it('goes on unsaved where the browser refuses, says so, and can be saved as a file', async () => {
    const cabinet = new FakeCabinet();
    cabinet.refuses = new DOMException('denied', 'SecurityError');
    const worker = harness(cabinet);
    worker.post({ type: 'recollect', fileId: 'f', runId: null });
    await worker.until(() => worker.all('run-unread').length === 1, 'the complaint');
    expect(worker.all('run-unread')[0].failure).toMatchObject({ code: 'storage-refused' });
    await worker.open({ runId: 'a', textId: await worker.loadText() });
    await worker.losses('a', 2);
    await worker.until(() => keepings(worker).length > 0, 'the complaint');
    expect(keepings(worker)[0]).toMatchObject({ state: 'failed', failure: { code: 'storage-refused' } });
    worker.post({ type: 'save-run', runId: 'a' });
    await worker.until(() => worker.all('run-file').length === 1, 'the file');
    expect(readRunFile(worker.all('run-file')[0].bytes).snapshot.metrics.step).toBe(2);
    cabinet.refuses = null;
    worker.clock.advance(30_000);
    await isSaved(worker, 2);
  });

  it('is not waited for where the storage does not answer, when it is read and when it is saved', async () => {
    const cabinet = new FakeCabinet();
    cabinet.hangs = true;
    const worker = harness(cabinet);
    worker.post({ type: 'recollect', fileId: 'f', runId: null });
    await worker.pass(100);
    worker.clock.advance(30_000);
    await worker.until(() => worker.all('run-unread').length === 1, 'the complaint');
    expect(worker.all('run-unread')[0].failure).toMatchObject({ code: 'storage-refused' });
    cabinet.hangs = false;
    await worker.open({ runId: 'a', textId: await worker.loadText() });
    await worker.losses('a', 2);
    worker.clock.advance(30_000);
    await isSaved(worker, 2);
    cabinet.hangs = true;
    await worker.losses('a', 1);
    await worker.pass(3000);
    worker.clock.advance(30_000);
    await worker.until(() => keepings(worker).at(-1)?.state === 'failed', 'the refusal');
    cabinet.hangs = false;
    worker.clock.advance(30_000);
    await isSaved(worker, 3);
  });

  it('is not saved while another page is, and from the moment on when that is gone', async () => {
    const cabinet = new FakeCabinet();
    const one = harness(cabinet);
    await one.open({ runId: 'a', textId: await one.loadText() });
    await one.losses('a', 5);
    await isSaved(one, 5);

    let end: () => void = () => undefined;
    const two = harness(cabinet, () => new Promise((resolve) => (end = resolve)));
    two.post({ type: 'recollect', fileId: 'f', runId: null });
    await two.until(() => two.all('run-read').length === 1, 'the run');
    // It goes on with a copy: that of the other page is not written over.
    expect(two.all('run-read')[0].run.kept?.runId).toBeNull();
    expect(keepings(two)).toEqual([{ state: 'elsewhere' }]);
    await openRead(two, await two.loadText(), 'b');
    await two.losses('b', 2);
    const { writes } = cabinet;
    await two.pass(20_000);
    expect(cabinet.writes).toBe(writes);
    await one.losses('a', 5);
    await isSaved(one, 10);
    end();
    await isSaved(two, 7);
    // Nothing of the other one is lost.
    const three = harness(cabinet);
    three.post({ type: 'recollect', fileId: 'f', runId: 'a' });
    await three.until(() => three.all('run-read').length === 1, 'the run');
    expect(three.all('run-read')[0].run.step).toBe(10);
  });
});
