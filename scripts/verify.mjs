/** Runs the gates on whatever state the copy is in, and ends the process with their verdict. */
import { BROWSER_VARIABLE, provideBrowser, softwareVulkan } from './browser.mjs';
import { BROWSER_GATES, prepare, runInOrder, runTogether, STATIC_GATES, summarise, UNIT_GATE } from './gates.mjs';
import { ensureCompiled } from './assembly.mjs';
import { ensureInstalled } from './install.mjs';

/** @param {{ browser: boolean }} options whether the gates that need a browser are run too */
export const verify = async ({ browser }) => {
  prepare();
  await ensureInstalled();
  await ensureCompiled();
  if (browser) {
    try {
      process.env[BROWSER_VARIABLE] = await provideBrowser();
    } catch (error) {
      console.error(error.message);
      process.exit(1);
    }
    console.log(`Browser: ${process.env[BROWSER_VARIABLE]}`);
  }
  // With the browser's software GPU the kernels' tests in Node try every form of the WebGPU engine.
  const unit = { ...UNIT_GATE, env: (browser ? softwareVulkan() : null) ?? {} };
  const results = [
    ...(await runTogether(STATIC_GATES)),
    ...(await runInOrder(browser ? [unit, ...BROWSER_GATES] : [unit])),
  ];
  process.exitCode = summarise(results) ? 0 : 1;
};
