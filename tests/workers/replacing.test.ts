/** One run taking another's place: when, what becomes of the old one, and the way back. */
import { describe, expect, it } from 'vitest';
import { createHarness, TINY } from './harness';

describe('reset', () => {
  it('gives the same losses', async () => {
    const { open, loadText, losses } = createHarness();
    const textId = await loadText();
    await open({ runId: 'a', textId });
    const first = await losses('a', 10);
    await open({ runId: 'b', textId, replaces: 'a' });
    expect(await losses('b', 10)).toEqual(first);
  });

  it('frees what the old run held', async () => {
    const { open, loadText, losses, engine } = createHarness();
    const textId = await loadText();
    await open({ runId: 'a', textId });
    await losses('a', 2);
    const { buffers } = engine;
    for (const [old, next] of ['ab', 'bc', 'cd']) {
      await open({ runId: next, textId, replaces: old });
      await losses(next, 2);
    }
    expect(engine.buffers).toBe(buffers);
    expect(engine.open).toBe(1);
  });

  it('lets nothing of the old run through after it', async () => {
    const { open, loadText, post, phase, pass, events, giveBuffer } = createHarness();
    const textId = await loadText();
    await open({ runId: 'a', textId });
    post({ type: 'train', runId: 'a' });
    await phase('a', 'running');
    for (let k = 0; k < 3; k++) giveBuffer();
    await open({ runId: 'b', textId, replaces: 'a' });
    post({ type: 'train', runId: 'a' });
    post({ type: 'sample', runId: 'a' });
    for (let k = 0; k < 3; k++) giveBuffer();
    await pass(1000);
    const after = events.slice(events.findIndex((event) => event.type === 'replaced' && event.runId === 'b') + 1);
    const owners = after.map((event) => {
      if (event.type === 'description') return event.description.runId;
      if (event.type === 'sample') return event.sample.runId;
      return 'runId' in event ? event.runId : null;
    });
    expect(owners).not.toContain('a');
    expect(owners).toContain('b');
  });
});

describe('undo', () => {
  it('brings the replaced run back where it stood, and can be undone in turn', async () => {
    const straight = createHarness();
    await straight.open({ runId: 'a', textId: await straight.loadText() });
    const expected = await straight.losses('a', 8);

    const { open, loadText, losses, post, until, all, phaseOf } = createHarness();
    const textId = await loadText();
    await open({ runId: 'a', textId });
    const before = await losses('a', 5);
    await open({ runId: 'b', textId, replaces: 'a', settings: { ...TINY, units: 9 } });
    expect(all('replaced').at(-1)).toEqual({ type: 'replaced', runId: 'b', replaced: 'a' });
    const deed = { runId: 'a', textId, step: 5, restores: {} };
    expect(all('deeds').at(-1)).toEqual({ type: 'deeds', runId: 'b', undo: [deed], redo: [] });
    await losses('b', 2);
    post({ type: 'undo', runId: 'b' });
    await until(() => all('replaced').at(-1)?.runId === 'a');
    expect(all('deeds').at(-1)).toMatchObject({ runId: 'a', undo: [], redo: [{ runId: 'b', step: 2 }] });
    expect([...before, ...(await losses('a', 3))]).toEqual(expected);
    post({ type: 'redo', runId: 'a' });
    await until(() => all('replaced').at(-1)?.runId === 'b');
    expect(all('deeds').at(-1)).toMatchObject({ runId: 'b', undo: [{ runId: 'a', step: 8 }], redo: [] });
    await until(() => phaseOf('b')?.metrics.step === 2);
  });

  it('brings back the run that has learnt, past fresh ones that took its place in turn', async () => {
    const { open, loadText, losses, post, until, all, phaseOf } = createHarness();
    const textId = await loadText();
    await open({ runId: 'a', textId });
    const before = await losses('a', 5);
    await open({ runId: 'b', textId, replaces: 'a' });
    await open({ runId: 'c', textId, replaces: 'b', settings: { ...TINY, units: 9 } });
    expect(all('deeds').at(-1)).toMatchObject({ runId: 'c', undo: [{ runId: 'a', step: 5 }] });
    post({ type: 'undo', runId: 'c' });
    await until(() => phaseOf('a')?.phase === 'ready' && all('replaced').at(-1)?.runId === 'a');
    expect(all('deeds').at(-1)).toMatchObject({ runId: 'a', undo: [], redo: [{ runId: 'c', step: 0 }] });
    expect(phaseOf('a')?.metrics.step).toBe(5);
    expect(phaseOf('a')?.metrics.loss).toBe(before[4]);
  });

  it('says so where the old run cannot be brought back, and leaves the new one', async () => {
    const { open, loadText, losses, post, until, all, engine, phaseOf } = createHarness();
    const textId = await loadText();
    await open({ runId: 'a', textId, settings: { ...TINY, engine: 'webgl' } });
    await open({ runId: 'b', textId, replaces: 'a' });
    engine.memoryLimit = 1000;
    post({ type: 'undo', runId: 'b' });
    await until(() => all('problem').length === 1);
    expect(all('problem')[0]).toMatchObject({ runId: 'b', failure: { code: 'too-large-for-memory', limit: 1000 } });
    expect(all('replaced')).toHaveLength(2);
    await losses('b', 1);
    engine.memoryLimit = 2 ** 30;
    post({ type: 'undo', runId: 'b' });
    await until(() => all('replaced').length === 3);
    expect(phaseOf('a')?.phase).toBe('ready');
  });
});

describe('undo of a live setting', () => {
  /** Trains to step 5, changes the learning rate, trains three steps more. */
  const ruined = async () => {
    const harness = createHarness();
    const { open, loadText, losses, post } = harness;
    const textId = await loadText();
    await open({ runId: 'a', textId });
    const before = await losses('a', 5);
    post({ type: 'change', runId: 'a', settings: { learningRate: 5 } });
    const after = await losses('a', 3);
    return { ...harness, textId, before, after };
  };
  const straight = async (count: number) => {
    const { open, loadText, losses } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    return losses('a', count);
  };

  it('goes back before the change, as if it had never been made, and redo goes on after it', async () => {
    const { post, all, until, losses, before, textId, description } = await ruined();
    const rate = TINY.learningRate;
    expect(all('deeds').at(-1)?.undo).toEqual([{ runId: 'a', textId, step: 5, restores: { learningRate: rate } }]);
    post({ type: 'undo', runId: 'a' });
    await until(() => all('replaced').length === 2);
    await until(() => description()?.settings.learningRate === rate);
    expect(description()?.changes).toEqual([]);
    expect(all('deeds').at(-1)).toMatchObject({ undo: [], redo: [{ step: 8, restores: { learningRate: 5 } }] });
    expect([...before, ...(await losses('a', 4))]).toEqual(await straight(9));

    post({ type: 'redo', runId: 'a' });
    await until(() => all('replaced').length === 3);
    await until(() => description()?.settings.learningRate === 5);
    expect(description()?.changes).toMatchObject([{ name: 'learningRate', step: 5, value: '5' }]);
    expect(all('deeds').at(-1)).toMatchObject({ undo: [{ step: 9 }], redo: [] });
  });

  it('leaves a run training that trains, on its engine and as it is looked at', async () => {
    const { post, all, until, phaseOf, description } = await ruined();
    post({ type: 'change', runId: 'a', settings: { engine: 'webgl', speed: 2, temperature: 2 } });
    post({ type: 'train', runId: 'a' });
    await until(() => description()?.engine.name === 'webgl');
    post({ type: 'undo', runId: 'a' });
    await until(() => all('replaced').length === 2);
    await until(() => phaseOf('a')?.phase === 'running');
    expect(description()).toMatchObject({
      engine: { name: 'webgl' },
      settings: { learningRate: TINY.learningRate, speed: 2, temperature: 2 },
    });
  });

  it('reaches the healthy network past a reset, with the settings that it was trained with', async () => {
    const { open, post, all, until, losses, before, textId } = await ruined();
    await open({ runId: 'b', textId, replaces: 'a', settings: { ...TINY, learningRate: 5 } });
    await losses('b', 2);
    expect(all('deeds').at(-1)?.undo).toMatchObject([
      { runId: 'a', step: 5, restores: { learningRate: TINY.learningRate } },
      { runId: 'a', step: 8, restores: {} },
    ]);
    for (const count of [3, 4]) {
      post({ type: 'undo', runId: all('replaced').at(-1)?.runId ?? '' });
      await until(() => all('replaced').length === count);
    }
    expect(all('deeds').at(-1)).toMatchObject({
      undo: [],
      redo: [
        { runId: 'b', step: 2 },
        { runId: 'a', step: 8 },
      ],
    });
    expect([...before, ...(await losses('a', 4))]).toEqual(await straight(9));
  });

  it('of a reset takes with it what was changed for the new run alone', async () => {
    const { open, loadText, post, all, until, losses, description } = createHarness();
    const textId = await loadText();
    await open({ runId: 'a', textId });
    const before = await losses('a', 5);
    // As the lesson goes: another learning rate, then Reset.
    post({ type: 'change', runId: 'a', settings: { learningRate: 5 } });
    await until(() => all('deeds').at(-1)?.undo.length === 1);
    await open({ runId: 'b', textId, replaces: 'a', settings: { ...TINY, learningRate: 5 } });
    await losses('b', 2);
    post({ type: 'undo', runId: 'b' });
    await until(() => all('replaced').length === 3);
    await until(() => description()?.runId === 'a');
    expect(description()).toMatchObject({
      settings: { learningRate: TINY.learningRate },
      changes: [],
    });
    expect([...before, ...(await losses('a', 4))]).toEqual(await straight(9));
  });

  it('comes after the change where both are asked for while a step is made', async () => {
    const { post, all, until, losses, before, textId, description } = await ruined();
    post({ type: 'step', runId: 'a' });
    post({ type: 'change', runId: 'a', settings: { clip: 1 } });
    post({ type: 'undo', runId: 'a' });
    await until(() => all('replaced').length === 2);
    await until(() => all('deeds').at(-1)?.redo.length === 1);
    expect(all('deeds').at(-1)).toMatchObject({
      undo: [{ runId: 'a', textId, step: 5, restores: { learningRate: TINY.learningRate } }],
      redo: [{ restores: { clip: 1 } }],
    });
    post({ type: 'undo', runId: 'a' });
    await until(() => all('replaced').length === 3);
    await until(() => description()?.changes.length === 0);
    expect([...before, ...(await losses('a', 1))]).toEqual(await straight(6));
  });

  it('brings the healthy network back after numbers that ran away', async () => {
    const { open, loadText, post, all, until, losses, phase, phaseOf, engine } = createHarness();
    const textId = await loadText();
    await open({ runId: 'a', textId });
    const before = await losses('a', 5);
    post({ type: 'change', runId: 'a', settings: { learningRate: 5 } });
    await losses('a', 2);
    engine.breaks = true;
    post({ type: 'train', runId: 'a' });
    await phase('a', 'failed');
    engine.breaks = false;
    post({ type: 'undo', runId: 'a' });
    await until(() => all('replaced').length === 2);
    await phase('a', 'ready');
    expect(phaseOf('a')?.metrics.step).toBe(5);
    expect([...before, ...(await losses('a', 2))]).toEqual(await straight(7));
  });

  it('says so where the earlier state cannot be brought back, and leaves the run as it is', async () => {
    const { post, all, until, losses, engine, phaseOf, description } = await ruined();
    engine.memoryLimit = 1000;
    post({ type: 'change', runId: 'a', settings: { engine: 'webgl' } });
    await until(() => description()?.engineFailure !== null);
    post({ type: 'undo', runId: 'a' });
    await until(() => all('problem').length === 1);
    engine.memoryLimit = 2 ** 30;
    await losses('a', 1);
    expect(phaseOf('a')?.metrics.step).toBe(9);
    post({ type: 'undo', runId: 'a' });
    await until(() => phaseOf('a')?.metrics.step === 5);
    expect(all('replaced')).toHaveLength(2);
  });
});

describe('a new run that waits for its first step', () => {
  it('leaves the old one running until then', async () => {
    const { open, loadText, post, phase, until, all, engine, phaseOf } = createHarness();
    const textId = await loadText();
    await open({ runId: 'a', textId });
    post({ type: 'train', runId: 'a' });
    await phase('a', 'running');
    const before = engine.trainingSteps;
    const settings = { ...TINY, units: 7 };
    post({ type: 'open', runId: 'b', textId, settings, replaces: 'a', when: 'first-step', then: 'train' });
    await until(() => all('replaced').length === 2);
    expect(engine.trainingSteps).toBeGreaterThan(before);
    await until(() => phaseOf('b')?.phase === 'running');
    expect(phaseOf('b')?.metrics.step).toBeGreaterThanOrEqual(1);
  });

  it('makes one step and stands where one was asked for', async () => {
    const { open, loadText, phaseOf, pass } = createHarness();
    const textId = await loadText();
    await open({ runId: 'a', textId });
    await open({ runId: 'b', textId, replaces: 'a', when: 'first-step', then: 'step' });
    await pass(100);
    expect(phaseOf('b')).toMatchObject({ phase: 'ready', metrics: { step: 1 } });
  });

  it('that cannot be made is told, and the old one goes on', async () => {
    const { open, loadText, post, phase, until, all, engine, phaseOf } = createHarness();
    const textId = await loadText();
    engine.memoryLimit = 700_000;
    await open({ runId: 'a', textId });
    post({ type: 'train', runId: 'a' });
    await phase('a', 'running');
    const settings = { ...TINY, units: 512 };
    post({ type: 'open', runId: 'b', textId, settings, replaces: 'a', when: 'first-step', then: 'train' });
    await until(() => phaseOf('b')?.phase === 'failed');
    expect(phaseOf('b')?.failure?.code).toBe('too-large-for-memory');
    expect(all('replaced')).toHaveLength(1);
    const { trainingSteps } = engine;
    await until(() => engine.trainingSteps > trainingSteps + 5);
    expect(phaseOf('a')?.phase).toBe('running');
  });

  it('that fails in its first step leaves the old one too', async () => {
    const { open, loadText, post, until, all, engine, phaseOf, losses } = createHarness();
    const textId = await loadText();
    await open({ runId: 'a', textId });
    await losses('a', 1);
    engine.breaks = true;
    post({ type: 'open', runId: 'b', textId, settings: TINY, replaces: 'a', when: 'first-step', then: 'train' });
    await until(() => phaseOf('b')?.phase === 'failed');
    engine.breaks = false;
    expect(phaseOf('b')?.failure).toMatchObject({ code: 'not-finite', step: 1 });
    expect(all('replaced')).toHaveLength(1);
    await losses('a', 1);
    expect(phaseOf('a')?.metrics.step).toBe(2);
  });

  it('gives way to the next one without a word', async () => {
    const { open, loadText, post, until, all, engine, pass, events } = createHarness();
    const textId = await loadText();
    await open({ runId: 'a', textId });
    for (const runId of ['b', 'c', 'd']) {
      post({ type: 'open', runId, textId, settings: TINY, replaces: 'a', when: 'ready', then: 'wait' });
    }
    await until(() => all('replaced').length === 2);
    await pass(200);
    expect(all('replaced').map(({ runId, replaced }) => [runId, replaced])).toEqual([
      ['a', null],
      ['d', 'a'],
    ]);
    expect(events.some((event) => 'runId' in event && (event.runId === 'b' || event.runId === 'c'))).toBe(false);
    expect(engine.open).toBe(1);
  });
});
