/** The page itself: languages, themes, keys, narrow screens. */
import { expect, test } from './fixtures';
import { SMALL } from './playground';

const CPU = `${SMALL}&engine=cpu`;

test('opens with an untrained network on its probe text, and Train in plain sight', async ({ playground }) => {
  await playground.open();
  expect(await playground.currentStep()).toBe(0);
  await expect(playground.train).toBeInViewport();
  await expect(playground.score).toContainText('forget gate');
  // Colours of the ruler and its letters, strips, six bands, axis and trajectories: each shows something of its own.
  await expect.poll(async () => new Set(await playground.pictures()).size).toBe(11);
});

test('speaks Chinese and English, and remembers which', async ({ page, playground }) => {
  await playground.open(CPU);
  await playground.trainPast(2);
  const said = page.getByRole('status').filter({ hasText: 'Paused at step' });
  await expect(said).toHaveCount(1);
  await page.getByRole('button', { name: '中文' }).click();
  await expect(said).toHaveCount(0);
  await expect(page.getByRole('button', { name: '训练', exact: true })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', /^zh/);
  await expect(page.getByRole('group', { name: '运行' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: '训练', exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'English' }).click();
  await expect(playground.train).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', /^en/);
});

test('has a light and a dark theme', async ({ page, playground }) => {
  await playground.open(CPU);
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const theme = page.getByRole('button', { name: /^Theme/ });
  const seen = new Set([await paper()]);
  for (let k = 0; k < 3; k++) {
    await theme.click();
    seen.add(await paper());
  }
  expect(seen.size).toBe(2);
});

test('follows the keys, unless they are switched off', async ({ page, playground }) => {
  await playground.open(CPU);
  await page.keyboard.press('.');
  await expect.poll(() => playground.currentStep()).toBe(1);
  await page.keyboard.press('Space');
  await expect(playground.pause).toBeVisible();
  await expect.poll(() => playground.currentStep()).toBeGreaterThan(2);
  await page.keyboard.press('Space');
  await expect(playground.train).toBeVisible();
  await page.keyboard.press('r');
  await expect.poll(() => playground.currentStep()).toBe(0);

  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keys', exact: true });
  await expect(help).toBeVisible();
  await help.getByRole('switch', { name: 'Single-key shortcuts' }).click();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await page.keyboard.press('.');
  await page.waitForTimeout(500);
  expect(await playground.currentStep()).toBe(0);
});

test('keys typed into a field are text', async ({ page, playground }) => {
  await playground.open(CPU);
  await page.getByRole('textbox', { name: 'Your text' }).pressSequentially('r. ?');
  await page.waitForTimeout(300);
  expect(await playground.currentStep()).toBe(0);
  await expect(page.getByRole('dialog')).toBeHidden();
});

test.describe('on a screen of 360 px', () => {
  test.use({ viewport: { width: 360, height: 740 } });
  test('nothing is wider than the screen, and it trains', async ({ page, playground }) => {
    await playground.open(CPU);
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await playground.trainPast(5);
    await page.getByRole('button', { name: /^Settings/ }).click();
    await expect(page.getByRole('spinbutton', { name: 'Units', exact: true })).toBeVisible();
    expect(await overflow()).toBeLessThanOrEqual(0);
  });
});
