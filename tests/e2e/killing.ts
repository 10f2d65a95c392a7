/** Ends what a page computes with, from outside and without asking it: its worker, its tab, its browser, its GPU. */
import type { CDPSession, Page } from '@playwright/test';

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
