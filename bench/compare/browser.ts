/** The page of the benchmark, built, served and open in a real browser. */
import { readFileSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright';
import { build, preview, type InlineConfig } from 'vite';
import { assembly } from '../../scripts/assembly-plugin';
import { BROWSER_FLAGS, provideBrowser } from '../../scripts/browser.mjs';
import { inRoot } from '../../scripts/root.mjs';
import type { Answer, BenchPage, Request } from './protocol';

declare global {
  var bench: BenchPage;
}

const ROOT = inRoot('bench/compare/page');
const OUT = inRoot('.cache/bench');

/** Compiled as the page is, and for the same browsers. */
const CONFIGURATION: InlineConfig = {
  configFile: false,
  root: ROOT,
  base: './',
  logLevel: 'error',
  plugins: [assembly()],
  worker: { format: 'es' },
  build: { outDir: OUT, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0, chunkSizeWarningLimit: 5000 },
};

/** The slowest peers hold a GPU in software for longer than the browser would wait before it ends the GPU's process. */
const PATIENT = '--disable-gpu-watchdog';

/** Processes of a browser that belong to a page, and how much memory they have had at most, in bytes. */
const peakOf = async (browser: Browser): Promise<number> => {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  return processInfo
    .filter(({ type }) => type === 'renderer' || type === 'GPU')
    .reduce(
      (sum, { id }) => sum + Number(/VmHWM:\s*(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]) * 1024,
      0,
    );
};

export interface OpenPage {
  readonly version: string;
  ask(id: string, request: Request): Promise<Answer>;
  close(id: string): Promise<void>;
  /** Highest resident memory of the page's and the GPU's process so far, in bytes; null where the system does not say. */
  peakMemory(): Promise<number | null>;
  end(): Promise<void>;
}

const openPage = async (address: string): Promise<OpenPage> => {
  const browser = await chromium.launch({ executablePath: await provideBrowser(), args: [...BROWSER_FLAGS, PATIENT] });
  const page: Page = await browser.newPage();
  await page.goto(address);
  await page.waitForFunction(() => 'bench' in globalThis);
  return {
    version: browser.version(),
    ask: (id, request) => page.evaluate(([id, request]) => bench.ask(id, request), [id, request] as const),
    close: (id) =>
      page.evaluate((id) => {
        bench.close(id);
      }, id),
    peakMemory: () => (process.platform === 'linux' ? peakOf(browser) : Promise.resolve(null)),
    end: () => browser.close(),
  };
};

/** Builds and serves the page; `open` opens it in a browser of its own. */
export const withBenchPage = async (visit: (open: () => Promise<OpenPage>) => Promise<void>): Promise<void> => {
  await build(CONFIGURATION);
  const server = await preview({ ...CONFIGURATION, preview: { port: 4373, strictPort: false, host: 'localhost' } });
  try {
    const address = server.resolvedUrls?.local[0];
    if (address === undefined) throw new Error('The server has no address.');
    await visit(() => openPage(address));
  } finally {
    await server.close();
  }
};
