/** The list of kept runs: what is in it, and what the reader can do with each. */
import { describe, expect, it } from 'vitest';
import type { KeptList, KeptOrder } from '../../src/workers/protocol';
import { FakeCabinet } from './cabinet';
import { createHarness, TINY } from './harness';

type Harness = ReturnType<typeof createHarness>;

const harness = (cabinet = new FakeCabinet(), turn = () => Promise.resolve()) =>
  createHarness(undefined, undefined, undefined, { cabinet, turn });

/** What the worker answers to it. */
const order = async (worker: Harness, wished: KeptOrder): Promise<KeptList> => {
  const before = worker.all('kept-runs').length;
  worker.post({ type: 'kept', order: wished });
  await worker.until(() => worker.all('kept-runs').length > before, 'the list');
  const list = worker.all('kept-runs').at(-1)?.list;
  if (list === undefined) throw new Error('no list');
  return list;
};
const listed = async (worker: Harness) => (await order(worker, { what: 'list' })).runs;

/** Whether that step of the run is kept. */
const isKept = (worker: Harness, runId: string, step: number) =>
  worker.until(
    () =>
      worker
        .all('keeping')
        .some(({ keeping }) => keeping.state === 'saved' && keeping.runId === runId && keeping.step === step),
    `step ${step} of ${runId} kept`,
  );

describe('the list of kept runs', () => {
  it('has what was on the page and what was replaced, as it stood when it left', async () => {
    const worker = harness();
    const textId = await worker.loadText();
    await worker.open({ runId: 'a', textId });
    await worker.losses('a', 2);
    await isKept(worker, 'a', 2);
    const losses = await worker.losses('a', 3);
    // At once, before its next save is due.
    await worker.open({ runId: 'b', textId, settings: { ...TINY, units: 6 }, replaces: 'a' });
    await isKept(worker, 'a', 5);
    await worker.losses('b', 1);
    await isKept(worker, 'b', 1);
    const runs = await listed(worker);
    expect(runs.map(({ runId, card }) => [runId, card.step, card.settings.units])).toEqual([
      ['b', 1, 6],
      ['a', 5, TINY.units],
    ]);
    const { curve, heldOutLoss, smoothedLoss } = runs[1].card;
    expect(curve).toHaveLength(5);
    expect(curve.slice(2)).toEqual(losses);
    expect(smoothedLoss).toBeCloseTo(worker.phaseOf('a')?.metrics.smoothedLoss ?? NaN, 6);
    expect(heldOutLoss).toBeGreaterThan(0);
    expect(runs[1].bytes).toBeGreaterThan(1000);
  });

  it('is changed as the reader wishes, and each of its runs can be opened', async () => {
    const cabinet = new FakeCabinet();
    const worker = harness(cabinet);
    const textId = await worker.loadText();
    await worker.open({ runId: 'a', textId });
    await worker.losses('a', 4);
    await isKept(worker, 'a', 4);
    await order(worker, { what: 'name', runId: 'a', name: 'the first' });
    await order(worker, { what: 'duplicate', runId: 'a', as: 'copy-1', name: 'a copy' });
    const next = await worker.losses('a', 3);
    await isKept(worker, 'a', 7);
    await order(worker, { what: 'remove', runId: 'copy-1' });
    const { runs, space, isOurs } = await order(worker, { what: 'put-back', runId: 'copy-1' });
    expect(runs.map(({ runId, name, parent, isRemoved, card }) => [runId, name, parent, isRemoved, card.step])).toEqual(
      [
        ['a', 'the first', null, false, 7],
        ['copy-1', 'a copy', 'a', false, 4],
      ],
    );
    expect({ space, isOurs }).toEqual({ space: { used: 1e6, most: 1e9 }, isOurs: true });

    worker.post({ type: 'recollect', fileId: 'f', runId: 'copy-1' });
    await worker.until(() => worker.all('run-read').length === 1, 'the run');
    const { kept, settings } = worker.all('run-read')[0].run;
    expect(kept?.runId).toBe('copy-1');
    await worker.open({ runId: 'copy-1', textId, settings, from: 'f', replaces: 'a' });
    // A fork: it goes on as the original did, and leaves it alone.
    expect(await worker.losses('copy-1', 3)).toEqual(next);
    await isKept(worker, 'copy-1', 7);
    await worker.losses('copy-1', 1);
    await isKept(worker, 'copy-1', 8);
    expect((await listed(harness(cabinet))).map(({ runId, card }) => [runId, card.step])).toEqual([
      ['copy-1', 8],
      ['a', 7],
    ]);
  });

  it('has a run that was replaced before what keeps runs was there, behind the one that took its place', async () => {
    const cabinet = new FakeCabinet();
    const worker = harness(cabinet);
    const textId = await worker.loadText();
    await worker.open({ runId: 'a', textId });
    await worker.losses('a', 2);
    await worker.open({ runId: 'b', textId, settings: { ...TINY, units: 6 }, replaces: 'a' });
    expect(cabinet.writes).toBe(0);
    await worker.losses('b', 3);
    await isKept(worker, 'b', 3);
    await isKept(worker, 'a', 2);
    expect((await listed(worker)).map(({ runId, card }) => [runId, card.step])).toEqual([
      ['b', 3],
      ['a', 2],
    ]);
    // What comes back first is what was on the page.
    const next = harness(cabinet);
    next.post({ type: 'recollect', fileId: 'f', runId: null });
    await next.until(() => next.all('run-read').length === 1, 'the run');
    expect(next.all('run-read')[0].run.kept?.runId).toBe('b');
  });

  it('has such a run as it is now where it has come back meanwhile', async () => {
    const cabinet = new FakeCabinet();
    const worker = harness(cabinet);
    const textId = await worker.loadText();
    await worker.open({ runId: 'a', textId });
    await worker.losses('a', 2);
    await worker.open({ runId: 'b', textId, settings: { ...TINY, units: 6 }, replaces: 'a' });
    worker.post({ type: 'undo', runId: 'b' });
    await worker.until(() => worker.all('replaced').at(-1)?.runId === 'a', 'the run before');
    await worker.until(() => worker.phaseOf('a')?.phase === 'ready', 'it is there');
    await worker.losses('a', 4);
    await isKept(worker, 'a', 6);
    await worker.pass(10_000);
    expect((await listed(harness(cabinet))).map(({ runId, card }) => [runId, card.step])).toEqual([['a', 6]]);
  });

  it('lets what was removed be put back after the worker has died', async () => {
    const cabinet = new FakeCabinet();
    const one = harness(cabinet);
    await one.open({ runId: 'a', textId: await one.loadText() });
    await one.losses('a', 2);
    await isKept(one, 'a', 2);
    await order(one, { what: 'duplicate', runId: 'a', as: 'copy-1', name: 'a copy' });
    await order(one, { what: 'remove', runId: 'copy-1' });
    const two = harness(cabinet);
    // The page says so again.
    await order(two, { what: 'remove', runId: 'copy-1' });
    await two.open({ runId: 'b', textId: await two.loadText() });
    await two.losses('b', 1);
    await isKept(two, 'b', 1);
    expect((await listed(two)).map(({ runId, isRemoved }) => [runId, isRemoved])).toContainEqual(['copy-1', true]);
    const { runs } = await order(two, { what: 'put-back', runId: 'copy-1' });
    expect(runs.map(({ runId, isRemoved }) => [runId, isRemoved])).toContainEqual(['copy-1', false]);
    // To a page that is opened later it is gone.
    await order(two, { what: 'remove', runId: 'copy-1' });
    const three = harness(cabinet);
    await three.open({ runId: 'c', textId: await three.loadText() });
    await three.losses('c', 1);
    await isKept(three, 'c', 1);
    expect((await listed(three)).map(({ runId }) => runId)).not.toContain('copy-1');
  });

  it('shows in another page what the one that writes has written, and is not changed there', async () => {
    const cabinet = new FakeCabinet();
    const one = harness(cabinet);
    await one.open({ runId: 'a', textId: await one.loadText() });
    await one.losses('a', 2);
    await isKept(one, 'a', 2);
    const two = harness(cabinet, () => new Promise<never>(() => undefined));
    expect((await listed(two)).map(({ card }) => card.step)).toEqual([2]);
    await one.losses('a', 1);
    await isKept(one, 'a', 3);
    const list = await order(two, { what: 'remove', runId: 'a' });
    expect(list.isOurs).toBe(false);
    expect(list.runs.map(({ card, isRemoved }) => [card.step, isRemoved])).toEqual([[3, false]]);
  });

  it('says why there is none', async () => {
    const cabinet = new FakeCabinet();
    cabinet.refuses = new DOMException('denied', 'SecurityError');
    const worker = harness(cabinet);
    worker.post({ type: 'kept', order: { what: 'list' } });
    await worker.until(() => worker.all('kept-runs-failed').length === 1, 'the reason');
    expect(worker.all('kept-runs-failed')[0].failure).toMatchObject({ code: 'storage-refused' });
  });
});
