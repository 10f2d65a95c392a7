/**
 * What threads take of memory in the built page: whether anything stays after many resets, and whether the cost says what
 * all WebAssembly memories together are. `npm run bench:threads [-- --no-record]`
 */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Browser, Page } from 'playwright';
import { withBuiltPage } from '../scripts/built-page';
import { inRoot } from '../scripts/root.mjs';
import { fitBatch } from '../src/model/batches';
import { costOf } from '../src/model/cost';
import { fromUrlHash, LINK_VERSION } from '../src/model/links';
import type { Settings } from '../src/model/settings';
import { fromString } from '../src/model/text/decode';
import { createDataset } from '../src/model/text/vocabulary';
import { createCodeMeter, heapOf, inspect, webAssemblyOf } from './inspect';
import { machine, record } from './results';

/** Eight parts: so many threads have something to do. */
const RESET = 'units=64&batch=32&length=64&engine=simd&eval=100000';
const RESET_THREADS = [7, 16];
const LOOKS = [10, 50, 100, 150, 200];
/** What may be added between the first look and the last, as a share. */
const GROWTH = 0.1;

/** Each of 64 MB or more on one thread. */
const NETWORKS = [
  'units=512&layers=3&batch=8&length=8',
  'units=512&layers=2&batch=32&length=16',
  'units=512&layers=2&batch=32&length=32&cell=gru',
  'units=512&layers=3&batch=64&length=128&cell=rnn',
  'units=384&layers=2&batch=24&length=32&input=embedding&embed=256',
  'units=256&layers=3&batch=64&length=64',
  'units=512&layers=2&batch=64&length=32&opt=rmsprop',
  'units=300&layers=3&batch=64&length=128&opt=sgd',
  'units=128&layers=3&batch=128&length=256',
  'units=512&layers=2&batch=40&length=20&corpus=couplets',
];
const THREADS = [1, 2, 4, 8];
const LEAST_BYTES = 64e6;
/** How far the cost may be from what is taken, as a share. */
const TOLERANCE = 0.2;

/** As the page would write it now. */
const linkOf = (hash: string): string => `v=${LINK_VERSION}&${hash}`;

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

const stepOf = async (page: Page): Promise<number> => {
  const text = await page.getByRole('group', { name: 'Run', exact: true }).innerText();
  return Number(/step\s*([\d,]+)/i.exec(text)?.[1]?.replaceAll(',', '') ?? NaN);
};

/** One step, so that every thread has had something to do. */
const makeStep = async (page: Page): Promise<void> => {
  await button(page, 'Step').click({ timeout: 120_000 });
  for (let k = 0; (await stepOf(page)) !== 1; k++) {
    if (k > 2400) throw new Error('The step never came.');
    await page.waitForTimeout(50);
  }
};

interface Look {
  readonly resets: number;
  readonly workers: number;
  readonly pageHeap: number;
  /** Of the page's heap: what the browser has compiled. */
  readonly code: number;
  readonly wasm: number;
}

const open = async (browser: Browser, address: string, hash: string) => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  const inspector = await inspect(await page.context().newCDPSession(page));
  await page.goto(`${address}#${linkOf(hash)}`);
  await makeStep(page);
  return { page, inspector };
};

const resetOften = async (browser: Browser, address: string, threads: number): Promise<Look[]> => {
  const { page, inspector } = await open(browser, address, `${RESET}&threads=${threads}`);
  const codeOf = createCodeMeter(inspector.page);
  const looks: Look[] = [];
  for (let resets = 1; resets <= Math.max(...LOOKS); resets++) {
    await button(page, 'Reset').click();
    while ((await stepOf(page)) !== 0) await page.waitForTimeout(10);
    await makeStep(page);
    if (!LOOKS.includes(resets)) continue;
    const workers = inspector.workers();
    const look = {
      resets,
      workers: workers.length,
      wasm: await webAssemblyOf(workers),
      pageHeap: await heapOf(inspector.page.ask),
      code: await codeOf(),
    };
    looks.push(look);
    console.error(threads, JSON.stringify(look));
  }
  await page.close();
  return looks;
};

const bytesSaid = (settings: Settings): number => {
  const path = inRoot(`public/corpora/${settings.corpus}.txt`);
  const dataset = createDataset(fromString(readFileSync(path, 'utf8')), settings);
  const fitted = { ...settings, ...fitBatch(dataset.trainLength, settings.batch, settings.length) };
  return costOf(fitted, dataset.vocabulary.codePoints.length).bytes;
};

interface Comparison {
  readonly network: string;
  readonly threads: number;
  readonly said: number;
  readonly taken: number;
}

const compare = async (browser: Browser, address: string): Promise<Comparison[]> => {
  const comparisons: Comparison[] = [];
  for (const network of NETWORKS) {
    for (const threads of THREADS) {
      const hash = `${network}&engine=simd&threads=${threads}`;
      const said = bytesSaid(fromUrlHash(linkOf(hash)).settings);
      if (threads === 1 && said < LEAST_BYTES) throw new Error(`${network} takes ${said} bytes only.`);
      const { page, inspector } = await open(browser, address, hash);
      const taken = await webAssemblyOf(inspector.workers());
      await page.close();
      comparisons.push({ network, threads, said, taken });
      console.error(network, threads, (said / 1e6).toFixed(1), (taken / 1e6).toFixed(1), (said / taken).toFixed(3));
    }
  }
  return comparisons;
};

const { record: keep } = new Command('npm run bench:threads --')
  .description('Looks at the memory of threads.')
  .option('--no-record', 'leaves RESULTS.md alone')
  .parse()
  .opts<{ record: boolean }>();

const dataOf = ({ pageHeap, code }: Look): number => pageHeap - code;
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(2);

await withBuiltPage(async ({ browser, address }) => {
  const resets = new Map<number, Look[]>();
  for (const threads of RESET_THREADS) resets.set(threads, await resetOften(browser, address, threads));
  const comparisons = await compare(browser, address);

  const grown = [...resets].filter(([, looks]) => {
    const [first, last] = [looks[0], looks[looks.length - 1]];
    return last.wasm > first.wasm * (1 + GROWTH) || last.pageHeap > first.pageHeap * (1 + GROWTH);
  });
  const off = comparisons.filter(({ said, taken }) => Math.abs(said / taken - 1) > TOLERANCE);
  if (grown.length > 0 || off.length > 0) process.exitCode = 1;
  const body = [
    `${new Date().toISOString().slice(0, 10)}, ${machine()}, Chromium ${browser.version()}: \`npm run bench:threads\`.`,
    '',
    `The built page, 1 × 64 units, batch 32, length 64: a reset and a step again and again; after a garbage collection in the page and in each worker. Between the first look and the last at most ${100 * GROWTH} % may be added to the memories and to the page's heap. Part of that is code, which the browser compiles anew for as long as a function is called more often.`,
    '',
    '| threads wished for | resets | workers | page heap, MB | of it compiled code | without it | WebAssembly memories, MB |',
    '| ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...[...resets].flatMap(([threads, looks]) =>
      looks.map(
        (look) =>
          `| ${threads} | ${look.resets} | ${look.workers} | ${megabytes(look.pageHeap)} | ${megabytes(look.code)} | ${megabytes(dataOf(look))} | ${megabytes(look.wasm)} |`,
      ),
    ),
    '',
    grown.length === 0
      ? 'Nothing grows.'
      : `**Grows with ${grown.map(([threads]) => threads).join(' and ')} threads.**`,
    '',
    `What the cost says of a network, in MB, and what all WebAssembly memories together are after a step; at most ${100 * TOLERANCE} % apart.`,
    '',
    `| network | ${THREADS.map((threads) => `${threads} thread${threads > 1 ? 's' : ''}`).join(' | ')} |`,
    `| --- | ${THREADS.map(() => '---:').join(' | ')} |`,
    ...NETWORKS.map(
      (network) =>
        `| ${network.replaceAll('&', ' ')} | ${comparisons
          .filter((comparison) => comparison.network === network)
          .map(({ said, taken }) => `${(said / 1e6).toFixed(0)} / ${(taken / 1e6).toFixed(0)}`)
          .join(' | ')} |`,
    ),
    '',
    off.length === 0
      ? 'All within it.'
      : `**Outside: ${off.map(({ network, threads }) => `${network} with ${threads}`).join('; ')}.**`,
  ].join('\n');
  console.log(body);
  if (keep) record('Memory of threads', body);
});
