/**
 * How soon a click shows on the page while a network of 128 units trains at full speed on an engine computed in software, and
 * how soon a tap does on a slow phone.
 * The time runs from the browser's own time stamp of the input to the first animation frame after the one in which its
 * effect was there: by then the effect has been painted.
 */
import { loadavg } from 'node:os';
import type { Browser, Page } from 'playwright';
import { withBuiltPage } from '../scripts/built-page';
import { LINK_VERSION } from '../src/model/links';
import { machine, record } from './results';
import { measureTaps, TAPPED } from './taps';

const CLICKS = 24;
const GOAL = 200;
const ENGINES = ['webgpu', 'webgl'] as const;

interface Figures {
  readonly engine: string;
  /** What the page says about the engine. */
  readonly device: string;
  readonly stepsPerSecond: number;
  /** Milliseconds, least first. */
  readonly delays: readonly number[];
}

/**
 * Runs in the page: notes how long the effect of each click and key takes. Methods, because the compiler wraps named
 * functions in a helper that the page does not have.
 */
const watchInputs = () => {
  const delays: number[] = [];
  const watch = {
    /** What the inputs change: language, theme, and the numbers in fields. */
    looks() {
      const root = document.documentElement;
      const fields = Array.from(document.querySelectorAll('input'), (field) => field.value);
      const buttons = Array.from(document.querySelectorAll('button'), (button) => button.ariaLabel);
      return [root.lang, ...buttons, ...fields].join('|');
    },
    until(before: string, timeStamp: number) {
      requestAnimationFrame((now) => {
        if (now < timeStamp || watch.looks() === before) watch.until(before, timeStamp);
        else requestAnimationFrame((painted) => delays.push(painted - timeStamp));
      });
    },
    handleEvent({ timeStamp }: Event) {
      watch.until(watch.looks(), timeStamp);
    },
  };
  addEventListener('click', watch, { capture: true });
  addEventListener('keydown', watch, { capture: true });
  Object.assign(globalThis, { delays });
};

const delaysOf = (page: Page) => page.evaluate(() => (globalThis as unknown as { delays: number[] }).delays);

const stepOf = async (page: Page): Promise<number> => {
  const text = await page.getByRole('group', { name: /^(Run|运行)$/ }).innerText();
  return Number(/(?:step|步数)\s*([\d,]+)/i.exec(text)?.[1]?.replaceAll(',', '') ?? NaN);
};

const measure = async (browser: Browser, address: string, engine: string): Promise<Figures> => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  await page.goto(`${address}#v=${LINK_VERSION}&units=128&engine=${engine}`);
  await page.getByRole('button', { name: 'Train', exact: true }).click({ timeout: 60_000 });
  const run = page.getByRole('group', { name: 'Run', exact: true });
  while (!((await stepOf(page)) >= 3)) await page.waitForTimeout(200);
  await page.evaluate(watchInputs);
  const device = /engine:?\s*(.+)/i.exec((await run.innerText()).replaceAll('\n', ' '))?.[1] ?? '';

  const inputs = [
    () => page.getByRole('button', { name: /^(中文|English)$/ }).click(),
    () => page.getByRole('button', { name: /^(Theme|主题)/ }).click(),
    () => page.getByRole('spinbutton', { name: /^(Learning rate|学习率)$/ }).press('ArrowUp'),
  ];
  const [firstStep, began] = [await stepOf(page), performance.now()];
  for (let k = 0; k < CLICKS; k++) {
    await inputs[k % inputs.length]?.();
    await page.waitForFunction((count) => (globalThis as unknown as { delays: number[] }).delays.length > count, k);
    // Not in step with anything of the page.
    await page.waitForTimeout(150 + ((k * 61) % 200));
  }
  const stepsPerSecond = ((await stepOf(page)) - firstStep) / ((performance.now() - began) / 1000);
  if (!(stepsPerSecond > 0)) throw new Error(`The run stood still: ${await run.innerText()}`);
  const delays = (await delaysOf(page)).sort((a, b) => a - b);
  await page.close();
  return { engine, device, stepsPerSecond, delays };
};

const quantile = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN;

/** Median, 95th percentile and largest, as cells of a table. */
const cells = (delays: readonly number[]): string =>
  [0.5, 0.95, 1].map((share) => quantile(delays, share).toFixed(0)).join(' | ');

/** What else the machine was doing. */
const load = loadavg()[0]?.toFixed(1) ?? '';
const worst: number[] = [];
await withBuiltPage(async ({ browser, address }) => {
  const when = `${new Date().toISOString().slice(0, 10)}, ${machine()}, Chromium ${browser.version()}, load average ${load} before the start: \`npm run bench:responsive\`.`;
  const taps = await measureTaps(browser, address);
  worst.push(taps.delays.at(-1) ?? Infinity);
  const tapped = [
    when,
    '',
    `Delay from a tap to its painted effect, in milliseconds: ${TAPPED}, while the page as it opens trains at full speed. Goal: at most ${String(GOAL)}.`,
    '',
    '| steps/s | median | 95 % | largest |',
    '| --- | --- | --- | --- |',
    `| ${taps.stepsPerSecond.toFixed(0)} | ${cells(taps.delays)} |`,
  ].join('\n');
  console.log(tapped);
  record('A tap on a slow phone while training', tapped);

  const all: Figures[] = [];
  for (const engine of ENGINES) all.push(await measure(browser, address, engine));
  worst.push(...all.map(({ delays }) => delays.at(-1) ?? Infinity));
  const rows = all.map(({ engine, device, stepsPerSecond, delays }) => {
    return `| ${engine} | ${device} | ${stepsPerSecond.toFixed(1)} | ${cells(delays)} |`;
  });
  const body = [
    when,
    '',
    `Delay from a click or key to its painted effect, in milliseconds, over ${String(CLICKS)} inputs (language, theme, a ` +
      `number field's arrow) while an LSTM of 128 units trains at full speed. Goal: at most ${String(GOAL)}.`,
    '',
    '| engine | device | steps/s | median | 95 % | largest |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
  console.log(body);
  record('A click while training', body);
});
process.exitCode = worst.every((delay) => delay <= GOAL) ? 0 : 1;
