/** Runs in the worker, told by commands and events alone. */
import { describe, expect, it } from 'vitest';
import type { Settings } from '../../src/model/settings';
import { createHarness, TINY } from './harness';

describe('a run', () => {
  it('is shown when it is ready, with its description and a held-out loss before any step', async () => {
    const { open, loadText, events, phaseOf, descriptions } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    const told = events.map(({ type }) => type).filter((type) => type !== 'text-progress');
    expect(told.slice(0, 5)).toEqual(['text-ready', 'replaced', 'deeds', 'description', 'phase']);
    expect(phaseOf('a')).toMatchObject({ phase: 'ready', failure: null, metrics: { step: 0 } });
    const { symbols } = descriptions()[0];
    expect(phaseOf('a')?.metrics.heldOutLoss).toBeCloseTo(Math.log(symbols.length), 0);
  });

  it('sends the untrained network once the page has a buffer for it', async () => {
    const { open, loadText, until, all, giveBuffer } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    giveBuffer();
    await until(() => all('frame').length === 1);
    const [{ readings, buffer, history }] = all('frame');
    const { probe } = readings;
    expect(probe).toMatchObject({ runId: 'a', step: 0, H: TINY.units, bands: ['i', 'f', 'g', 'o', 'c', 'h'] });
    expect(probe?.values.buffer).toBe(buffer);
    expect(history.heldOutLoss.values).toHaveLength(1);
  });

  it('trains until it is paused, and then really stands still', async () => {
    const { open, loadText, post, phase, until, phaseOf, pass, engine } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    post({ type: 'train', runId: 'a' });
    await phase('a', 'running');
    await until(() => engine.trainingSteps > 20);
    post({ type: 'pause', runId: 'a' });
    await phase('a', 'ready');
    const { trainingSteps } = engine;
    expect(phaseOf('a')?.metrics.step).toBe(trainingSteps);
    expect(phaseOf('a')?.metrics.charactersPerSecond).toBe(0);
    await pass(500);
    expect(engine.trainingSteps).toBe(trainingSteps);
  });

  it('makes no step beyond the one in progress when it is paused', async () => {
    const { open, loadText, post, phase, until, engine } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    post({ type: 'train', runId: 'a' });
    await until(() => engine.trainingSteps === 7);
    post({ type: 'pause', runId: 'a' });
    await phase('a', 'ready');
    expect(engine.trainingSteps).toBe(7);
  });

  it('makes exactly as many single steps as were asked for, with the exact loss of each', async () => {
    const { open, loadText, losses, pass, engine } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    const values = await losses('a', 3);
    await pass(200);
    expect(engine.trainingSteps).toBe(3);
    expect(values.every((loss) => loss > 0)).toBe(true);
    expect(new Set(values).size).toBe(3);
  });

  it('keeps to a slow speed', async () => {
    const { open, loadText, post, pass, engine } = createHarness();
    await open({ runId: 'a', textId: await loadText(), settings: { ...TINY, speed: 2 } });
    post({ type: 'train', runId: 'a' });
    await pass(5000);
    expect(engine.trainingSteps).toBeGreaterThanOrEqual(9);
    expect(engine.trainingSteps).toBeLessThanOrEqual(11);
  });

  it('measures characters a second by the clock', async () => {
    const { open, loadText, post, pass, all, giveBuffer } = createHarness();
    await open({ runId: 'a', textId: await loadText(), settings: { ...TINY, speed: 4 } });
    post({ type: 'train', runId: 'a' });
    await pass(4000);
    giveBuffer();
    await pass(200);
    // 10 steps a second of 2 · 8 characters.
    expect(all('frame').at(-1)?.metrics.charactersPerSecond).toBeGreaterThan(140);
    expect(all('frame').at(-1)?.metrics.charactersPerSecond).toBeLessThan(180);
  });

  it('takes live changes midway and says so; before the first step they are settings', async () => {
    const { open, loadText, post, losses, until, description } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    const changes = () => description()?.changes;
    post({ type: 'change', runId: 'a', settings: { learningRate: 0.01 } });
    await until(() => description()?.settings.learningRate === 0.01);
    expect(changes()).toEqual([]);
    await losses('a', 2);
    post({ type: 'change', runId: 'a', settings: { clip: 2, units: 50 } });
    await until(() => changes()?.length === 1);
    expect(changes()).toEqual([{ step: 2, name: 'clip', from: '5', value: '2' }]);
    expect(description()?.settings.units).toBe(TINY.units);
  });

  it('ignores commands for runs that are not there', async () => {
    const { open, loadText, post, pass, events, engine } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    await pass(300);
    const told = events.length;
    for (const type of ['train', 'step', 'pause', 'undo', 'resume', 'sample'] as const) post({ type, runId: 'b' });
    await pass(100);
    expect(engine.trainingSteps).toBe(0);
    expect(events.slice(told).filter(({ type }) => type !== 'sample' && type !== 'baselines')).toEqual([]);
  });

  it('answers a ping', () => {
    const { post, events } = createHarness();
    post({ type: 'ping', id: 3 });
    expect(events).toEqual([{ type: 'alive', id: 3 }]);
  });
});

describe('numbers that are not finite', () => {
  it('take the run back to parameters that a later step has found healthy, from which it can go on', async () => {
    const { open, loadText, post, losses, phase, phaseOf, pass, engine } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    const before = await losses('a', 3);
    // At rest it is copied.
    await pass(50);
    before.push(...(await losses('a', 1)));
    engine.breaks = true;
    post({ type: 'train', runId: 'a' });
    await phase('a', 'failed');
    expect(phaseOf('a')).toMatchObject({
      failure: { code: 'not-finite', step: 5, quantity: 'gradient' },
      metrics: { step: 3 },
      resumable: 3,
    });
    engine.breaks = false;
    post({ type: 'train', runId: 'a' });
    post({ type: 'resume', runId: 'a' });
    await phase('a', 'ready');
    expect(await losses('a', 1)).toEqual(before.slice(3));
    expect(phaseOf('a')?.metrics.step).toBe(4);
  });

  it('that come after an explosion take it back to before that, and again until the rate is low enough', async () => {
    const { open, loadText, post, phase, phaseOf, until, all, giveBuffer, pass } = createHarness();
    const settings: Settings = { ...TINY, optimizer: 'sgd', learningRate: 10, weightDecay: 1, clip: 0, units: 16 };
    await open({ runId: 'a', textId: await loadText(), settings });
    const initial = phaseOf('a')?.metrics.heldOutLoss;
    post({ type: 'train', runId: 'a' });
    await phase('a', 'failed');
    const failed = phaseOf('a');
    expect(failed).toMatchObject({ failure: { code: 'not-finite' }, resumable: 0, metrics: { step: 0 } });
    expect(failed?.failure?.code === 'not-finite' && failed.failure.step).toBeGreaterThan(3);
    expect(failed?.metrics.heldOutLoss).toBe(initial);
    // What happened stays to be seen until the run goes on.
    giveBuffer();
    await pass(200);
    expect(all('frame').at(-1)?.history.loss.mean.length).toBeGreaterThan(3);
    expect(
      all('frame')
        .at(-1)
        ?.readings.probe?.values.every((value) => Math.abs(value) < 10),
    ).toBe(true);

    let rate = settings.learningRate;
    for (let attempt = 0; attempt < 8 && rate > 0.3; attempt++) {
      rate /= 2;
      post({ type: 'change', runId: 'a', settings: { learningRate: rate } });
      post({ type: 'resume', runId: 'a' });
      await phase('a', 'ready');
      post({ type: 'train', runId: 'a' });
      await pass(3000);
      post({ type: 'pause', runId: 'a' });
      await until(() => phaseOf('a')?.phase !== 'running');
      if (phaseOf('a')?.phase === 'ready') break;
    }
    expect(phaseOf('a')).toMatchObject({ phase: 'ready' });
    expect(phaseOf('a')?.metrics.step).toBeGreaterThan(50);
    expect(phaseOf('a')?.metrics.loss).toBeLessThan(initial ?? 0);
  });
});

describe('numbers that are finite and of no use any more', () => {
  it('are told, and the run goes back to what it had learnt, where it trains on', async () => {
    const { open, loadText, post, phase, phaseOf, until, all, clock, pass, losses, description } = createHarness();
    await open({ runId: 'a', textId: await loadText(), settings: { ...TINY, units: 16, learningRate: 0.02 } });
    post({ type: 'train', runId: 'a' });
    await phase('a', 'running');
    await pass(2000);
    // A copy while it trains.
    clock.advance(10_000);
    await pass(500);
    expect(all('ruined')).toEqual([]);
    post({ type: 'change', runId: 'a', settings: { learningRate: 10 } });
    await until(() => all('ruined').length === 1, 'the ruin');
    const ruin = all('ruined')[0].ruin;
    expect(ruin?.restores.learningRate).toBe(0.02);
    expect(ruin?.loss).toBeLessThan(2);
    // Putting the setting back does not bring back what was lost.
    post({ type: 'change', runId: 'a', settings: { learningRate: 0.02 } });
    await pass(200);
    expect(all('ruined')).toHaveLength(1);

    post({ type: 'recover', runId: 'a' });
    await until(() => all('ruined').length === 2);
    expect(all('ruined')[1].ruin).toBeNull();
    expect(phaseOf('a')?.phase).toBe('running');
    post({ type: 'pause', runId: 'a' });
    await phase('a', 'ready');
    const { step, loss } = phaseOf('a')?.metrics ?? { step: NaN, loss: NaN };
    expect(step).toBeGreaterThanOrEqual(ruin?.step ?? NaN);
    expect(loss).toBeLessThan((ruin?.loss ?? NaN) + 0.5);
    expect(description()?.changes).toEqual([]);
    expect((await losses('a', 1))[0]).toBeLessThan((ruin?.loss ?? NaN) + 0.5);
  });

  it('take back nothing where nothing was lost', async () => {
    const { open, loadText, post, losses, phaseOf, pass } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    await losses('a', 3);
    post({ type: 'recover', runId: 'a' });
    await pass(200);
    await losses('a', 1);
    expect(phaseOf('a')?.metrics.step).toBe(4);
  });
});

describe('two runs at once', () => {
  it('each have the losses that they have alone', async () => {
    const alone = createHarness();
    await alone.open({ runId: 'a', textId: await alone.loadText() });
    const expected = await alone.losses('a', 6);

    const { open, loadText, losses, post, until, phaseOf } = createHarness();
    const textId = await loadText();
    await open({ runId: 'a', textId });
    await open({ runId: 'b', textId, settings: { ...TINY, cell: 'gru', speed: 4 } });
    post({ type: 'train', runId: 'b' });
    expect(await losses('a', 6)).toEqual(expected);
    post({ type: 'pause', runId: 'b' });
    await until(() => phaseOf('b')?.phase === 'ready' && (phaseOf('b')?.metrics.step ?? 0) > 0);
    expect(phaseOf('b')?.metrics.loss).not.toBe(phaseOf('a')?.metrics.loss);
  });
});
