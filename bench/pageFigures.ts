/**
 * The built page: how soon it shows a loss, what it downloads before that, and what drawing costs training.
 */
import { gzipSync } from 'node:zlib';
import { loadavg } from 'node:os';
import { chromium, type Browser, type Page, type Response } from 'playwright';
import { BROWSER_FLAGS, provideBrowser } from '../scripts/browser.mjs';
import { withBuiltPage } from '../scripts/built-page';
import { LINK_VERSION } from '../src/model/links';
import { quartilesOf } from './compare/rounds';
import { machine, record } from './results';

const VIEWPORT = { width: 1440, height: 900 };
/** The bench's M with one thread, so that the other core is the page's. */
const TRAINING = `v=${LINK_VERSION}&units=128&batch=32&length=64&threads=1&engine=simd&corpus=play`;
const COLD_STARTS = 7;
const GOALS = { firstLoss: 1500, download: 250_000, frame: 20, task: 50, cost: 0.05 };
/** Milliseconds of training with frames, and without, in turns A B B A. */
const STRETCH = 4_000;
const PAIRS = 10;

/** What the page's part of this benchmark notes. */
interface Notes {
  /** Milliseconds since the beginning of the navigation; null until it was painted. */
  firstLoss: number | null;
  /** Newest step that a frame told of, and when it came. */
  step: number;
  at: number;
  /** Frames of the worker so far. */
  frames: number;
  /** Whether empty buffers are kept from the worker, so that it can fill none. */
  hold: boolean;
  /** Milliseconds between animation frames. */
  animation: number[];
  /** Milliseconds of tasks that were longer than the browser calls long (50 ms). */
  tasks: number[];
}
declare global {
  var notes: Notes;
  var release: () => void;
}

/** Runs in the page before anything of its own: listens on the wire between page and worker. */
const listen = () => {
  interface Heard {
    readonly type: string;
    readonly metrics?: { readonly step: number; readonly loss: number };
  }
  const notes: Notes = { firstLoss: null, step: 0, at: 0, frames: 0, hold: false, animation: [], tasks: [] };
  const kept: (() => void)[] = [];
  const known = new WeakSet<Worker>();
  const post = Object.getOwnPropertyDescriptor(Worker.prototype, 'postMessage')?.value as (
    message: unknown,
    transfer: Transferable[],
  ) => void;
  const hear = ({ data }: MessageEvent<Heard>): void => {
    if (data.type !== 'frame' || data.metrics === undefined) return;
    notes.frames += 1;
    notes.step = data.metrics.step;
    notes.at = performance.now();
    if (notes.firstLoss !== null || !Number.isFinite(data.metrics.loss)) return;
    // The frame after the one in which it is drawn: by then it has been painted.
    requestAnimationFrame(() => {
      requestAnimationFrame((now) => {
        notes.firstLoss ??= now;
      });
    });
  };
  Worker.prototype.postMessage = function (this: Worker, message: Heard, transfer: Transferable[]) {
    if (!known.has(this)) {
      known.add(this);
      this.addEventListener('message', hear);
    }
    const send = () => {
      post.call(this, message, transfer);
    };
    if (notes.hold && message.type === 'frame-buffer') kept.push(send);
    else send();
  } as Worker['postMessage'];
  Object.assign(globalThis, {
    notes,
    release: () => {
      notes.hold = false;
      for (const send of kept.splice(0)) send();
    },
  });
};

/** Runs in the page: presses Train as soon as it is there. */
const pressTrain = () => {
  const look = () => {
    const train = [...document.querySelectorAll('button')].find(({ textContent }) => textContent.trim() === 'Train');
    if (train !== undefined && !train.disabled) train.click();
    else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
};

/** Runs in the page: notes frames and long tasks from now on. */
const watchFrames = () => {
  notes.animation = [];
  notes.tasks = [];
  let last = performance.now();
  const next = (now: number) => {
    notes.animation.push(now - last);
    last = now;
    requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
  new PerformanceObserver((list) => {
    notes.tasks.push(...list.getEntries().map(({ duration }) => duration));
  }).observe({ type: 'longtask' });
};

/** The compiler of these scripts wraps named functions in a helper that no page has. */
const HELPER = 'globalThis.__name = (named) => named';

const prepare = async (page: Page): Promise<void> => {
  await page.addInitScript({ content: HELPER });
  await page.addInitScript(listen);
};

interface ColdStart {
  readonly firstLoss: number;
  /** Bytes of everything that was asked for until then, compressed. */
  readonly download: number;
}

const startCold = async (address: string): Promise<ColdStart> => {
  const browser = await chromium.launch({ executablePath: await provideBrowser(), args: [...BROWSER_FLAGS] });
  try {
    const page = await browser.newPage({ viewport: VIEWPORT, locale: 'en-GB' });
    const responses: Response[] = [];
    page.on('response', (response) => {
      // What a worker starts from is in memory already.
      if (response.url().startsWith('http')) responses.push(response);
    });
    await prepare(page);
    await page.addInitScript(pressTrain);
    await page.goto(`${address}#v=${LINK_VERSION}&engine=simd`);
    await page.waitForFunction(() => notes.firstLoss !== null, null, { polling: 50 });
    const firstLoss = await page.evaluate(() => notes.firstLoss);
    const bodies = await Promise.all([...responses].map((response) => response.body()));
    const sizes = bodies.map((body) => gzipSync(body, { level: 9 }).length);
    return { firstLoss: firstLoss ?? NaN, download: sizes.reduce((sum, size) => sum + size, 0) };
  } finally {
    await browser.close();
  }
};

/** Steps a second over a stretch of training, between two frames that tell of a step. */
const rateOf = async (page: Page, withFrames: boolean): Promise<number> => {
  const newest = () => page.evaluate(() => ({ step: notes.step, at: notes.at, frames: notes.frames }));
  if (!withFrames) {
    await page.evaluate(() => {
      notes.hold = true;
    });
    // What was filled before arrives.
    await page.waitForTimeout(300);
  }
  const before = await newest();
  await page.waitForTimeout(STRETCH);
  await page.evaluate(() => {
    release();
  });
  await page.waitForFunction((frames) => notes.frames > frames, (await newest()).frames, { polling: 20 });
  const after = await newest();
  return ((after.step - before.step) / (after.at - before.at)) * 1000;
};

interface Drawing {
  /** Steps a second of each stretch. */
  readonly streaming: readonly number[];
  readonly silent: readonly number[];
  readonly framesPerSecond: number;
  /** Milliseconds between animation frames, and of long tasks, while frames were drawn. */
  readonly animation: readonly number[];
  readonly tasks: readonly number[];
}

const draw = async (browser: Browser, address: string): Promise<Drawing> => {
  const page = await browser.newPage({ viewport: VIEWPORT, locale: 'en-GB' });
  await prepare(page);
  await page.goto(`${address}#${TRAINING}`);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await page.waitForFunction(() => notes.step > 100, null, { timeout: 120_000 });
  await page.evaluate(watchFrames);
  const [frames, began] = [await page.evaluate(() => notes.frames), performance.now()];
  // First as a reader has it: nothing but frames.
  await page.waitForTimeout(3 * STRETCH);
  const watched = await page.evaluate(() => ({ ...notes }));
  const seconds = (performance.now() - began) / 1000;
  const rates: Record<'true' | 'false', number[]> = { true: [], false: [] };
  for (let pair = 0; pair < PAIRS; pair++) {
    for (const withFrames of pair % 2 === 0 ? [true, false] : [false, true]) {
      rates[`${withFrames}`].push(await rateOf(page, withFrames));
    }
  }
  await page.close();
  const { animation, tasks } = watched;
  return {
    streaming: rates.true,
    silent: rates.false,
    framesPerSecond: (watched.frames - frames) / seconds,
    animation: animation.toSorted((a, b) => a - b),
    tasks: tasks.toSorted((a, b) => a - b),
  };
};

const kept = (met: boolean): string => (met ? 'kept' : '**missed**');

/** Measures and prints; records too, where `keep` says so. */
export const measurePage = async (keep: boolean): Promise<void> => {
  const load = loadavg()[0]?.toFixed(1) ?? '';
  await withBuiltPage(async ({ browser, address }) => {
    const starts: ColdStart[] = [];
    for (let k = 0; k < COLD_STARTS; k++) starts.push(await startCold(address));
    const drawing = await draw(browser, address);

    const firstLoss = quartilesOf(starts.map((start) => start.firstLoss));
    const download = Math.max(...starts.map((start) => start.download));
    const streaming = quartilesOf(drawing.streaming).median;
    const silent = quartilesOf(drawing.silent).median;
    const cost = 1 - streaming / silent;
    const frame = drawing.animation[Math.ceil(0.95 * drawing.animation.length) - 1] ?? NaN;
    const frames = (1000 * drawing.animation.length) / drawing.animation.reduce((sum, time) => sum + time, 0);
    const task = drawing.tasks.at(-1) ?? 0;
    const rows = [
      [
        'first loss painted after a cold start, ms',
        `${firstLoss.median.toFixed(0)} (${firstLoss.q1.toFixed(0)} – ${firstLoss.q3.toFixed(0)})`,
        `at most ${GOALS.firstLoss}`,
        kept(firstLoss.median <= GOALS.firstLoss),
      ],
      [
        'downloaded until then, kB (gzip)',
        (download / 1000).toFixed(1),
        `at most ${GOALS.download / 1000}`,
        kept(download <= GOALS.download),
      ],
      ['training with frames, steps/s', streaming.toFixed(2), '', ''],
      ['training without frames, steps/s', silent.toFixed(2), '', ''],
      ['cost of frames', `${(100 * cost).toFixed(1)} %`, `at most ${100 * GOALS.cost} %`, kept(cost <= GOALS.cost)],
      [
        'frames of the worker a second',
        drawing.framesPerSecond.toFixed(1),
        'at least 10',
        kept(drawing.framesPerSecond >= 10),
      ],
      ['animation frames a second', frames.toFixed(1), 'at least 50', kept(frames >= 50)],
      [
        '95th percentile between animation frames, ms',
        frame.toFixed(1),
        `at most ${GOALS.frame}`,
        kept(frame <= GOALS.frame),
      ],
      [
        'longest task of the main thread, ms',
        task > 0 ? task.toFixed(0) : 'none over 50',
        `at most ${GOALS.task}`,
        kept(task <= GOALS.task),
      ],
    ];
    const body = [
      `${new Date().toISOString().slice(0, 10)}, ${machine()}, Chromium ${browser.version()}, load average ${load} before the start: \`npm run bench:page\`.`,
      '',
      `Cold starts: ${COLD_STARTS} new browsers, default settings, simd, Train pressed as soon as it is there. Drawing: 1 × 128 units, batch 32, length 64, one simd thread, every view open; with and without frames in turns of ${STRETCH / 1000} s (A B B A), ${PAIRS} each.`,
      '',
      '| what | measured | goal | |',
      '| --- | ---: | ---: | --- |',
      ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    ].join('\n');
    console.log(body);
    if (keep) record('The page', body);
  });
};
