/** Runs that pause by themselves: at the step that was set and at no other, or at a held-out loss. */
import { expect, it } from 'vitest';
import type { Settings } from '../../src/model/settings';
import { createHarness, TINY } from './harness';

/** Trains a run of these settings until it stands still. */
const trained = async (settings: Partial<Settings>, when: 'ready' | 'first-step' = 'ready') => {
  const harness = createHarness();
  const { open, loadText, post, phaseOf, until } = harness;
  const then = when === 'ready' ? 'wait' : 'train';
  await open({ runId: 'a', textId: await loadText(), settings: { ...TINY, ...settings }, when, then });
  const train = async () => {
    post({ type: 'train', runId: 'a' });
    await until(() => phaseOf('a')?.phase === 'running', 'training');
    await until(() => phaseOf('a')?.phase === 'ready', 'a pause');
  };
  if (when === 'ready') await train();
  else await until(() => phaseOf('a')?.phase === 'ready', 'a pause');
  return { ...harness, train };
};

it.each([1, 5, 7, 60])('stops after step %d, at full speed, and says why', async (stopStep) => {
  const { phaseOf, engine, pass } = await trained({ stopStep });
  expect(phaseOf('a')).toMatchObject({ stopped: 'step', metrics: { step: stopStep } });
  await pass(500);
  expect(engine.trainingSteps).toBe(stopStep);
});

it('stops at a slow speed too, and at the step before the page is shown', async () => {
  expect((await trained({ stopStep: 3, speed: 3 })).engine.trainingSteps).toBe(3);
  const { engine, phaseOf } = await trained({ stopStep: 1 }, 'first-step');
  expect(phaseOf('a')).toMatchObject({ stopped: 'step', metrics: { step: 1 } });
  expect(engine.trainingSteps).toBe(1);
});

it('goes on past the step when it is let to, up to the next one that is set', async () => {
  const { post, phaseOf, until, train, engine } = await trained({ stopStep: 4 });
  post({ type: 'train', runId: 'a' });
  await until(() => engine.trainingSteps > 10);
  post({ type: 'pause', runId: 'a' });
  await until(() => phaseOf('a')?.phase === 'ready', 'a pause');
  expect(phaseOf('a')?.stopped).toBeNull();
  const stopStep = engine.trainingSteps + 6;
  post({ type: 'change', runId: 'a', settings: { stopStep } });
  await train();
  expect(phaseOf('a')).toMatchObject({ stopped: 'step', metrics: { step: stopStep } });
});

it('stops at the first evaluation whose held-out loss is low enough, once', async () => {
  const { phaseOf, post, until, engine, all, giveBuffer, train } = await trained({ stopLoss: 2.2, learningRate: 0.05 });
  const stopped = phaseOf('a');
  expect(stopped?.stopped).toBe('loss');
  const { step, heldOutLoss } = stopped?.metrics ?? { step: NaN, heldOutLoss: NaN };
  expect(heldOutLoss).toBeLessThanOrEqual(2.2);
  expect(step % TINY.evaluateEvery).toBe(0);
  expect(engine.trainingSteps).toBe(step);
  giveBuffer();
  await until(() => all('frame').length > 0);
  // None before it was as low.
  const { steps, values } = all('frame')[0].history.heldOutLoss;
  expect(steps.at(-1)).toBe(step);
  expect(values.slice(0, -1).every((loss) => loss > 2.2)).toBe(true);

  post({ type: 'train', runId: 'a' });
  await until(() => engine.trainingSteps > step + 3 * TINY.evaluateEvery);
  post({ type: 'pause', runId: 'a' });
  await until(() => phaseOf('a')?.phase === 'ready', 'a pause');
  const { stopped: again, metrics } = phaseOf('a') ?? {};
  expect(again).toBeNull();
  // Another wish stops it again.
  post({ type: 'change', runId: 'a', settings: { stopLoss: (metrics?.heldOutLoss ?? NaN) + 0.5 } });
  await train();
  expect(phaseOf('a')?.stopped).toBe('loss');
});

it('changes no number of the run', async () => {
  const { losses } = await trained({ stopStep: 6, stopLoss: 0.01 });
  const free = createHarness();
  await free.open({ runId: 'a', textId: await free.loadText(), settings: TINY });
  const all = await free.losses('a', 9);
  expect(await losses('a', 3)).toEqual(all.slice(6));
});
