/** What may befall a page that trains: a drawing that throws, a click that would leave, files that are none, no connection. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { precedeWorkers } from './inWorkers';
import { Playground, SMALL } from './playground';
import { sentences } from './texts';

const CPU = `${SMALL}&engine=cpu`;

const goesOn = async (playground: Playground) => {
  const step = await playground.currentStep();
  await expect.poll(() => playground.currentStep()).toBeGreaterThan(step + 2);
};

const trained = async (playground: Playground) => {
  await playground.open(CPU);
  await playground.train.click();
  await goesOn(playground);
};

test('a figure that cannot be drawn leaves words in its place, and the run goes on', async ({
  page,
  playground,
  complaints,
}) => {
  await trained(playground);
  await page.evaluate(() => {
    const { prototype } = CanvasRenderingContext2D;
    const before = Object.getOwnPropertyDescriptor(prototype, 'putImageData') ?? {};
    prototype.putImageData = () => {
      throw new Error('out of ink');
    };
    Object.assign(window, { mend: () => Object.defineProperty(prototype, 'putImageData', before) });
  });
  const words = page.getByRole('alert').filter({ hasText: 'This part of the page could not be shown.' });
  await expect(words).toContainText('out of ink');
  await expect(playground.score).toHaveCount(0);
  await expect(page.getByRole('figure', { name: 'Loss' })).toBeVisible();
  await goesOn(playground);
  await page.evaluate(() => {
    (window as unknown as { mend: () => void }).mend();
  });
  await page.getByRole('button', { name: 'Show it again' }).click();
  await expect(words).toHaveCount(0);
  await expect(playground.score).toContainText('forget gate');
  await goesOn(playground);
  // React tells the console what a boundary caught, and nothing else is wrong.
  expect(complaints.filter((complaint) => !complaint.includes('part-') && !complaint.includes('out of ink'))).toEqual(
    [],
  );
  complaints.length = 0;
});

test.describe('leaving', () => {
  /** Asks the browser to close the page as a click on the tab's cross does, and declines if it asks in turn. */
  const isAsked = async (page: Page): Promise<boolean> => {
    const asked = page.waitForEvent('dialog', { timeout: 3000 }).then(
      async (dialog) => {
        expect(dialog.type()).toBe('beforeunload');
        await dialog.dismiss();
        return true;
      },
      () => false,
    );
    await page.close({ runBeforeUnload: true });
    return asked;
  };

  test('a run that has made steps and is kept nowhere is asked about, and goes on where the answer is no', async ({
    page,
    playground,
  }) => {
    await precedeWorkers(page, 'IDBFactory.prototype.open = () => { throw new Error("refused"); };');
    await trained(playground);
    expect(await isAsked(page)).toBe(true);
    await goesOn(playground);
    await playground.reset.click();
    await expect.poll(() => playground.currentStep()).toBe(0);
    // It can still be brought back.
    expect(await isAsked(page)).toBe(true);
    // Nobody asks the test's own browser.
    await page.close();
  });

  test('a run that is kept is not asked about, and comes back', async ({ page, playground, context }) => {
    await trained(playground);
    await expect(page.getByRole('figure', { name: 'Loss' })).toContainText(/Saved .* at step/, { timeout: 30_000 });
    await playground.pauseThere();
    const step = await playground.currentStep();
    await expect(page.getByRole('figure', { name: 'Loss' })).toContainText(`at step ${step.toLocaleString('en-GB')}.`);
    expect(await isAsked(page)).toBe(false);
    const again = new Playground(await context.newPage());
    await again.page.goto('./');
    await expect.poll(() => again.currentStep()).toBe(step);
  });

  test('nothing is asked before a step has been made', async ({ page, playground }) => {
    await playground.open(CPU);
    // Browsers ask only on a page that was used.
    await page.getByRole('spinbutton', { name: 'Units', exact: true }).fill('12');
    await page.getByRole('button', { name: 'New seed' }).click();
    await playground.ready();
    expect(await isAsked(page)).toBe(false);
    expect(page.isClosed()).toBe(true);
  });
});

test.describe('what is dropped', () => {
  /** As a drag out of the system's file manager. */
  const drop = async (page: Page, files: string[]) => {
    const session = await page.context().newCDPSession(page);
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      const data = { items: [], files, dragOperationsMask: 1 };
      await session.send('Input.dispatchDragEvent', { type, x: 700, y: 500, data });
    }
    await session.detach();
  };

  test('as several files or as a folder is named, and the run and its text stay', async ({
    page,
    playground,
  }, testInfo) => {
    const at = (name: string) => testInfo.outputPath(name);
    await mkdir(at('letters'), { recursive: true });
    for (const name of ['one.txt', 'two.txt']) await writeFile(at(name), sentences(800));
    await trained(playground);
    const text = playground.settings.getByRole('region', { name: 'Corpus' });
    const before = await text.innerText();
    await drop(page, [at('one.txt'), at('two.txt')]);
    await expect(playground.notices).toContainText('“one.txt”, “two.txt”');
    await expect(playground.notices).toContainText('drop one of them');
    await goesOn(playground);
    await drop(page, [at('letters')]);
    await expect(playground.notices).toContainText('“letters” is a folder.');
    await goesOn(playground);
    expect(await text.innerText()).toBe(before);
    await drop(page, [at('one.txt')]);
    await expect(text).toContainText(`${sentences(800).length} characters`);
  });

  test('and empty, or no text at all, is named', async ({ page, playground }) => {
    await trained(playground);
    const choose = async (name: string, buffer: Buffer) => {
      const chooser = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Open a file' }).click();
      await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer });
    };
    await choose('blank.txt', Buffer.alloc(0));
    await expect(playground.settings.getByRole('alert')).toContainText('“blank.txt” is empty.');
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    );
    await choose('cat.png', png);
    await expect(playground.settings.getByRole('alert')).toContainText('“cat.png” is not text');
    await goesOn(playground);
  });
});

test('a file that vanished after it was chosen is named, and can be tried again', async ({
  page,
  playground,
}, testInfo) => {
  const path = testInfo.outputPath('letter.txt');
  await writeFile(path, sentences(800));
  await trained(playground);
  // Between the choice and the reading: the file goes when the page asks for it.
  await page.exposeFunction('removeIt', () => rm(path));
  await page.evaluate(() => {
    const { prototype } = Worker;
    const before = Object.getOwnPropertyDescriptor(prototype, 'postMessage') ?? {};
    prototype.postMessage = function (this: Worker, message: { type: string }, ...rest: unknown[]) {
      const send = () => {
        (before.value as (...args: unknown[]) => void).call(this, message, ...rest);
      };
      if (message.type !== 'load-text') {
        send();
        return;
      }
      Object.defineProperty(prototype, 'postMessage', before);
      void (window as unknown as { removeIt: () => Promise<void> }).removeIt().then(send);
    };
  });
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open a file' }).click();
  await (await chooser).setFiles(path);
  await expect(playground.settings.getByRole('alert')).toContainText('“letter.txt”');
  await expect(playground.settings.getByRole('alert')).toContainText('Open it');
  await goesOn(playground);
});

test('without a connection small parts are there, and large ones fail in words', async ({
  page,
  context,
  playground,
  complaints,
}) => {
  test.setTimeout(240_000);
  const parts = new Set<string>();
  page.on('requestfinished', (request) => parts.add(request.url().replace(/.*\/|-.*$/g, '')));
  await trained(playground);
  await expect
    .poll(() => [...parts], { timeout: 30_000 })
    .toEqual(expect.arrayContaining(['PopupPanel', 'Encodings', 'detect']));
  await context.setOffline(true);

  await page.getByRole('button', { name: 'Save Loss', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Numbers (CSV)' })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.getByRole('combobox', { name: 'Engine', exact: true }).selectOption('webgpu');
  await expect(playground.settings).toContainText('WebGPU was asked for; CPU (reference) trains instead');
  await expect(playground.settings).toContainText('could not be fetched');
  await goesOn(playground);

  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open a file' }).click();
  const buffer = Buffer.from('Schöne Grüße aus der Stadt. '.repeat(20), 'latin1');
  await (await chooser).setFiles({ name: 'letter.txt', mimeType: 'text/plain', buffer });
  await expect(playground.settings).toContainText('560 characters');
  await goesOn(playground);

  await context.setOffline(false);
  await playground.settings.getByRole('button', { name: 'Try again' }).click();
  await expect(playground.run).toContainText(/engine: WebGPU/i, { timeout: 90_000 });
  // The browser tells of each request that failed.
  expect(complaints.filter((complaint) => !complaint.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
  complaints.length = 0;
});

test.describe('where the words of the reader’s language do not come', () => {
  test.use({ locale: 'zh-CN' });

  test('the page speaks English, says so, and can be asked again', async ({ page, playground, complaints }) => {
    await page.route(/\/zh-[^/]*\.js$/, (route) => route.abort());
    await page.goto('./');
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(playground.notices).toContainText('could not be fetched');
    await expect(playground.train).toBeVisible();
    await page.unroute(/\/zh-[^/]*\.js$/);
    await page.getByRole('button', { name: '中文', exact: true }).click();
    await expect(page.locator('html')).toHaveAttribute('lang', /^zh/);
    await expect(page.getByRole('button', { name: '训练', exact: true })).toBeVisible();
    // The browser tells of each request that failed.
    expect(complaints.filter((complaint) => !complaint.includes('ERR_FAILED'))).toEqual([]);
    complaints.length = 0;
  });
});
