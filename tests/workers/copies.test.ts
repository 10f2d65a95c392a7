/** Which copies of a run are kept on the host. */
import { describe, expect, it } from 'vitest';
import type { Run, RunSnapshot } from '../../src/model/run';
import { NO_METRICS } from '../../src/model/telemetry';
import { HostCopies } from '../../src/workers/copies';
import { FakeClock } from './harness';

/** All that copies see of a run. */
const runAt = (step: number, loss: number) => {
  const rolledBackTo: RunSnapshot[] = [];
  const metrics = { ...NO_METRICS, step, loss };
  const history = { heldOut: { values: Float32Array.of(Math.log(10)) } };
  const run = {
    metrics,
    dataset: { vocabulary: { codePoints: new Int32Array(10) } },
    snapshot: () => Promise.resolve({ metrics, history }),
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
