/** Which copies of a run are kept on the host. */
import { describe, expect, it } from 'vitest';
import type { Run, RunSnapshot } from '../../src/model/run';
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import type { Change } from '../../src/model/snapshot';
import { NO_METRICS } from '../../src/model/telemetry';
import { HostCopies } from '../../src/workers/copies';
import { FakeClock } from './harness';

/** All that copies see of a run. */
const runAt = (step: number, loss: number, changes: readonly Change[] = []) => {
  const rolledBackTo: RunSnapshot[] = [];
  const metrics = { ...NO_METRICS, step, loss, smoothedLoss: step === 0 ? NaN : loss, heldOutLoss: Math.log(10) };
  const history = { heldOut: { values: Float32Array.of(Math.log(10)) } };
  const settings = DEFAULT_SETTINGS;
  const run = {
    metrics,
    changes,
    dataset: { vocabulary: { codePoints: new Int32Array(10) } },
    snapshot: () => Promise.resolve({ metrics, history, settings }),
    rollBack: (snapshot: RunSnapshot) => rolledBackTo.push(snapshot),
  };
  return { run: run as unknown as Run, rolledBackTo };
};
const create = async () => {
  const clock = new FakeClock();
  const copies = new HostCopies(clock, null, null);
  await copies.take(runAt(0, NaN).run);
  return { copies, clock };
};

describe('copies of a run', () => {
  it('of its first values are healthy', async () => {
    const { copies } = await create();
    expect(copies.healthy?.metrics.step).toBe(0);
  });

  it('are healthy once a later step has found them so, not before', async () => {
    const { copies } = await create();
    const { run } = runAt(10, 1);
    await copies.take(run);
    copies.observe(run);
    expect(copies.healthy?.metrics.step).toBe(0);
    copies.observe(runAt(11, 1).run);
    expect(copies.healthy?.metrics.step).toBe(10);
  });

  it.each([5, 1e30, NaN])('are not healthy where the next loss is %f', async (loss) => {
    const { copies } = await create();
    await copies.take(runAt(10, 1).run);
    copies.observe(runAt(11, loss).run);
    copies.observe(runAt(12, 1).run);
    expect(copies.healthy?.metrics.step).toBe(0);
    expect(copies.newest?.metrics.step).toBe(10);
  });

  it('are what the run goes back to, as often as it must', async () => {
    const { copies } = await create();
    await copies.take(runAt(10, 1).run);
    copies.observe(runAt(11, 2).run);
    await copies.take(runAt(20, 1).run);
    const { run, rolledBackTo } = runAt(25, 1e20);
    copies.rollBack(run);
    copies.rollBack(run);
    expect(rolledBackTo.map(({ metrics }) => metrics.step)).toEqual([10, 10]);
    expect(copies.newest).toBe(copies.healthy);
  });

  it('are taken at a steady rhythm while it trains, and at once when it rests', async () => {
    const { copies, clock } = await create();
    expect(copies.isDue(false, 0)).toBe(false);
    expect(copies.isDue(false, 1)).toBe(true);
    expect(copies.isDue(true, 1)).toBe(false);
    clock.advance(10_000);
    expect(copies.isDue(true, 1)).toBe(true);
  });
});

describe('a copy that is given up', () => {
  it('is none, however late it comes', async () => {
    const { copies } = await create();
    const before = copies.newest;
    const { run } = runAt(5, 1);
    const taken = copies.take(run);
    copies.giveUp();
    await taken;
    expect(copies.newest).toBe(before);
    await copies.take(run);
    expect(copies.newest?.metrics.step).toBe(5);
  });
});

describe('a run that has lost what it had learnt', () => {
  /** A copy in good order of step 100, loss 1, of ten symbols: guessing costs 2.3. */
  const learnt = async () => {
    const { copies } = await create();
    await copies.take(runAt(100, 1).run);
    copies.observe(runAt(101, 1).run);
    expect(copies.healthy?.metrics.step).toBe(100);
    return copies;
  };
  const change = (name: string, step = 100): Change => ({ step, name, from: '1', value: '10' });

  it('is noticed where it does worse than twice as badly as guessing', async () => {
    const copies = await learnt();
    expect(copies.ruinOf(runAt(150, 4.5).run)).toBeNull();
    expect(copies.ruinOf(runAt(150, 118).run)).toEqual({ step: 100, loss: 1, restores: {} });
  });

  it('is noticed where half of it is gone after a change of the steps, which is to be taken back', async () => {
    const copies = await learnt();
    const after = (loss: number, name: string) => copies.ruinOf(runAt(150, loss, [change(name)]).run);
    expect(after(1.5, 'learningRate')).toBeNull();
    const { learningRate, clip, dropout } = DEFAULT_SETTINGS;
    expect(after(1.8, 'learningRate')).toEqual({ step: 100, loss: 1, restores: { learningRate, clip, dropout } });
    expect(after(1.8, 'clip')).not.toBeNull();
    // Which raises the loss of training by what it does, and harms nothing.
    expect(after(1.8, 'dropout')).toBeNull();
    // Of before the copy.
    expect(copies.ruinOf(runAt(150, 1.8, [change('learningRate', 90)]).run)).toBeNull();
  });

  it('keeps the copy of before, however slowly it was lost', async () => {
    const copies = await learnt();
    for (const [step, loss] of [
      [120, 1.4],
      [140, 1.6],
      [160, 1.9],
    ]) {
      await copies.take(runAt(step, loss, [change('learningRate')]).run);
      copies.observe(runAt(step + 1, loss, [change('learningRate')]).run);
    }
    expect(copies.healthy?.metrics.step).toBe(100);
    expect(copies.ruinOf(runAt(170, 2, [change('learningRate')]).run)?.step).toBe(100);
    // One batch may be easy, even to a network that has lost all.
    await copies.take(runAt(180, 6, [change('learningRate')]).run);
    copies.observe(runAt(181, 1, [change('learningRate')]).run);
    expect(copies.healthy?.metrics.step).toBe(100);
    // What was regained is kept again, once the step after it has told so.
    expect(copies.isInQuestion).toBe(false);
    await copies.take(runAt(200, 1.1, [change('learningRate')]).run);
    expect(copies.isInQuestion).toBe(true);
    copies.observe(runAt(201, 1.1, [change('learningRate')]).run);
    expect(copies.healthy?.metrics.step).toBe(200);
  });

  it('goes back to its first values where it never learnt anything', async () => {
    const { copies } = await create();
    expect(copies.ruinOf(runAt(20, 3).run)).toBeNull();
    expect(copies.ruinOf(runAt(20, 50).run)).toEqual({ step: 0, loss: Math.log(10), restores: {} });
  });
});
