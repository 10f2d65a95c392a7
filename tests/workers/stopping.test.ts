/** Runs that pause by themselves: at the step that was set and at no other, or at a held-out loss. */
import { expect, it } from 'vitest';
import type { Settings } from '../../src/model/settings';
import { Stopping } from '../../src/model/stopping';
import { NO_METRICS, type History } from '../../src/model/telemetry';
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

it('stops where the held-out loss has not fallen for so many steps, and goes on for as many', async () => {
  // At this rate it soon rises and falls by chance.
  const { phaseOf, all, giveBuffer, until, train } = await trained({ stopPatience: 20, learningRate: 0.3 });
  const history = async () => {
    const before = all('frame').length;
    giveBuffer();
    await until(() => all('frame').length > before, 'a frame');
    const { steps, values } = all('frame')[before].history.heldOutLoss;
    return Array.from(values, (loss, k) => ({ step: steps[k], loss }));
  };
  const lowestOf = (measured: readonly { readonly step: number; readonly loss: number }[]) =>
    measured.reduce((lowest, one) => (one.loss < lowest.loss ? one : lowest));
  const first = phaseOf('a');
  expect(first?.stopped).toBe('patience');
  const step = first?.metrics.step ?? NaN;
  const measured = await history();
  expect(step - lowestOf(measured).step).toBe(20);
  // At no step before.
  for (const { step: then } of measured.slice(0, -1)) {
    expect(then - lowestOf(measured.filter((one) => one.step <= then)).step).toBeLessThan(20);
  }
  await train();
  const { stopped, metrics } = phaseOf('a') ?? {};
  expect(stopped).toBe('patience');
  const { step: lowest } = lowestOf(await history());
  expect((metrics?.step ?? NaN) - Math.max(lowest, step)).toBe(20);
});

it('goes by what was measured before it came back', async () => {
  const measured = { steps: Float64Array.of(1, 5, 10, 15), values: Float32Array.of(3, 2, 2.5, 2.4) };
  const run = (queuedStep: number, heldOutLoss: number) => ({
    queuedStep,
    settle: () => Promise.resolve(),
    metrics: { ...NO_METRICS, heldOutLoss },
    history: { heldOutLoss: measured } as unknown as History,
  });
  const stops = { stopStep: 0, stopLoss: 0, stopPatience: 15, evaluateEvery: 5 };
  const stopping = new Stopping();
  expect(await stopping.after(run(15, 2.4), stops)).toBeNull();
  expect(await stopping.after(run(17, 2.4), stops)).toBeNull();
  expect(await stopping.after(run(20, 2.2), stops)).toBe('patience');
  expect(await stopping.after(run(25, 1.9), stops)).toBeNull();
  expect(await stopping.after(run(35, 2), stops)).toBeNull();
  expect(await stopping.after(run(40, 2), stops)).toBe('patience');
  // Where nothing is held out.
  const nothing = {
    ...run(50, NaN),
    history: { heldOutLoss: { steps: new Float64Array(), values: new Float32Array() } },
  };
  expect(await new Stopping().after(nothing as unknown as ReturnType<typeof run>, stops)).toBeNull();
});
