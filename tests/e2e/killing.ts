/** Ends what a page computes with, from outside and without asking it: its worker, its browser, its GPU. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium, expect, type Browser, type CDPSession, type Page } from '@playwright/test';
import { BROWSER_FLAGS, BROWSER_VARIABLE } from '../../scripts/browser.mjs';
import { endGroup } from '../../scripts/processes.mjs';

const withSession = async <T>(page: Page, work: (session: CDPSession) => Promise<T>): Promise<T> => {
  const session = await page.context().newCDPSession(page);
  try {
    return await work(session);
  } finally {
    await session.detach();
  }
};

/** Terminates every worker that the page has begun, in whatever it is at. No event tells the page. */
export const terminateWorkers = (page: Page): Promise<void> =>
  withSession(page, async (session) => {
    const { result: prototype } = await session.send('Runtime.evaluate', { expression: 'Worker.prototype' });
    const { objects } = await session.send('Runtime.queryObjects', { prototypeObjectId: prototype.objectId ?? '' });
    await session.send('Runtime.callFunctionOn', {
      objectId: objects.objectId ?? '',
      functionDeclaration: 'function () { for (const worker of this) worker.terminate(); }',
    });
  });

/** Ends the browser's process for graphics, as a driver's fault does. */
export const crashGpu = async (browser: Browser): Promise<void> => {
  const session = await browser.newBrowserCDPSession();
  // It is gone before it can answer.
  session.send('Browser.crashGpuProcess').catch(() => undefined);
};

/** A browser of its own, which keeps what it has in `profile`. */
export interface OwnBrowser {
  readonly browser: Browser;
  readonly page: Page;
  /** Ends all its processes at once. */
  readonly kill: () => Promise<void>;
}

/** @param flags beside those of every test */
export const startBrowser = async (profile: string, flags: readonly string[] = []): Promise<OwnBrowser> => {
  const path = process.env[BROWSER_VARIABLE];
  const args = [
    ...BROWSER_FLAGS,
    ...flags,
    '--headless=new',
    '--no-sandbox',
    '--lang=en-GB',
    '--window-size=1440,1000',
    '--remote-debugging-port=0',
    `--user-data-dir=${profile}`,
    'about:blank',
  ];
  const began = Date.now();
  const child = spawn(path === undefined || path === '' ? chromium.executablePath() : path, args, {
    stdio: 'ignore',
    detached: process.platform !== 'win32',
  });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  const kill = async () => {
    endGroup(child);
    await ended;
  };
  try {
    // It says where it listens once it does; what an earlier one has left there is older.
    let port = '';
    await expect(async () => {
      const [first = '', address = ''] = (await readFile(join(profile, 'DevToolsActivePort'), 'utf8')).split('\n');
      const answer = await fetch(`http://127.0.0.1:${first}/json/version`);
      const { webSocketDebuggerUrl } = (await answer.json()) as { webSocketDebuggerUrl: string };
      expect(webSocketDebuggerUrl).toContain(address);
      port = first;
    }).toPass({ timeout: 30_000 + began - Date.now(), intervals: [100] });
    const browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    const [context] = browser.contexts();
    return { browser, page: context.pages().at(0) ?? (await context.newPage()), kill };
  } catch (caught) {
    await kill();
    throw caught;
  }
};
