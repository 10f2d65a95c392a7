/**
 * What large things cost: texts of 100 MB, opened and pasted, and a run whose state is large, kept while it trains.
 * `npm run bench:large`
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import type { Browser, Page } from 'playwright';
import { withBuiltPage } from '../scripts/built-page';
import { LINK_VERSION } from '../src/model/links';
import { machine, record } from './results';

const TEXT_BYTES = 100_000_000;
const LINE = 'The old clock sings to the winter sea, and nobody remembers the long road.\n';
const SMALL = `v=${LINK_VERSION}&units=16&batch=8&length=8&engine=simd`;
/** 3 layers of 512 units with Adam: weights and two moments of each, above 60 MB. */
const LARGE = `v=${LINK_VERSION}&units=512&layers=3&batch=8&length=8&engine=simd&corpus=play`;
const PATIENCE = 300_000;
const TRAINING_SECONDS = 90;
const GOALS = { task: 200, memory: 4, keeping: 0.02 };

interface Keeping {
  readonly state: string;
  readonly step: number;
  readonly every: number;
}
/** What the page notes of itself. */
interface Heard {
  /** Milliseconds of tasks above 50. */
  tasks: number[];
  /** Milliseconds until the worker answered. */
  answers: number[];
  keeping: Keeping | null;
  /** When a save was told of, and how long it is until the next one. */
  saves: { readonly at: number; readonly every: number }[];
  /** When a frame told of which step. */
  frames: { readonly at: number; readonly step: number }[];
}
declare global {
  var heard: Heard;
}

interface Told {
  readonly type: string;
  readonly id?: number;
  readonly keeping?: Keeping;
  readonly metrics?: { readonly step: number };
}

/** Runs in the page before anything of its own. */
const listen = () => {
  const heard: Heard = { tasks: [], answers: [], keeping: null, saves: [], frames: [] };
  Object.assign(globalThis, { heard });
  new PerformanceObserver((list) => {
    heard.tasks.push(...list.getEntries().map(({ duration }) => duration));
  }).observe({ type: 'longtask' });
  const post = Object.getOwnPropertyDescriptor(Worker.prototype, 'postMessage')?.value as (
    message: unknown,
    transfer: Transferable[],
  ) => void;
  const known = new WeakSet<Worker>();
  // The worker answers any ping; those of the page itself have numbers above zero.
  const watch = (worker: Worker) => {
    let sent = 0;
    const ping = () => {
      sent = performance.now();
      post.call(worker, { type: 'ping', id: -1 }, []);
    };
    worker.addEventListener('message', ({ data }: MessageEvent<Told>) => {
      if (data.type === 'keeping' && data.keeping !== undefined) {
        heard.keeping = data.keeping;
        heard.saves.push({ at: performance.now(), every: data.keeping.every });
      }
      if (data.metrics !== undefined) heard.frames.push({ at: performance.now(), step: data.metrics.step });
      if (data.type !== 'alive' || data.id !== -1) return;
      heard.answers.push(performance.now() - sent);
      setTimeout(ping, 20);
    });
    ping();
  };
  Worker.prototype.postMessage = function (this: Worker, message: unknown, transfer: Transferable[]) {
    post.call(this, message, transfer);
    if (known.has(this)) return;
    known.add(this);
    watch(this);
  } as Worker['postMessage'];
};

/** The compiler of these scripts wraps named functions in a helper that no page has. */
const HELPER = 'globalThis.__name = (named) => named';

/** Resident bytes of the page's process, which its workers are threads of. */
const residentOf = (pid: number): number =>
  Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]) * 1024;

/** Of all pages' processes the one that has grown the most is the page that is looked at. */
const rendererOf = async (browser: Browser): Promise<number> => {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const pids = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  return pids.reduce((largest, pid) => (residentOf(pid) > residentOf(largest) ? pid : largest));
};

const openPage = async (browser: Browser, address: string, hash: string): Promise<Page> => {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  const page = await context.newPage();
  page.on('dialog', (dialog) => void dialog.accept());
  await page.addInitScript({ content: HELPER });
  await page.addInitScript(listen);
  await page.goto(`${address}#${hash}`);
  await page.waitForTimeout(5000);
  return page;
};

const isSaved = (page: Page, step: number) =>
  page.waitForFunction((least) => heard.keeping?.state === 'saved' && heard.keeping.step >= least, step, {
    timeout: PATIENCE,
    polling: 50,
  });

const isRead = (page: Page) =>
  page.waitForFunction(
    () => {
      // Also where what holds it is closed.
      const said = document.body.textContent;
      return said.includes('100,000,000 characters') && said.includes('held out');
    },
    null,
    { timeout: PATIENCE, polling: 100 },
  );

const give = {
  'opened as a file': async (page: Page): Promise<void> => {
    const folder = mkdtempSync(join(tmpdir(), 'large-'));
    const path = join(folder, 'large.txt');
    writeFileSync(path, Buffer.alloc(TEXT_BYTES, LINE));
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Open a file' }).click();
    await (await chooser).setFiles(path);
    await isRead(page);
    rmSync(folder, { recursive: true });
  },
  pasted: async (page: Page): Promise<void> => {
    await page.getByRole('textbox', { name: 'Your text' }).focus();
    await page.keyboard.press('ControlOrMeta+v');
    await isRead(page);
  },
} as const;

/** Another page copies it, so that this one holds nothing of it before. */
const copy = async (browser: Browser, address: string): Promise<void> => {
  const page = await openPage(browser, address, SMALL);
  await page.evaluate(
    ([line, bytes]) => navigator.clipboard.writeText(line.repeat(Math.ceil(bytes / line.length)).slice(0, bytes)),
    [LINE, TEXT_BYTES] as const,
  );
  await page.context().close();
};

const max = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0);
const kept = (met: boolean): string => (met ? 'kept' : '**missed**');

const measureText = async (browser: Browser, address: string, how: keyof typeof give): Promise<string[][]> => {
  if (how === 'pasted') await copy(browser, address);
  const page = await openPage(browser, address, SMALL);
  const pid = await rendererOf(browser);
  const empty = residentOf(pid);
  let peak = empty;
  const watch = setInterval(() => {
    peak = Math.max(peak, residentOf(pid));
  }, 20);
  await page.evaluate(() => {
    heard.tasks = [];
    heard.answers = [];
  });
  const began = performance.now();
  await give[how](page);
  const read = performance.now() - began;
  await page.getByRole('button', { name: 'Step', exact: true }).click();
  await isSaved(page, 1);
  const saved = performance.now() - began;
  clearInterval(watch);
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  await session.detach();
  await page.waitForTimeout(500);
  const settled = (residentOf(pid) - empty) / TEXT_BYTES;
  const { tasks, answers } = await page.evaluate(() => heard);
  // The paste's own task is the browser's reading of the clipboard; it is the longest where there is one.
  const own = tasks.toSorted((a, b) => b - a).slice(how === 'pasted' ? 1 : 0);
  const reloaded = performance.now();
  await page.reload();
  await isRead(page);
  const back = performance.now() - reloaded;
  await page.context().close();
  const ratio = (peak - empty) / TEXT_BYTES;
  const s = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
  return [
    [`until it is read`, s(read), '', ''],
    [`until it is saved`, s(saved), '', ''],
    [`until a reload brought it back`, s(back), '', ''],
    [`longest task of the page`, `${max(own).toFixed(0)} ms`, `at most ${GOALS.task} ms`, kept(max(own) <= GOALS.task)],
    [`longest silence of the worker`, `${max(answers).toFixed(0)} ms`, '', ''],
    [
      `memory at most, beyond the page's`,
      `${ratio.toFixed(2)} × the text`,
      `at most ${GOALS.memory} ×`,
      kept(ratio <= GOALS.memory),
    ],
    [`memory once it is saved`, `${settled.toFixed(2)} × the text`, '', ''],
  ];
};

/** Milliseconds before a save is told of in which it may have held training up. */
const BEFORE = 5_000;

/** Steps a second between frames, of the pairs of neighbours that `counts`. */
const rateOf = (frames: Heard['frames'], counts: (from: number, to: number) => boolean): number => {
  let [steps, milliseconds] = [0, 0];
  for (let k = 1; k < frames.length; k++) {
    const [before, after] = [frames[k - 1], frames[k]];
    if (!counts(before.at, after.at)) continue;
    steps += after.step - before.step;
    milliseconds += after.at - before.at;
  }
  return (1000 * steps) / milliseconds;
};

const measureKeeping = async (browser: Browser, address: string): Promise<string[][]> => {
  const page = await openPage(browser, address, LARGE);
  await page.getByRole('button', { name: 'Train', exact: true }).click();
  await isSaved(page, 1);
  await page.evaluate(() => {
    heard.tasks = [];
    heard.saves = [];
    heard.frames = [];
  });
  await page.waitForTimeout(TRAINING_SECONDS * 1000);
  const { tasks, saves, frames } = await page.evaluate(() => heard);
  const said = await page.locator('.kept-state').first().innerText();
  await page.context().close();
  const quiet = rateOf(frames, (from, to) => saves.every(({ at }) => to < at - BEFORE || from > at));
  const cost = 1 - rateOf(frames, () => true) / quiet;
  return [
    [`saves while it trained`, `${saves.length} in ${TRAINING_SECONDS} s`, '', ''],
    [`until the next save`, `${(max(saves.map(({ every }) => every)) / 1000).toFixed(0)} s`, '', ''],
    [`what the page says`, said, '', ''],
    [
      `steps lost to saving`,
      `${(100 * cost).toFixed(1)} %`,
      `at most ${100 * GOALS.keeping} %`,
      kept(cost <= GOALS.keeping),
    ],
    [
      `longest task of the page`,
      `${max(tasks).toFixed(0)} ms`,
      `at most ${GOALS.task} ms`,
      kept(max(tasks) <= GOALS.task),
    ],
  ];
};

const TEXT = `A text of ${TEXT_BYTES / 1e6} MB in ASCII. Memory is the resident memory of the page's process, which its worker is a part of, at its highest until the text is saved.`;

/** Each is measured alone, and has a section of its own in RESULTS.md. */
const PARTS = {
  file: {
    title: 'A large text, opened as a file',
    what: TEXT,
    measure: (browser: Browser, address: string) => measureText(browser, address, 'opened as a file'),
  },
  paste: {
    title: 'A large text, pasted',
    what: `${TEXT} The longest task is left out: the browser's own reading of the clipboard, which takes four bytes for each character by itself, in the browser's message and in the string. The page hears nothing of the worker meanwhile.`,
    measure: (browser: Browser, address: string) => measureText(browser, address, 'pasted'),
  },
  run: {
    title: 'A large run, kept while it trains',
    what: '3 layers of 512 units, with Adam. What saving costs training is the share of the steps that are missing, of those that the run makes where no save is near.',
    measure: measureKeeping,
  },
} as const;

const partsOf = (given: string): (keyof typeof PARTS)[] => {
  const names = Object.keys(PARTS) as (keyof typeof PARTS)[];
  const chosen = names.filter((name) => given.split(',').includes(name));
  if (chosen.length !== given.split(',').length) throw new InvalidArgumentError(`Parts: ${names.join(', ')}.`);
  return chosen;
};

const { record: keep, only } = new Command('npm run bench:large --')
  .description('What texts of 100 MB and large runs cost. On Linux, which tells the memory of a process.')
  .option('--only <parts>', 'file, paste, run', partsOf, partsOf('file,paste,run'))
  .option('--no-record', 'leaves RESULTS.md alone')
  .parse()
  .opts<{ record: boolean; only: ReturnType<typeof partsOf> }>();

await withBuiltPage(async ({ browser, address }) => {
  for (const name of only) {
    const { title, what, measure } = PARTS[name];
    const rows = await measure(browser, address);
    const body = [
      `${new Date().toISOString().slice(0, 10)}, ${machine()}, Chromium ${browser.version()}: \`npm run bench:large -- --only ${name}\`.`,
      '',
      what,
      '',
      '| what | measured | goal | |',
      '| --- | ---: | ---: | --- |',
      ...rows.map((cells) => `| ${cells.join(' | ')} |`),
    ].join('\n');
    console.log(body);
    if (keep) record(title, body);
  }
});
