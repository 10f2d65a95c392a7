/**
 * Whether anything grows while the page trains for long: heaps of the page and its worker, WebAssembly memory, GPU
 * buffers and textures, after a garbage collection at each look. `npm run bench:endurance [-- --engines simd,webgpu]`
 */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Browser, Page } from 'playwright';
import { withBuiltPage } from '../scripts/built-page';
import { LINK_VERSION } from '../src/model/links';
import { amongst } from './compare/options';
import { heapOf, inspect, sumOver, webAssemblyOf } from './inspect';
import { machine, record } from './results';

/** The benchmark's S; engines that a processor stands in for take fewer steps. */
const NETWORK = `v=${LINK_VERSION}&units=64&batch=32&length=64&threads=2&corpus=play`;
const STEPS: Readonly<Record<string, number>> = { simd: 100_000, webgpu: 4_000, webgl: 400, tfjs: 400 };
const LOOKS = 10;
/** What may be added between the first look and the last, as a share: heaps breathe. */
const GROWTH = 0.05;
/** Bytes below which a heap is not looked at so closely. */
const SLACK = 1_000_000;

/** Devices count what the page may leave behind. */
const KINDS = ['GPUBuffer', 'WebGLTexture'] as const;

interface Look {
  readonly step: number;
  readonly pageHeap: number;
  readonly workerHeap: number;
  readonly wasm: number;
  readonly objects: Readonly<Record<(typeof KINDS)[number], number>>;
  /** Resident memory of the page's process; null where the system does not say. */
  readonly resident: number | null;
}

const residentOf = async (browser: Browser): Promise<number | null> => {
  if (process.platform !== 'linux') return null;
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(({ id }) => Number(/VmRSS:\s*(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]) * 1024);
  return Math.max(...sizes);
};

const stepOf = async (page: Page): Promise<number> => {
  const text = await page.getByRole('group', { name: 'Run', exact: true }).innerText();
  return Number(/step\s*([\d,]+)/i.exec(text)?.[1]?.replaceAll(',', '') ?? NaN);
};

const endure = async (browser: Browser, address: string, engine: string, steps: number): Promise<Look[]> => {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
  const inspector = await inspect(await page.context().newCDPSession(page));
  await page.goto(`${address}#${NETWORK}&engine=${engine}`);
  await page.getByRole('button', { name: 'Train', exact: true }).click({ timeout: 60_000 });
  const looks: Look[] = [];
  for (let k = 1; k <= LOOKS; k++) {
    while (!((await stepOf(page)) >= (k * steps) / LOOKS)) await page.waitForTimeout(500);
    const workers = inspector.workers();
    const [worker] = workers;
    const look: Look = {
      step: await stepOf(page),
      pageHeap: await heapOf(inspector.page.ask),
      workerHeap: await heapOf(worker),
      wasm: await webAssemblyOf(workers),
      objects: {
        GPUBuffer: await sumOver(worker, 'GPUBuffer', '1'),
        WebGLTexture: await sumOver(worker, 'WebGLTexture', '1'),
      },
      resident: await residentOf(browser),
    };
    looks.push(look);
    console.error(engine, JSON.stringify(look));
  }
  await page.close();
  return looks;
};

const grows = (looks: readonly Look[], of: (look: Look) => number, slack: number): boolean => {
  const [first, last] = [looks[0], looks[looks.length - 1]];
  return of(last) > of(first) * (1 + GROWTH) + slack;
};

const growth = (looks: readonly Look[]): string[] => [
  ...(grows(looks, ({ pageHeap }) => pageHeap, SLACK) ? ["the page's heap"] : []),
  ...(grows(looks, ({ workerHeap }) => workerHeap, SLACK) ? ["the worker's heap"] : []),
  ...(grows(looks, ({ wasm }) => wasm, 0) ? ['WebAssembly memory'] : []),
  ...KINDS.filter((kind) => grows(looks, ({ objects }) => objects[kind], 0)),
];

const {
  engines = Object.keys(STEPS),
  steps,
  record: keep,
} = new Command('npm run bench:endurance --')
  .description('Trains for long, and looks whether anything grows.')
  .option('--engines <names>', `some of ${Object.keys(STEPS).join(', ')}`, amongst(Object.keys(STEPS)))
  .option('--steps <number>', 'in place of those of each engine', Number)
  .option('--no-record', 'leaves RESULTS.md alone')
  .parse()
  .opts<{ engines?: string[]; steps?: number; record: boolean }>();

const megabytes = (bytes: number | null): string => (bytes === null ? '' : (bytes / 1e6).toFixed(2));

await withBuiltPage(async ({ browser, address }) => {
  const sections: string[] = [];
  for (const engine of engines) {
    const looks = await endure(browser, address, engine, steps ?? STEPS[engine]);
    const grown = growth(looks);
    if (grown.length > 0) process.exitCode = 1;
    sections.push(
      [
        `### ${engine}: ${grown.length === 0 ? 'nothing grows' : `**grows: ${grown.join(', ')}**`}`,
        '',
        '| step | page heap, MB | worker heap, MB | WebAssembly memory, MB | GPU buffers | textures | resident, MB |',
        '| ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
        ...looks.map(
          ({ step, pageHeap, workerHeap, wasm, objects, resident }) =>
            `| ${step.toLocaleString('en')} | ${megabytes(pageHeap)} | ${megabytes(workerHeap)} | ${megabytes(wasm)} | ${objects.GPUBuffer} | ${objects.WebGLTexture} | ${megabytes(resident)} |`,
        ),
      ].join('\n'),
    );
  }
  const body = [
    `${new Date().toISOString().slice(0, 10)}, ${machine()}, Chromium ${browser.version()}: \`npm run bench:endurance\`.`,
    '',
    `The built page training 1 × 64 units, batch 32, length 64, two simd threads, every view drawn; after a garbage collection at each look. Engines on a GPU that a processor stands in for take fewer steps.`,
    '',
    sections.join('\n\n'),
  ].join('\n');
  console.log(body);
  if (keep) record('Endurance', body);
});
