/** What the network writes: how it is drawn, copied and laid out; and its fields on phones and by keyboard. */
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { SMALL, type Playground } from './playground';
import { sentences } from './texts';

const CPU = `${SMALL}&engine=cpu`;
const HEBREW = 'הכלב ישב על השטיח, והחתול ישב על הכלב.\n';

const written = (page: Page) => page.getByRole('region', { name: 'Text that the network writes' });

/** Whether the first letter of the element's text stands to the right of the second. */
const isFromTheRight = (element: Locator) =>
  element.evaluate((node) => {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    const letters: DOMRect[] = [];
    for (let text = walker.nextNode(); text !== null && letters.length < 2; text = walker.nextNode()) {
      for (const [k, letter] of Array.from(text.textContent ?? '').entries()) {
        if (!/\p{L}/u.test(letter) || letters.length === 2) continue;
        const range = document.createRange();
        range.setStart(text, k);
        range.setEnd(text, k + 1);
        letters.push(range.getBoundingClientRect());
      }
    }
    return letters[0].left > letters[1].left;
  });

test('settings of sampling stand in the address, and the next sample is drawn by them', async ({
  page,
  playground,
}) => {
  await playground.open(CPU);
  await page.getByText('Length, top-k, nucleus').click();
  const field = (name: string) => page.getByRole('spinbutton', { name, exact: true });
  for (const [name, value] of [
    ['Sample length', '500'],
    ['Top-k', '3'],
    ['Nucleus (top-p)', '0.9'],
  ] as const) {
    await field(name).fill(value);
    await field(name).press('Enter');
  }
  await expect.poll(() => page.url()).toMatch(/write=500&topk=3&topp=0\.9/);
  await expect(page.getByRole('combobox', { name: 'Sample', exact: true })).toContainText('top-k 3, top-p 0.9');
  await expect.poll(async () => (await written(page).textContent())?.length).toBe(500);
  // The likeliest is one: nothing is left to choose from.
  await field('Temperature').fill('0');
  await field('Temperature').press('Enter');
  await expect(field('Top-k')).toBeHidden();
  await expect(page.getByRole('combobox', { name: 'Sample', exact: true })).toContainText('greedy');
});

test('after a pause the newest sample is one of the network as it stands', async ({ page, playground }) => {
  await playground.open(CPU);
  await playground.trainPast(3);
  const step = (await playground.currentStep()).toLocaleString('en-GB');
  const heading = page.getByRole('heading', { name: /^It writes/ });
  await expect(heading).toContainText(`at step ${step}`);
  await expect.poll(async () => (await written(page).textContent())?.length).toBe(240);
  await expect(page.getByRole('status').filter({ hasText: `At step ${step} the network writes: ` })).toHaveCount(1);
});

test.describe('copying', () => {
  const copy = (page: Page) => page.getByRole('button', { name: 'Copy what it writes' });

  test('takes the sample that is read, with its prompt', async ({ page, playground, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await playground.open(`${CPU}&prompt=TEDO`);
    await expect.poll(async () => (await written(page).textContent())?.length).toBe(244);
    await copy(page).click();
    await expect(page.getByRole('status').filter({ hasText: 'Copied.' })).toHaveCount(1);
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^TEDO/);
    expect(copied).toHaveLength(244);
  });

  test('says so where the browser refuses', async ({ page, playground }) => {
    await page.addInitScript(() => {
      Object.defineProperty(navigator, 'clipboard', { value: undefined });
    });
    await playground.open(CPU);
    await expect(written(page)).not.toContainText('stands here');
    await copy(page).click();
    await expect(page.getByText('The browser does not let this page copy.')).toBeVisible();
  });
});

test('text that is read from the right is written from the right', async ({ page, playground }) => {
  await playground.open(CPU);
  await playground.useText(HEBREW.repeat(30));
  await expect.poll(() => written(page).textContent()).toMatch(/[א-ת]{2}/);
  await page.getByRole('textbox', { name: 'Prompt' }).fill('הכלב');
  await expect.poll(() => written(page).textContent()).toMatch(/^הכלב/);
  expect(await isFromTheRight(written(page))).toBe(true);
  // What follows the character stays behind it.
  await page.getByRole('figure', { name: 'Next character at the cursor' }).scrollIntoViewIfNeeded();
  await expect(page.getByText(/^Next in the text: \u2068[א-ת,.␣↵]\u2069, [\d.]+%$/)).toBeVisible();
  const side = (name: string) =>
    page.getByRole('textbox', { name }).evaluate((field) => getComputedStyle(field).direction);
  expect(await side('Prompt')).toBe('rtl');
  expect(await side('Your text')).toBe('rtl');
  await playground.useText(sentences(1200));
  await page.getByRole('textbox', { name: 'Prompt' }).fill('the');
  await expect.poll(() => written(page).textContent()).toMatch(/^the/);
  expect(await isFromTheRight(written(page))).toBe(false);
  expect(await side('Prompt')).toBe('ltr');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('what stands in an empty field can be read', async ({ page, playground }) => {
      await playground.open(CPU);
      for (const name of ['Probe text', 'Prompt', 'Your text']) {
        const ratio = await page.getByRole('textbox', { name }).evaluate((field) => {
          const luminance = (colour: string) => {
            const [r, g, b] = (colour.match(/[\d.]+/g) ?? [])
              .map((part) => Number(part) / 255)
              .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const { color, opacity } = getComputedStyle(field, '::placeholder');
          if (opacity !== '1') return 0;
          const [dark, light] = [color, getComputedStyle(field).backgroundColor].map(luminance).sort((a, b) => a - b);
          return (light + 0.05) / (dark + 0.05);
        });
        expect(ratio, name).toBeGreaterThanOrEqual(4.5);
      }
    });
  });
}

test('the first stops of the keyboard lead to the score and to what is written', async ({ page, playground }) => {
  await playground.open(CPU);
  const address = page.url();
  for (const [name, place] of [
    ['Skip to the score', page.getByRole('application')],
    ['Skip to what it writes', written(page)],
  ] as const) {
    await page.reload();
    await playground.ready();
    const button = page.getByRole('button', { name });
    do await page.keyboard.press('Tab');
    while (!(await button.evaluate((element) => element === document.activeElement)));
    await expect(button).toBeInViewport({ ratio: 1 });
    await page.keyboard.press('Enter');
    await expect(place).toBeFocused();
    await expect(place).toBeInViewport();
  }
  expect(page.url()).toBe(address);
});

/** As a phone: fingers, and a small screen. */
const phone = (width: number, height: number) => ({ viewport: { width, height }, hasTouch: true, isMobile: true });

test.describe('on a phone', () => {
  test.use(phone(360, 740));

  const openSettings = async (page: Page, playground: Playground) => {
    await playground.open(CPU);
    await page.getByRole('button', { name: /^Settings/ }).click();
  };

  test('a number is moved by fingers', async ({ page, playground }) => {
    await openSettings(page, playground);
    const units = page.getByRole('spinbutton', { name: 'Units', exact: true });
    const less = page.getByRole('button', { name: 'Units: less' });
    const more = page.getByRole('button', { name: 'Units: more' });
    for (const button of [less, more]) {
      const box = await button.boundingBox();
      expect(Math.min(box?.width ?? 0, box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    }
    await more.tap();
    await expect(units).toHaveValue('17');
    await less.tap();
    await less.tap();
    await expect(units).toHaveValue('15');
    await units.fill('4');
    await units.press('Enter');
    await expect(less).toBeDisabled();
    // The keyboard goes on to the next field.
    await expect(less).toHaveAttribute('tabindex', '-1');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });

  test('no field is so small that the page zooms into it', async ({ page, playground }) => {
    await openSettings(page, playground);
    const sizes = await page
      .locator('input:not([type="range"]):not([type="file"]):not([type="checkbox"]), select, textarea')
      .evaluateAll((fields) => fields.map((field) => parseFloat(getComputedStyle(field).fontSize)));
    expect(sizes.length).toBeGreaterThan(10);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(16);
  });

  test('the settings close once a text of one’s own is there, and Train is next', async ({ page, playground }) => {
    await openSettings(page, playground);
    const sheet = page.getByRole('dialog', { name: 'Settings' });
    await playground.give('too short');
    await expect(sheet).toContainText('training needs at least');
    await playground.give(sentences(1200));
    await expect(sheet).toBeHidden();
    await expect(playground.train).toBeFocused();
  });
});

test.describe('on a phone that lies on its side', () => {
  test.use(phone(844, 390));

  test('the bar leaves room for the page', async ({ page, playground }) => {
    await playground.open(CPU);
    const bar = await page.getByRole('banner').boundingBox();
    expect(bar?.height).toBeLessThanOrEqual(60);
    for (const button of await page.getByRole('banner').getByRole('button').all()) {
      await expect(button).toBeInViewport({ ratio: 1 });
    }
    await playground.makeSteps(1);
    await expect(page.locator('.run-line')).toContainText('step 1');
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });
});
