/** Slow motion: a step is shown in its parts, one after the other, with the numbers that the page has of it elsewhere. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { SMALL, type Playground } from './playground';

const PARTS = ['Text', 'Forward', 'Loss', 'Backward', 'Weights'] as const;

const figureOf = (page: Page) => page.getByRole('figure', { name: 'One training step in slow motion' });
const slower = async (page: Page) => {
  await page.getByRole('slider', { name: 'Speed' }).press('Home');
  await expect(figureOf(page)).toBeVisible();
};

/** Notes the part that is being shown, each time that another one is. */
const noteParts = (page: Page) =>
  figureOf(page).evaluate((figure) => {
    const seen: string[] = [];
    figure.dataset['seen'] = '';
    new MutationObserver(() => {
      const name = figure.querySelector('[aria-current="step"] b')?.textContent ?? '';
      if (name !== '' && seen.at(-1) !== name) seen.push(name);
      figure.dataset['seen'] = seen.join();
    }).observe(figure, { attributes: true, attributeFilter: ['aria-current'], subtree: true });
  });

/** What the caption says of the mean over all characters. */
const shownLoss = async (page: Page): Promise<number> =>
  Number((/characters of the step ([\d.]+) nats/.exec((await figureOf(page).textContent()) ?? '') ?? [])[1]);

/** The numbers of a column of the table. */
const column = async (page: Page, name: string): Promise<number[]> => {
  const table = figureOf(page).getByRole('table').first();
  const heads = await table.getByRole('columnheader').allTextContents();
  const cells = await table.locator(`tbody tr > :nth-child(${heads.indexOf(name) + 1})`).allTextContents();
  return cells.map(Number);
};

const makeStep = async (playground: Playground) => {
  const before = await playground.currentStep();
  await playground.step.click();
  await expect.poll(() => playground.currentStep()).toBe(before + 1);
  return before + 1;
};

test('each part of a step comes after the one before, with the step’s own numbers', async ({ page, playground }) => {
  // One row: its losses are all that the step has.
  await playground.open(`${SMALL}&corpus=abab&batch=1&length=16`);
  await expect(figureOf(page)).toHaveCount(0);
  await slower(page);
  const figure = figureOf(page);
  await expect(figure).toContainText('here the next step is taken apart');
  await noteParts(page);
  const step = await makeStep(playground);
  await expect(figure).toContainText(`step ${step}`);
  await expect(figure).toHaveAttribute('data-seen', PARTS.join(), { timeout: 10_000 });
  await expect(figure.locator('[aria-current]')).toHaveCount(0);

  const loss = await playground.reading('loss');
  expect(await shownLoss(page)).toBeCloseTo(loss, 2);
  await figure.getByText('The step as a table').click();
  const losses = await column(page, 'loss (nats)');
  expect(losses).toHaveLength(16);
  expect(losses.reduce((sum, value) => sum + value, 0) / 16).toBeCloseTo(loss, 2);
  const gradients = await column(page, 'gradient');
  expect(Math.min(...gradients)).toBeGreaterThan(0);
  await expect(figure).toContainText(/forget gate f\s*\d+\.\d\d%/);

  // By keys, and under the pointer.
  const characters = figure.getByRole('slider', { name: 'Character of the row' });
  await characters.press('ArrowRight');
  await expect(characters).toHaveAttribute(
    'aria-valuetext',
    new RegExp(`^Character 2 of 16.*loss ${losses[1]?.toFixed(3)}`),
  );
  await characters.press('End');
  await expect(figure).toContainText(`Character 16 of 16`);
  const units = figure.getByRole('slider', { name: 'Unit whose weights moved' });
  await units.focus();
  await units.press('Home');
  await units.press('ArrowRight');
  await expect(figure).toContainText(/into unit 1 moved by [\d.]+% of their size\. Most: .+→/);
  await expect(page.getByRole('spinbutton', { name: 'Unit', exact: true })).toHaveValue('1');
});

test('training in slow motion shows step after step, and nothing below moves', async ({ page, playground }) => {
  await playground.open(`${SMALL}&corpus=abab&layers=2`);
  await slower(page);
  const top = async () => (await playground.score.boundingBox())?.y;
  const before = await top();
  await playground.train.click();
  const figure = figureOf(page);
  await expect(figure).toContainText(/slow motion step [2-9]/, { timeout: 20_000 });
  await expect(figure).toContainText('in layer 1');
  expect(await top()).toBe(before);
  const loss = () => shownLoss(page);
  const early = await loss();
  await expect.poll(loss, { timeout: 20_000 }).not.toBe(early);
  expect(await top()).toBe(before);
  await playground.pauseThere();
  const told = await playground.reading('loss');
  await expect.poll(async () => Math.abs((await loss()) - told)).toBeLessThan(0.001);
  await page.getByRole('slider', { name: 'Speed' }).press('End');
  await expect(figure).toHaveCount(0);
});

test('without motion all parts are there at once', async ({ page, playground }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await playground.open(`${SMALL}&corpus=abab`);
  await slower(page);
  await noteParts(page);
  const step = await makeStep(playground);
  await expect(figureOf(page)).toContainText(`step ${step}`);
  await page.waitForTimeout(500);
  await expect(figureOf(page)).toHaveAttribute('data-seen', '');
});
