/**
 * How soon a tap on the ruler shows on a phone that computes four times slower than this machine, while the page as it opens
 * trains at full speed. The time runs from the browser's own time stamp of the touch to the frame in which the cursor has been
 * painted in its new place.
 */
import type { Browser } from 'playwright';

const TAPS = 24;
const SLOWER = 4;
/** Of the training before the first tap, in milliseconds. */
const WARM_UP = 4000;
/** A tap without an effect after so many milliseconds has none. */
const LONGEST = 10_000;
const PHONE = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };

/**
 * Runs in the page: notes how long the cursor takes to its new place. A message that is sent as it moves, inside an animation
 * frame, comes when that frame has been painted.
 */
const watchTaps = () => {
  const delays: number[] = [];
  let touched: number | null = null;
  const cursor = document.querySelector('.column-cursor');
  if (cursor === null) throw new Error('There is no cursor.');
  new MutationObserver(() => {
    if (touched === null) return;
    const from = touched;
    touched = null;
    const painted = new MessageChannel();
    painted.port1.onmessage = () => delays.push(performance.now() - from);
    painted.port2.postMessage(null);
  }).observe(cursor, { attributeFilter: ['style'] });
  addEventListener(
    'pointerdown',
    ({ timeStamp }) => {
      touched = timeStamp;
    },
    { capture: true },
  );
  Object.assign(globalThis, { delays });
};

export interface TapFigures {
  readonly stepsPerSecond: number;
  /** Milliseconds, least first. */
  readonly delays: readonly number[];
}

export const TAPPED = `${String(TAPS)} taps on the ruler at ${String(PHONE.viewport.width)} × ${String(PHONE.viewport.height)}, the page's thread slowed ${String(SLOWER)} times`;

export const measureTaps = async (browser: Browser, address: string): Promise<TapFigures> => {
  const context = await browser.newContext({ ...PHONE, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(address);
  const train = page.getByRole('button', { name: 'Train', exact: true });
  await train.waitFor({ timeout: 60_000 });
  const session = await context.newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
  await train.tap();
  await page.waitForTimeout(WARM_UP);
  await page.evaluate(watchTaps);
  const step = async () =>
    Number(await page.getByRole('group', { name: 'Run', exact: true }).locator('data').first().getAttribute('value'));
  const box = await page.getByRole('group', { name: 'Probe text' }).evaluate((ruler) => {
    ruler.scrollIntoView({ block: 'center' });
    const { x, y, width, height } = (ruler.parentElement ?? ruler).getBoundingClientRect();
    return { x, y, width, height };
  });
  const [firstStep, began] = [await step(), performance.now()];
  const count = () => page.evaluate(() => (globalThis as unknown as { delays: number[] }).delays.length);
  for (let k = 0; k < TAPS; k++) {
    // Each on another character.
    await page.touchscreen.tap(box.x + 10 + ((k * 37) % (box.width - 20)), box.y + box.height / 2);
    const due = performance.now() + LONGEST;
    while ((await count()) <= k) {
      if (performance.now() > due) throw new Error(`Tap ${String(k + 1)} showed no effect.`);
      await page.waitForTimeout(50);
    }
    // Not in step with anything of the page.
    await page.waitForTimeout(150 + ((k * 61) % 200));
  }
  const stepsPerSecond = ((await step()) - firstStep) / ((performance.now() - began) / 1000);
  if (!(stepsPerSecond > 0)) throw new Error('The run stood still.');
  const delays = await page.evaluate(() => (globalThis as unknown as { delays: number[] }).delays);
  await context.close();
  return { stepsPerSecond, delays: delays.sort((a, b) => a - b) };
};
