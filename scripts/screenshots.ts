/**
 * Pictures of the real page while it trains, into docs/screenshots: light and dark, English and Chinese, wide and narrow. Same
 * seed, text and number of steps each time; what the page measures of the machine (speed) differs.
 */
import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright';
import { toUrlHash } from '../src/model/links';
import { DEFAULT_SETTINGS } from '../src/model/settings';
import { withBuiltPage } from './built-page';
import { stepsFor } from './claims/promises';
import { corpusOf } from './claims/training';
import { PICTURE } from './picture';
import { inRoot } from './root.mjs';

const LANGUAGES = [
  { name: 'en', button: 'English' },
  { name: 'zh', button: '中文' },
] as const;
const THEMES = ['light', 'dark'] as const;
const SIZES = [
  { viewport: { width: 1440, height: 1080 }, deviceScaleFactor: 1 },
  // Taller than a phone: what stays in sight would stand over the rest in a picture of the whole page.
  { viewport: { width: 360, height: 1400 }, deviceScaleFactor: 2 },
] as const;

/** All pictures of one size, from one run that goes on training between them. */
const pictures = async (browser: Browser, address: string, size: (typeof SIZES)[number]): Promise<void> => {
  const { viewport, deviceScaleFactor } = size;
  const page = await browser.newPage({ viewport, deviceScaleFactor, locale: 'en-GB' });
  const { corpus, label } = PICTURE;
  const { settings, promises } = corpusOf(corpus);
  const steps = Math.max(...promises.map(({ characters }) => stepsFor(corpus, characters)));
  await page.goto(`${address}#${toUrlHash({ ...DEFAULT_SETTINGS, corpus, ...settings }, null)}`);
  await page.getByRole('button', { name: 'Train', exact: true }).click({ timeout: 60_000 });
  const run = page.getByRole('group', { name: 'Run', exact: true });
  while (Number(await run.locator('data').first().getAttribute('value')) < steps) await page.waitForTimeout(100);

  // The unit that follows the label is selected by the page itself; the text is coloured by what it holds.
  await page.getByRole('combobox', { name: 'that follows', exact: true }).selectOption(`${label} null`);
  await page.getByRole('combobox', { name: 'Colour the text by' }).selectOption('c');

  for (const { name, button } of LANGUAGES) {
    const language = page.getByRole('button', { name: button, exact: true });
    if (await language.isVisible()) await language.click();
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(() => {
        scrollTo(0, 0);
      });
      // What waits for the next frame of the network is drawn by then.
      await page.waitForTimeout(1000);
      const file = `${colorScheme}-${name}-${String(viewport.width)}.png`;
      await page.screenshot({ path: inRoot(`docs/screenshots/${file}`), animations: 'disabled' });
      console.log(file);
    }
  }
  await page.close();
};

mkdirSync(inRoot('docs/screenshots'), { recursive: true });
await withBuiltPage(async ({ browser, address }) => {
  for (const size of SIZES) await pictures(browser, address, size);
});
