/** Earlier networks of a run: each reads as the run did that was stopped there, and a run that goes on from one is the same run. */
import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import type { ProbeFrame } from '../../src/model/telemetry';
import type { Settings } from '../../src/model/settings';
import { createHarness, TINY } from './harness';

vi.setConfig({ testTimeout: 60_000 });

const LAST = 40;

const SETTINGS: Settings = {
  ...TINY,
  engine: 'simd',
  layers: 2,
  batch: 8,
  dropout: 0.3,
  schedule: 'cosine',
  scheduleSteps: 50,
};

type Harness = ReturnType<typeof createHarness>;

const simd = async (settings: Settings): Promise<Harness> => {
  const worker = createHarness();
  worker.engine.isReal = true;
  worker.post({ type: 'want', readings: ['probe', 'chronicle'] });
  await worker.open({ runId: 'a', textId: await worker.loadText(), settings });
  return worker;
};

const isProbe = (probe: ProbeFrame | null | undefined): probe is ProbeFrame => probe !== null && probe !== undefined;

/** The next frame that `isMeant`; the page has a buffer for each. */
const frame = async ({ giveBuffer, until, all }: Harness, isMeant: (probe: ProbeFrame) => boolean) => {
  const before = all('frame').length;
  const found = () =>
    all('frame')
      .slice(before)
      .find(({ readings: { probe } }) => isProbe(probe) && isMeant(probe));
  giveBuffer();
  await until(() => {
    if (found() === undefined && all('frame').length > before) giveBuffer();
    return found() !== undefined;
  }, 'a frame');
  return found()?.readings;
};

/** All that a score shows. */
const shown = (probe: ProbeFrame | null | undefined) => {
  if (!isProbe(probe)) throw new Error('no probe');
  const { step, values, surprise, topIds, topProbabilities } = probe;
  return {
    step,
    values: [...values],
    surprise: [...surprise],
    topIds: [...topIds],
    topProbabilities: [...topProbabilities],
  };
};

const look = async (worker: Harness, pastStep: number | null, layer = 0) => {
  worker.post({ type: 'watch', runId: 'a', layer, pastStep });
  const readings = await frame(worker, (probe) => probe.layer === layer && probe.step === (pastStep ?? LAST));
  return shown(readings?.probe);
};

/** Single steps, each written down before the next is made. */
const stepBy = async (worker: Harness, runId: string, count: number): Promise<number[]> => {
  const losses: number[] = [];
  for (let k = 0; k < count; k++) {
    losses.push(...(await worker.losses(runId, 1)));
    await worker.pass(20);
  }
  return losses;
};

/** Of the run on the page. */
const stepsOf = async (worker: Harness): Promise<number[]> => {
  await worker.pass(20);
  const runId = worker.all('replaced').at(-1)?.runId ?? '';
  worker.post({ type: 'watch', runId, layer: 0, pastStep: null });
  return [...((await frame(worker, () => true))?.chronicle?.steps ?? [])];
};

const fileOf = async (worker: Harness, runId: string) => {
  const before = worker.all('run-file').length;
  worker.post({ type: 'save-run', runId });
  await worker.until(() => worker.all('run-file').length > before, 'the file');
  return createHash('sha256').update(worker.all('run-file')[before].bytes).digest('hex');
};

describe('the chronicle', () => {
  it('shows each step as the run showed it that stood there, to the last bit', async () => {
    const worker = await simd(SETTINGS);
    const lived = [shown((await frame(worker, ({ step }) => step === 0))?.probe)];
    for (let step = 1; step <= LAST; step++) {
      await stepBy(worker, 'a', 1);
      lived.push(shown((await frame(worker, (probe) => probe.step === step))?.probe));
    }
    const steps = await stepsOf(worker);
    expect(steps[0]).toBe(0);
    expect(steps.length).toBeGreaterThan(20);
    for (const step of steps) {
      if (step < LAST) expect(await look(worker, step)).toEqual(lived[step]);
    }
    expect(await look(worker, null)).toEqual(lived[LAST]);
    // Another layer of then is another picture.
    expect((await look(worker, steps[5], 1)).values).not.toEqual(lived[steps[5]].values);
  });

  it('shows it while the run trains on, and the numbers of the run are as if nobody looked', async () => {
    const undisturbed = await simd(SETTINGS);
    const losses = await undisturbed.losses('a', LAST);
    const worker = await simd(SETTINGS);
    const before = await stepBy(worker, 'a', 10);
    const then = await look(worker, 10);
    worker.post({ type: 'watch', runId: 'a', layer: 0, pastStep: 4 });
    const after = await stepBy(worker, 'a', LAST - 10);
    expect(await look(worker, 10)).toEqual(then);
    expect([...before, ...after]).toEqual(losses);
    expect(await fileOf(worker, 'a')).toBe(await fileOf(undisturbed, 'a'));
  });

  it('lets a new run go on from any step, which is the same run to the last bit, and comes back by Undo', async () => {
    const worker = await simd(SETTINGS);
    const { textId } = worker.all('description')[0].description;
    const losses = await stepBy(worker, 'a', LAST);
    const file = await fileOf(worker, 'a');
    const steps = await stepsOf(worker);
    for (const step of [0, steps[3], steps[12]]) {
      const runId = `from-${String(step)}`;
      await worker.open({ runId, textId, settings: SETTINGS, replaces: 'a', pastStep: step });
      expect(worker.phaseOf(runId)).toMatchObject({ phase: 'ready', metrics: { step } });
      // It can be looked at as the other one was before.
      expect(await stepsOf(worker)).toEqual(steps.filter((one) => one <= step));
      expect(await stepBy(worker, runId, LAST - step)).toEqual(losses.slice(step));
      expect(await fileOf(worker, runId)).toBe(file);
      worker.post({ type: 'undo', runId });
      await worker.until(() => worker.all('replaced').at(-1)?.runId === 'a', 'the run before');
      expect(await stepsOf(worker)).toEqual(steps);
    }
  });

  it('forgets what came after the step to which a run goes back', async () => {
    const worker = await simd({ ...SETTINGS, learningRate: 0.01, dropout: 0 });
    await stepBy(worker, 'a', 12);
    worker.post({ type: 'change', runId: 'a', settings: { learningRate: 10 } });
    await stepBy(worker, 'a', 30);
    await worker.until(() => (worker.all('ruined').at(-1)?.ruin ?? null) !== null, 'the ruin');
    worker.post({ type: 'recover', runId: 'a' });
    const to = worker.all('ruined').at(-1)?.ruin?.step ?? NaN;
    const readings = await frame(worker, ({ step }) => step === to);
    expect(readings?.chronicle?.steps.at(-1)).toBe(to);
  });
});
