/** Two ways to run tests: `unit` in Node, and `browser`, the suite of the engines, in a real Chromium with software GPUs. */
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { assembly } from './scripts/assembly-plugin.ts';
import { BROWSER_FLAGS, findInstalledBrowser } from './scripts/browser.mjs';

/** Without one the test tool's own download is used. */
const executablePath = findInstalledBrowser();

const ENGINES = 'tests/kernels/**/*.test.ts';

export default defineConfig({
  plugins: [assembly()],
  // Named here so that no test begins with a page that reloads once they have been bundled.
  optimizeDeps: { include: ['@tensorflow/tfjs', '@tensorflow/tfjs-backend-webgpu'] },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: ['tests/e2e/**', 'tests/kernels/**/*.browser.test.ts'],
          // Against what hangs; a busy machine has its time.
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: [ENGINES],
          exclude: ['tests/kernels/**/*.node.test.ts'],
          testTimeout: 240_000,
          hookTimeout: 60_000,
          // One page at a time: the engines share the machine's cores.
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                args: ['--no-sandbox', ...BROWSER_FLAGS],
                ...(executablePath !== null && { executablePath }),
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
