/** A toy task: chosen like a text, and what of it the network gets right beside the losses. */
import { expect, test } from './fixtures';

test('a toy task says how much of it is right, why it takes a gate, and what a paper found', async ({
  page,
  playground,
}) => {
  await playground.open();
  const corpus = page.getByRole('combobox', { name: 'Corpus', exact: true });
  await expect(corpus.locator('optgroup[label="Toy tasks"] option')).toHaveCount(12, { timeout: 30_000 });
  await corpus.selectOption({ label: 'aⁿbⁿ' });
  await expect(page.getByRole('spinbutton', { name: 'Units', exact: true })).toHaveValue('16');
  await playground.trainPast(1500);
  const figure = page.getByRole('figure', { name: 'Loss' });
  await expect(figure).toContainText(/Task: [\d.]+% right/);
  await expect(figure).toContainText('Why it takes a gate');
  await expect(figure).toContainText(/Published: .*quoted/);
  const share = Number(/Task: ([\d.]+)% right/.exec((await figure.textContent()) ?? '')?.[1]);
  const chance = Number(/sees only the symbol before gets (\d+)%/.exec((await figure.textContent()) ?? '')?.[1]);
  expect(share).toBeGreaterThan(chance + 20);
});
