/** Engines are timed while nothing trains, and what was found decides where a new run starts. */
import { describe, expect, it } from 'vitest';
import type { EngineName } from '../../src/model/kernels/engines';
import type { EngineInfo } from '../../src/workers/protocol';
import { createHarness, TINY } from './harness';

const info = (name: EngineName): EngineInfo => ({ name, available: true, device: `fake ${name}`, software: true });

/** A machine on which `webgpu` takes a third of the time of `simd`. */
const setUp = async (engine: 'auto' | 'simd' = 'simd') => {
  const harness = createHarness();
  harness.engine.survey.push(...(['simd', 'webgpu', 'webgl', 'tfjs', 'cpu'] as const).map(info));
  harness.engine.scanMillisecondsOf.set('simd', 30).set('webgpu', 10).set('webgl', 50).set('tfjs', 90).set('cpu', 200);
  const textId = await harness.loadText();
  await harness.open({ runId: 'a', textId, settings: { ...TINY, engine } });
  return {
    ...harness,
    textId,
    newest: () => harness.all('timings').at(-1),
    tried: () => harness.all('timings').flatMap(({ timedEngine }) => timedEngine ?? []),
    engineOf: (runId: string) =>
      harness.descriptions().findLast((description) => description.runId === runId)?.engine.name,
  };
};

describe('while nothing trains', () => {
  it('times simd and the best way to a GPU, once, and leaves the run where it is', async () => {
    const { pass, newest, tried, engineOf, engine, losses } = await setUp();
    const { buffers } = engine;
    await pass(3000);
    expect(tried()).toEqual([]);
    await pass(8000);
    expect(tried()).toEqual(['simd', 'webgpu']);
    const known = newest()?.known ?? [];
    expect(newest()?.timedEngine).toBeNull();
    expect(known.map(({ engine: name, device }) => [name, device])).toEqual([
      ['simd', 'fake simd'],
      ['webgpu', 'fake webgpu'],
    ]);
    const [simd, webgpu] = known.map(({ stepMilliseconds }) => stepMilliseconds ?? NaN);
    expect(simd).toBeGreaterThanOrEqual(30);
    expect(simd).toBeLessThan(45);
    expect(webgpu).toBeGreaterThanOrEqual(10);
    expect(webgpu).toBeLessThan(25);
    expect(engineOf('a')).toBe('simd');
    expect(engine.buffers).toBe(buffers);
    expect(engine.open).toBe(1);
    await losses('a', 1);
    await pass(9000);
    expect(tried()).toHaveLength(2);
  });

  it('times nothing while a sample is written, which would make both slow', async () => {
    const { all, until, pass, tried, engine } = await setUp();
    // Some symbols in, they take so long that the rest is over before the sample is.
    await until(() => all('sample').length > 0);
    engine.scanMillisecondsOf.set('simd', 60);
    await pass(6000);
    expect(all('sample').some(({ sample }) => sample.complete)).toBe(false);
    expect(tried()).toEqual([]);
    await until(() => all('sample').some(({ sample }) => sample.complete));
    await until(() => tried().length > 0);
  });

  it('times WebGL where it is the one way to a GPU', async () => {
    const { pass, tried, engine } = await setUp();
    engine.survey.splice(1, 1);
    await pass(11_000);
    expect(tried()).toEqual(['simd', 'webgl']);
  });

  it('times nothing where there is nothing to choose', async () => {
    const { pass, tried, engine } = await setUp();
    engine.survey.splice(1, 3);
    await pass(9000);
    expect(tried()).toEqual([]);
  });

  it('ends as soon as training begins, and goes on afterwards', async () => {
    const { pass, until, post, phase, tried, newest } = await setUp();
    await until(() => tried().length === 1);
    post({ type: 'train', runId: 'a' });
    await phase('a', 'running');
    await until(() => newest()?.timedEngine === null);
    expect(newest()?.known).toEqual([]);
    await pass(9000);
    expect(tried()).toHaveLength(1);
    post({ type: 'pause', runId: 'a' });
    await until(() => newest()?.known.length === 2);
  });
});

describe('when asked', () => {
  it('times every engine that is there', async () => {
    const { post, until, newest, engine } = await setUp();
    engine.survey[2] = { ...info('webgl'), available: false };
    post({ type: 'time-engines', runId: 'a' });
    await until(() => newest()?.timedEngine === null && newest()?.known.length === 4);
    expect(newest()?.known.map(({ engine: name }) => name)).toEqual(['simd', 'webgpu', 'tfjs', 'cpu']);
  });

  it('says of an engine that cannot train it that it cannot', async () => {
    const { post, until, newest, engine } = await setUp();
    engine.useless.add('webgpu');
    post({ type: 'time-engines', runId: 'a' });
    await until(() => newest()?.known.length === 5);
    expect(newest()?.known[1]).toMatchObject({ engine: 'webgpu', stepMilliseconds: null });
  });

  it('keeps nothing of an engine that did not come, tells why, and tries it again when asked', async () => {
    const { post, until, newest, engine, all, pass } = await setUp();
    const failure = { code: 'part-unreachable', cause: '503' } as const;
    engine.unopened.set('webgpu', failure);
    post({ type: 'time-engines', runId: 'a' });
    await until(() => newest()?.timedEngine === null && newest()?.known.length === 4);
    expect(newest()?.known.map(({ engine: name }) => name)).not.toContain('webgpu');
    expect(all('problem').map((problem) => problem.failure)).toEqual([failure]);
    // Not by itself: what did not come would be fetched at each rest.
    const { length } = engine.openings;
    post({ type: 'step', runId: 'a' });
    await pass(9000);
    expect(engine.openings).toHaveLength(length);

    engine.unopened.clear();
    post({ type: 'time-engines', runId: 'a' });
    await until(() => newest()?.timedEngine === null && newest()?.known.length === 5);
    expect(all('problem')).toHaveLength(1);
  });

  it('gives up an engine that does not answer as soon as nobody waits for it', async () => {
    const { post, until, newest, engine, phase, pass } = await setUp();
    engine.silent.add('webgpu');
    post({ type: 'time-engines', runId: 'a' });
    await until(() => newest()?.timedEngine === 'webgpu');
    post({ type: 'train', runId: 'a' });
    await phase('a', 'running');
    await until(() => newest()?.timedEngine === null);
    engine.answer();
    await pass(100);
    expect(engine.open).toBe(1);
    expect(newest()?.known.map(({ engine: name }) => name)).toEqual(['simd']);
  });

  it('gives up a device that never finishes a step, and goes on with the next one', async () => {
    const { post, until, newest, engine, clock } = await setUp();
    engine.hanging = 'webgpu';
    post({ type: 'time-engines', runId: 'a' });
    await until(() => newest()?.timedEngine === 'webgpu');
    await until(() => {
      if (newest()?.timedEngine === 'webgpu') clock.advance(500);
      return newest()?.timedEngine === null;
    });
    expect(newest()?.known.map(({ engine: name }) => name)).toEqual(['simd', 'webgl', 'tfjs', 'cpu']);
  });
});

describe('a new run', () => {
  it('starts on the fastest engine that is known for its configuration', async () => {
    const { open, until, newest, textId, engineOf } = await setUp('auto');
    await until(() => newest()?.known.length === 2);
    expect(engineOf('a')).not.toBe('webgpu');
    await open({ runId: 'b', textId, replaces: 'a', settings: { ...TINY, engine: 'auto', seed: 2 } });
    expect(engineOf('b')).toBe('webgpu');
    await open({ runId: 'c', textId, replaces: 'b', settings: { ...TINY, engine: 'auto', units: 7 } });
    expect(engineOf('c')).not.toBe('webgpu');
    await open({ runId: 'd', textId, replaces: 'c', settings: { ...TINY, engine: 'simd' } });
    expect(engineOf('d')).toBe('simd');
  });

  it('starts on what earlier visits found, if the device is still the same', async () => {
    const first = await setUp();
    await first.until(() => first.newest()?.known.length === 2);
    const timings = first.newest()?.known ?? [];
    const { open, textId, engineOf, post, engine } = await setUp();
    post({ type: 'recall', stored: JSON.stringify(timings) });
    await open({ runId: 'b', textId, replaces: 'a', settings: { ...TINY, engine: 'auto' } });
    expect(engineOf('b')).toBe('webgpu');
    expect(engine.survey).toHaveLength(5);

    const other = await setUp();
    other.engine.survey[1] = { ...info('webgpu'), device: 'another card' };
    other.post({ type: 'recall', stored: JSON.stringify(timings) });
    await other.open({ runId: 'b', textId: other.textId, replaces: 'a', settings: { ...TINY, engine: 'auto' } });
    expect(other.engineOf('b')).toBe('simd');
  });

  it('does not wait for devices that do not answer, and asks none for what starts at once', async () => {
    const { until, newest, textId, engine, post, phase } = await setUp('simd');
    await until(() => newest()?.known.length === 2);
    const timings = newest()?.known ?? [];
    const other = await setUp('simd');
    other.engine.surveyHangs = true;
    other.post({ type: 'recall', stored: JSON.stringify(timings) });
    const surveys = other.engine.surveys;
    const began = other.clock.now();
    await other.open({ runId: 'b', textId: other.textId, replaces: 'a', settings: { ...TINY, engine: 'auto' } });
    expect(other.engineOf('b')).toBe('simd');
    expect(other.clock.now() - began).toBeLessThan(8000);
    expect(other.engine.surveys).toBe(surveys + 1);

    const slower = timings.map((entry) => ({ ...entry, stepMilliseconds: entry.engine === 'simd' ? 1 : 99 }));
    engine.surveyHangs = true;
    post({ type: 'recall', stored: JSON.stringify(slower) });
    post({
      type: 'open',
      runId: 'b',
      textId,
      settings: { ...TINY, engine: 'auto' },
      replaces: 'a',
      when: 'ready',
      then: 'wait',
    });
    await phase('b', 'ready');
    expect(engine.surveys).toBe(1);
  });

  it('does not start by itself on a device that has failed', async () => {
    const { open, until, newest, textId, engineOf, engine, phase } = await setUp('auto');
    await until(() => newest()?.known.length === 2);
    await open({ runId: 'b', textId, replaces: 'a', settings: { ...TINY, engine: 'auto' } });
    engine.lose('webgpu');
    await phase('b', 'loading');
    await phase('b', 'ready');
    expect(newest()?.known.map(({ engine: name }) => name)).toEqual(['simd']);
    await open({ runId: 'c', textId, replaces: 'b', settings: { ...TINY, engine: 'auto' } });
    expect(engineOf('c')).toBe('simd');
  });
});
