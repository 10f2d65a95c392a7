/** Frames: never without a buffer of the page's, never at training's cost. */
import { describe, expect, it } from 'vitest';
import type { ProbeFrame } from '../../src/model/telemetry';
import { pack } from '../../src/workers/frames';
import { Meter, Rhythm } from '../../src/workers/pacing';
import { createHarness, TINY } from './harness';

describe('frames', () => {
  it('come only into buffers that the page has handed over', async () => {
    const { open, loadText, post, pass, all, giveBuffer, phase, clock } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    clock.breath = 25;
    post({ type: 'train', runId: 'a' });
    await phase('a', 'running');
    await pass(2000);
    expect(all('frame')).toHaveLength(0);
    giveBuffer();
    await pass(2000);
    expect(all('frame')).toHaveLength(1);
    for (let k = 0; k < 10; k++) giveBuffer();
    await pass(5000);
    // Of those at most four are kept.
    expect(all('frame')).toHaveLength(5);
  });

  it('come at most twelve times a second', async () => {
    const { open, loadText, post, pass, all, giveBuffer, phase, until } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    post({ type: 'train', runId: 'a' });
    await phase('a', 'running');
    for (let second = 0; second < 3; second++) {
      const end = (second + 1) * 1000;
      for (let t = second * 1000; t < end; t += 20) {
        giveBuffer();
        await pass(20);
      }
    }
    await until(() => all('frame').length > 0);
    expect(all('frame').length).toBeGreaterThan(20);
    expect(all('frame').length).toBeLessThanOrEqual(38);
  });

  it('take about a tenth of the time where a forward pass is slow', async () => {
    const { open, loadText, post, until, all, giveBuffer, phase, engine, clock } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    engine.scanMilliseconds = 50;
    post({ type: 'train', runId: 'a' });
    await phase('a', 'running');
    const began = clock.now();
    let frames = all('frame').length;
    giveBuffer();
    await until(() => {
      if (all('frame').length > frames) {
        frames = all('frame').length;
        giveBuffer();
      }
      return clock.now() - began > 20_000;
    });
    // Each costs one scan of 50 ms, so one each 500 ms.
    expect(frames).toBeGreaterThan(25);
    expect(frames).toBeLessThanOrEqual(42);
  });

  it('come every two seconds even where one costs a second', async () => {
    const { open, loadText, post, until, all, giveBuffer, engine, clock } = createHarness();
    await open({ runId: 'a', textId: await loadText(), settings: { ...TINY, evaluateEvery: 1000 } });
    engine.scanMilliseconds = 1000;
    post({ type: 'train', runId: 'a' });
    const began = clock.now();
    let frames = all('frame').length;
    giveBuffer();
    await until(() => {
      if (all('frame').length > frames) {
        frames = all('frame').length;
        giveBuffer();
      }
      return clock.now() - began > 40_000;
    });
    // A second for it, two until the next one is due, and the step in progress; a tenth of the time would be four.
    expect(frames).toBeGreaterThanOrEqual(8);
  });

  it('show the last step exactly after a pause, and the layer and probe that are asked for', async () => {
    const { open, loadText, post, phase, until, all, giveBuffer, phaseOf, engine, description } = createHarness();
    await open({ runId: 'a', textId: await loadText(), settings: { ...TINY, layers: 2 } });
    post({ type: 'train', runId: 'a' });
    await until(() => engine.trainingSteps > 3);
    post({ type: 'pause', runId: 'a' });
    await phase('a', 'ready');
    giveBuffer();
    await until(() => all('frame').length === 1);
    expect(all('frame')[0].metrics).toEqual(phaseOf('a')?.metrics);
    expect(all('frame')[0].readings.probe?.step).toBe(phaseOf('a')?.metrics.step);
    giveBuffer();
    post({ type: 'watch', runId: 'a', layer: 1, pastStep: null });
    await until(() => all('frame').length === 2);
    expect(all('frame')[1].readings.probe?.layer).toBe(1);
    giveBuffer();
    post({ type: 'change', runId: 'a', settings: { probe: 'a dog' } });
    await until(() => all('frame').length === 3);
    expect(all('frame')[2].readings.probe?.T).toBe(5);
    expect(description()?.probe).toBe('a dog');
    giveBuffer();
    post({ type: 'change', runId: 'a', settings: { probe: '' } });
    await until(() => all('frame').length === 4);
    expect(all('frame')[3].readings.probe?.T).toBeGreaterThan(20);
  });
});

describe('pack', () => {
  const curve = {
    width: 2,
    minimum: Float32Array.of(1, 2, 3),
    mean: Float32Array.of(4, 5, 6),
    maximum: Float32Array.of(7, 8, 9),
  };
  const points = { steps: Float64Array.of(1, 50), values: Float32Array.of(0.5, 0.25) };
  const column = Float32Array.of(1, NaN);
  const milestones = {
    steps: Float64Array.of(1, 2),
    mean: column,
    minimum: column,
    maximum: column,
    smoothed: column,
    heldOut: column,
  };
  const history = { loss: curve, smoothedLoss: points, heldOutLoss: points, milestones };
  const probe: ProbeFrame = {
    runId: 'a',
    step: 3,
    layer: 0,
    T: 1,
    H: 3,
    bands: ['a'],
    ids: Int32Array.of(4),
    values: Float32Array.of(1, 2, 3),
    surprise: Float32Array.of(NaN),
    topIds: Int32Array.of(1, 0, -1),
    topProbabilities: Float32Array.of(0.5, 0.5, 0),
  };

  it('packs everything into the one buffer', () => {
    const buffer = new ArrayBuffer(4096);
    const { value: packed, buffer: used } = pack(buffer, { probe, history });
    expect(used).toBe(buffer);
    expect(packed).toEqual({ probe, history });
    const views = [packed.history.loss.mean, packed.history.heldOutLoss.steps, packed.probe.values];
    expect(views.every((view) => view.buffer === buffer)).toBe(true);
  });

  it('takes a larger buffer where the given one is too small', () => {
    const { value: packed, buffer } = pack(new ArrayBuffer(8), { probe: null, history });
    expect(buffer.byteLength).toBeGreaterThan(8);
    expect(packed).toEqual({ probe: null, history });
    // Every array begins where an array of numbers of 8 bytes can.
    const starts = [packed.history.loss.minimum, packed.history.loss.mean].map(({ byteOffset }) => byteOffset);
    expect(starts).toEqual([0, 16]);
  });
});

describe('Meter', () => {
  it('forgets what is longer ago than its window', () => {
    const meter = new Meter(1000, 0);
    meter.reset(0, 0);
    expect(meter.rate()).toBe(0);
    for (let t = 100; t <= 1000; t += 100) meter.add(t, t);
    expect(meter.rate()).toBe(1000);
    for (let t = 1100; t <= 3000; t += 100) meter.add(t, 1000 + 2 * (t - 1000));
    expect(meter.rate()).toBe(2000);
  });

  it('measures steps that are further apart than its window', () => {
    const meter = new Meter(1000);
    meter.reset(0, 0);
    for (const t of [5000, 10_000, 15_000]) meter.add(t, t / 10);
    expect(meter.rate()).toBe(100);
  });
});

describe('Rhythm', () => {
  it('keeps what it times to its share', () => {
    const rhythm = new Rhythm({ share: 0.1, atLeast: 20, atMost: Infinity });
    expect(rhythm.isDue(0)).toBe(true);
    rhythm.done(0, 10);
    expect(rhythm.isDue(99)).toBe(false);
    expect(rhythm.isDue(100)).toBe(true);
    rhythm.done(100, 100);
    expect(rhythm.isDue(119)).toBe(false);
    expect(rhythm.isDue(120)).toBe(true);
  });
});
