/** Paste a text, train, pause, reset, share: on each engine. */
import { expect, test } from './fixtures';
import { Playground, SMALL } from './playground';
import { sentences, unigramLoss } from './texts';

const TEXT = sentences(3000);
const ENGINES = [
  { key: 'simd', name: 'SIMD' },
  { key: 'webgpu', name: 'WebGPU' },
  { key: 'webgl', name: 'WebGL' },
  { key: 'tfjs', name: 'TF.js' },
  { key: 'cpu', name: 'CPU' },
] as const;

const expectSame = (actual: readonly number[], expected: readonly number[]) => {
  expect(actual.length).toBe(expected.length);
  actual.forEach((loss, k) => {
    expect(Math.abs(loss - (expected[k] ?? NaN))).toBeLessThanOrEqual(1e-4);
  });
};

for (const { key, name } of ENGINES) {
  test.describe(name, () => {
    const hash = `${SMALL}&engine=${key}`;

    // Each step of a graphics card computed in software takes long where the machine has other work too.
    test.setTimeout(360_000);
    test('a pasted text is learnt, shown, paused, begun again and shared', async ({ page, playground, browser }) => {
      await playground.open(hash);
      await playground.useText(TEXT);
      await expect(playground.run).toContainText(name, { ignoreCase: true });

      await playground.makeSteps(10);
      const losses = await playground.firstTenLosses();

      await playground.train.click();
      const before = await playground.pictures();
      const step = await playground.currentStep();
      await expect.poll(() => playground.currentStep(), { timeout: 60_000 }).toBeGreaterThan(step + 5);
      await expect.poll(() => playground.pictures()).not.toEqual(before);

      await expect.poll(() => playground.reading('held-out'), { timeout: 120_000 }).toBeLessThan(unigramLoss(TEXT));
      expect(await playground.reading('loss')).toBeGreaterThan(0);

      await playground.pauseThere();
      await page.waitForTimeout(500);
      const stood = await playground.currentStep();
      await page.waitForTimeout(1500);
      expect(await playground.currentStep()).toBe(stood);

      await playground.reset.click();
      await playground.ready();
      await expect.poll(() => playground.currentStep()).toBe(0);
      await playground.makeSteps(10);
      expectSame(await playground.firstTenLosses(), losses);

      // Where the text is not kept.
      const elsewhere = await browser.newContext();
      const second = await elsewhere.newPage();
      const other = new Playground(second);
      await second.goto(page.url());
      await other.ready();
      await expect(other.notices).toContainText('made with a text of one’s own');
      await other.useText(sentences(3000, 9));
      await expect(other.notices).toContainText('not the one that this link was made with');
      await other.useText(TEXT);
      await expect(second.getByText('not the one that this link was made with')).toHaveCount(0);
      await expect(other.run).toContainText(name, { ignoreCase: true });
      await other.makeSteps(10);
      expectSame(await other.firstTenLosses(), losses);
      await elsewhere.close();
    });
  });
}

test('threads change no number', async ({ page, playground }) => {
  const losses = async (threads: number): Promise<number[]> => {
    await page.goto('about:blank');
    await playground.open(`units=16&batch=16&length=8&layers=2&drop=0.1&engine=simd&threads=${threads}`);
    await playground.makeSteps(10);
    return playground.firstTenLosses();
  };
  const one = await losses(1);
  expect(await losses(3)).toEqual(one);
});

test('Step makes one step', async ({ playground }) => {
  await playground.open(`${SMALL}&engine=cpu`);
  for (const step of [1, 2, 3]) {
    await playground.step.click();
    await expect.poll(() => playground.currentStep()).toBe(step);
  }
  await expect(playground.train).toBeVisible();
});

test('a slow speed is kept', async ({ page, playground }) => {
  await playground.open(`${SMALL}&engine=cpu&speed=1`);
  await playground.train.click();
  await page.waitForTimeout(4000);
  await playground.pauseThere();
  const step = await playground.currentStep();
  expect(step).toBeGreaterThanOrEqual(2);
  expect(step).toBeLessThanOrEqual(6);
});
