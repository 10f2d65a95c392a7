/** Readings: frames hold what the page's views want, and a question is answered once, whatever becomes of its run. */
import { describe, expect, it } from 'vitest';
import type { Question } from '../../src/model/inspect/readings';
import { createHarness, TINY } from './harness';

const SLOW = { ...TINY, speed: 0 };
const MOVES: Question = { reading: 'moves', unit: 2 };

describe('frames', () => {
  it('hold the readings that are wanted, and no other', async () => {
    const { open, loadText, post, all, giveBuffer, until } = createHarness();
    await open({ runId: 'a', textId: await loadText() });
    const next = async (readings: readonly ('probe' | 'step')[]) => {
      const frames = all('frame').length;
      post({ type: 'want', readings });
      giveBuffer();
      await until(() => all('frame').length > frames);
      return Object.keys(all('frame').at(-1)?.readings ?? {});
    };
    giveBuffer();
    await until(() => all('frame').length === 1);
    expect(await next([])).toEqual([]);
    expect(await next(['step'])).toEqual(['step']);
    expect(await next(['probe', 'step'])).toEqual(['probe', 'step']);
    // No step has been watched yet.
    expect(all('frame').at(-1)?.readings.step).toBeNull();
  });

  it('tell each step in slow motion, with the loss that the step has', async () => {
    const { open, loadText, post, all, giveBuffer, until } = createHarness();
    await open({ runId: 'a', textId: await loadText(), settings: SLOW });
    post({ type: 'want', readings: ['step'] });
    post({ type: 'train', runId: 'a' });
    const steps = () => all('frame').flatMap(({ readings: { step } }) => step ?? []);
    giveBuffer();
    await until(() => {
      if (all('frame').length > steps().length) giveBuffer();
      if ((steps().at(-1)?.step ?? 0) === all('frame').at(-1)?.metrics.step) giveBuffer();
      return steps().length > 4;
    });
    for (const { metrics, readings } of all('frame')) {
      if (!readings.step) continue;
      expect(readings.step.step).toBe(metrics.step);
      expect(readings.step.meanLoss).toBeCloseTo(metrics.loss, 8);
    }
    expect(new Set(steps().map(({ step }) => step)).size).toBeGreaterThan(2);
  });

  it('do not tell of a step that another one has followed, which nobody watched', async () => {
    const { open, loadText, post, all, giveBuffer, until, losses } = createHarness();
    await open({ runId: 'a', textId: await loadText(), settings: SLOW });
    post({ type: 'want', readings: ['step'] });
    await losses('a', 2);
    giveBuffer();
    await until(() => all('frame').at(-1)?.readings.step?.step === 2);
    post({ type: 'want', readings: ['probe'] });
    await losses('a', 1);
    post({ type: 'want', readings: ['step'] });
    giveBuffer();
    await until(() => all('frame').at(-1)?.metrics.step === 3);
    expect(all('frame').at(-1)?.readings.step).toBeNull();
  });
});

describe('a question', () => {
  const watched = async () => {
    const harness = createHarness();
    await harness.open({ runId: 'a', textId: await harness.loadText() });
    harness.post({ type: 'want', readings: ['step'] });
    await harness.losses('a', 1);
    return harness;
  };

  it('is answered once', async () => {
    const { post, all, until, pass } = await watched();
    post({ type: 'ask', runId: 'a', id: 7, question: MOVES });
    await until(() => all('answer').length > 0);
    await pass(500);
    expect(all('answer')).toMatchObject([{ id: 7, answer: { step: 1, unit: 2, layer: 0 } }]);
    expect(all('answer')[0].answer?.moves).toHaveLength(5);
  });

  it('that has no answer is told so', async () => {
    const { post, all, until, losses } = await watched();
    post({ type: 'ask', runId: 'a', id: 1, question: { reading: 'moves', unit: 99 } });
    post({ type: 'want', readings: [] });
    await losses('a', 1);
    post({ type: 'ask', runId: 'a', id: 2, question: MOVES });
    await until(() => all('answer').length === 2);
    expect(all('answer')).toEqual([
      { type: 'answer', id: 1, answer: null },
      { type: 'answer', id: 2, answer: null },
    ]);
  });

  it('to nobody is refused at once', async () => {
    const { post, all } = await watched();
    post({ type: 'ask', runId: 'nobody', id: 3, question: MOVES });
    expect(all('answer')).toEqual([{ type: 'answer', id: 3, answer: null }]);
  });

  it('is refused once where its run goes away, or loses its engine, before it can answer', async () => {
    const { post, all, until, engine, open, loadText, phase, pass } = await watched();
    const free = engine.hang('cpu');
    post({ type: 'step', runId: 'a' });
    await pass(50);
    post({ type: 'ask', runId: 'a', id: 4, question: MOVES });
    await pass(50);
    expect(all('answer')).toEqual([]);
    engine.lose('cpu');
    await phase('a', 'loading');
    expect(all('answer')).toEqual([{ type: 'answer', id: 4, answer: null }]);
    post({ type: 'ask', runId: 'a', id: 5, question: MOVES });
    expect(all('answer').at(-1)).toEqual({ type: 'answer', id: 5, answer: null });
    free();
    await open({ runId: 'b', textId: await loadText(), replaces: 'a' });
    post({ type: 'ask', runId: 'a', id: 6, question: MOVES });
    await until(() => all('answer').length === 3);
    expect(all('answer').map(({ id }) => id)).toEqual([4, 5, 6]);
  });
});
