/** Ways out of a run that cannot go on as it is. */
import { expect, test } from './fixtures';
import { linkOf } from './playground';

test('numbers that run away leave a healthy network, which goes on at a lower rate', async ({ page, playground }) => {
  await playground.open('lr=10&opt=sgd&clip=0&units=32&decay=1&batch=8&length=16&engine=cpu');
  await playground.train.click();
  const halve = page.getByRole('button', { name: 'Halve the learning rate and continue' });
  const step = () => playground.currentStep();
  const start = await playground.reading('held-out');
  await expect(playground.notices).toContainText('It can go on from step');
  expect(await playground.reading('held-out')).toBeLessThanOrEqual(start + 1e-9);
  const learns = async () => (await step()) > 300 && (await playground.reading('loss')) < start;
  for (let attempt = 0; attempt < 8 && !(await learns()); attempt++) {
    await halve.click();
    await expect(halve).toBeHidden();
    await expect.poll(async () => (await halve.isVisible()) || (await learns()), { timeout: 60_000 }).toBe(true);
  }
  expect(await learns()).toBe(true);
  await playground.pause.click();
});

test('a step that takes long can be stopped, and the settings stay', async ({ page, playground }) => {
  await page.goto(linkOf('engine=cpu&units=448&layers=3&batch=64&length=128'));
  const stop = playground.notices.getByRole('button', { name: 'Stop' });
  await playground.train.click();
  // Opening it may take a while, with turns for others between its pieces; a wish during its first step has to wait.
  await expect(async () => {
    await page.keyboard.press('.');
    await expect(stop).toBeVisible({ timeout: 8000 });
  }).toPass({ timeout: 120_000 });
  await playground.settings.getByRole('spinbutton', { name: 'Units' }).fill('8');
  await playground.settings.getByRole('spinbutton', { name: 'Units' }).press('Enter');
  await stop.click();
  await expect(stop).toBeHidden();
  await playground.ready();
  await expect(playground.settings.getByRole('spinbutton', { name: 'Units' })).toHaveValue('8');
  // Nor is the step made by another run.
  expect(await playground.currentStep()).toBe(0);
});
