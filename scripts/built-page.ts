/** The built page, served and open in a real browser, for scripts that measure or picture it. */
import { chromium, type Browser } from 'playwright';
import { build, preview } from 'vite';
import { BROWSER_FLAGS, provideBrowser } from './browser.mjs';
import { inRoot } from './root.mjs';

/** Builds and serves the page, hands it over with a browser, and ends both when `visit` has. */
export const withBuiltPage = async (
  visit: (page: { browser: Browser; address: string }) => Promise<void>,
): Promise<void> => {
  const root = inRoot('.');
  await build({ root, logLevel: 'warn' });
  const server = await preview({ root, preview: { port: 4273, strictPort: false } });
  const browser = await chromium.launch({ executablePath: await provideBrowser(), args: [...BROWSER_FLAGS] });
  try {
    const address = server.resolvedUrls?.local[0];
    if (address === undefined) throw new Error('The server has no address.');
    await visit({ browser, address });
  } finally {
    await browser.close();
    await server.close();
  }
};
