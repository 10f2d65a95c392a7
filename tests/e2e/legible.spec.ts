/** The stage as it is seen from the last row of a classroom: a projector of 1280 by 720 pixels. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { SMALL } from './playground';

const SMALLEST = 16;

/** What is drawn on canvases is noted with its size as it reaches the screen. */
const noteLettering = () => {
  const sizes = new Map<string, number>();
  const prototype = CanvasRenderingContext2D.prototype;
  for (const name of ['fillText', 'strokeText'] as const) {
    const draw: CanvasRenderingContext2D['fillText'] = Reflect.get(prototype, name);
    prototype[name] = function (this: CanvasRenderingContext2D, text: string, ...rest) {
      const size = parseFloat(/[\d.]+(?=px)/.exec(this.font)?.[0] ?? 'NaN');
      sizes.set(text, (size * this.getTransform().a) / devicePixelRatio);
      draw.call(this, text, ...rest);
    };
  }
  Object.assign(globalThis, { lettering: sizes });
};

interface Lettering {
  readonly text: string;
  readonly size: number;
}

/** Every text of the stage that is seen: of its document, in its fields, in its pictures and on its canvases. */
const letteringOf = (page: Page): Promise<{ readonly document: Lettering[]; readonly canvas: Lettering[] }> =>
  page.evaluate(() => {
    const document: { text: string; size: number }[] = [];
    const isSeen = (element: Element) => {
      const { width, height } = element.getBoundingClientRect();
      return width > 1 && height > 1 && element.checkVisibility({ visibilityProperty: true });
    };
    const add = (text: string, element: Element) => {
      if (text.trim() !== '' && isSeen(element))
        document.push({ text: text.trim(), size: parseFloat(getComputedStyle(element).fontSize) });
    };
    for (const place of globalThis.document.querySelectorAll('.stage, .side')) {
      const walker = globalThis.document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        if (node.parentElement) add(node.textContent ?? '', node.parentElement);
      }
      for (const field of place.querySelectorAll<HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement>(
        'input:not([type="range"]):not([type="checkbox"]), select, textarea',
      )) {
        add(field.value === '' ? (field.getAttribute('placeholder') ?? '') : field.value, field);
      }
    }
    const noted = (globalThis as unknown as { lettering: Map<string, number> }).lettering;
    return { document, canvas: Array.from(noted, ([text, size]) => ({ text, size })) };
  });

/** Parts of the stage whose text is cut off, or runs into what stands beside it. */
const cutOff = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const say = (what: string, element: Element) => found.push(`${what}: ${element.className} ${element.textContent}`);
    for (const element of document.querySelectorAll(':is(.stage, .side) *:not(svg, svg *, canvas, select, option)')) {
      const { overflowX, overflowY, clipPath } = getComputedStyle(element);
      if (clipPath !== 'none' || element.clientHeight === 0) continue;
      if (overflowX === 'hidden' && overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 1)
        say('too low', element);
    }
    const boxes = (selector: string) =>
      Array.from(document.querySelectorAll(selector), (element) => ({ element, box: element.getBoundingClientRect() }));
    for (const { element, box } of boxes('.strip-label > *, .band-label > *:not([aria-hidden])')) {
      const { left } = document.querySelector('.score-scroll')?.getBoundingClientRect() ?? { left: 0 };
      if (box.width > 1 && box.right > left) say('over the columns', element);
    }
    const ticks = boxes('.unit-tick').sort((a, b) => a.box.top - b.box.top);
    ticks.slice(1).forEach(({ element, box }, k) => {
      if (box.top < ticks[k].box.bottom - 1) say('over each other', element);
    });
    return found;
  });

const expectLegible = async (page: Page) => {
  // The ruler's letters, positions, steps, losses, and names beside lines: drawn one after the other.
  await expect.poll(async () => (await letteringOf(page)).canvas.length).toBeGreaterThan(25);
  const { document, canvas } = await letteringOf(page);
  expect(document.length).toBeGreaterThan(60);
  expect([...document, ...canvas].filter(({ size }) => !(size >= SMALLEST))).toEqual([]);
  expect(await cutOff(page)).toEqual([]);
  expect(await page.evaluate(() => window.document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
};

/** What of the stage is seen before anything is scrolled. */
const expectFirstView = async (page: Page) => {
  await expect(page.locator('.purpose')).toBeInViewport({ ratio: 1 });
  await expect(page.locator('.ruler')).toBeInViewport({ ratio: 1 });
  await expect(page.locator('.readout')).toBeInViewport({ ratio: 1 });
  const readout = await page.locator('.readout').boundingBox();
  for (const strip of await page.locator('.strip-label').all()) {
    const box = await strip.boundingBox();
    expect((box?.y ?? Infinity) + (box?.height ?? 0)).toBeLessThanOrEqual(readout?.y ?? 0);
  }
};

test.describe('on a projector', () => {
  test.use({ viewport: { width: 1280, height: 720 } });

  for (const [language, locale] of [
    ['English', 'en-GB'],
    ['Chinese', 'zh-CN'],
  ] as const) {
    test.describe(language, () => {
      test.use({ locale });

      test('no text of the stage is below 16 px, and none is cut off', async ({ page }) => {
        await page.addInitScript(noteLettering);
        await page.goto('./');
        const bar = page.getByRole('banner').getByRole('button');
        await expect(page.locator('.column-cursor').first()).toBeVisible();
        await expectLegible(page);
        await expectFirstView(page);
        // Train, and pause again.
        await bar.first().click();
        await expect(page.locator('.curve-baselines')).toBeVisible({ timeout: 60_000 });
        await expect
          .poll(async () => (await letteringOf(page)).canvas.some(({ text }) => /gram|元/.test(text)))
          .toBe(true);
        await bar.first().click();
        await page.waitForTimeout(1000);
        await expectLegible(page);
        await expectFirstView(page);
      });
    });
  }

  test('the whole text is seen, and the settings come when they are asked for', async ({ page, playground }) => {
    await playground.open(`${SMALL}&engine=cpu`);
    const hidden = () =>
      playground.score.locator('.score-scroll').evaluate((scroll) => scroll.scrollWidth - scroll.clientWidth);
    expect(await hidden()).toBeLessThanOrEqual(0);
    await expect(playground.settings).toBeHidden();
    const button = page.getByRole('button', { name: 'Settings', exact: true });
    await button.click();
    await expect(playground.settings).toBeVisible();
    await expect(playground.score).toBeInViewport();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await button.click();
    await expect(playground.settings).toBeHidden();
  });
});

test('what the page is and what to look for stands in sight, for a corpus and for a text of one’s own', async ({
  page,
  playground,
}) => {
  await playground.open();
  const purpose = page.locator('.purpose');
  await expect(purpose).toBeInViewport({ ratio: 1 });
  await expect(purpose).toContainText('an LSTM learns to guess each next character');
  await expect(purpose).toContainText('What to look for: A star switches capitals on or off.');
  await page.getByRole('combobox', { name: 'Cell', exact: true }).selectOption('gru');
  await expect(purpose).toContainText('a GRU learns');
  await expect(purpose).toContainText('What to look for in an LSTM: A star switches');
  await playground.useText('some words that no grammar of this page has written, again and again, '.repeat(40));
  await expect(purpose).toContainText('does the hidden state of some unit turn where something in your text begins');
});

test('a squashed scale says so, and what is marked on it and read off it is the state itself', async ({
  page,
  playground,
}) => {
  await playground.open(`${SMALL}&engine=cpu`);
  const marks = () => playground.score.locator('.unit-tick').allInnerTexts();
  expect((await marks()).map((text) => Number(text.replace('−', '-')))).toEqual([-2, -1, -0.5, 0, 0.5, 1, 2]);
  await playground.score.getByRole('button', { name: 'What is the squashed scale?' }).first().click();
  await expect(page.getByRole('dialog')).toContainText('shown as tanh c');
});
