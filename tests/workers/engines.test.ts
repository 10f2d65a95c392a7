/** Engines shared by runs, moved between, and lost. */
import { describe, expect, it } from 'vitest';
import { createHarness, TINY } from './harness';

const losses = async (moves: boolean) => {
  const { open, loadText, post, until, losses, engine, description } = createHarness();
  await open({ runId: 'a', textId: await loadText() });
  const first = await losses('a', 3);
  if (moves) {
    post({ type: 'change', runId: 'a', settings: { engine: 'webgl' } });
    await until(() => description()?.engine.name === 'webgl');
    expect(engine.open).toBe(1);
  }
  return [...first, ...(await losses('a', 3))];
};

describe('a change of engine', () => {
  it('moves the run without a change of its numbers', async () => {
    expect(await losses(true)).toEqual(await losses(false));
  });

  it('does not stop training', async () => {
    const { open, loadText, post, until, phase, phaseOf, engine, description } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    post({ type: 'train', runId: 'a' });
    await phase('a', 'running');
    post({ type: 'change', runId: 'a', settings: { engine: 'webgpu' } });
    await until(() => description()?.engine.name === 'webgpu');
    const { trainingSteps } = engine;
    await until(() => engine.trainingSteps > trainingSteps + 3);
    expect(phaseOf('a')?.phase).toBe('running');
  });

  it('that is not to be had leaves the run where it is, and says why', async () => {
    const { open, loadText, post, until, losses, engine, description } = createHarness();
    engine.unavailable.add('webgpu');
    await open({ runId: 'a', textId: await loadText(), settings: { ...TINY, engine: 'webgl' } });
    await losses('a', 2);
    post({ type: 'change', runId: 'a', settings: { engine: 'webgpu' } });
    await until(() => description()?.engineWished === 'webgpu');
    expect(description()).toMatchObject({
      engine: { name: 'webgl' },
      engineFailure: { code: 'engine-unavailable', engine: 'webgpu' },
    });
    await losses('a', 1);
  });

  it('that cannot hold the run leaves it where it is', async () => {
    const { open, loadText, post, until, losses, engine, description } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    await losses('a', 2);
    engine.memoryLimit = 100;
    post({ type: 'change', runId: 'a', settings: { engine: 'webgl' } });
    await until(() => description()?.engineWished === 'webgl');
    expect(description()).toMatchObject({
      engine: { name: 'cpu' },
      engineFailure: { code: 'too-large-for-memory' },
    });
    await losses('a', 1);
    expect(engine.open).toBe(1);
  });
});

describe('an engine that does not answer', () => {
  const setUp = async () => {
    const harness = createHarness();
    await harness.open({ runId: 'a', textId: await harness.loadText() });
    await harness.losses('a', 1);
    harness.engine.silent.add('webgpu').add('webgl');
    return harness;
  };

  it('lets the run train on, and obey, until it is there', async () => {
    const { post, until, phase, phaseOf, engine, description, pass } = await setUp();
    post({ type: 'train', runId: 'a' });
    await phase('a', 'running');
    post({ type: 'change', runId: 'a', settings: { engine: 'webgpu' } });
    await until(() => description()?.engineToCome === 'webgpu');
    const { trainingSteps } = engine;
    await until(() => engine.trainingSteps > trainingSteps + 10);
    expect(description()?.engine.name).toBe('cpu');
    post({ type: 'pause', runId: 'a' });
    await phase('a', 'ready');
    post({ type: 'step', runId: 'a' });
    const { step } = phaseOf('a')?.metrics ?? { step: NaN };
    await until(() => phaseOf('a')?.metrics.step === step + 1);
    engine.answer();
    await until(() => description()?.engine.name === 'webgpu');
    expect(description()).toMatchObject({ engineToCome: null, engineWished: 'webgpu', engineFailure: null });
    await pass(100);
    expect(engine.open).toBe(1);
  });

  it('is given up for the next wish, and given back when it comes all the same', async () => {
    const { post, until, engine, description, pass } = await setUp();
    post({ type: 'change', runId: 'a', settings: { engine: 'webgpu' } });
    await until(() => description()?.engineToCome === 'webgpu');
    post({ type: 'change', runId: 'a', settings: { engine: 'tfjs' } });
    await until(() => description()?.engine.name === 'tfjs');
    engine.answer();
    await pass(200);
    expect(description()).toMatchObject({ engine: { name: 'tfjs' }, engineToCome: null });
    expect(engine.open).toBe(1);

    // Back to where it is: nothing is on its way any more.
    post({ type: 'change', runId: 'a', settings: { engine: 'webgl' } });
    await until(() => description()?.engineToCome === 'webgl');
    post({ type: 'change', runId: 'a', settings: { engine: 'tfjs' } });
    await until(() => description()?.engineToCome === null);
    engine.answer();
    await pass(200);
    expect(description()).toMatchObject({ engine: { name: 'tfjs' }, engineWished: 'tfjs' });
    expect(engine.open).toBe(1);
  });

  it('does not keep the run from being reset', async () => {
    const { post, until, engine, description, open, pass } = await setUp();
    post({ type: 'change', runId: 'a', settings: { engine: 'webgpu' } });
    await until(() => description()?.engineToCome === 'webgpu');
    await open({ runId: 'b', textId: 'text-1', replaces: 'a' });
    engine.answer();
    await pass(200);
    expect(description()).toMatchObject({ runId: 'b', engine: { name: 'cpu' } });
    expect(engine.open).toBe(1);
  });

  it('keeps no run waiting that takes the place of one with the same wish', async () => {
    const { post, until, engine, description, losses, open, pass } = await setUp();
    post({ type: 'change', runId: 'a', settings: { engine: 'webgpu' } });
    await until(() => description()?.engineToCome === 'webgpu');
    const settings = { ...TINY, engine: 'webgpu' } as const;
    await open({ runId: 'b', textId: 'text-1', settings, replaces: 'a' });
    const waiting = { engine: { name: 'cpu' }, engineToCome: 'webgpu', engineWished: 'cpu', engineFailure: null };
    expect(description()).toMatchObject({ runId: 'b', ...waiting });
    const before = await losses('b', 2);
    post({ type: 'undo', runId: 'b' });
    await until(() => description()?.runId === 'a');
    expect(description()).toMatchObject(waiting);
    post({ type: 'redo', runId: 'a' });
    await until(() => description()?.runId === 'b');
    engine.answer();
    await until(() => description()?.engine.name === 'webgpu');
    expect(before).toHaveLength(2);
    await losses('b', 1);
    await pass(200);
    expect(engine.open).toBe(1);
    // There it is now: the next run begins on it.
    await open({ runId: 'c', textId: 'text-1', settings, replaces: 'b' });
    expect(description()).toMatchObject({ runId: 'c', engine: { name: 'webgpu' }, engineToCome: null });
  });

  it('is given up for another one while a run is being made', async () => {
    const { post, until, all, engine, losses, pass, description } = await setUp();
    const settings = { ...TINY, engine: 'webgpu' } as const;
    post({ type: 'open', runId: 'b', textId: 'text-1', settings, replaces: 'a', when: 'ready', then: 'wait' });
    await pass(300);
    expect(all('replaced')).toHaveLength(1);
    post({ type: 'change', runId: 'b', settings: { engine: 'tfjs' } });
    await until(() => all('replaced').length === 2);
    engine.answer();
    await pass(200);
    expect(description()).toMatchObject({ runId: 'b', engine: { name: 'tfjs' } });
    expect(engine.open).toBe(1);
    await losses('b', 1);
  });

  it('whose device goes before the run is there leaves the run where it is', async () => {
    const { post, until, engine, description, losses, pass } = await setUp();
    // The run's own device is at a step while the other one comes and goes.
    post({ type: 'change', runId: 'a', settings: { engine: 'tfjs' } });
    await until(() => description()?.engine.name === 'tfjs');
    const finish = engine.hang('tfjs');
    post({ type: 'step', runId: 'a' });
    await pass(50);
    post({ type: 'change', runId: 'a', settings: { engine: 'webgpu' } });
    await pass(50);
    engine.answer();
    await until(() => engine.open === 2);
    await pass(50);
    engine.lose('webgpu');
    finish();
    await until(() => description()?.engineWished === 'webgpu');
    expect(description()).toMatchObject({
      engine: { name: 'tfjs' },
      engineToCome: null,
      engineFailure: { code: 'device-lost', engine: 'webgpu' },
    });
    expect(engine.open).toBe(1);
    await losses('a', 1);
  });
});

describe('an engine that did not come', () => {
  const failure = { code: 'part-unreachable', cause: '503 Service Unavailable' } as const;

  it('is asked for again by the next wish for it', async () => {
    const { open, loadText, post, until, engine, losses, description } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    const before = await losses('a', 2);
    engine.unopened.set('webgpu', failure);
    post({ type: 'change', runId: 'a', settings: { engine: 'webgpu' } });
    await until(() => description()?.engineFailure !== null);
    expect(description()).toMatchObject({ engine: { name: 'cpu' }, engineWished: 'webgpu', engineFailure: failure });
    engine.unopened.clear();
    // Its name is the wish already.
    post({ type: 'change', runId: 'a', settings: { engine: 'webgpu' } });
    await until(() => description()?.engine.name === 'webgpu');
    expect(description()?.engineFailure).toBeNull();
    expect(before).toHaveLength(2);
    expect(engine.open).toBe(1);
  });

  it('is asked for again by the next run, though another engine trains in its place meanwhile', async () => {
    const { open, loadText, engine, description } = createHarness();
    const textId = await loadText();
    const settings = { ...TINY, engine: 'webgpu' } as const;
    engine.unopened.set('webgpu', failure);
    await open({ runId: 'a', textId, settings });
    expect(description()).toMatchObject({ engine: { name: 'cpu' }, engineFailure: failure });
    engine.unopened.clear();
    await open({ runId: 'b', textId, settings, replaces: 'a' });
    expect(description()).toMatchObject({ engine: { name: 'webgpu' }, engineFailure: null });
    expect(engine.openings).toEqual(['webgpu', 'webgpu']);
    expect(engine.open).toBe(1);
  });
});

describe('a step that takes long on a device', () => {
  const setUp = async () => {
    const harness = createHarness();
    const settings = { ...TINY, engine: 'webgpu' } as const;
    const textId = await harness.loadText();
    await harness.open({ runId: 'a', textId, settings });
    const { losses } = harness;
    return { ...harness, textId, settings, before: await losses('a', 4), waits: () => harness.all('waiting') };
  };

  it('is told where Pause waits for it, and can be given up: the run goes on from its copy', async () => {
    const { post, until, phase, phaseOf, engine, losses, pass, waits, before, giveBuffer, all } = await setUp();
    await pass(100);
    post({ type: 'train', runId: 'a' });
    await phase('a', 'running');
    engine.hanging = 'webgpu';
    giveBuffer();
    await pass(500);
    expect(all('frame')).toEqual([]);
    post({ type: 'pause', runId: 'a' });
    await pass(4000);
    expect(waits()).toEqual([]);
    await pass(2000);
    expect(waits()).toEqual([{ type: 'waiting', runId: 'a', waiting: true }]);
    post({ type: 'stop', runId: 'a' });
    await phase('a', 'failed');
    expect(waits().at(-1)).toEqual({ type: 'waiting', runId: 'a', waiting: false });
    expect(phaseOf('a')).toMatchObject({ failure: { code: 'step-abandoned', engine: 'webgpu' }, resumable: 4 });
    expect(engine.open).toBe(0);

    post({ type: 'change', runId: 'a', settings: { engine: 'cpu' } });
    post({ type: 'resume', runId: 'a' });
    await phase('a', 'ready');
    expect(phaseOf('a')?.metrics).toMatchObject({ step: 4, loss: before[3] });
    await losses('a', 1);
    await until(() => engine.open === 1);
    // The page's buffer did not stay with the device.
    expect(all('frame')).toHaveLength(1);
  });

  it('is told where Reset waits for it, and gives way to the new run when it is given up', async () => {
    const { post, phase, engine, pass, waits, textId, settings, all, phaseOf } = await setUp();
    await pass(100);
    post({ type: 'train', runId: 'a' });
    await phase('a', 'running');
    engine.hanging = 'webgpu';
    const next = { ...settings, engine: 'cpu' } as const;
    post({ type: 'open', runId: 'b', textId, settings: next, replaces: 'a', when: 'ready', then: 'wait' });
    await pass(200);
    post({ type: 'pause', runId: 'a' });
    await pass(6000);
    expect(waits().at(-1)).toEqual({ type: 'waiting', runId: 'a', waiting: true });
    post({ type: 'stop', runId: 'a' });
    await phase('b', 'ready');
    expect(all('replaced').at(-1)).toMatchObject({ runId: 'b', replaced: 'a' });
    expect(all('deeds').at(-1)?.undo.at(-1)).toMatchObject({ runId: 'a', step: 4 });
    expect(phaseOf('b')?.metrics.step).toBe(0);
    expect(engine.open).toBe(1);
  });

  it('of a run that is being made can be given up: the one on the page goes on', async () => {
    const { post, until, engine, pass, waits, textId, settings, all, losses, phaseOf } = await setUp();
    engine.hanging = 'webgl';
    const next = { ...settings, engine: 'webgl' } as const;
    post({ type: 'open', runId: 'b', textId, settings: next, replaces: 'a', when: 'first-step', then: 'train' });
    await pass(6000);
    expect(waits()).toEqual([{ type: 'waiting', runId: 'b', waiting: true }]);
    post({ type: 'stop', runId: 'b' });
    await until(() => phaseOf('b')?.phase === 'failed');
    expect(phaseOf('b')?.failure).toEqual({ code: 'step-abandoned', engine: 'webgl' });
    expect(all('replaced')).toHaveLength(1);
    await losses('a', 1);
    expect(engine.open).toBe(1);
  });

  it.each([
    ['a live setting', { type: 'change', runId: 'a', settings: { learningRate: 0.5 } }],
    ['a sample', { type: 'sample', runId: 'a' }],
    ['another engine', { type: 'change', runId: 'a', settings: { engine: 'cpu' } }],
  ] as const)('is told where %s waits for it', async (_, command) => {
    const { open, post, phase, engine, pass, waits, textId, settings } = await setUp();
    await open({ runId: 'b', textId, settings, replaces: 'a' });
    post({ type: 'train', runId: 'b' });
    await phase('b', 'running');
    engine.hanging = 'webgpu';
    await pass(500);
    post({ ...command, runId: 'b' });
    await pass(6000);
    expect(waits()).toEqual([{ type: 'waiting', runId: 'b', waiting: true }]);
    post({ type: 'stop', runId: 'b' });
    await phase('b', 'failed');
    expect(waits().at(-1)).toEqual({ type: 'waiting', runId: 'b', waiting: false });
  });

  it('is told where the run waits for it that is to come back, which can be given up', async () => {
    const { open, post, until, all, engine, losses, pass, waits, textId, settings } = await setUp();
    await open({ runId: 'b', textId, settings: { ...settings, engine: 'cpu' }, replaces: 'a' });
    engine.hanging = 'webgpu';
    post({ type: 'undo', runId: 'b' });
    await pass(6000);
    expect(waits()).toEqual([{ type: 'waiting', runId: 'a', waiting: true }]);
    post({ type: 'stop', runId: 'a' });
    await until(() => all('problem').length === 1);
    expect(all('problem')[0]).toMatchObject({ runId: 'b', failure: { code: 'step-abandoned', engine: 'webgpu' } });
    expect(waits().at(-1)).toEqual({ type: 'waiting', runId: 'a', waiting: false });
    await losses('b', 1);
    expect(all('deeds').at(-1)?.undo).toHaveLength(1);
    expect(engine.open).toBe(1);
  });

  it('is told where Train waits for what was only looked at', async () => {
    const { post, engine, pass, waits, giveBuffer, phase } = await setUp();
    await pass(1000);
    engine.hanging = 'webgpu';
    giveBuffer();
    post({ type: 'watch', runId: 'a', layer: 0, pastStep: null });
    await pass(6000);
    expect(waits()).toEqual([]);
    post({ type: 'train', runId: 'a' });
    await pass(6000);
    expect(waits()).toEqual([{ type: 'waiting', runId: 'a', waiting: true }]);
    post({ type: 'stop', runId: 'a' });
    await phase('a', 'failed');
  });

  it('that ends after it was given up changes nothing of the run that went on', async () => {
    const { post, engine, pass, phase, phaseOf, losses, all } = await setUp();
    await pass(100);
    const finish = engine.hang('webgpu');
    post({ type: 'train', runId: 'a' });
    await pass(500);
    post({ type: 'pause', runId: 'a' });
    await pass(6000);
    post({ type: 'stop', runId: 'a' });
    await phase('a', 'failed');
    post({ type: 'change', runId: 'a', settings: { engine: 'cpu' } });
    post({ type: 'resume', runId: 'a' });
    await phase('a', 'ready');
    await losses('a', 2);
    const told = all('phase').length;
    finish();
    await pass(500);
    expect(all('phase')).toHaveLength(told);
    expect(phaseOf('a')?.metrics.step).toBe(6);
    engine.lose('cpu');
    await phase('a', 'loading');
    await phase('a', 'ready');
    expect(phaseOf('a')?.metrics.step).toBe(6);
  });

  it('is not told of where nothing waits for it', async () => {
    const { post, phase, engine, pass, waits } = await setUp();
    // Each step is waited for before the next one.
    post({ type: 'change', runId: 'a', settings: { speed: 4 } });
    post({ type: 'train', runId: 'a' });
    await phase('a', 'running');
    engine.hanging = 'webgpu';
    await pass(8000);
    expect(waits()).toEqual([]);
    // Nor is it given up by who did not ask for anything.
    post({ type: 'stop', runId: 'a' });
    await pass(100);
    expect(engine.open).toBe(1);
  });
});

describe('a wish that cannot be met', () => {
  it('is told with what is used in its place', async () => {
    const { open, loadText, engine, descriptions } = createHarness();
    engine.unavailable.add('webgpu');
    await open({ runId: 'a', textId: await loadText(), settings: { ...TINY, engine: 'webgpu' } });
    expect(descriptions()[0]).toMatchObject({
      engine: { name: 'cpu' },
      engineWished: 'webgpu',
      engineFailure: { code: 'engine-unavailable' },
    });
  });
});

describe('a lost device', () => {
  const SECOND = 1000;

  /** A run on WebGPU that has made four steps and trains; and what two more cost where nothing interrupts it. */
  const trained = async () => {
    const harness = createHarness();
    const { open, loadText, post, until, phaseOf, losses, pass } = harness;
    await open({ runId: 'a', textId: await loadText(), settings: { ...TINY, engine: 'webgpu' } });
    const expected = await losses('a', 6);
    await open({ runId: 'b', textId: 'text-1', replaces: 'a', settings: { ...TINY, engine: 'webgpu' } });
    await losses('b', 4);
    await pass(100);
    post({ type: 'train', runId: 'b' });
    await until(() => (phaseOf('b')?.phase ?? '') === 'running');
    return { ...harness, expected: expected.slice(4) };
  };

  it('is asked for again after a pause, and its run stands there where it was copied, to be gone on with', async () => {
    const { phase, phaseOf, losses, engine, pass, clock, description, events, expected } = await trained();
    const { length } = engine.openings;
    const lostAt = clock.now();
    engine.lose('webgpu');
    await phase('b', 'loading');
    expect(events.filter(({ type }) => type === 'returns')).toEqual([
      { type: 'returns', runId: 'b', failure: { code: 'device-lost', engine: 'webgpu', cause: 'unplugged' } },
    ]);
    await phase('b', 'ready');
    expect(clock.now() - lostAt).toBeGreaterThanOrEqual(SECOND);
    expect(engine.openings.slice(length)).toEqual(['webgpu']);
    expect(phaseOf('b')?.metrics.step).toBe(4);
    expect(description()?.engine.name).toBe('webgpu');
    const { trainingSteps } = engine;
    await pass(100);
    expect(engine.trainingSteps).toBe(trainingSteps);
    expect(await losses('b', 2)).toEqual(expected);
    expect(engine.open).toBe(1);
  });

  it('that does not come again is asked for twice, with a longer pause, and another one is taken', async () => {
    const { phase, phaseOf, losses, engine, clock, description, expected } = await trained();
    engine.unavailable.add('webgpu');
    const { length } = engine.openings;
    const lostAt = clock.now();
    engine.lose('webgpu');
    await phase('b', 'loading');
    await phase('b', 'ready');
    expect(engine.openings.slice(length)).toEqual(['webgpu', 'webgpu', 'auto']);
    expect(clock.now() - lostAt).toBeGreaterThanOrEqual(5 * SECOND);
    expect(phaseOf('b')?.metrics.step).toBe(4);
    expect(description()).toMatchObject({
      engine: { name: 'cpu' },
      engineWished: 'webgpu',
      engineFailure: { code: 'engine-unavailable', engine: 'webgpu' },
    });
    expect(await losses('b', 2)).toEqual(expected);
    expect(engine.open).toBe(1);
  });

  it('that goes again and again is given up, and one that goes after a minute is not', async () => {
    const { phase, engine, description, clock } = await trained();
    const { length } = engine.openings;
    const lose = async () => {
      engine.lose('webgpu');
      await phase('b', 'loading');
      await phase('b', 'ready');
    };
    await lose();
    clock.advance(61 * SECOND);
    await lose();
    await lose();
    expect(description()?.engine.name).toBe('webgpu');
    await lose();
    expect(engine.openings.slice(length)).toEqual(['webgpu', 'webgpu', 'webgpu', 'auto']);
    expect(description()).toMatchObject({ engine: { name: 'cpu' }, engineFailure: { code: 'device-lost' } });
  });

  it('is not waited for where the reader has another engine go on', async () => {
    const { post, phase, until, engine, clock, description } = await trained();
    const { length } = engine.openings;
    engine.lose('webgpu');
    await phase('b', 'loading');
    const lostAt = clock.now();
    post({ type: 'change', runId: 'b', settings: { engine: 'cpu' } });
    post({ type: 'train', runId: 'b' });
    await phase('b', 'running');
    await until(() => description()?.engine.name === 'cpu');
    expect(clock.now() - lostAt).toBeLessThan(SECOND);
    await until(() => clock.now() - lostAt > 10 * SECOND);
    expect(engine.openings.slice(length)).toEqual(['cpu']);
  });

  it('takes its run back to the copy that it moved there with', async () => {
    const { open, loadText, post, until, phase, phaseOf, engine, description } = createHarness();
    await open({ runId: 'a', textId: await loadText(), settings: { ...TINY, speed: 4 } });
    post({ type: 'train', runId: 'a' });
    await until(() => (phaseOf('a')?.metrics.step ?? 0) === 0 && engine.trainingSteps > 25);
    post({ type: 'change', runId: 'a', settings: { engine: 'webgpu' } });
    await until(() => description()?.engine.name === 'webgpu');
    const moved = engine.trainingSteps;
    engine.lose('webgpu');
    await phase('a', 'loading');
    await phase('a', 'ready');
    // No older than the move, though no copy was due yet.
    expect(phaseOf('a')?.metrics.step).toBeGreaterThanOrEqual(moved - 1);
    expect(moved).toBeGreaterThan(25);
  });

  it('is copied to the host at a steady rhythm while it trains', async () => {
    const { open, loadText, post, until, phase, phaseOf, engine, clock } = createHarness();
    await open({ runId: 'a', textId: await loadText(), settings: { ...TINY, engine: 'webgpu', speed: 3 } });
    post({ type: 'train', runId: 'a' });
    await phase('a', 'running');
    const began = clock.now();
    await until(() => {
      clock.advance(100);
      return clock.now() - began > 70_000;
    });
    engine.lose('webgpu');
    await phase('a', 'loading');
    await phase('a', 'ready');
    expect(phaseOf('a')?.metrics.step).toBeGreaterThan(0);
  });
});
