/** The page as it opens: a text with something to hold, its own settings, and the unit that holds it. */
import { expect, test } from './fixtures';

test('the page opens on a latch, and selects the unit that holds it until another is chosen', async ({
  page,
  playground,
}) => {
  await playground.open();
  await expect(page.getByRole('combobox', { name: 'Corpus', exact: true })).toHaveValue('capslock');
  await expect(playground.settings.getByRole('spinbutton', { name: 'Units' })).toHaveValue('8');
  const follows = page.getByRole('combobox', { name: 'that follows' });
  await expect(follows.locator('option:checked')).toHaveText('not known yet');

  await playground.train.click();
  const area = async () => Number(/area ([\d.]+)/.exec((await playground.score.textContent()) ?? '')?.[1]);
  await expect.poll(area, { timeout: 120_000 }).toBeGreaterThan(0.98);
  await expect(follows.locator('option:checked')).toHaveText('capitals on');
  await playground.pauseThere();

  const unit = playground.score.getByRole('spinbutton', { name: 'Unit' });
  const found = await unit.inputValue();
  await unit.fill(String((Number(found) + 1) % 8));
  await unit.press('Enter');
  await expect(follows.locator('option:checked')).toHaveText('your choice');
  await follows.selectOption({ label: 'capitals on' });
  await expect(unit).toHaveValue(found);
});

test('a corpus brings its settings, unless there are others already', async ({ page, playground }) => {
  await playground.open();
  const corpus = page.getByRole('combobox', { name: 'Corpus', exact: true });
  const units = playground.settings.getByRole('spinbutton', { name: 'Units' });
  const suits = playground.settings.getByRole('button', { name: 'Use the settings that suit this text' });
  const suited = playground.settings.getByRole('button', { name: 'With the settings that suit it' });
  await corpus.selectOption('quotes');
  await expect(units).toHaveValue('16');
  await expect(suited).toBeDisabled();
  await units.fill('20');
  await units.press('Enter');
  await corpus.selectOption('capslock');
  await expect(units).toHaveValue('20');
  await suits.click();
  await expect(units).toHaveValue('8');
  await expect(suited).toBeDisabled();
  // A text without settings of its own has the general ones.
  await corpus.selectOption('stories');
  await expect(units).toHaveValue('128');
  await expect(playground.settings.getByRole('button', { name: 'With the general settings' })).toBeDisabled();
});
