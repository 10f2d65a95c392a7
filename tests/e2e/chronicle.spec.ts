/** Looking back at the networks that a run has had, and going on from one of them, as a reader does it. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { SMALL } from './playground';

const lookBack = (page: Page) => page.getByRole('group', { name: 'Look back' });
const slider = (page: Page) => page.getByRole('slider', { name: 'Step whose network is looked at' });
const written = (step: number): string => step.toLocaleString('en-GB');

for (const size of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`an earlier network is looked at and trained on, ${size.width} px`, async ({ page, playground }) => {
    await page.setViewportSize(size);
    await playground.open(`${SMALL}&engine=simd`);
    await playground.trainPast(300);
    const last = await playground.currentStep();
    await expect(slider(page)).toBeEnabled();
    await expect(slider(page)).toHaveAttribute('aria-valuetext', `now, step ${written(last)}`);
    await expect(lookBack(page).getByRole('button', { name: 'Go on from here' })).toBeDisabled();

    // By keys, to the first network and one further.
    await slider(page).focus();
    await page.keyboard.press('Home');
    await expect(playground.score).toContainText('As it was at step 0');
    await page.keyboard.press('ArrowRight');
    await expect(playground.score).not.toContainText('As it was at step 0');
    const tag = await playground.score.getByText(/As it was at step/).innerText();
    const step = Number(/[\d,]+$/.exec(tag)?.[0].replaceAll(',', ''));
    expect(step).toBeGreaterThan(0);
    await expect(slider(page)).toHaveAttribute('aria-valuetext', `step ${written(step)} of ${written(last)}`);

    await lookBack(page).getByRole('button', { name: 'Go on from here' }).click();
    await expect.poll(() => playground.currentStep()).toBe(step);
    await expect(playground.score).not.toContainText('As it was');
    await playground.makeSteps(1);
    await page.getByRole('button', { name: 'Undo' }).first().click();
    await expect.poll(() => playground.currentStep()).toBe(last);
    // What the run had been is there again.
    await expect(slider(page)).toBeEnabled();
    await slider(page).focus();
    await page.keyboard.press('Home');
    await expect(playground.score).toContainText('As it was at step 0');
    await lookBack(page).getByRole('button', { name: 'Back to now' }).click();
    await expect(playground.score).not.toContainText('As it was');
  });
}

test('the networks of a run play one after the other, up to now', async ({ page, playground }) => {
  await playground.open(`${SMALL}&engine=simd`);
  await playground.trainPast(100);
  await lookBack(page).getByRole('button', { name: 'Play from the beginning' }).click();
  await expect(lookBack(page).getByRole('button', { name: 'Stop playing' })).toBeVisible();
  const seen = new Set<string>();
  const tag = playground.score.getByText(/As it was at step/);
  await expect(tag).toBeVisible();
  while (await tag.isVisible()) {
    seen.add(await tag.innerText({ timeout: 1000 }).catch(() => ''));
    await page.waitForTimeout(20);
  }
  expect(seen.size).toBeGreaterThan(5);
  await expect(lookBack(page).getByRole('button', { name: 'Play from the beginning' })).toBeVisible();
});
