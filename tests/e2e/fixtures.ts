/** A page that must stay silent: any console error or warning, uncaught error or request to elsewhere fails the test. */
import { test as base, type BrowserContext } from '@playwright/test';
import { Playground } from './playground';

/** What a page did that it must not do, as sentences. */
class Complaints {
  readonly list: string[] = [];

  listen(context: BrowserContext, origin: string): void {
    context.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') {
        this.list.push(`console ${message.type()}: ${message.text()} (${message.location().url})`);
      }
    });
    context.on('weberror', (error) => this.list.push(`uncaught: ${error.error().stack ?? error.error().message}`));
    context.on('request', (request) => {
      const url = new URL(request.url());
      if (url.origin !== origin && !['data:', 'blob:'].includes(url.protocol)) {
        this.list.push(`request to ${request.url()}`);
      }
    });
  }
}

export const test = base.extend<{ complaints: string[]; playground: Playground }>({
  complaints: [
    async ({ context, baseURL }, hand) => {
      const complaints = new Complaints();
      complaints.listen(context, new URL(baseURL ?? '').origin);
      await hand(complaints.list);
      if (complaints.list.length > 0) throw new Error(`The page was not silent:\n${complaints.list.join('\n')}`);
    },
    { auto: true },
  ],
  playground: async ({ page }, hand) => {
    await hand(new Playground(page));
  },
});

export { expect } from '@playwright/test';
