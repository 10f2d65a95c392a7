/** Nothing is lost: a run comes back after a reload, out of a file, and beside another tab, to the last bit. */
import { readFile, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { precedeWorkers } from './inWorkers';
import { terminateWorkers } from './killing';
import { linkOf, Playground, SMALL } from './playground';
import { sentences } from './texts';

const SIMD = `${SMALL}&engine=simd`;

const keptLine = (page: Page) => page.getByRole('figure', { name: 'Loss' }).locator('.kept-state');

const saved = (page: Page, step: number) =>
  expect(keptLine(page)).toContainText(`at step ${step.toLocaleString('en-GB')}.`, { timeout: 30_000 });

/** Makes steps by hand, and returns the loss of each. */
const lossesOf = async (playground: Playground, count: number): Promise<number[]> => {
  const losses: number[] = [];
  for (let k = 0; k < count; k++) {
    await playground.makeSteps(1);
    losses.push(await playground.reading('loss'));
  }
  return losses;
};

const charactersOf = (text: string) => `${Array.from(text).length.toLocaleString('en-GB')} characters`;

/** Gives a text, and waits until its run is ready. */
const giveOwn = async (playground: Playground, text: string) => {
  await playground.give(text);
  await expect(playground.settings).toContainText(charactersOf(text));
  await playground.ready();
};

const saveFile = async (page: Page, path: string) => {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as a file' }).click();
  await (await download).saveAs(path);
  return (await download).suggestedFilename();
};

const openFile = async (page: Page, file: string) => {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open a saved run' }).click();
  await (await chooser).setFiles(file);
};

/** Opens the file in a browser that knows nothing of its run, nor of the run's text. */
const openElsewhere = async (page: Page, playground: Playground, path: string) => {
  await page.evaluate(() => {
    localStorage.clear();
  });
  await page.goto('about:blank');
  await page.goto(linkOf(SIMD));
  await playground.ready();
  await page.evaluate(() => indexedDB.deleteDatabase('lstm-playground'));
  await openFile(page, path);
};

const drop = async (page: Page, file: string) => {
  const session = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    const data = { items: [], files: [file], dragOperationsMask: 1 };
    await session.send('Input.dispatchDragEvent', { type, x: 700, y: 500, data });
  }
  await session.detach();
};

/** Bytes of all runs that are kept, and the names of their generations. */
const kept = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<{ keys: string[]; bytes: number }>((resolve, reject) => {
        const asked = indexedDB.open('lstm-playground');
        asked.onerror = () => {
          reject(asked.error ?? new Error('closed'));
        };
        asked.onsuccess = () => {
          const store = asked.result.transaction('kept').objectStore('kept');
          const keys = store.getAllKeys();
          const values = store.getAll();
          store.transaction.oncomplete = () => {
            asked.result.close();
            const bytes = (values.result as { bytes?: Uint8Array }[]).reduce(
              (sum, value) => sum + (value.bytes?.length ?? 0),
              0,
            );
            const runs = keys.result.map(String).filter((key) => key.startsWith('run/'));
            resolve({ keys: runs.sort(), bytes });
          };
        };
      }),
  );

test('a reload brings the run back where it was, and it goes on to the last bit', async ({
  page,
  playground,
  browser,
  baseURL,
}) => {
  const step = 60;
  const stop = async (on: Playground) => {
    await on.open(`${SIMD}&stop=${step}`);
    await on.train.click();
    await expect.poll(() => on.currentStep(), { timeout: 60_000 }).toBe(step);
  };
  await stop(playground);
  const losses = await lossesOf(playground, 3);
  await saved(page, step + 3);
  const [loss, heldOut] = [await playground.reading('loss'), await playground.reading('held-out')];
  const curve = await playground.curve();
  await page.reload();
  await expect.poll(() => playground.currentStep()).toBe(step + 3);
  await playground.ready();
  expect(await playground.reading('loss')).toBe(loss);
  expect(await playground.reading('held-out')).toBe(heldOut);
  await expect(async () => {
    expect(await playground.curve()).toEqual(curve);
  }).toPass();
  losses.push(...(await lossesOf(playground, 20)));

  // The same run, never interrupted, in a browser that knows nothing of it.
  const context = await browser.newContext({ baseURL: baseURL ?? '' });
  const uninterrupted = new Playground(await context.newPage());
  await stop(uninterrupted);
  expect(await lossesOf(uninterrupted, 23)).toEqual(losses);
  await context.close();
});

test('a text of one’s own comes back with its run, and what was written', async ({ page, playground }) => {
  await playground.open(SIMD);
  await giveOwn(playground, sentences(2000));
  await playground.makeSteps(3);
  await saved(page, 3);
  const loss = await playground.reading('loss');
  // Without what the address says, as when the tab was closed.
  await page.goto('about:blank');
  await page.goto('./');
  await expect.poll(() => playground.currentStep()).toBe(3);
  await playground.ready();
  expect(await playground.reading('loss')).toBe(loss);
  await expect(playground.settings).toContainText(charactersOf(sentences(2000)));
});

test('a link to another run is followed, and what is kept stays in reach', async ({ page, playground }) => {
  await playground.open(SIMD);
  await playground.makeSteps(4);
  await saved(page, 4);
  await page.goto('about:blank');
  await page.goto(linkOf(`${SIMD}&layers=2`));
  await playground.ready();
  expect(await playground.currentStep()).toBe(0);
  await expect(playground.notices).toContainText('kept, at step 4');
  await playground.makeSteps(2);
  await saved(page, 2);
  await page.getByRole('button', { name: 'Go on with it' }).click();
  await expect.poll(() => playground.currentStep()).toBe(4);
  await expect(page.getByRole('spinbutton', { name: 'Layers' })).toHaveValue('1');
  await playground.undo.click();
  await expect.poll(() => playground.currentStep()).toBe(2);
});

test('fifty reloads leave two generations and no more', async ({ page, playground }, testInfo) => {
  await playground.open(SIMD);
  await playground.makeSteps(1);
  await saved(page, 1);
  await playground.makeSteps(1);
  await saved(page, 2);
  const { keys } = await kept(page);
  expect(keys).toHaveLength(2);
  const times = process.env['KEEPING'] === 'all' ? 50 : 6;
  for (let k = 1; k <= times; k++) {
    await page.reload();
    await expect.poll(() => playground.currentStep()).toBe(k + 1);
    await playground.ready();
    await playground.makeSteps(1);
    await saved(page, k + 2);
  }
  const after = await kept(page);
  expect(after.keys).toEqual(keys);
  // Each as large as the run is, whose history has grown by a few steps.
  const path = testInfo.outputPath('run.safetensors');
  await saveFile(page, path);
  expect(after.bytes).toBeLessThanOrEqual(2 * (await readFile(path)).length);
});

test('kept runs are listed, named, duplicated, removed and put back, and each can be opened', async ({
  page,
  playground,
}) => {
  await playground.open(SIMD);
  await playground.makeSteps(5);
  await saved(page, 5);
  await playground.makeSteps(1);
  const loss = await playground.reading('loss');
  // Before its next save is due: it is kept as it leaves.
  await page.getByRole('spinbutton', { name: 'Units' }).fill('12');
  await page.keyboard.press('Enter');
  await playground.step.click();
  await expect.poll(() => playground.currentStep()).toBe(1);
  await playground.makeSteps(2);
  await saved(page, 3);
  const open = page.getByRole('button', { name: 'Kept runs' });
  await open.click();
  const dialog = page.getByRole('dialog', { name: 'Kept runs' });
  const row = (name: string) => dialog.getByRole('listitem', { name, exact: true });
  await expect(dialog.getByRole('listitem')).toHaveCount(2);
  await expect(dialog.getByRole('listitem').nth(0)).toContainText('On the page now.');
  await expect(dialog.getByRole('listitem').nth(0)).toContainText('Units 12');
  await expect(dialog.getByRole('listitem').nth(1)).toContainText('step 6');
  await dialog.getByRole('button', { name: 'Name' }).nth(1).click();
  await page.keyboard.type('Sixteen units');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Name' }).nth(1)).toBeFocused();
  await row('Sixteen units').getByRole('button', { name: 'Duplicate' }).click();
  await expect(row('Sixteen units (copy)')).toContainText('Made from “Sixteen units”');
  await row('Sixteen units').getByRole('button', { name: 'Remove' }).click();
  await expect(dialog.getByRole('button', { name: 'Put back' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(row('Sixteen units').getByRole('button', { name: 'Remove' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('“Sixteen units” is removed');
  await page.keyboard.press('Escape');
  await expect(open).toBeFocused();

  await page.reload();
  await expect.poll(() => playground.currentStep()).toBe(3);
  await playground.ready();
  await playground.makeSteps(1);
  await saved(page, 4);
  await open.click();
  // What was removed has gone with the visit; the run of the page stands first.
  await expect(dialog.getByRole('listitem')).toHaveCount(2);
  await row('Sixteen units (copy)').getByRole('button', { name: 'Open' }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(() => playground.currentStep()).toBe(6);
  await playground.ready();
  expect(await playground.reading('loss')).toBe(loss);
  await expect(page.getByRole('spinbutton', { name: 'Units' })).toHaveValue('16');
  await playground.undo.click();
  await expect.poll(() => playground.currentStep()).toBe(4);
});

test('a file brings a run back, by button and by dropping it, and it goes on to the last bit', async ({
  page,
  playground,
}, testInfo) => {
  const path = testInfo.outputPath('run.safetensors');
  await playground.open(SIMD);
  await playground.makeSteps(5);
  expect(await saveFile(page, path)).toBe('lstm-capslock-step-5.safetensors');
  const losses = await lossesOf(playground, 20);
  await playground.reset.click();
  await expect.poll(() => playground.currentStep()).toBe(0);
  await openFile(page, path);
  await expect.poll(() => playground.currentStep()).toBe(5);
  expect(await lossesOf(playground, 20)).toEqual(losses);
  await drop(page, path);
  await expect.poll(() => playground.currentStep()).toBe(5);
  expect(await lossesOf(playground, 2)).toEqual(losses.slice(0, 2));
  // As any run that was replaced.
  await playground.undo.click();
  await expect.poll(() => playground.currentStep()).toBe(25);
  const damaged = await readFile(path);
  damaged[damaged.length >> 1] ^= 1;
  await writeFile(path, damaged);
  await openFile(page, path);
  await expect(playground.notices.getByRole('alert')).toContainText('its content has changed since it was saved');
  expect(await playground.currentStep()).toBe(25);
});

test('a file whose text is not here asks for it', async ({ page, playground }, testInfo) => {
  const path = testInfo.outputPath('run.safetensors');
  const text = sentences(2000);
  await playground.open(SIMD);
  await giveOwn(playground, text);
  await playground.makeSteps(2);
  const loss = await playground.reading('loss');
  await saveFile(page, path);
  await openElsewhere(page, playground, path);
  await expect(playground.notices).toContainText('its text is not here');
  expect(await playground.currentStep()).toBe(0);
  await playground.give(text);
  await expect.poll(() => playground.currentStep()).toBe(2);
  expect(await playground.reading('loss')).toBe(loss);
});

test('a saved run lends its network to a run on the text that is here', async ({ page, playground }, testInfo) => {
  const path = testInfo.outputPath('run.safetensors');
  await playground.open(SIMD);
  await giveOwn(playground, sentences(2000));
  await playground.makeSteps(2);
  await saveFile(page, path);
  await openElsewhere(page, playground, path);
  await playground.notices.getByRole('button', { name: 'Train it on with the text that is here' }).click();
  const line = page.locator('.kept');
  await expect(line).toContainText('began with the network of another one at step 2');
  await expect(line).toContainText('No link gives this run again');
  expect(await playground.currentStep()).toBe(0);
  await playground.makeSteps(3);
  // It is kept as it is, with the symbols that its text lacks.
  await expect(line).toContainText('at step 3', { timeout: 15_000 });
  await page.reload();
  await expect.poll(() => playground.currentStep()).toBe(3);
  await expect(line).toContainText('began with the network of another one at step 2');
});

test('a worker that is ended is replaced by itself, and the run comes back as it was saved', async ({
  page,
  playground,
}) => {
  await playground.open(SIMD);
  await playground.makeSteps(4);
  await saved(page, 4);
  const losses = await lossesOf(playground, 2);
  await saved(page, 6);
  await terminateWorkers(page);
  await expect(playground.notices).toContainText('has stopped (it was ended). The run is back at step 6, paused.');
  await playground.ready();
  expect(await playground.currentStep()).toBe(6);
  expect(await playground.reading('loss')).toBe(losses[1]);
  await playground.notices.getByRole('button', { name: 'Go on with it' }).click();
  await expect.poll(() => playground.currentStep()).toBeGreaterThan(10);
  await expect(page.getByText('has stopped')).toHaveCount(0);
});

test('a worker that dies thrice within a minute is left to the reader', async ({ page, playground }) => {
  await playground.open(SIMD);
  await playground.makeSteps(2);
  await saved(page, 2);
  for (let k = 0; k < 2; k++) {
    await terminateWorkers(page);
    await expect(playground.notices).toContainText('The run is back at step 2, paused.');
    await saved(page, 2);
  }
  await terminateWorkers(page);
  await expect(playground.notices).toContainText('3 times within a minute');
  await playground.notices.getByRole('button', { name: 'Start it again' }).click();
  await expect.poll(() => playground.currentStep()).toBe(2);
  await playground.makeSteps(1);
});

test('a worker that dies where nothing can be kept is replaced, and the page says that the run begins anew', async ({
  page,
  playground,
}) => {
  await precedeWorkers(
    page,
    'IDBFactory.prototype.open = () => { throw new DOMException("denied", "SecurityError"); };',
  );
  await playground.open(SIMD);
  await playground.makeSteps(2);
  await expect(keptLine(page)).toContainText('Not saved.', { timeout: 30_000 });
  await terminateWorkers(page);
  await expect(playground.notices).toContainText('it begins anew from its seed. It had been at step 2.');
  expect(await playground.currentStep()).toBe(0);
  await playground.makeSteps(1);
});

test('of two tabs one saves, the other says so and takes over', async ({ page, playground, context }) => {
  await playground.open(SIMD);
  await playground.makeSteps(2);
  await saved(page, 2);
  const second = await context.newPage();
  const other = new Playground(second);
  await second.goto('./');
  await expect.poll(() => other.currentStep()).toBe(2);
  await expect(keptLine(second)).toContainText('another tab');
  await other.makeSteps(1);
  await expect(keptLine(second)).toContainText('another tab');
  await playground.makeSteps(3);
  await saved(page, 5);
  await page.close();
  await saved(second, 3);
  expect((await kept(second)).keys.length).toBeGreaterThanOrEqual(2);
  await second.reload();
  await expect.poll(() => other.currentStep()).toBe(3);
});

test.describe('where the browser keeps nothing', () => {
  for (const [how, program] of [
    ['has no storage', 'Object.defineProperty(globalThis, "indexedDB", { value: undefined });'],
    ['refuses it', 'IDBFactory.prototype.open = () => { throw new DOMException("denied", "SecurityError"); };'],
    ['is full', 'IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };'],
  ] as const) {
    test(`because it ${how}, training goes on, the page says so and offers a file`, async ({ page, playground }) => {
      await precedeWorkers(page, program);
      await playground.open(SIMD);
      await playground.makeSteps(2);
      await expect(keptLine(page)).toContainText('Not saved.', { timeout: 30_000 });
      await playground.makeSteps(1);
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: 'Save as a file' }).click();
      expect((await download).suggestedFilename()).toContain('step-3');
    });
  }
});
