/** Settings: links, structural changes, undo, cells. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { linkOf, Playground, SMALL } from './playground';

const CPU = `${SMALL}&engine=cpu`;

test('bad values of a link are clamped or ignored, and said', async ({ page, playground }) => {
  await playground.open('units=3&cell=tree&batch=4&length=16&flavour=sweet&engine=cpu');
  await expect(playground.notices).toContainText('Units: 3 is out of range, 4 is used.');
  await expect(playground.notices).toContainText('Cell: “tree” is not a value, LSTM is used.');
  await expect(playground.notices).toContainText('“flavour” is not a setting');
  await expect(page.getByRole('spinbutton', { name: 'Units', exact: true })).toHaveValue('4');
  await expect(page.getByRole('combobox', { name: 'Cell', exact: true })).toHaveValue('lstm');
  await playground.trainPast(2);
});

test('a structural change says that it starts a new run, starts it, and undo brings the old one back', async ({
  page,
  playground,
}) => {
  await playground.open(CPU);
  await playground.trainPast(20);
  const step = await playground.currentStep();
  const units = page.getByRole('spinbutton', { name: 'Units', exact: true });
  await units.fill('24');
  await units.press('Tab');
  await expect(page.getByText('These changes start a new run')).toBeVisible();
  expect(await playground.currentStep()).toBe(step);

  await page.getByRole('button', { name: 'Start new run' }).click();
  await expect.poll(() => playground.currentStep()).toBeLessThan(step);
  await expect(page.getByText('These changes start a new run')).toBeHidden();
  await expect(units).toHaveValue('24');

  await expect(playground.undo).toHaveAccessibleName(`Undo: bring back the run at step ${step}`);
  await playground.undo.click();
  await expect.poll(() => playground.currentStep()).toBe(step);
  await expect(units).toHaveValue('16');
  await playground.redo.click();
  await expect(units).toHaveValue('24');
});

test('while changes wait the buttons say that they start a new run, and Space goes on with this one', async ({
  page,
  playground,
}) => {
  await playground.open(CPU);
  await playground.trainPast(20);
  const step = await playground.currentStep();
  const units = page.getByRole('spinbutton', { name: 'Units', exact: true });
  await units.fill('24');
  await units.press('Tab');
  const hint = page.getByRole('banner').getByText('starts a new run').filter({ visible: true });
  await expect(hint).toBeVisible();
  await expect(playground.train).toHaveAccessibleDescription('starts a new run');

  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.keyboard.press('Space');
  await expect.poll(() => playground.currentStep()).toBeGreaterThan(step);
  await expect(hint).toBeHidden();
  await page.keyboard.press('Space');
  await expect(hint).toBeVisible();
  await playground.train.click();
  await expect(page.getByText('These changes start a new run')).toBeHidden();
  await playground.pause.click();
  await expect(units).toHaveValue('24');
});

test('changes can be discarded', async ({ page, playground }) => {
  await playground.open(CPU);
  await playground.trainPast(3);
  const units = page.getByRole('spinbutton', { name: 'Units', exact: true });
  await units.fill('24');
  await units.press('Tab');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(units).toHaveValue('16');
  await expect(page.getByText('These changes start a new run')).toBeHidden();
});

test('a reset can be undone', async ({ playground }) => {
  await playground.open(CPU);
  await playground.trainPast(20);
  const step = await playground.currentStep();
  const loss = await playground.reading('loss');
  await playground.reset.click();
  await expect.poll(() => playground.currentStep()).toBe(0);
  await playground.undo.click();
  await expect.poll(() => playground.currentStep()).toBe(step);
  expect(await playground.reading('loss')).toBe(loss);
});

test('the learning rate changes midway without a reset', async ({ page, playground }) => {
  await playground.open(CPU);
  await playground.trainPast(5);
  const step = await playground.currentStep();
  const rate = page.getByRole('spinbutton', { name: 'Learning rate', exact: true });
  await rate.fill('0.001');
  await rate.press('Tab');
  await expect(page.getByText('These changes start a new run')).toBeHidden();
  await playground.trainPast(step + 5);
  await expect(playground.settings).toContainText('Changed while it trained: Learning rate 0.02 → 0.001 at step');
});

test('a live change that ruins the run can be undone, after a reset too', async ({ page, playground }) => {
  await playground.open(CPU);
  await playground.trainPast(20);
  const step = await playground.currentStep();
  const loss = await playground.reading('loss');
  const rate = page.getByRole('spinbutton', { name: 'Learning rate', exact: true });
  await rate.fill('5');
  await rate.press('Enter');
  await playground.makeSteps(3);
  await playground.reset.click();
  await expect.poll(() => playground.currentStep()).toBe(0);

  await expect(playground.undo).toHaveAccessibleName(`Undo: bring back the run at step ${step + 3}`);
  await playground.undo.click();
  await expect.poll(() => playground.currentStep()).toBe(step + 3);
  await expect(playground.undo).toHaveAccessibleName(`Undo: Learning rate 5 → 0.02, back to step ${step}`);
  await playground.undo.click();
  await expect.poll(() => playground.currentStep()).toBe(step);
  expect(await playground.reading('loss')).toBe(loss);
  await expect(rate).toHaveValue('0.02');
  await expect(playground.settings).not.toContainText('Changed while it trained');
  await expect(playground.undo).toBeDisabled();

  await expect(playground.redo).toHaveAccessibleName(`Redo: Learning rate 0.02 → 5, on to step ${step + 3}`);
  await playground.redo.click();
  await expect(rate).toHaveValue('5');
  await expect.poll(() => playground.currentStep()).toBe(step + 3);
});

test('a link to a run that was changed midway gives the same run up to there, and the page says so', async ({
  page,
  playground,
  browser,
}) => {
  await playground.open(CPU);
  await playground.makeSteps(10);
  const losses = await playground.firstTenLosses();
  const rateOn = (there: Page) => there.getByRole('spinbutton', { name: 'Learning rate', exact: true });
  const rate = rateOn(page);
  await rate.fill('0,5');
  await rate.press('Enter');
  await playground.makeSteps(1);
  await expect(playground.settings).toContainText('reproduces the run up to step 10, not beyond');
  await page.getByRole('button', { name: 'Keys and help' }).click();
  await expect(page.getByRole('dialog')).toContainText('up to step 10, not beyond');
  await expect.poll(() => page.url()).toContain('lr=0.02&');

  // Where the run itself is not kept.
  const elsewhere = await browser.newContext();
  const other = new Playground(await elsewhere.newPage());
  await other.page.goto(page.url());
  await other.ready();
  await expect(rateOn(other.page)).toHaveValue('0.02');
  await other.makeSteps(10);
  expect(await other.firstTenLosses()).toEqual(losses);
  await elsewhere.close();
});

test('a field reads a decimal comma, refuses what could be two numbers, and forgets what it said', async ({
  page,
  playground,
}) => {
  await playground.open(CPU);
  const field = (name: string) => page.getByRole('spinbutton', { name, exact: true });
  const rate = field('Learning rate');
  const type = async (name: string, text: string) => {
    await field(name).fill('');
    await field(name).pressSequentially(text);
    await field(name).press('Tab');
  };
  const settings = playground.settings;
  await type('Learning rate', '0,005');
  await expect(rate).toHaveValue('0.005');
  await type('Learning rate', '1,000');
  await expect(rate).toHaveValue('0.005');
  await expect(settings).toContainText('Thousands or decimals?');
  await type('Learning rate', 'quick');
  await expect(settings).not.toContainText('Thousands or decimals?');
  await expect(settings).toContainText('Not a number: 0.005 stays.');
  // Another change is what the reader did last.
  await type('Gradient clip', '2,5');
  await expect(field('Gradient clip')).toHaveValue('2.5');
  await expect(settings).not.toContainText('Not a number');
  await type('Units', '1e1');
  await expect(field('Units')).toHaveValue('10');
  await playground.ready();

  await type('Unit', '9');
  await type('Unit', '999');
  await expect(field('Unit')).toHaveValue('9');
  await expect(playground.score).toContainText('The largest is 9.');
  await type('Unit', '1e2x');
  await expect(field('Unit')).toHaveValue('9');
  await expect(playground.score).toContainText('Not a number: 9 stays.');
  await type('Temperature', '0,7');
  await expect(field('Temperature')).toHaveValue('0.7');
  await expect(playground.score).not.toContainText('Not a number');
});

for (const [cell, bands] of [
  ['lstm', ['input gate', 'forget gate', 'candidate', 'output gate', 'cell state', 'hidden state']],
  ['gru', ['reset gate', 'update gate', 'candidate', 'hidden state']],
  ['rnn', ['pre-activation', 'hidden state']],
] as const) {
  test(`the score of ${cell} has its own bands, and it trains`, async ({ page, playground }) => {
    await playground.open(CPU);
    await page.getByRole('combobox', { name: 'Cell', exact: true }).selectOption(cell);
    await playground.ready();
    for (const band of bands) await expect(playground.score).toContainText(band, { ignoreCase: true });
    await playground.trainPast(10);
    expect(await playground.reading('loss')).toBeGreaterThan(0);
  });
}

test('a new seed is another run', async ({ playground }) => {
  await playground.open(CPU);
  await playground.makeSteps(10);
  const losses = await playground.firstTenLosses();
  await playground.page.getByRole('button', { name: 'New seed' }).click();
  await expect.poll(() => playground.currentStep()).toBe(0);
  await playground.makeSteps(10);
  expect(await playground.firstTenLosses()).not.toEqual(losses);
});

test('what a setting does is told beside it, and the focus comes back', async ({ page, playground }) => {
  await playground.open(SMALL);
  const button = playground.settings.getByRole('button', { name: 'What this does' }).first();
  await button.press('Enter');
  const panel = page.getByRole('dialog');
  await expect(panel).toBeVisible();
  await expect(button).toHaveAttribute('aria-expanded', 'true');
  await page.keyboard.press('Escape');
  await expect(panel).toHaveCount(0);
  await expect(button).toBeFocused();
  await button.click();
  await expect(panel).toBeVisible();
  await button.click();
  await expect(panel).toHaveCount(0);
});

test('a link of an earlier version says so once, and one of a later version what to do', async ({
  page,
  playground,
}) => {
  const earlier = playground.notices.getByText('made with an earlier version of this page');
  await page.goto(`./#${CPU}`);
  await expect(earlier).toContainText('rounded a little differently');
  await playground.notices.getByRole('button', { name: 'Dismiss' }).click();
  await expect(earlier).toHaveCount(0);
  await playground.ready();
  await expect(page).toHaveURL(/#v=\d+&/);
  await page.reload();
  await playground.ready();
  await expect(earlier).toHaveCount(0);

  await page.goto('about:blank');
  await page.goto(linkOf(CPU).replace(/v=\d+/, 'v=999'));
  await expect(playground.notices).toContainText('Reload the page');
  await playground.ready();
  await expect(page.getByRole('spinbutton', { name: 'Units', exact: true })).toHaveValue('16');
});

test('a link to a network without a forget gate trains one, and says so where it is looked at', async ({
  page,
  playground,
}) => {
  await playground.open(`${SMALL}&decay=0.1&fgate=absent&ogate=held&oval=0.25`);
  await playground.trainPast(20);
  const readout = page.locator('.readout-term');
  await expect(readout.filter({ hasText: 'forget' })).toContainText('1.00');
  await expect(readout.filter({ hasText: 'output' })).toContainText('0.25');
  await expect(page.getByRole('status', { name: 'Cost' })).toContainText(/weights, [\d,]+ of them free/);
  await page.getByText('Gates, input, initial weights').click();
  await expect(page.getByRole('combobox', { name: 'Forget gate', exact: true })).toHaveValue('absent');
  await expect(page.getByRole('spinbutton', { name: 'Output gate at' })).toHaveValue('0.25');
  await expect(page.getByRole('spinbutton', { name: 'Forget bias' })).toHaveCount(0);
});
