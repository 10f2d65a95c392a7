/** How much of a toy task is right: told while a run trains and once it rests, of the very network, and it changes nothing. */
import { describe, expect, it } from 'vitest';
import { countRight } from '../../src/model/inspect/decisions';
import { createReferenceKernels } from '../../src/model/kernels/reference';
import { Run } from '../../src/model/run';
import * as analyses from '../../src/model/text/analyses';
import { fromString } from '../../src/model/text/decode';
import { heldOutDecisionsInSteps } from '../../src/model/text/heldOutDecisions';
import { createDataset } from '../../src/model/text/vocabulary';
import { createCorpora } from '../../src/workers/corpora';
import { finish } from '../model/text/steps';
import { createHarness, TEXT, TINY } from './harness';

const TASK = 'anbn';
const SETTINGS = { ...TINY, corpus: TASK };

const harness = () =>
  createHarness((clock) =>
    createCorpora({ clock, fetchFile: () => Promise.resolve(Response.json([])) }, () => Promise.resolve(analyses)),
  );

const opened = async () => {
  const page = harness();
  page.post({ type: 'start', base: 'https://example.org/' });
  page.post({ type: 'load-text', textId: 't', source: { kind: 'bundled', id: TASK } });
  await page.until(() => page.all('text-ready').length > 0, 'the text');
  await page.open({ runId: 'a', textId: 't', settings: SETTINGS });
  return page;
};

/** The same run without a page, and what is asked of it. */
const alone = async (steps: number) => {
  const text = fromString(analyses.writeTask(TASK));
  const dataset = createDataset(text, SETTINGS);
  const run = Run.create({ settings: SETTINGS, dataset, kernels: createReferenceKernels(), memoryLimit: 1e9 });
  while (run.metrics.step < steps) {
    await run.step();
    await run.settle();
  }
  const decisions = finish(heldOutDecisionsInSteps(text, TASK, dataset));
  if (decisions === null) throw new Error('nothing is asked');
  return { run, dataset, decisions };
};

describe('decisions of a toy task', () => {
  it('are told of a run that rests, of its very step and network', async () => {
    const { losses, until, all } = await opened();
    await losses('a', 2);
    await until(() => all('decisions').at(-1)?.decided.step === 2, 'the decisions');
    const { run, decisions } = await alone(2);
    expect(all('decisions').at(-1)?.decided).toEqual({
      step: 2,
      right: await run.countRight(decisions, { countRight }),
      of: decisions.places.length,
      chance: decisions.chance,
    });
  });

  it('are right where the most likely symbol is the one of the text, read in one stream without a reset', async () => {
    const { run, dataset, decisions } = await alone(3);
    const { streams, windows } = decisions.plan;
    const ids = Int32Array.from(dataset.ids.subarray(streams.from, streams.from + windows * streams.length + 1));
    // The probe reads all of it in one go and ranks the symbols itself.
    const { topIds } = await run.probe(ids, 0);
    const most = topIds.length / ids.length;
    const right = [...decisions.places].filter((place) => {
      const at = place - streams.from;
      return topIds[(at - 1) * most] === ids[at];
    });
    expect(await run.countRight(decisions, { countRight })).toBe(right.length);
  });

  it('come while it trains, seldom enough, and change nothing of what it learns', async () => {
    const { post, pass, all, until, phase, phaseOf } = await opened();
    post({ type: 'train', runId: 'a' });
    await until(() => all('decisions').length > 0);
    const before = all('decisions').length;
    await pass(3000);
    const further = all('decisions').length - before;
    expect(further).toBeGreaterThan(0);
    expect(further).toBeLessThanOrEqual(3);
    post({ type: 'pause', runId: 'a' });
    await phase('a', 'ready');
    const { step = 0, loss } = phaseOf('a')?.metrics ?? {};
    await until(() => all('decisions').at(-1)?.decided.step === step, 'the decisions of the last step');
    const { run } = await alone(step);
    expect(run.metrics.loss).toBe(loss);
  });

  it('are none of another text', async () => {
    const page = createHarness();
    await page.open({ runId: 'a', textId: await page.loadText(TEXT), settings: TINY });
    await page.losses('a', 2);
    await page.pass(3000);
    expect(page.all('decisions')).toEqual([]);
  });

  it('come with the list of corpora, which has the tasks once the first run is there', async () => {
    const page = await opened();
    await page.until(() => (page.all('catalogue').at(-1)?.entries.length ?? 0) > 0, 'the tasks');
    expect(
      page
        .all('catalogue')
        .at(-1)
        ?.entries.map(({ id }) => id),
    ).toEqual(analyses.taskEntries().map(({ id }) => id));
    // Asked for again, it still has them.
    page.post({ type: 'load-catalogue' });
    await page.pass(100);
    expect(page.all('catalogue').at(-1)?.entries).toHaveLength(analyses.taskEntries().length);
  });
});
