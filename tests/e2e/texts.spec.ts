/** Texts that serve, texts that cannot, and how the page says so. */
import type { Page } from '@playwright/test';
import { encode } from '../model/support/encode';
import { PROSE } from '../model/support/prose';
import { expect, test } from './fixtures';
import { SMALL } from './playground';
import { CHINESE, sentences } from './texts';

const CPU = `${SMALL}&engine=cpu`;

const openFile = async (page: Page, name: string, bytes: Uint8Array): Promise<void> => {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open a file' }).click();
  await (await chooser).setFiles({ name, mimeType: 'text/plain', buffer: Buffer.from(bytes) });
};

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
    const bytes = Uint8Array.from({ length: 4096 }, (_, k) => (k * 7919) % 256);
    await openFile(page, 'picture.bin', bytes);
    await expect(page.getByText('“picture.bin” is not text')).toBeVisible();
    expect(await playground.currentStep()).toBe(step);
  });
});

test('a file in GB18030 is opened, its encoding named and correctable', async ({ page, playground }) => {
  await playground.open(CPU);
  await openFile(page, 'spring.txt', encode(CHINESE, 'gb18030'));
  const encoding = page.getByRole('combobox', { name: 'Encoding' });
  await expect(encoding).toHaveValue('gb18030');
  await expect(playground.settings).toContainText('春天来了');
  await encoding.selectOption('windows-1252');
  await expect(playground.settings).not.toContainText('春天来了');
  await encoding.selectOption('gb18030');
  await expect(playground.settings).toContainText('春天来了');
});

test('a file whose encoding is in doubt is read in the way that the reader says', async ({ page, playground }) => {
  const romanian = PROSE.find(({ language }) => language === 'Romanian')?.text ?? '';
  await playground.open(CPU);
  await openFile(page, 'moara.txt', encode(romanian, 'iso-8859-2'));
  await expect(playground.settings.getByRole('alert')).toContainText('not certain how “moara.txt” is encoded');
  const readings = page.getByRole('list', { name: 'Ways to read the file' });
  // Side by side, each with the lines in which they differ.
  const right = readings.getByRole('button', { name: 'Windows-1250' });
  await expect(right).toContainText('obişnuia');
  const line = await right.locator('span').first().innerText();
  const lines = await readings.getByRole('button').evaluateAll((all) => all.map(({ textContent }) => textContent));
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.filter((other) => other.includes(line))).toHaveLength(1);
  await right.click();
  // What was clicked is gone; whoever uses the keyboard is not sent back to the top.
  await expect(page.getByRole('button', { name: 'Open a file' })).toBeFocused();
  await expect(readings).toBeHidden();
  await expect(page.getByRole('combobox', { name: 'Encoding' })).toHaveValue('windows-1250');
  await expect(playground.settings).toContainText(`${String(romanian.length)} characters`);
});

test('a damaged file is read, and what is missing is counted', async ({ page, playground }) => {
  const bytes = encode(CHINESE, 'utf-8');
  bytes[300] = 0xff;
  await playground.open(CPU);
  await openFile(page, 'damaged.txt', bytes.subarray(0, -2));
  await expect(playground.settings).toContainText(/In \d places? the bytes make no character of this encoding/);
  await expect(playground.settings).toContainText('ends inside a character, which was left out');
});

test('a text with NULs is refused wherever they stand, and taken without them', async ({ page, playground }) => {
  const text = sentences(1200);
  const broken = `${text.slice(0, 1000)}\0${text.slice(1000)}`;
  await playground.open(CPU);
  const takeOut = page.getByRole('button', { name: 'Take the NULs out (1)' });
  const isTaken = async () => {
    await expect(page.getByText('holds NUL characters (1)')).toBeVisible();
    await takeOut.click();
    await expect(takeOut).toBeHidden();
    await expect(playground.settings).toContainText('1 NUL was taken out');
    await expect(playground.settings).toContainText(`${text.length.toLocaleString('en-GB')} characters`);
  };
  await openFile(page, 'broken.txt', encode(broken, 'utf-8'));
  await isTaken();
  await page.getByRole('combobox', { name: 'Corpus', exact: true }).selectOption('brackets');
  await expect(playground.settings).not.toContainText('1 NUL was taken out');
  // A browser's text field keeps a NUL that was pasted; typing cannot make one.
  await page.getByRole('textbox', { name: 'Your text' }).evaluate((box, value) => {
    (box as HTMLTextAreaElement).value = value;
  }, broken);
  await page.getByRole('button', { name: 'Use this text' }).click();
  await isTaken();
});

test.describe('a prompt', () => {
  test('keeps its lines, and shows what of it was not read', async ({ page, playground }) => {
    await playground.open(CPU);
    await playground.useText(sentences(1200));
    const prompt = page.getByRole('textbox', { name: 'Prompt' });
    await expect(prompt).toHaveAttribute('placeholder', 'empty: begins after ↵');
    await prompt.fill('the river\n€ runs');
    await expect(prompt).toHaveValue('the river\n€ runs');
    await expect(page.getByText('Not in the vocabulary: €')).toBeVisible();
    await page.getByRole('button', { name: 'Write now' }).click();
    const written = page.getByRole('region', { name: 'Text that the network writes' });
    await expect.poll(() => written.textContent()).toContain('the river\n€ runs');
    await expect(written.locator('s')).toHaveText('€');
    const note = page.getByText('Struck out: not in the vocabulary, so the network did not read it.');
    await expect(note).toBeVisible();
    await prompt.fill('the river');
    await page.getByRole('button', { name: 'Write now' }).click();
    await expect(note).toBeHidden();
    await expect(written.locator('s')).toHaveCount(0);
  });

  test('in another normal form than the text is recognised', async ({ page, playground }) => {
    await playground.open(CPU);
    await playground.useText('le café fermé, où l’été est passé.\n'.normalize('NFD').repeat(20));
    await page.getByRole('textbox', { name: 'Prompt' }).fill('l’été');
    await page.getByRole('button', { name: 'Write now' }).click();
    const written = page.getByRole('region', { name: 'Text that the network writes' });
    await expect(written).toContainText('l’été'.normalize('NFD'));
    await expect(page.getByText('Not in the vocabulary')).toHaveCount(0);
  });

  test('that is too long is cut, which is said until it is not', async ({ page, playground }) => {
    await playground.open(CPU);
    for (const name of ['Prompt', 'Probe text']) {
      const field = page.getByRole('textbox', { name });
      await field.fill('ab'.repeat(150));
      await expect(field).toHaveValue('ab'.repeat(100));
      await expect(field).toHaveAccessibleDescription(/cut after 200 of 300 characters\./);
      await field.fill('ab');
      await expect(field).not.toHaveAccessibleDescription(/cut/);
    }
    await page.goto(`./#${CPU}&prompt=${'a'.repeat(250)}`);
    await expect(playground.notices).toContainText('Prompt: cut after 200 of 250 characters.');
  });
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
