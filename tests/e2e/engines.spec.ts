/** Which engine computes: measured on this machine, offered where it is faster, never changed behind the reader's back. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { SMALL } from './playground';

const STORED = 'lstm-playground-engines';

interface Stored {
  engine: string;
  stepMilliseconds: number | null;
}

/** What the page remembers of engines. */
const stored = (page: Page) =>
  page.evaluate((key) => JSON.parse(localStorage.getItem(key) ?? '[]') as Stored[], STORED);

test('engines are measured when asked, and while nothing trains', async ({ page, playground }) => {
  test.setTimeout(240_000);
  await playground.open(SMALL);
  await playground.makeSteps(2);
  await page.getByRole('button', { name: 'Measure engines' }).click();
  const table = page.getByRole('table', { name: 'Measured for this network' });
  const button = page.getByRole('button', { name: 'Measure engines' });
  await expect(table.getByRole('row')).toHaveCount(6, { timeout: 180_000 });
  await expect(button).toBeEnabled();
  for (const engine of ['SIMD', 'WebGPU', 'WebGL', 'TF.js', 'CPU']) {
    const row = table.getByRole('row').filter({ has: page.getByRole('rowheader', { name: engine, exact: true }) });
    expect(Number(await row.getByRole('cell').first().innerText())).toBeGreaterThan(0);
  }
  expect(await playground.currentStep()).toBe(2);

  // Another network: what is worth knowing is found out without being asked.
  await page.goto('about:blank');
  await playground.open(`${SMALL}&seed=5&layers=2`);
  await expect(table.getByRole('row')).toHaveCount(3, { timeout: 60_000 });
  expect((await stored(page)).length).toBe(7);
});

test('a faster engine is offered, and taken only by a click; a new run starts on it', async ({ page, playground }) => {
  test.setTimeout(240_000);
  await playground.open(SMALL);
  const table = page.getByRole('table', { name: 'Measured for this network' });
  await expect(table.getByRole('row')).toHaveCount(3, { timeout: 60_000 });

  // As on a machine with a good graphics card.
  const known = await stored(page);
  const times = known.map(({ engine }) => ({ simd: 50, webgpu: 2 })[engine] ?? null);
  await page.evaluate(
    ([key, value]) => {
      localStorage.setItem(key, value);
    },
    [STORED, JSON.stringify(known.map((entry, k) => ({ ...entry, stepMilliseconds: times[k] })))] as const,
  );
  await page.goto('about:blank');
  await playground.open(`${SMALL}&engine=simd`);
  await playground.makeSteps(3);
  await expect(playground.run).toContainText('engine: SIMD', { ignoreCase: true });
  await expect(playground.notices).toContainText('trains this network faster here');
  await expect(playground.notices).toContainText('25 times as fast');
  await playground.notices.getByRole('button', { name: 'Continue on WebGPU' }).click();
  await expect(playground.run).toContainText('engine: WebGPU', { ignoreCase: true });
  expect(await playground.currentStep()).toBe(3);
  await expect(page.getByText('trains this network faster here')).toHaveCount(0);
  await playground.step.click();
  await expect.poll(() => playground.currentStep()).toBe(4);

  await page.goto('about:blank');
  await playground.open(SMALL);
  await expect(playground.run).toContainText('engine: WebGPU', { ignoreCase: true });
});
