/** A page that is frozen, left and come back to; storage that has no room, or remembers no address. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { startBrowser } from './killing';
import { linkOf, Playground, SMALL } from './playground';
import { sentences } from './texts';

const SIMD = `${SMALL}&engine=simd`;
const SOON = { timeout: 30_000 };

const keptLine = (page: Page) => page.getByRole('figure', { name: 'Loss' }).locator('.kept-state');

const saved = (page: Page, step: number) =>
  expect(keptLine(page)).toContainText(`at step ${step.toLocaleString('en-GB')}.`, SOON);

const trains = async (playground: Playground) => {
  const step = await playground.currentStep();
  await expect.poll(() => playground.currentStep(), SOON).toBeGreaterThan(step + 2);
};

const pauses = async (playground: Playground): Promise<number> => {
  await playground.pauseThere();
  const step = await playground.currentStep();
  await saved(playground.page, step);
  return step;
};

test('a page that is frozen goes on where it was once it is not, and no silence is taken for a death', async ({
  page,
  playground,
}) => {
  await playground.open(SIMD);
  await playground.train.click();
  await expect(keptLine(page)).toContainText('Saved', SOON);
  const session = await page.context().newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  await new Promise((resolve) => setTimeout(resolve, 4000));
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  await trains(playground);
  const step = await pauses(playground);
  await expect(playground.notices.locator('.notice')).toHaveCount(0);
  await page.reload();
  await expect.poll(() => playground.currentStep()).toBe(step);
});

test('a frozen page still keeps its own run: another tab says so, and saves once that is closed', async ({
  page,
  playground,
  context,
}) => {
  await playground.open(SIMD);
  await playground.makeSteps(2);
  await saved(page, 2);
  const session = await context.newCDPSession(page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  const other = new Playground(await context.newPage());
  await other.page.goto(linkOf(SIMD));
  await other.ready();
  await other.makeSteps(1);
  await expect(keptLine(other.page)).toContainText('another tab', SOON);
  const step = await other.currentStep();
  await page.close();
  await saved(other.page, step);
});

test('back and forward bring the run to where it was left', async ({ page, playground }) => {
  await playground.open(SIMD);
  await playground.train.click();
  await trains(playground);
  const step = await pauses(playground);
  await page.goto('about:blank');
  const comesBack = async () => {
    await page.goBack();
    await expect.poll(() => playground.currentStep(), SOON).toBe(step);
    await playground.ready();
  };
  await comesBack();
  await page.goForward();
  await comesBack();
  await playground.makeSteps(1);
});

test('a page that comes out of the browser’s back-forward cache goes on where it was', async ({
  baseURL,
}, testInfo) => {
  const at = (path: string) => new URL(path, baseURL).href;
  // The browser of the other tests keeps no page that is left.
  const { page, kill } = await startBrowser(testInfo.outputPath('profile'));
  try {
    const playground = new Playground(page);
    await page.goto(at(linkOf(SIMD)));
    await playground.ready();
    await playground.train.click();
    await trains(playground);
    const step = await pauses(playground);
    await page.evaluate(() => {
      addEventListener('pageshow', ({ persisted }) => Object.assign(document, { persisted }));
    });
    await page.goto(at('corpora/index.json'));
    // A page that was kept is not loaded again.
    await page.goBack({ waitUntil: 'commit' });
    // The very same page, whose worker and storage were frozen with it.
    expect(await page.evaluate(() => Reflect.get(document, 'persisted') as unknown)).toBe(true);
    expect(await playground.currentStep()).toBe(step);
    await playground.makeSteps(1);
    await saved(page, step + 1);
    await expect(playground.notices.locator('.notice')).toHaveCount(0);
    await page.reload();
    await expect.poll(() => playground.currentStep(), SOON).toBe(step + 1);
  } finally {
    await kill();
  }
});

test('without room training goes on, the page says so and offers a file; with room again the run is kept', async ({
  page,
  playground,
  baseURL,
}) => {
  test.setTimeout(240_000);
  const { origin } = new URL(baseURL ?? '');
  const session = await page.context().newCDPSession(page);
  await playground.open(SIMD);
  // Of the page that is there: the browser forgets it with the one before.
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await playground.makeSteps(2);
  await expect(keptLine(page)).toContainText('Not saved.', SOON);
  await playground.train.click();
  await trains(playground);
  await playground.pause.click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as a file' }).click();
  expect((await download).suggestedFilename()).toContain('step-');
  await session.send('Storage.overrideQuotaForOrigin', { origin });
  const step = await playground.currentStep();
  await expect(keptLine(page)).toContainText(`at step ${step.toLocaleString('en-GB')}.`, { timeout: 60_000 });
});

test('where the browser remembers no address, the run is kept all the same and offered', async ({
  page,
  playground,
}) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'localStorage', {
      get: () => {
        throw new DOMException('denied', 'SecurityError');
      },
    });
  });
  await playground.open(SIMD);
  await playground.makeSteps(3);
  await saved(page, 3);
  await page.reload();
  await playground.ready();
  await expect(playground.notices).toContainText('kept, at step 3', SOON);
  await page.getByRole('button', { name: 'Go on with it' }).click();
  await expect.poll(() => playground.currentStep()).toBe(3);
});

test.describe('a saved text of one’s own', () => {
  for (const setting of ['granted', 'denied'] as const) {
    test(`is kept for good where the browser may, and else by a press, once: ${setting}`, async ({
      page,
      playground,
      context,
      baseURL,
    }) => {
      const { origin } = new URL(baseURL ?? '');
      const session = await context.browser()?.newBrowserCDPSession();
      const { browserContextIds = [] } = (await session?.send('Target.getBrowserContexts')) ?? {};
      await session?.send('Browser.setPermission', {
        permission: { name: 'persistent-storage' },
        setting,
        origin,
        browserContextId: browserContextIds[0],
      });
      const button = page.getByRole('button', { name: 'Keep for good' });
      await playground.open(SIMD);
      await playground.makeSteps(1);
      await saved(page, 1);
      await expect(button).toHaveCount(0);
      await playground.reset.click();
      await expect.poll(() => playground.currentStep()).toBe(0);
      await playground.useText(sentences(1500));
      await playground.makeSteps(1);
      await saved(page, 1);
      if (setting === 'denied') await button.click(SOON);
      await expect(button).toHaveCount(0);
      const evictable = page.getByText('The browser may delete it');
      await expect(evictable).toHaveCount(setting === 'denied' ? 1 : 0);
      await page.reload();
      await playground.ready();
      await playground.makeSteps(1);
      await saved(page, 2);
      await expect(evictable).toHaveCount(setting === 'denied' ? 1 : 0);
      await expect(button).toHaveCount(0);
    });
  }
});
