/** The loss curve in use: where training stops, which steps are shown, the run before, and what its words mean. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { SMALL, type Playground } from './playground';

const CPU = `${SMALL}&engine=cpu&corpus=abab`;

const plotOf = (page: Page) => page.getByRole('slider', { name: 'Loss at a step' });

/** Trains up to that step, by the setting that stops there. */
const trainTo = async (playground: Playground, step: number) => {
  const field = playground.settings.getByRole('spinbutton', { name: 'Stop at step', exact: true });
  await field.fill(String(step));
  await field.press('Enter');
  await playground.train.click();
  await expect.poll(() => playground.currentStep(), { timeout: 60_000 }).toBe(step);
  await expect(playground.train).toBeVisible();
};

test('training stops at the step that the link names, says so, and goes on from there', async ({
  page,
  playground,
}) => {
  await playground.open(`${CPU}&stop=30`);
  await playground.train.click();
  const said = page.getByRole('status').filter({ hasText: 'Stopped at step 30, as set' });
  await expect(said).toHaveCount(1, { timeout: 60_000 });
  await expect(page.getByText('stopped at step 30', { exact: true }).filter({ visible: true })).toHaveCount(1);
  await page.waitForTimeout(500);
  expect(await playground.currentStep()).toBe(30);
  await playground.train.click();
  await expect.poll(() => playground.currentStep(), { timeout: 60_000 }).toBeGreaterThan(35);
  await expect(page.locator('.train-hint')).toHaveCount(0);
  await playground.pause.click();
});

test('a part of the steps is shown by dragging across it, by keys and by buttons', async ({ page, playground }) => {
  await playground.open(CPU);
  await trainTo(playground, 200);
  const shown = page.getByRole('group', { name: 'Steps shown' });
  const plot = plotOf(page);
  const box = await plot.boundingBox();
  if (!box) throw new Error('no plot');
  await plot.hover();
  // Fetched when the mouse has come near.
  await expect(plot.locator('.overlay')).toHaveCount(1);
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + 0.3 * box.width, y);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.4 * box.width, y, { steps: 4 });
  await page.mouse.move(box.x + 0.5 * box.width, y, { steps: 4 });
  await page.mouse.up();
  await expect(shown).toContainText(/steps \d+–\d+/);
  const [, from, to] = /steps (\d+)–(\d+)/.exec((await shown.textContent()) ?? '') ?? [];
  expect(Number(from)).toBeGreaterThan(20);
  expect(Number(to)).toBeLessThan(150);
  await plot.dblclick();
  await expect(shown).not.toContainText('steps');

  await plot.press('Home');
  await plot.press('+');
  await expect(shown).toContainText('steps 0–100');
  await plot.press('End');
  await expect(shown).toContainText('steps 100–200');
  await plot.press('Escape');
  await expect(shown).not.toContainText('steps');

  await page.getByRole('button', { name: 'Zoom in', exact: true }).click();
  await expect(shown).toContainText('steps 100–200');
  await page.getByRole('button', { name: 'Zoom out', exact: true }).click();
  await expect(shown).not.toContainText('steps');
  await page.getByRole('button', { name: 'Zoom in', exact: true }).click();
  await page.getByRole('button', { name: 'Whole run', exact: true }).click();
  await expect(shown).not.toContainText('steps');
});

test('the run before stays on the curve by its name until it is taken away or brought back', async ({
  page,
  playground,
}) => {
  await playground.open(CPU);
  await trainTo(playground, 30);
  const legend = page.getByRole('list', { name: 'Legend' });
  const before = legend.getByRole('listitem').filter({ hasText: 'before:' });
  const cell = playground.settings.getByRole('combobox', { name: 'Cell', exact: true });
  await cell.selectOption('gru');
  await playground.train.click();
  await expect(before).toContainText('before: LSTM');
  await expect(playground.train).toBeVisible({ timeout: 60_000 });
  await plotOf(page).press('End');
  await expect(page.getByRole('figure', { name: 'Loss' })).toContainText(/before \d\.\d\d/);
  await playground.undo.click();
  await expect(before).toHaveCount(0);
  await playground.ready();
  await cell.selectOption('rnn');
  await playground.train.click();
  await expect(before).toHaveCount(1);
  await before.getByRole('button', { name: 'Remove the curve of the run before' }).click();
  await expect(before).toHaveCount(0);
});

test('each word of the curve tells what it means, under a name of its own', async ({ page, playground }) => {
  await playground.open(CPU);
  const loss = page.getByRole('figure', { name: 'Loss' });
  const buttons = loss.getByRole('button', { name: /^What is / });
  await expect(buttons).toHaveCount(7);
  const names = await buttons.evaluateAll((all) => all.map((button) => button.getAttribute('aria-label')));
  expect(new Set(names).size).toBe(7);
  for (const name of names) {
    const button = loss.getByRole('button', { name: name ?? '', exact: true });
    await button.focus();
    await page.keyboard.press('Enter');
    const panel = page.getByRole('dialog', { name: name ?? '', exact: true });
    await expect(panel).toContainText(/\. /);
    await page.keyboard.press('Escape');
    await expect(panel).toHaveCount(0);
    await expect(button).toBeFocused();
  }
});

test.describe('under a finger', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('the page scrolls where the curve is', async ({ page, playground }) => {
    await playground.open(CPU);
    const plot = plotOf(page);
    await plot.scrollIntoViewIfNeeded();
    const box = await plot.boundingBox();
    if (!box) throw new Error('no plot');
    // Near enough for the brush to be there, were a finger to bring it.
    await plot.tap();
    const before = await page.evaluate(() => scrollY);
    const session = await page.context().newCDPSession(page);
    const [x, from] = [box.x + box.width / 2, box.y + box.height / 2];
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y: number) =>
      session.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
    await touch('touchStart', from);
    for (let k = 1; k <= 10; k++) await touch('touchMove', from + 15 * k);
    await touch('touchEnd', from + 150);
    await expect.poll(() => page.evaluate(() => scrollY)).toBeLessThan(before - 100);
  });
});
