/**
 * Each file of the built page goes wrong in turn, and the page says so in words, lets no control go dead, keeps the run
 * that trains, and can be helped once the file is to be had again. `npm run faults` tries each way of going wrong for each
 * file; the tests one way a file, another one for the next.
 */
import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { test as base, expect, type Locator, type Page } from '@playwright/test';
import { FAULTS, serveFaults, type Fault, type FaultyServer } from './faultyServer';
import { linkOf, Playground } from './playground';

const DIST = resolve('dist');
const ALL = process.env['FAULTS'] === 'all';
/** Words are there within that time. */
const SOON = { timeout: 20_000 };
/** The page's patience and its rests last a quarter of their time, so that the tests do; `npm run faults` waits as readers do. */
const HASTE = `{
  const SHARE = 1 / 4;
  const wait = globalThis.setTimeout;
  globalThis.setTimeout = (callback, milliseconds, ...rest) =>
    wait(callback, milliseconds >= 3000 ? milliseconds * SHARE : milliseconds, ...rest);
  const within = AbortSignal.timeout;
  AbortSignal.timeout = (milliseconds) => within.call(AbortSignal, milliseconds * SHARE);
}
`;
const SMALL = 'units=16&batch=16&length=8&eval=20&threads=1';

interface Scene {
  readonly page: Page;
  readonly playground: Playground;
  readonly server: FaultyServer;
  readonly path: string;
  readonly fault: Fault;
  /** Awaits words, and notes how long they took since the last `wanting`. */
  readonly says: (words: Locator, text: string | RegExp) => Promise<void>;
  /** From here on the file is wanted. */
  readonly wanting: () => void;
}

/** Serves the page from a server of its own, which goes wrong when told to. */
const test = base.extend<{ server: FaultyServer }>({
  server: async ({ page }, hand) => {
    const server = await serveFaults(DIST);
    if (!ALL) {
      await page.addInitScript({ content: HASTE });
      server.precede(/^assets\/training\.worker-/, HASTE);
    }
    await hand(server);
    // Before the server goes: what a page waits for keeps it open.
    await page.close();
    await server.close();
  },
});

const open = async ({ page, server, wanting }: Scene, hash = SMALL) => {
  wanting();
  await page.goto(new URL(linkOf(hash), server.address).href, { waitUntil: 'commit' });
};

/** A GPU that is computed in software, on a busy machine. */
const SLOW = { timeout: 60_000 };

const goesOn = async ({ playground }: Scene, within = SOON) => {
  const step = await playground.currentStep();
  await expect.poll(() => playground.currentStep(), within).toBeGreaterThan(step + 2);
};

/** Pause, Step and Train do what they say. */
const obeys = async (scene: Scene) => {
  const { playground } = scene;
  await playground.pause.click();
  await expect(playground.train).toBeVisible(SOON);
  const step = await playground.currentStep();
  await playground.step.click();
  await expect.poll(() => playground.currentStep(), SOON).toBe(step + 1);
  await playground.train.click();
  await goesOn(scene);
};

const chooseEngine = (page: Page, engine: string) =>
  page.getByRole('combobox', { name: 'Engine', exact: true }).selectOption(engine);
const chooseCorpus = (page: Page, id: string) =>
  page.getByRole('combobox', { name: 'Corpus', exact: true }).selectOption(id);

/** Without it nothing but the static words can be on the page. */
const theProgram = async (scene: Scene) => {
  const { page, playground, server, says } = scene;
  await open(scene);
  await says(page.locator('body'), 'Reload the page.');
  await expect(page.getByText('Reload the page.')).toBeVisible(SOON);
  await expect(page.getByText('请重新载入页面')).toBeVisible();
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await paper();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(paper).not.toBe(light);
  server.fault(null);
  await page.reload();
  await playground.ready();
};

/** The page works without style; while that is still to come, static words stand there. */
const theStyle = async (scene: Scene) => {
  const { page, playground, server, fault } = scene;
  await open(scene);
  if (fault === 'stall') await expect(page.getByText('Reload the page.')).toBeVisible(SOON);
  else {
    await playground.train.click();
    await goesOn(scene);
    await obeys(scene);
  }
  server.fault(null);
  await page.reload();
  await playground.ready();
};

const theTrainer = async (scene: Scene) => {
  const { page, playground, server, fault, says } = scene;
  await open(scene);
  const name = fault === 'stall' ? 'Ask for it again' : 'Start it again';
  await says(playground.notices, name);
  const again = playground.notices.getByRole('button', { name });
  await playground.train.click();
  await page.getByRole('button', { name: '中文' }).click();
  await expect(page.getByRole('region', { name: '通知' })).toContainText('训练');
  await page.getByRole('button', { name: 'English' }).click();
  server.fault(null);
  await again.click();
  await expect(async () => {
    await playground.train.click({ timeout: 1000 });
    await goesOn(scene);
  }).toPass(SOON);
};

/** Of a text that is there from the beginning. */
const theFirstText = async (scene: Scene) => {
  const { page, playground, server, says } = scene;
  await open(scene);
  await says(playground.settings.getByRole('alert'), 'could not be loaded');
  server.fault(null);
  await playground.settings.getByRole('button', { name: 'Try again' }).click();
  await playground.ready();
  await playground.train.click();
  await goesOn(scene);
  await chooseCorpus(page, 'tale');
  await expect(page.getByText('These changes start a new run')).toBeVisible(SOON);
};

/** The list of texts: without it there is none. */
const theIndex = async (scene: Scene) => {
  await theFirstText(scene);
  const corpora = scene.page.getByRole('combobox', { name: 'Corpus', exact: true });
  await expect(corpora).toContainText('Nested brackets', SOON);
};

const trained = async (scene: Scene, hash = `${SMALL}&engine=cpu`) => {
  const { playground } = scene;
  await open(scene, hash);
  await playground.ready();
  await playground.train.click();
  await goesOn(scene);
};

const aText = (id: string) => async (scene: Scene) => {
  const { page, playground, server, says, wanting } = scene;
  await trained(scene);
  wanting();
  await chooseCorpus(page, id);
  await says(playground.settings.getByRole('alert'), 'could not be loaded');
  await goesOn(scene);
  await obeys(scene);
  server.fault(null);
  await playground.settings.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByRole('combobox', { name: 'Corpus', exact: true })).toHaveValue(id, SOON);
  await expect(page.getByText('These changes start a new run')).toBeVisible(SOON);
  await goesOn(scene);
};

/** Of an engine: the one that is there trains instead, until it comes. */
const anEngine =
  (engine: string, wish: string, name: string, other = 'cpu', otherName = 'CPU (reference)') =>
  async (scene: Scene) => {
    const { page, playground, server, says, wanting } = scene;
    await trained(scene, `${SMALL}&engine=${other}`);
    wanting();
    await chooseEngine(page, engine);
    await says(playground.settings, `${wish} was asked for; ${otherName} trains instead`);
    await goesOn(scene);
    await obeys(scene);
    server.fault(null);
    await playground.settings.getByRole('button', { name: 'Try again' }).click();
    await expect(playground.run).toContainText(`engine: ${name}`, SLOW);
    await goesOn(scene, SLOW);
  };

/** The threads' program: whoever has none trains alone. */
const theThreads = async (scene: Scene) => {
  const { page, playground, says, wanting } = scene;
  await trained(scene);
  await chooseEngine(page, 'simd');
  const threads = page.getByRole('spinbutton', { name: 'Threads' });
  await threads.fill('3');
  await threads.press('Enter');
  await goesOn(scene);
  await playground.reset.click();
  wanting();
  await playground.train.click();
  await says(playground.notices, 'thread');
  await goesOn(scene);
  await obeys(scene);
};

/** What is fetched beside a run that trains: its loss is told of, and the next run asks for it again. */
const recoversWithNextRun = async (scene: Scene) => {
  const { playground, server, says } = scene;
  await says(playground.notices, 'could not be fetched');
  await goesOn(scene);
  await obeys(scene);
  server.fault(null);
  await playground.reset.click();
  await playground.train.click();
  await goesOn(scene);
};

/** What opens small panels: fetched ahead in vain, and again when it is wanted. */
const thePanel = async (scene: Scene) => {
  const { page, playground, server, path, says, wanting } = scene;
  await trained(scene);
  await expect.poll(() => server.asked(path), SOON).toBeGreaterThan(0);
  const button = page.getByRole('button', { name: 'Save Loss', exact: true });
  wanting();
  await button.click();
  await says(playground.notices, 'could not be fetched');
  await goesOn(scene);
  await obeys(scene);
  server.fault(null);
  await button.click();
  await expect(page.getByRole('button', { name: 'Numbers (CSV)' })).toBeVisible(SOON);
};

/** What draws the lines of the loss curve and is dragged across, and slow motion: asked for again when it is wanted. */
const theCurve = async (scene: Scene) => {
  const { page, wanting } = scene;
  wanting();
  await trained(scene);
  await recoversWithNextRun(scene);
  const curve = page.getByRole('slider', { name: 'Loss at a step' });
  const whole = page.getByRole('button', { name: 'Whole run', exact: true });
  await expect(async () => {
    await curve.hover();
    const { x, y, width, height } = (await curve.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    await page.mouse.move(x + width * 0.25, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.45, y + height / 2, { steps: 4 });
    await page.mouse.up();
    await expect(whole).toBeEnabled({ timeout: 500 });
  }).toPass(SOON);
  await page.getByRole('slider', { name: 'Speed' }).press('Home');
  await expect(page.getByRole('figure', { name: 'One training step in slow motion' })).toContainText(/step \d/, SOON);
};

/** The words of the other language. */
const theChinese = async (scene: Scene) => {
  const { page, playground, server, says, wanting } = scene;
  await trained(scene);
  const chinese = page.getByRole('button', { name: '中文', exact: true });
  wanting();
  await chinese.click();
  await says(playground.notices, 'could not be fetched');
  await goesOn(scene);
  await obeys(scene);
  server.fault(null);
  await chinese.click();
  await expect(page.locator('html')).toHaveAttribute('lang', /^zh/, SOON);
};

const openFile = async ({ page }: Scene, content: string) => {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open a file' }).click();
  await (
    await chooser
  ).setFiles({ name: 'letter.txt', mimeType: 'text/plain', buffer: Buffer.from(content, 'latin1') });
};
const LETTER = 'Schöne Grüße aus der Stadt. '.repeat(20);

/** What tells the encoding of a file. */
const theDetector = async (scene: Scene) => {
  const { playground, server, path, says, wanting } = scene;
  await trained(scene);
  await expect.poll(() => server.asked(path), SOON).toBeGreaterThan(0);
  wanting();
  await openFile(scene, LETTER);
  await says(playground.settings.getByRole('alert'), 'could not be fetched');
  await goesOn(scene);
  await obeys(scene);
  server.fault(null);
  await playground.settings.getByRole('button', { name: 'Try again' }).click();
  await expect(playground.settings).toContainText('560 characters', SOON);
};

/** The choice of another encoding for a file. */
const theEncodings = async (scene: Scene) => {
  const { page, playground, server, path, says, wanting } = scene;
  await trained(scene);
  await expect.poll(() => server.asked(path), SOON).toBeGreaterThan(0);
  wanting();
  await openFile(scene, LETTER);
  await says(playground.notices, 'could not be fetched');
  await goesOn(scene);
  server.fault(null);
  await openFile(scene, LETTER.repeat(2));
  await expect(page.getByRole('combobox', { name: 'Encoding', exact: true })).toBeVisible(SOON);
};

/** Without it what it is for is plain. */
const theirStyle = async (scene: Scene) => {
  await trained(scene);
  await expect.poll(() => scene.server.asked(scene.path), SOON).toBeGreaterThan(0);
  await goesOn(scene);
  await obeys(scene);
};

/** What works out how predictable the text is, and what units may follow, beside a run that trains. */
const theAnalyses = async (scene: Scene) => {
  const { page } = scene;
  await trained(scene);
  await recoversWithNextRun(scene);
  await expect(page.getByRole('figure', { name: 'Loss' })).toContainText(/ of [\d,]+ held-out characters/, SOON);
};

/** What is said of saved runs. */
const theSavedRuns = async (scene: Scene) => {
  await trained(scene);
  await recoversWithNextRun(scene);
  await expect(scene.page.getByRole('button', { name: 'Open a saved run' })).toBeVisible(SOON);
};

/** What keeps runs: asked for again by itself. */
const theKeeping = async (scene: Scene) => {
  const { page, server, says } = scene;
  await trained(scene);
  await says(page.getByRole('figure', { name: 'Loss' }), 'could not be fetched');
  await goesOn(scene);
  await obeys(scene);
  server.fault(null);
  await expect(page.getByRole('figure', { name: 'Loss' })).toContainText('Saved', SLOW);
  await goesOn(scene);
};

const STORIES: readonly (readonly [file: RegExp, story: (scene: Scene) => Promise<void>])[] = [
  [/^assets\/index-.*\.js$/, theProgram],
  [/^assets\/index-.*\.css$/, theStyle],
  [/^assets\/training\.worker-/, theTrainer],
  [/^assets\/shards\.worker-/, theThreads],
  [/^assets\/program-.*\.wasm$/, anEngine('simd', 'SIMD (WASM)', 'SIMD')],
  [/^assets\/PopupPanel-/, thePanel],
  [/^assets\/figures-.*\.js$/, theCurve],
  [/^assets\/zh-/, theChinese],
  [/^assets\/(detect|rolldown-runtime)-/, theDetector],
  [/^assets\/Encodings-.*\.js$/, theEncodings],
  [/^assets\/(Encodings|late|figures)-.*\.css$/, theirStyle],
  [/^assets\/reference-/, anEngine('cpu', 'CPU (reference)', 'CPU', 'simd', 'SIMD (WASM)')],
  [/^assets\/open-/, anEngine('webgpu', 'WebGPU', 'WebGPU')],
  [/^assets\/(tfjs|dist|shared)-/, anEngine('tfjs', 'WebGPU (TF.js)', 'TF.js')],
  [/^assets\/analyses-/, theAnalyses],
  [/^assets\/late-/, theSavedRuns],
  [/^assets\/keepingPart-/, theKeeping],
  [/^corpora\/index\.json$/, theIndex],
  [/^corpora\/capslock\.txt$/, theFirstText],
];

const ownStory = (path: string) => STORIES.find(([file]) => file.test(path))?.[1];
const storyOf = (path: string) => ownStory(path) ?? aText(/^corpora\/(.*)\.txt$/.exec(path)?.[1] ?? '');

const files = ['assets', 'corpora'].flatMap((folder) =>
  readdirSync(resolve(DIST, folder))
    .sort()
    .map((name) => `${folder}/${name}`),
);
/** Of the texts that are all fetched in the same way, as many as there are faults. */
const texts = files.filter((path) => ownStory(path) === undefined);
const chosen = files.filter((path) => !texts.slice(FAULTS.length).includes(path));
const trials: readonly (readonly [path: string, faults: readonly Fault[]])[] = ALL
  ? files.map((path) => [path, FAULTS])
  : chosen.map((path, k) => [path, [FAULTS[k % FAULTS.length]]]);

for (const [path, faults] of trials) {
  for (const fault of faults) {
    test(`${path}: ${fault}`, async ({ page, server }, { annotations }) => {
      server.fault(path, fault);
      let began = performance.now();
      const wanting = () => {
        began = performance.now();
      };
      const says = async (words: Locator, text: string | RegExp) => {
        await expect(words).toContainText(text, SOON);
        annotations.push({ type: 'words', description: String(performance.now() - began) });
      };
      await storyOf(path)({ page, playground: new Playground(page), server, path, fault, says, wanting });
      expect(server.asked(path)).toBeGreaterThan(0);
    });
  }
}
