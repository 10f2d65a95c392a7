/** What a reader can read off the score, in a few actions each: which unit remembers, what its gates do, how long it holds. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import type { Playground } from './playground';

/** What the readout says of the character under the cursor. */
const readMemory = async ({ score }: Playground) => {
  const text = (await score.textContent()) ?? '';
  const [, kept, written] = /f keeps (\d+) % of the cell state, i writes (\d+) % of the candidate/.exec(text) ?? [];
  const [, ago, character] = /what it held (one|\d+) characters? ago, after “(.)”/.exec(text) ?? [];
  return {
    kept: Number(kept),
    written: Number(written),
    ago: /(Less than half|Nothing) is left|It forgets almost all/.test(text) ? 0 : ago === 'one' ? 1 : Number(ago),
    after: character,
  };
};

/** Clicks on a character of the ruler. */
const pointAt = async (page: Page, { score }: Playground, index: number, length: number) => {
  const ruler = score.getByRole('group', { name: 'Probe text' });
  const { x, y, width, height } = (await ruler.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.click(x + ((index + 0.5) / length) * width, y + height / 2);
};

test('which unit remembers, what its gates do at a mark, and how long it holds can be read off', async ({
  page,
  playground,
}) => {
  test.setTimeout(240_000);
  await playground.open();
  await playground.train.click();

  // No action but Train: the unit that remembers is selected, and named with its rank.
  await expect(playground.score).toContainText(/Unit \d of 8 · follows “capitals on” best \(\w (high|low) there\)/, {
    timeout: 120_000,
  });
  const area = async () => Number(/area ([\d.]+)/.exec((await playground.score.textContent()) ?? '')?.[1]);
  await expect.poll(area, { timeout: 120_000 }).toBeGreaterThan(0.98);
  await playground.pauseThere();

  const field = page.getByRole('textbox', { name: 'Probe text' });
  const text = Array.from((await field.getAttribute('placeholder')) ?? '');
  const stars = text.flatMap((character, t) => (character === '*' ? [t] : []));
  expect(stars.length).toBeGreaterThanOrEqual(3);

  // One action each: a click on the character in question.
  const atStars = [];
  for (const star of stars) {
    await pointAt(page, playground, star, text.length);
    await expect(playground.score).toContainText(/unit \d at\s*\*/);
    atStars.push(await readMemory(playground));
  }
  for (const { kept, ago } of atStars) {
    expect(kept).toBeLessThan(50);
    expect(ago).toBe(0);
  }
  // Just before the next mark: it still holds what the mark before left.
  const held = [];
  for (const star of stars.slice(1)) {
    await pointAt(page, playground, star - 1, text.length);
    await expect(playground.score).not.toContainText(/unit \d at\s*\*/);
    held.push(await readMemory(playground));
  }
  expect(Math.max(...held.map(({ ago }) => ago))).toBeGreaterThanOrEqual(3);
});
