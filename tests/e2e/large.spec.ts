/** Texts as large as the page takes: opened and pasted, saved, and back after a reload. `LARGE=all` takes the largest. */
import { writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { linkOf, type Playground, SMALL } from './playground';
import { sentences } from './texts';

const CHARACTERS = process.env['LARGE'] === 'all' ? 100_000_000 : 20_000_000;
const PATIENCE = 150_000;

/** So much of it is made once, and repeated. */
const PART = sentences(1_000_000).slice(0, 1_000_000);

const stands = async (playground: Playground, step: number) => {
  const count = CHARACTERS.toLocaleString('en-GB');
  await expect(playground.settings).toContainText(`${count} characters`, { timeout: PATIENCE });
  await expect(playground.settings).toContainText(/characters to train on, [\d,]+ held out/, { timeout: PATIENCE });
  await expect.poll(() => playground.currentStep(), { timeout: PATIENCE }).toBe(step);
  await playground.ready();
};

/** Makes a step, waits until it is saved, and reads it again. */
const comesBack = async (page: Page, playground: Playground) => {
  await stands(playground, 0);
  await playground.makeSteps(1);
  const line = page.getByRole('figure', { name: 'Loss' }).locator('.kept-state');
  await expect(line).toContainText('at step 1.', { timeout: PATIENCE });
  const loss = await playground.reading('loss');
  await page.reload();
  await stands(playground, 1);
  expect(await playground.reading('loss')).toBe(loss);
  // The same text, of which another step reads on.
  await playground.makeSteps(1);
};

test.describe.configure({ timeout: 400_000 });

test('a file as large as the page takes is read, saved, and back after a reload', async ({
  page,
  playground,
}, testInfo) => {
  const path = testInfo.outputPath('large.txt');
  await writeFile(path, PART.repeat(CHARACTERS / PART.length));
  await playground.open(`${SMALL}&engine=simd`);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open a file' }).click();
  await (await chooser).setFiles(path);
  await comesBack(page, playground);
});

test('a text as large as the page takes is pasted past the box, saved, and back after a reload', async ({
  page,
  playground,
  context,
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
  await box.focus();
  await page.keyboard.press('ControlOrMeta+v');
  await stands(playground, 0);
  expect(await box.inputValue()).toBe('');
  await comesBack(page, playground);
});
