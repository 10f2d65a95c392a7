/** Texts that serve, texts that cannot, and how the page says so. */
import { expect, test } from './fixtures';
import { SMALL } from './playground';
import { CHINESE, encodeGb18030, sentences } from './texts';

const CPU = `${SMALL}&engine=cpu`;

test.describe('a text that cannot serve', () => {
  const cases = [
    { what: 'is too short', text: 'too short', message: 'training needs at least 100' },
    { what: 'has one character only', text: 'a'.repeat(300), message: 'there is nothing to predict' },
  ];
  for (const { what, text, message } of cases) {
    test(`is refused when it ${what}, and the run goes on`, async ({ page, playground }) => {
      await playground.open(CPU);
      await playground.train.click();
      await expect.poll(() => playground.currentStep()).toBeGreaterThan(2);
      await playground.give(text);
      await expect(page.getByText(message)).toBeVisible();
      const step = await playground.currentStep();
      await expect.poll(() => playground.currentStep()).toBeGreaterThan(step);
      await expect(playground.pause).toBeVisible();
    });
  }

  test('is refused when it is binary, and the run goes on', async ({ page, playground }) => {
    await playground.open(CPU);
    await playground.trainPast(3);
    const step = await playground.currentStep();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Open a file' }).click();
    const bytes = Buffer.from(Array.from({ length: 4096 }, (_, k) => (k * 7919) % 256));
    await (await chooser).setFiles({ name: 'picture.bin', mimeType: 'application/octet-stream', buffer: bytes });
    await expect(page.getByText('“picture.bin” is not text')).toBeVisible();
    expect(await playground.currentStep()).toBe(step);
  });
});

test('a file in GB18030 is opened, its encoding named and correctable', async ({ page, playground }) => {
  await playground.open(CPU);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open a file' }).click();
  await (await chooser).setFiles({ name: 'spring.txt', mimeType: 'text/plain', buffer: encodeGb18030(CHINESE) });
  const encoding = page.getByRole('combobox', { name: 'Encoding' });
  await expect(encoding).toHaveValue('gb18030');
  await expect(playground.settings).toContainText('春天来了');
  await encoding.selectOption('windows-1252');
  await expect(playground.settings).not.toContainText('春天来了');
  await encoding.selectOption('gb18030');
  await expect(playground.settings).toContainText('春天来了');
});

test('a dropped file is used', async ({ page, playground }) => {
  await playground.open(CPU);
  const text = sentences(1200, 7);
  const transfer = await page.evaluateHandle((content) => {
    const data = new DataTransfer();
    data.items.add(new File([content], 'dropped.txt', { type: 'text/plain' }));
    return data;
  }, text);
  for (const type of ['dragenter', 'dragover', 'drop']) {
    await page.locator('main').dispatchEvent(type, { dataTransfer: transfer });
  }
  await expect(playground.settings).toContainText(`${text.length.toLocaleString('en-GB')} characters`);
  await playground.ready();
});

test('a short text trains with a lowered batch or length, and says so', async ({ playground }) => {
  await playground.open('units=8&engine=cpu');
  await playground.useText(sentences(120).slice(0, 120));
  await expect(playground.settings).toContainText(/Lowered from \d+ to \d+/);
  await playground.trainPast(3);
});

test('every bundled corpus opens', async ({ page, playground }) => {
  await playground.open(CPU);
  const select = page.getByRole('combobox', { name: 'Corpus', exact: true });
  const ids = await select
    .locator('option')
    .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
  expect(ids.length).toBeGreaterThan(8);
  for (const id of ids.filter((value) => value !== 'own')) {
    await select.selectOption(id);
    await expect(playground.settings, id).toContainText(/characters to train on/);
    await playground.ready();
    await playground.step.click();
    await expect.poll(() => playground.currentStep(), { message: id }).toBe(1);
    await playground.reset.click();
    await expect.poll(() => playground.currentStep(), { message: id }).toBe(0);
  }
});
