/** Units are ranked by what they follow on held-out text: while a run trains, for little of its time, and when it rests. */
import { describe, expect, it } from 'vitest';
import { createReferenceKernels } from '../../src/model/kernels/reference';
import { Run } from '../../src/model/run';
import { fromString } from '../../src/model/text/decode';
import { createDataset } from '../../src/model/text/vocabulary';
import { createHarness, TINY } from './harness';

/** Long enough to hold a part out that has all kinds of labels. */
const TEXT = 'the cat said "no" and (in the end) sat on Mat 7.\n'.repeat(60);

const trained = async (settings = TINY) => {
  const page = createHarness();
  await page.open({ runId: 'a', textId: await page.loadText(TEXT), settings });
  return page;
};

describe('rankings', () => {
  it('do not come of first values, which follow nothing', async () => {
    const { pass, all } = await trained();
    await pass(3000);
    expect(all('rankings')).toEqual([]);
  });

  it('come of a run that rests, of its very step', async () => {
    const { losses, until, all } = await trained();
    await losses('a', 2);
    await until(() => all('rankings').at(-1)?.step === 2, 'the rankings');
    const { rankings, layer } = all('rankings').at(-1) ?? { rankings: [] };
    expect(layer).toBe(0);
    expect(rankings.map(({ label }) => label)).toEqual(
      expect.arrayContaining(['word', 'place', 'quoted', 'bracketed', 'upper', 'numeral', 'column']),
    );
    for (const { order, unit } of rankings) {
      expect(unit).toBe(order[0]);
      expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: TINY.units }, (_, k) => k));
    }
  });

  it('come of the layer that is looked at', async () => {
    const { losses, until, all, post } = await trained({ ...TINY, layers: 2 });
    await losses('a', 1);
    await until(() => all('rankings').length > 0);
    post({ type: 'watch', runId: 'a', layer: 1, pastStep: null });
    await until(() => all('rankings').at(-1)?.layer === 1, 'the rankings of the other layer');
  });

  it('come while it trains, seldom enough, and change nothing of what it learns', async () => {
    const { post, pass, all, until, phase, phaseOf } = await trained();
    post({ type: 'train', runId: 'a' });
    await until(() => all('rankings').length > 0);
    const before = all('rankings').length;
    await pass(3000);
    const further = all('rankings').length - before;
    expect(further).toBeGreaterThan(0);
    expect(further).toBeLessThanOrEqual(3);
    post({ type: 'pause', runId: 'a' });
    await phase('a', 'ready');
    const { step = 0, loss } = phaseOf('a')?.metrics ?? {};

    const dataset = createDataset(fromString(TEXT), TINY);
    const run = Run.create({ settings: TINY, dataset, kernels: createReferenceKernels(), memoryLimit: 1e9 });
    while (run.metrics.step < step) {
      await run.step();
      await run.settle();
    }
    expect(run.metrics.loss).toBe(loss);
  });

  it('give way to what is asked for', async () => {
    const { post, until, all, phase } = await trained();
    post({ type: 'train', runId: 'a' });
    await until(() => all('rankings').length > 0);
    post({ type: 'pause', runId: 'a' });
    await phase('a', 'ready');
    const { step } = all('phase').at(-1)?.metrics ?? {};
    await until(() => all('rankings').at(-1)?.step === step, 'the rankings of the last step');
  });
});
