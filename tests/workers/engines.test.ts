/** Engines shared by runs, moved between, and lost. */
import { describe, expect, it } from 'vitest';
import { createHarness, TINY } from './harness';

const losses = async (moves: boolean) => {
  const { open, loadText, post, until, all, losses, engine } = createHarness();
  await open({ runId: 'a', textId: await loadText() });
  const first = await losses('a', 3);
  if (moves) {
    post({ type: 'change', runId: 'a', settings: { engine: 'webgl' } });
    await until(() => all('description').at(-1)?.description.engine.name === 'webgl');
    expect(engine.open).toBe(1);
  }
  return [...first, ...(await losses('a', 3))];
};

describe('a change of engine', () => {
  it('moves the run without a change of its numbers', async () => {
    expect(await losses(true)).toEqual(await losses(false));
  });

  it('does not stop training', async () => {
    const { open, loadText, post, until, all, phase, phaseOf, engine } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    post({ type: 'train', runId: 'a' });
    await phase('a', 'running');
    post({ type: 'change', runId: 'a', settings: { engine: 'webgpu' } });
    await until(() => all('description').at(-1)?.description.engine.name === 'webgpu');
    const { trainingSteps } = engine;
    await until(() => engine.trainingSteps > trainingSteps + 3);
    expect(phaseOf('a')?.phase).toBe('running');
  });

  it('that is not to be had leaves the run where it is, and says why', async () => {
    const { open, loadText, post, until, all, losses, engine } = createHarness();
    engine.unavailable.add('webgpu');
    await open({ runId: 'a', textId: await loadText(), settings: { ...TINY, engine: 'webgl' } });
    await losses('a', 2);
    post({ type: 'change', runId: 'a', settings: { engine: 'webgpu' } });
    await until(() => all('description').at(-1)?.description.engineWished === 'webgpu');
    expect(all('description').at(-1)?.description).toMatchObject({
      engine: { name: 'webgl' },
      engineFailure: { code: 'engine-unavailable', engine: 'webgpu' },
    });
    await losses('a', 1);
  });

  it('that cannot hold the run leaves it where it is', async () => {
    const { open, loadText, post, until, all, losses, engine } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    await losses('a', 2);
    engine.memoryLimit = 100;
    post({ type: 'change', runId: 'a', settings: { engine: 'webgl' } });
    await until(() => all('description').at(-1)?.description.engineWished === 'webgl');
    expect(all('description').at(-1)?.description).toMatchObject({
      engine: { name: 'cpu' },
      engineFailure: { code: 'too-large-for-memory' },
    });
    await losses('a', 1);
    expect(engine.open).toBe(1);
  });
});

describe('a wish that cannot be met', () => {
  it('is told with what is used in its place', async () => {
    const { open, loadText, all, engine } = createHarness();
    engine.unavailable.add('webgpu');
    await open({ runId: 'a', textId: await loadText(), settings: { ...TINY, engine: 'webgpu' } });
    expect(all('description')[0].description).toMatchObject({
      engine: { name: 'cpu' },
      engineWished: 'webgpu',
      engineFailure: { code: 'engine-unavailable' },
    });
  });
});

describe('a lost device', () => {
  it('fails its runs, which go on from their last copy on another engine', async () => {
    const { open, loadText, post, until, phase, phaseOf, losses, engine, all, pass } = createHarness();
    await open({ runId: 'a', textId: await loadText(), settings: { ...TINY, engine: 'webgpu' } });
    const expected = await losses('a', 6);
    await open({ runId: 'b', textId: 'text-1', replaces: 'a', settings: { ...TINY, engine: 'webgpu' } });
    await losses('b', 4);
    await pass(100);
    post({ type: 'train', runId: 'b' });
    await until(() => (phaseOf('b')?.phase ?? '') === 'running');
    engine.lose('webgpu');
    await phase('b', 'failed');
    expect(phaseOf('b')).toMatchObject({ failure: { code: 'device-lost', engine: 'webgpu' }, resumable: 4 });
    await pass(100);
    const { trainingSteps } = engine;
    await pass(100);
    expect(engine.trainingSteps).toBe(trainingSteps);

    post({ type: 'change', runId: 'b', settings: { engine: 'cpu' } });
    post({ type: 'resume', runId: 'b' });
    await phase('b', 'ready');
    expect(phaseOf('b')?.metrics.step).toBe(4);
    expect(all('description').at(-1)?.description.engine.name).toBe('cpu');
    expect(await losses('b', 2)).toEqual(expected.slice(4));
    expect(engine.open).toBe(1);
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
    await phase('a', 'failed');
    expect(phaseOf('a')?.resumable).toBeGreaterThan(0);
  });
});
