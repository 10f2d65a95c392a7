/** axe on the page in both themes and languages, wide and narrow, with and without its dialogs. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { linkOf, SMALL } from './playground';

/** Moderate findings count too; only hints about taste do not. */
const expectAccessible = async (page: Page) => {
  const { violations, passes } = await new AxeBuilder({ page }).analyze();
  expect(passes.length).toBeGreaterThan(10);
  const findings = violations
    .filter(({ impact }) => impact !== 'minor')
    .map(({ id, impact, nodes }) => `${id} (${String(impact)}): ${nodes.map(({ html }) => html).join(' ¦ ')}`);
  expect(findings).toEqual([]);
};

const WIDTHS = [1440, 360];
const THEMES = ['light', 'dark'] as const;
const LANGUAGES = [
  { locale: 'en-GB', settings: /^Settings/, help: 'Keys and help', keys: 'Keys' },
  { locale: 'zh-CN', settings: /^设置/, help: '按键与帮助', keys: '按键' },
];

for (const width of WIDTHS) {
  for (const colorScheme of THEMES) {
    for (const { locale, settings, help, keys } of LANGUAGES) {
      test.describe(`${locale}, ${colorScheme}, ${String(width)} px`, () => {
        test.use({ viewport: { width, height: 900 }, colorScheme, locale });

        test('axe finds nothing', async ({ page }) => {
          await page.goto(linkOf(`${SMALL}&engine=cpu&speed=0`));
          await expect(page.getByRole('banner').getByRole('button').first()).toBeEnabled();
          await expect(page.locator('canvas').first()).toBeVisible();
          // Names differ between the languages; keys do not. A step, in its parts, once all of them are shown.
          await page.keyboard.press('.');
          await expect(page.locator('.step-groups')).toBeVisible();
          await expect(page.locator('[aria-current="step"]')).toHaveCount(0);
          await expectAccessible(page);

          if (width < 800) {
            await page.getByRole('button', { name: settings }).click();
            await expectAccessible(page);
            await page.keyboard.press('Escape');
            await expect(page.getByRole('button', { name: settings })).toBeFocused();
          }
          await page.getByRole('button', { name: help }).click();
          await expect(page.getByRole('dialog', { name: keys, exact: true })).toBeVisible();
          await expectAccessible(page);
        });
      });
    }
  }
}
