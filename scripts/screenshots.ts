/**
 * Pictures of the real page while it trains, into docs/screenshots: light and dark, English and Chinese, wide and narrow. Same
 * seed, text and number of steps each time; what the page measures of the machine (speed) differs.
 */
import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright';
import { withBuiltPage } from './built-page';
import { inRoot } from './root.mjs';

const SETTINGS = 'corpus=quotes&units=32&batch=8&length=32&lr=0.01&engine=cpu';
/** Until gates follow the structure of the text. */
const STEPS = 1500;
/** Where the cursor stands, and the unit that is read. */
const CURSOR = 40;
const UNIT = 5;
const LANGUAGES = [
  { name: 'en', button: 'English' },
  { name: 'zh', button: '中文' },
] as const;
const THEMES = ['light', 'dark'] as const;
const SIZES = [
  { viewport: { width: 1440, height: 1080 }, deviceScaleFactor: 1, fullPage: false },
  { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, fullPage: true },
] as const;

/** All pictures of one size, from one run that goes on training between them. */
const pictures = async (browser: Browser, address: string, size: (typeof SIZES)[number]): Promise<void> => {
  const { viewport, deviceScaleFactor, fullPage } = size;
  const page = await browser.newPage({ viewport, deviceScaleFactor, locale: 'en-GB' });
  await page.goto(`${address}#${SETTINGS}`);
  await page.getByRole('button', { name: 'Train', exact: true }).click({ timeout: 60_000 });
  const run = page.getByRole('group', { name: 'Run', exact: true });
  while (Number(await run.locator('data').first().getAttribute('value')) < STEPS) await page.waitForTimeout(100);

  // The cursor is pinned on a character in the middle, the text is coloured by what a unit remembers.
  const score = page.getByRole('application', { name: 'Score' });
  await score.focus();
  for (let k = 0; k < CURSOR; k++) await score.press('ArrowRight');
  for (let k = 0; k < UNIT; k++) await score.press('ArrowDown');
  await score.press('Enter');
  await page.getByRole('combobox', { name: 'Colour the text by' }).selectOption('c');
  await score.blur();

  for (const { name, button } of LANGUAGES) {
    const language = page.getByRole('button', { name: button, exact: true });
    if (await language.isVisible()) await language.click();
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      // What waits for the next frame of the network is drawn by then.
      await page.waitForTimeout(1000);
      const file = `${colorScheme}-${name}-${String(viewport.width)}.png`;
      await page.screenshot({ path: inRoot(`docs/screenshots/${file}`), fullPage, animations: 'disabled' });
      console.log(file);
    }
  }
  await page.close();
};

mkdirSync(inRoot('docs/screenshots'), { recursive: true });
await withBuiltPage(async ({ browser, address }) => {
  for (const size of SIZES) await pictures(browser, address, size);
});
