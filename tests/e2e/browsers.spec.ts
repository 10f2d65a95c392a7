/**
 * Each part of the browser that the page and its worker use is taken away, or throws, in turn. What can be done without it
 * is done, what cannot is said in words, and the page is never blank.
 */
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { test as base, expect, type Page } from '@playwright/test';
import { serveFaults, type FaultyServer } from './faultyServer';
import { Playground } from './playground';

const SOON = { timeout: 20_000 };
const SETTINGS = 'units=16&batch=16&length=8&eval=20';

const test = base.extend<{ server: FaultyServer; playground: Playground }>({
  server: async ({ page }, hand) => {
    const server = await serveFaults(resolve('dist'));
    await hand(server);
    await page.close();
    await server.close();
  },
  playground: async ({ page }, hand) => {
    await hand(new Playground(page));
  },
});

/** Programs that take a part away: the property `last` of `at`, the object that the rest of its name leads to. */
const WAYS = {
  'is not there': 'for (let o = at; o; o = Object.getPrototypeOf(o)) delete o[last];',
  throws: `
    const refuse = () => { throw new Error('refused'); };
    const value = typeof at[last] === 'function' && new Proxy(at[last], { apply: refuse, construct: refuse });
    Object.defineProperty(at, last, { configurable: true, ...(value ? { value, writable: true } : { get: refuse }) });`,
} as const;

const without = (name: string, how: keyof typeof WAYS): string => `(() => {
  const path = ${JSON.stringify(name.split('.'))};
  const last = path.pop();
  const at = path.reduce((object, key) => object[key], globalThis);
  ${WAYS[how]}
})();`;

interface Expected {
  /** What the page says. */
  readonly says?: RegExp;
  /** Whether it trains all the same. */
  readonly trains?: boolean;
  /** Further settings. */
  readonly settings?: string;
}
const TRAINS: Expected = { trains: true };

const LACKS = /This browser lacks/;
const NOT_SHOWN = /This part of the page could not be shown/;
const STATIC = /If nothing more comes/;
const STOPPED = /The part of the program that trains has stopped/;
const NO_SIMD = /SIMD cannot be used here/;

const ON_THE_PAGE: Readonly<Record<string, Expected>> = {
  ResizeObserver: TRAINS,
  MutationObserver: TRAINS,
  IntersectionObserver: TRAINS,
  matchMedia: TRAINS,
  requestIdleCallback: TRAINS,
  localStorage: TRAINS,
  crypto: TRAINS,
  devicePixelRatio: TRAINS,
  fetch: TRAINS,
  'navigator.languages': TRAINS,
  'navigator.clipboard': TRAINS,
  'navigator.hardwareConcurrency': TRAINS,
  'navigator.locks': TRAINS,
  'navigator.storage': TRAINS,
  'Intl.DisplayNames': TRAINS,
  'History.prototype.replaceState': TRAINS,
  'URL.revokeObjectURL': TRAINS,
  'AbortSignal.timeout': TRAINS,
  'CanvasRenderingContext2D.prototype.roundRect': { says: NOT_SHOWN, trains: true },
  'HTMLCanvasElement.prototype.getContext': { says: NOT_SHOWN, trains: true },
  requestAnimationFrame: { says: NOT_SHOWN },
  getComputedStyle: { says: NOT_SHOWN },
  Worker: { says: LACKS },
  Blob: { says: LACKS },
  'URL.createObjectURL': { says: LACKS },
  MessageChannel: { says: /\p{L}{3}/u },
  URL: { says: STATIC },
  URLSearchParams: { says: STATIC },
  'Intl.NumberFormat': { says: STATIC },
  setInterval: { says: STATIC },
};

const IN_THE_WORKER: Readonly<Record<string, Expected>> = {
  Worker: TRAINS,
  'OffscreenCanvas.prototype.getContext': TRAINS,
  OffscreenCanvas: TRAINS,
  crypto: TRAINS,
  Blob: TRAINS,
  'navigator.gpu': TRAINS,
  'navigator.locks': TRAINS,
  indexedDB: TRAINS,
  'navigator.hardwareConcurrency': TRAINS,
  WebAssembly: { says: NO_SIMD, trains: true },
  'WebAssembly.compile': { says: NO_SIMD, trains: true },
  'WebAssembly.instantiate': { says: NO_SIMD, trains: true },
  'WebAssembly.Memory': { says: NO_SIMD, trains: true },
  'Intl.DisplayNames': { says: LACKS, settings: 'corpus=names' },
  fetch: { says: /could not be loaded/ },
  'ReadableStream.prototype.getReader': { says: /could not be loaded/ },
  AbortController: { says: /Something happened that should not|could not be loaded/ },
  TextDecoder: { says: /Something happened that should not|could not be loaded/ },
  setTimeout: { says: /Something happened that should not|could not be loaded/ },
  MessageChannel: { says: STOPPED },
  performance: { says: /Something happened that should not/ },
  URL: { says: STOPPED },
};

const trains = async (playground: Playground) => {
  await playground.ready();
  await playground.step.click();
  await expect.poll(() => playground.currentStep(), SOON).toBe(1);
  await playground.train.click();
  await expect.poll(() => playground.currentStep(), SOON).toBeGreaterThan(3);
  await playground.pause.click();
  await expect(playground.train).toBeVisible(SOON);
};

const meets = async (page: Page, playground: Playground, expected: Expected) => {
  const { says, trains: does = false } = expected;
  if (says) await expect(page.getByText(says).filter({ visible: true }).first()).toBeVisible(SOON);
  // What is named keeps nothing waiting.
  if (says === LACKS) await expect(page.getByRole('progressbar')).toHaveCount(0);
  if (does) await trains(playground);
};

type Way = keyof typeof WAYS;
interface Case {
  readonly names: readonly string[];
  readonly ways: readonly Way[];
  readonly expected: Expected;
}
const BOTH = Object.keys(WAYS) as Way[];

/** Each part in each way; in short, those that the page can do without at once, and of the others one way each. */
const casesOf = (parts: Readonly<Record<string, Expected>>): readonly Case[] => {
  const all = Object.entries(parts).map(([name, expected]) => ({ names: [name], ways: BOTH, expected }));
  if (process.env['FAULTS'] === 'all') return all;
  const needless = all.filter(({ expected }) => expected === TRAINS).flatMap(({ names }) => names);
  const others = all.filter(({ expected }) => expected !== TRAINS);
  return [
    { names: needless, ways: BOTH, expected: TRAINS },
    ...others.map((one, k) => ({ ...one, ways: [BOTH[k % BOTH.length]] })),
  ];
};

const takenAway = (names: readonly string[], how: Way) => names.map((name) => without(name, how)).join('\n');

for (const { names, ways, expected } of casesOf(ON_THE_PAGE)) {
  for (const how of ways) {
    test(`on the page, ${how}: ${names.join(', ')}`, async ({ page, server, playground }) => {
      await page.addInitScript({ content: takenAway(names, how) });
      await page.goto(`${server.address}#${SETTINGS}`);
      await meets(page, playground, expected);
    });
  }
}
for (const { names, ways, expected } of casesOf(IN_THE_WORKER)) {
  for (const how of ways) {
    test(`in the worker, ${how}: ${names.join(', ')}`, async ({ page, server, playground }) => {
      server.precede(/^assets\/training\.worker-/, takenAway(names, how));
      await page.goto(`${server.address}#${SETTINGS}&${expected.settings ?? ''}`);
      await meets(page, playground, expected);
    });
  }
}

test('a browser that knows no modules in workers is told so', async ({ page, server }) => {
  await page.addInitScript(() => {
    const Given = Worker;
    // Whoever does not know of modules does not look at its second argument.
    const construct = (_: unknown, [url]: [string]) => new Given(url);
    Object.assign(window, { Worker: new Proxy(Given, { construct }) });
  });
  await page.goto(`${server.address}#${SETTINGS}`);
  await meets(page, new Playground(page), { says: LACKS });
  await expect(page.getByText('Worker({ type: "module" })').first()).toBeVisible(SOON);
});

test('a browser whose WebAssembly knows no SIMD trains on the processor all the same, and says so', async ({
  page,
  server,
  playground,
}) => {
  server.precede(
    /^assets\/training\.worker-/,
    "WebAssembly.compile = () => Promise.reject(new WebAssembly.CompileError('invalid opcode 0xfd'));",
  );
  await page.goto(`${server.address}#${SETTINGS}`);
  await meets(page, playground, { says: NO_SIMD, trains: true });
});

test('without WebGPU, WebGL and storage at once the page trains, and says that nothing is saved', async ({
  page,
  server,
  playground,
}) => {
  const names = ['navigator.gpu', 'OffscreenCanvas', 'indexedDB', 'navigator.locks'];
  server.precede(/^assets\/training\.worker-/, takenAway(names, 'is not there'));
  await page.addInitScript({ content: takenAway(['localStorage', 'navigator.storage'], 'throws') });
  await page.goto(`${server.address}#${SETTINGS}`);
  await meets(page, playground, { trains: true });
  await expect(page.getByRole('figure', { name: 'Loss' })).toContainText('Not saved.', SOON);
  await expect(page.getByRole('button', { name: 'Save as a file' })).toBeEnabled();
});

test('a page that was opened as a file says that it needs a server', async ({ page }) => {
  await page.goto(pathToFileURL(resolve('dist/index.html')).href);
  await expect(page.getByText('its address begins with file://')).toBeVisible(SOON);
  await expect(page.getByText('地址以 file:// 开头')).toBeVisible();
});
