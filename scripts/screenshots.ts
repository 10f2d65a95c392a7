/**
 * Pictures of the real page while it trains, into docs/screenshots: light and dark, English and Chinese, wide and narrow. Same
 * seed, text and number of steps each time; what the page measures of the machine (speed) differs.
 */
import { mkdirSync } from 'node:fs';
import type { Browser } from 'playwright';
import { withBuiltPage } from './built-page';
import { inRoot } from './root.mjs';

/** Nested brackets and quoted speech need few steps until a gate follows them. */
const SETTINGS = 'corpus=quotes&units=32&batch=8&length=32&lr=0.01&engine=cpu';
const STEPS = 400;
const LANGUAGES = [
  { name: 'en', locale: 'en-GB', train: 'Train', pause: 'Pause', run: 'Run' },
  { name: 'zh', locale: 'zh-CN', train: '训练', pause: '暂停', run: '运行' },
] as const;
const THEMES = ['light', 'dark'] as const;
const SIZES = [
  { width: 1440, height: 900 },
  { width: 360, height: 740 },
] as const;

type Language = (typeof LANGUAGES)[number];

const picture = async (
  browser: Browser,
  address: string,
  { name, locale, train, run }: Language,
  colorScheme: (typeof THEMES)[number],
  viewport: (typeof SIZES)[number],
): Promise<void> => {
  const page = await browser.newPage({
    viewport,
    locale,
    colorScheme,
    deviceScaleFactor: viewport.width < 800 ? 2 : 1,
  });
  await page.goto(`${address}#${SETTINGS}`);
  await page.getByRole('button', { name: train, exact: true }).click({ timeout: 60_000 });
  const readings = page.getByRole('group', { name: run, exact: true });
  const step = async () => Number(/[\d,]+/.exec(await readings.innerText())?.[0].replaceAll(',', ''));
  while ((await step()) < STEPS) await page.waitForTimeout(100);
  const file = `${colorScheme}-${name}-${String(viewport.width)}.png`;
  await page.screenshot({ path: inRoot(`docs/screenshots/${file}`), animations: 'disabled' });
  console.log(file);
  await page.close();
};

mkdirSync(inRoot('docs/screenshots'), { recursive: true });
await withBuiltPage(async ({ browser, address }) => {
  for (const language of LANGUAGES) {
    for (const theme of THEMES) {
      for (const size of SIZES) await picture(browser, address, language, theme, size);
    }
  }
});
