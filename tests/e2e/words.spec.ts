/** Words that depend on what is there: on the text, on the cursor, on the language and its type. */
import { expect, test } from './fixtures';
import { SMALL } from './playground';

const CPU = `${SMALL}&engine=cpu`;

test('the button says what it will do: pin the cursor, or let it go', async ({ page, playground }) => {
  await playground.open(CPU);
  const score = page.getByRole('application', { name: 'Score' });
  const pin = page.getByRole('button', { name: 'Pin the cursor', exact: true });
  const unpin = page.getByRole('button', { name: 'Unpin the cursor', exact: true });
  await expect(pin).toBeVisible();
  // What a click does is said where it can be done.
  await score.hover({ position: { x: 200, y: 100 } });
  await expect(playground.score).toContainText('Click to pin.');
  await score.click({ position: { x: 200, y: 100 } });
  await expect(unpin).toBeVisible();
  await expect(pin).toBeHidden();
  await unpin.click();
  await expect(pin).toBeVisible();
});

test('the first character of the text has no surprise, and the page does not give it one', async ({
  page,
  playground,
}) => {
  await playground.open(CPU);
  const score = page.getByRole('application', { name: 'Score' });
  await score.press('Home');
  await expect(playground.score).toContainText('not predicted');
  await score.press('ArrowRight');
  await expect(playground.score).toContainText(/surprise \d+\.\d\d bits/);
  await expect(playground.score).not.toContainText('not predicted');
});

test('the legend lists the grammar of a text that has one, and of no other', async ({ page, playground }) => {
  await playground.open(`${CPU}&corpus=abab`);
  const loss = page.getByRole('figure', { name: 'Loss' });
  const legend = loss.getByRole('listitem');
  await expect(legend).toHaveCount(5);
  await playground.useText('some words that no grammar of this page has written, again and again, '.repeat(40));
  await expect(loss).toContainText(/[\d,]+ of [\d,]+ held-out characters/);
  await expect(legend).toHaveCount(4);
});

test.describe('in Chinese', () => {
  test.use({ locale: 'zh-CN' });

  test('the page opens on a Chinese text, whose marks are as wide as its characters', async ({ page }) => {
    await page.goto('./');
    await expect(page.getByRole('combobox', { name: '语料', exact: true })).toHaveValue('jianfan');
    await expect(page.locator('html')).toHaveAttribute('lang', /^zh/);

    /** Width of a text in the page's type, in characters, as the language and face of `lang` set it; null: the page's own. */
    const widths = (lang: string | null) =>
      page.evaluate((lang) => {
        const place = document.body.appendChild(document.createElement('span'));
        if (lang !== null) place.lang = lang;
        place.style.fontSize = '100px';
        const measured = ['var(--sans)', 'var(--mono)'].map((face) => {
          place.style.fontFamily = face;
          return ['“', '”', '……', '中'].map((text) => {
            place.textContent = text;
            return place.getBoundingClientRect().width / 100;
          });
        });
        const faces = getComputedStyle(place).fontFamily;
        place.remove();
        return { measured, faces };
      }, lang);
    const inChinese = await widths(null);
    const inEnglish = await widths('en');
    expect(inChinese.faces).toMatch(/^"?Chinese marks"?,/);
    expect(inEnglish.faces).not.toContain('Chinese marks');
    // A machine without a Chinese face has none to take them from.
    const found = await page.evaluate(async () => (await document.fonts.load('16px "Chinese marks"', '“')).length > 0);
    for (const [open, close, ellipsis, character] of inChinese.measured) {
      if (!found) break;
      expect([open, close, ellipsis]).toEqual([character, character, 2 * character]);
    }
    for (const [open] of inEnglish.measured) expect(open).toBeLessThan(0.8);
  });
});
