/** Texts as large as the page takes: opened and pasted, saved, and back after a reload. `LARGE=all` takes the largest. */
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { Browser, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { linkOf, type Playground, SMALL } from './playground';
import { sentences } from './texts';

const CHARACTERS = process.env['LARGE'] === 'all' ? 100_000_000 : 20_000_000;
const PATIENCE = 150_000;
/** Times the text that the page's process may grow by, and bytes of other things: those that wait to be collected. */
const MOST_TIMES = 4;
const OTHERS = 100_000_000;

/** So much of it is made once, and repeated. */
const PART = sentences(1_000_000).slice(0, 1_000_000);

const stands = async (playground: Playground, step: number) => {
  const count = CHARACTERS.toLocaleString('en-GB');
  await expect(playground.settings).toContainText(`${count} characters`, { timeout: PATIENCE });
  await expect(playground.settings).toContainText(/characters to train on, [\d,]+ held out/, { timeout: PATIENCE });
  await expect.poll(() => playground.currentStep(), { timeout: PATIENCE }).toBe(step);
  await playground.ready();
};

/** Makes a step, and waits until it is saved. */
const isSaved = async (page: Page, playground: Playground) => {
  await stands(playground, 0);
  await playground.makeSteps(1);
  const line = page.getByRole('figure', { name: 'Loss' }).locator('.kept-state');
  await expect(line).toContainText('at step 1.', { timeout: PATIENCE });
};

const comesBack = async (page: Page, playground: Playground) => {
  const loss = await playground.reading('loss');
  await page.reload();
  await stands(playground, 1);
  expect(await playground.reading('loss')).toBe(loss);
  // The same text, of which another step reads on.
  await playground.makeSteps(1);
};

/** Resident bytes of a process; 0 where it is gone, or the system does not tell. */
const residentOf = (pid: number): number => {
  try {
    return Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]) * 1024;
  } catch {
    return 0;
  }
};

/** Expects of the page's process, in which its worker is a thread, that it grows by no more than it may meanwhile. */
const inLittleMemory = async (browser: Browser, work: () => Promise<void>) => {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const pages = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => ({ id, empty: residentOf(id) }));
  let grown = 0;
  const watch = setInterval(() => {
    // Of all pages' processes it is the one that grows.
    for (const { id, empty } of pages) grown = Math.max(grown, residentOf(id) - empty);
  }, 20);
  await work().finally(() => {
    clearInterval(watch);
  });
  expect(grown).toBeLessThan(MOST_TIMES * CHARACTERS + OTHERS);
};

test.describe.configure({ timeout: 400_000 });

test('a file as large as the page takes is read, saved, and back after a reload', async ({
  page,
  playground,
  browser,
}, testInfo) => {
  const path = testInfo.outputPath('large.txt');
  await writeFile(path, PART.repeat(CHARACTERS / PART.length));
  await playground.open(`${SMALL}&engine=simd`);
  await inLittleMemory(browser, async () => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Open a file' }).click();
    await (await chooser).setFiles(path);
    await isSaved(page, playground);
  });
  await comesBack(page, playground);
});

test('a text as large as the page takes is pasted past the box, saved, and back after a reload', async ({
  page,
  playground,
  context,
  browser,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await playground.open(`${SMALL}&engine=simd`);
  const other = await context.newPage();
  await other.goto(linkOf(''));
  await other.evaluate(([part, times]) => navigator.clipboard.writeText(part.repeat(times)), [
    PART,
    CHARACTERS / PART.length,
  ] as const);
  await other.close();
  await page.bringToFront();
  const box = page.getByRole('textbox', { name: 'Your text' });
  await inLittleMemory(browser, async () => {
    await box.focus();
    await page.keyboard.press('ControlOrMeta+v');
    await isSaved(page, playground);
  });
  expect(await box.inputValue()).toBe('');
  await comesBack(page, playground);
});
