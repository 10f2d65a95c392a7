/**
 * Pictures of the real page while it trains, into docs/screenshots: light and dark, English and Chinese, wide and narrow. Same
 * seed, text and number of steps each time; what the page measures of the machine (speed) differs.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { csvParse, greatest, group, mean, sum } from 'd3';
import type { Browser, Page } from 'playwright';
import { toUrlHash } from '../src/model/links';
import { DEFAULT_SETTINGS } from '../src/model/settings';
import { withBuiltPage } from './built-page';
import { PICTURE } from './picture';
import { inRoot } from './root.mjs';

/** Where the cursor stands. */
const CURSOR = 22;
const LANGUAGES = [
  { name: 'en', button: 'English' },
  { name: 'zh', button: '中文' },
] as const;
const THEMES = ['light', 'dark'] as const;
const SIZES = [
  { viewport: { width: 1440, height: 1080 }, deviceScaleFactor: 1, fullPage: false },
  { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, fullPage: true },
] as const;

/** Pearson's r. */
const correlation = (x: readonly number[], y: readonly number[]): number => {
  const centred = (values: readonly number[]) => {
    const centre = mean(values) ?? NaN;
    return values.map((value) => value - centre);
  };
  const dot = (a: readonly number[], b: readonly number[]) => sum(a, (value, k) => value * (b[k] ?? NaN));
  const [cx, cy] = [centred(x), centred(y)];
  return dot(cx, cy) / Math.sqrt(dot(cx, cx) * dot(cy, cy));
};

/** The unit whose cell state tells best whether the probe text is inside quotation marks, by the score's own numbers. */
const telltaleUnit = async (page: Page): Promise<number> => {
  await page.getByRole('button', { name: 'Save Score', exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Numbers (CSV)' }).click();
  const rows = csvParse(readFileSync(await (await download).path(), 'utf8'));
  const units = group(rows, ({ unit }) => Number(unit));
  let inside = 0;
  const speech = (units.get(0) ?? []).map(({ character }) => (character === '"' ? (inside = 1 - inside) : inside));
  const strength = ([, states]: [number, { c?: string }[]]) =>
    Math.abs(
      correlation(
        states.map(({ c }) => Number(c)),
        speech,
      ),
    );
  return greatest(units, strength)?.[0] ?? 0;
};

/** All pictures of one size, from one run that goes on training between them. */
const pictures = async (browser: Browser, address: string, size: (typeof SIZES)[number]): Promise<void> => {
  const { viewport, deviceScaleFactor, fullPage } = size;
  const page = await browser.newPage({ viewport, deviceScaleFactor, locale: 'en-GB' });
  const { corpus, settings, steps } = PICTURE;
  await page.goto(`${address}#${toUrlHash({ ...DEFAULT_SETTINGS, corpus, ...settings }, null)}`);
  await page.getByRole('button', { name: 'Train', exact: true }).click({ timeout: 60_000 });
  const run = page.getByRole('group', { name: 'Run', exact: true });
  while (Number(await run.locator('data').first().getAttribute('value')) < steps) await page.waitForTimeout(100);

  // The cursor is pinned on a character in the middle, the text is coloured by what a telling unit remembers.
  const unit = page.getByRole('spinbutton', { name: 'Unit', exact: true });
  await unit.fill(String(await telltaleUnit(page)));
  await unit.press('Enter');
  const score = page.getByRole('application', { name: 'Score' });
  await score.focus();
  for (let k = 0; k < CURSOR; k++) await score.press('ArrowRight');
  await score.press('Enter');
  await page.getByRole('combobox', { name: 'Colour the text by' }).selectOption('c');
  await score.blur();

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
