/** End-to-end tests: the built page, served as any static host would, in a real browser. */
import { createServer } from 'node:net';
import { defineConfig } from '@playwright/test';
import { BROWSER_FLAGS, BROWSER_VARIABLE, findInstalledBrowser } from './scripts/browser.mjs';

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
  });

// The test runner's workers read this file again: they find here what its first reading chose.
process.env['PLAYWRIGHT_PORT'] ??= String(await freePort());
process.env[BROWSER_VARIABLE] ??= findInstalledBrowser() ?? '';
// Not at the root: the page must work from any path.
const address = `http://localhost:${process.env['PLAYWRIGHT_PORT']}/some/path/`;
const executablePath = process.env[BROWSER_VARIABLE];
const report = process.env['PLAYWRIGHT_REPORT'];

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  // Training takes what the machine has; two pages at once would only wait for each other.
  workers: 1,
  retries: 0,
  timeout: 180_000,
  expect: { timeout: 20_000 },
  reporter: [['list'], ...(report === undefined ? [] : [['json', { outputFile: report }] as const])],
  use: {
    baseURL: address,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    actionTimeout: 20_000,
    launchOptions: { args: [...BROWSER_FLAGS], ...(executablePath !== '' && { executablePath }) },
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --base /some/path/ --port ${process.env['PLAYWRIGHT_PORT']} --strictPort`,
    url: address,
    reuseExistingServer: false,
    timeout: 60_000,
  },
});
