/**
 * An interruption costs at most ten seconds of training, or one step: the worker, the tab, the browser and its process for
 * graphics are ended at random moments. A part of it here; all of it by `npm run kills`, which sets the numbers.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { deriveKey, uniform } from '../../src/model/random';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { crashGpu, startBrowser, terminateWorkers } from './killing';
import { linkOf, Playground } from './playground';

const { seed, ...TRIALS } = {
  seed: 1,
  worker: 2,
  tab: 1,
  browser: 1,
  gpu: 1,
  tabs: 1,
  ...(JSON.parse(process.env['KILLS'] ?? '{}') as Partial<
    Record<'seed' | 'worker' | 'tab' | 'browser' | 'gpu' | 'tabs', number>
  >),
};
type Kind = keyof typeof TRIALS;

/** Milliseconds of training that an interruption may cost. */
const MOST_LOST = 10_000;
/** Milliseconds after which a run has certainly been saved again. */
const LONGEST = 8000;
const SOON = { timeout: 30_000 };

/** Thirty steps a second, so that the losses of all of them can be had beforehand; large enough that a write takes a while. */
const SPEED = 30;
const SHAPE = { units: 128, batch: 4, length: 8 };
const LINK = `${Object.entries(SHAPE)
  .map(([name, value]) => `${name}=${value}`)
  .join('&')}&eval=200&threads=1&speed=5`;

/** Of each step of the run, had without a page and without an interruption; from the first step on. */
const lossesWithoutInterruption = (steps: number, log: string): readonly number[] => {
  const shape = Object.entries(SHAPE).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const args = ['public/corpora/capslock.txt', ...shape, '--evaluate-every', '200', '--steps', String(steps)];
  const program = ['--import', 'tsx', 'cli/train.ts', ...args, '--log', log];
  const { status, stderr } = spawnSync(process.execPath, program);
  expect(status, String(stderr)).toBe(0);
  const [, ...lines] = readFileSync(log, 'utf8').trim().split('\n');
  return lines.map((line) => Number(line.split(',')[1]));
};

/** A number in [0, 1) for each trial and purpose. */
const chance = (kind: Kind, trial: number, purpose: number) =>
  uniform(deriveKey(seed, Object.keys(TRIALS).indexOf(kind), purpose), trial);

interface Seen {
  readonly at: number;
  readonly step: number;
}

/** Looks on while it trains, for so long; what was seen last is what is lost from. */
const lookOn = async (playground: Playground, milliseconds: number): Promise<Seen[]> => {
  const seen: Seen[] = [];
  const until = Date.now() + milliseconds;
  while (Date.now() < until) {
    const step = await playground.currentStep();
    seen.push({ at: Date.now(), step });
    await playground.page.waitForTimeout(20);
  }
  return seen;
};

/** Milliseconds of training that are lost where the run is back at `step`. */
const lostBy = (seen: readonly Seen[], killedAt: number, step: number): number => {
  const next = seen.find((one) => one.step > step);
  const last = seen.at(-1)?.step ?? 0;
  return next === undefined || last <= step + 1 ? 0 : killedAt - next.at;
};

const keptLine = (page: Page) => page.getByRole('figure', { name: 'Loss' }).locator('.kept-state');

/** A run that is kept, and trains. */
const begin = async (playground: Playground, link: string) => {
  await playground.page.goto(link);
  await playground.ready();
  await playground.train.click();
  await expect(keptLine(playground.page)).toContainText(/Saved .* at step/, SOON);
};

/** The run is there, paused, and every control of it answers. */
const obeys = async (playground: Playground, losses: readonly number[] | null) => {
  const step = await playground.currentStep();
  for (let k = 0; k <= 2; k++) {
    if (k > 0) await playground.makeSteps(1);
    const loss = await playground.reading('loss');
    // Before its first step a run has none.
    if (step + k === 0) continue;
    if (losses === null) expect(loss).toBeGreaterThan(0);
    else expect([step + k, loss]).toEqual([step + k, losses[step + k - 1]]);
  }
  await expect(playground.page.getByRole('progressbar')).toHaveCount(0);
  await playground.train.click();
  await expect.poll(() => playground.currentStep(), SOON).toBeGreaterThan(step + 3);
};

/** What a trial has cost, for the line that `npm run kills` ends with. */
const note = (kind: Kind, lost: number) => {
  test.info().annotations.push({ type: `lost by ${kind}`, description: String(lost) });
  expect(lost).toBeLessThanOrEqual(MOST_LOST);
};

/** The run went on by a press of a button. */
const noteAsked = (kind: Kind) => {
  test.info().annotations.push({ type: `asked by ${kind}`, description: '' });
};

const minutes = (count: number) => count * 60_000;
const limit = (kind: Kind) => minutes(1) + TRIALS[kind] * 45_000;

if (TRIALS.worker + TRIALS.tab + TRIALS.browser > 0)
  test.describe('with the losses of a run that nothing has interrupted', () => {
    let losses: readonly number[] = [];

    test.beforeAll(() => {
      test.setTimeout(minutes(10));
      const trials = Math.max(TRIALS.worker, TRIALS.tab, TRIALS.browser);
      const steps = Math.ceil((SPEED * (LONGEST + MOST_LOST)) / 1000) * (trials + 1);
      losses = lossesWithoutInterruption(steps, test.info().outputPath('losses.csv'));
    });

    if (TRIALS.worker > 0)
      test(`the worker × ${TRIALS.worker}`, async ({ page, playground }) => {
        test.setTimeout(limit('worker'));
        await begin(playground, linkOf(`${LINK}&engine=simd`));
        for (let k = 0; k < TRIALS.worker; k++) {
          const seen = await lookOn(playground, chance('worker', k, 0) * LONGEST);
          await terminateWorkers(page);
          const killedAt = Date.now();
          const again = playground.notices.getByRole('button', { name: 'Start it again' });
          const back = playground.notices.filter({ hasText: 'has stopped (it was ended). The run is back at step' });
          await expect(again.or(back)).toBeVisible(SOON);
          // Of those that die too often the reader is asked.
          if (await again.isVisible()) {
            noteAsked('worker');
            await again.click();
          }
          await playground.ready();
          note('worker', lostBy(seen, killedAt, await playground.currentStep()));
          await obeys(playground, losses);
        }
      });

    if (TRIALS.tab > 0)
      test(`the tab × ${TRIALS.tab}`, async ({ page, context }) => {
        test.setTimeout(limit('tab'));
        let playground = new Playground(page);
        const link = linkOf(`${LINK}&engine=simd`);
        await begin(playground, link);
        for (let k = 0; k < TRIALS.tab; k++) {
          const seen = await lookOn(playground, chance('tab', k, 0) * LONGEST);
          const address = playground.page.url();
          await playground.page.close();
          const killedAt = Date.now();
          playground = new Playground(await context.newPage());
          await playground.page.goto(chance('tab', k, 1) < 0.5 ? './' : address);
          await expect.poll(() => playground.currentStep(), SOON).toBeGreaterThan(0);
          await playground.ready();
          note('tab', lostBy(seen, killedAt, await playground.currentStep()));
          await obeys(playground, losses);
        }
      });

    if (TRIALS.browser > 0)
      test(`the browser in mid-write × ${TRIALS.browser}`, async ({ baseURL }, testInfo) => {
        test.setTimeout(limit('browser'));
        const profile = testInfo.outputPath('profile');
        const link = new URL(linkOf(`${LINK}&engine=simd`), baseURL).href;
        let browser = await startBrowser(profile);
        try {
          let playground = new Playground(browser.page);
          await begin(playground, link);
          for (let k = 0; k < TRIALS.browser; k++) {
            const { page } = browser;
            const [worker] = page.workers();
            const seen = await lookOn(playground, chance('browser', k, 0) * 1000);
            // The moments in which something is written, told by the test's own ear.
            await worker.evaluate(() => {
              const { prototype } = IDBObjectStore;
              const put = Object.getOwnPropertyDescriptor(prototype, 'put')?.value as typeof prototype.put;
              prototype.put = function (...args) {
                console.log('writes');
                return put.apply(this, args);
              };
            });
            const hasBegun = { write: false };
            page.on('console', (message) => {
              if (message.text() === 'writes') hasBegun.write = true;
            });
            do seen.push(...(await lookOn(playground, 50)));
            while (!hasBegun.write);
            await new Promise((resolve) => setTimeout(resolve, chance('browser', k, 1) * 30));
            await browser.kill();
            const killedAt = Date.now();
            browser = await startBrowser(profile);
            playground = new Playground(browser.page);
            await playground.page.goto(link);
            await playground.ready();
            const offer = playground.notices.getByRole('button', { name: 'Go on with it' });
            // Where the note beside the run had not been written yet, it is offered.
            if ((await playground.currentStep()) === 0) {
              await offer.click(SOON);
              noteAsked('browser');
            }
            await expect.poll(() => playground.currentStep(), SOON).toBeGreaterThan(0);
            await playground.ready();
            note('browser', lostBy(seen, killedAt, await playground.currentStep()));
            await obeys(playground, losses);
          }
        } finally {
          await browser.kill();
          await rm(profile, { recursive: true, force: true });
        }
      });
  });

if (TRIALS.gpu > 0)
  test(`the process for graphics × ${TRIALS.gpu}`, async ({ baseURL }, testInfo) => {
    test.setTimeout(limit('gpu'));
    const browser = await startBrowser(testInfo.outputPath('profile'), [
      '--disable-gpu-process-crash-limit',
      '--disable-domain-blocking-for-3d-apis',
    ]);
    const playground = new Playground(browser.page);
    try {
      for (let k = 0; k < TRIALS.gpu; k++) {
        const engine = chance('gpu', k, 1) < 0.5 ? 'webgl' : 'webgpu';
        await playground.page.goto('about:blank');
        const small = 'units=16&batch=8&length=8&eval=20';
        await playground.page.goto(new URL(linkOf(`${small}&seed=${k}&engine=${engine}`), baseURL).href);
        await playground.ready();
        await playground.train.click();
        await expect.poll(() => playground.currentStep(), { timeout: 60_000 }).toBeGreaterThan(3);
        const seen = await lookOn(playground, chance('gpu', k, 0) * LONGEST);
        await crashGpu(browser.browser);
        const killedAt = Date.now();
        await expect(playground.notices).toContainText('The run is back at step', { timeout: 60_000 });
        await playground.ready();
        note('gpu', lostBy(seen, killedAt, await playground.currentStep()));
        await obeys(playground, null);
      }
    } finally {
      await browser.kill();
      await rm(testInfo.outputPath('profile'), { recursive: true, force: true });
    }
  });

if (TRIALS.tabs > 0)
  test(`two tabs × ${TRIALS.tabs}: one saves, the other says so and takes over`, async ({ context, baseURL }) => {
    test.setTimeout(limit('tabs'));
    const origin = new URL(baseURL ?? '').origin;
    const link = (seed: number) => linkOf(`units=16&batch=8&length=8&eval=20&threads=1&engine=simd&seed=${seed}`);
    for (let k = 0; k < TRIALS.tabs; k++) {
      // Nothing is left of the trial before.
      const any = context.pages().at(0) ?? (await context.newPage());
      const session = await context.newCDPSession(any);
      await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
      await session.detach();
      const tabs: (Playground | null)[] = [null, null];
      const open = async (which: number) => {
        const playground = new Playground(await context.newPage());
        await playground.page.goto(chance('tabs', k, 90 + which) < 0.5 ? './' : link(which));
        await playground.ready();
        await playground.makeSteps(1);
        tabs[which] = playground;
      };
      const deeds: readonly ((playground: Playground, which: number) => Promise<void>)[] = [
        async (playground, which) => {
          await playground.page.close();
          tabs[which] = null;
        },
        async (playground) => {
          await playground.page.reload();
          await playground.ready();
          await playground.makeSteps(1);
        },
        async (playground) => {
          const step = await playground.currentStep();
          await playground.trainPast(step + 1 + Math.floor(chance('tabs', k, step) * 300));
        },
        (playground) => playground.makeSteps(1),
        // It is saved, or says why not.
        async (playground) => {
          await expect(keptLine(playground.page)).toContainText(/Saved|another tab/, SOON);
        },
      ];
      await open(0);
      await open(1);
      for (let act = 0; act < 6; act++) {
        const which = Math.floor(chance('tabs', k, 2 * act) * 2);
        const playground = tabs[which];
        if (playground === null) await open(which);
        else await deeds[Math.floor(chance('tabs', k, 2 * act + 1) * deeds.length)](playground, which);
      }
      // Of those that are left one saves; the other says so, and saves once that is gone.
      const left = tabs.filter((playground) => playground !== null);
      if (left.length === 0) {
        await open(0);
        left.push(...tabs.filter((playground) => playground !== null));
      }
      for (const playground of left) await playground.makeSteps(1);
      const lines = () => Promise.all(left.map(({ page }) => keptLine(page).innerText()));
      await expect(async () => {
        const said = (await lines()).map((line) => (line.includes('another tab') ? 'elsewhere' : line.slice(0, 5)));
        expect(said.toSorted()).toEqual(left.length === 2 ? ['Saved', 'elsewhere'] : ['Saved']);
      }).toPass(SOON);
      const writer = (await lines()).findIndex((line) => line.startsWith('Saved'));
      const survivor = left.at(left.length - 1 - writer) ?? left[0];
      if (left.length === 2) await left[writer].page.close();
      const step = await survivor.currentStep();
      await expect(keptLine(survivor.page)).toContainText(`at step ${step.toLocaleString('en-GB')}.`, SOON);
      await survivor.page.reload();
      await expect.poll(() => survivor.currentStep(), SOON).toBe(step);
      await survivor.ready();
      await survivor.makeSteps(1);
      note('tabs', 0);
      await context.newPage();
      await survivor.page.close();
    }
  });
