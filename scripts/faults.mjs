/**
 * `npm run faults`: each file of the built page goes wrong in each way that networks know, and each part of the browser is
 * taken away in each way; `npm test` tries a part of that. Ends with a line to be kept in bench/RESULTS.md.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { build } from 'vite';
import { BROWSER_VARIABLE, provideBrowser } from './browser.mjs';
import { run } from './processes.mjs';
import { inRoot } from './root.mjs';

const HOURS = 2;
const REPORT = inRoot('.cache/faults.json');
const SPECS = ['tests/e2e/faults.spec.ts', 'tests/e2e/browsers.spec.ts'];

/** Every test of a suite and of those within it. */
const testsOf = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(testsOf)];

const summary = () => {
  const tests = JSON.parse(readFileSync(REPORT, 'utf8')).suites.flatMap(testsOf);
  const waits = tests
    .flatMap((test) => test.tests.flatMap(({ annotations }) => annotations))
    .filter(({ type }) => type === 'words')
    .map(({ description }) => Number(description));
  const passed = tests.filter((test) => test.ok).length;
  const longest = (Math.max(0, ...waits) / 1000).toFixed(1);
  return `${passed} of ${tests.length} passed; ${waits.length} said words, the last of them after ${longest} s.`;
};

process.chdir(inRoot('.'));
mkdirSync(inRoot('.cache'), { recursive: true });
process.env[BROWSER_VARIABLE] = await provideBrowser();
await build({ logLevel: 'warn' });
const args = ['test', ...SPECS, ...process.argv.slice(2)];
const { ok } = await run(process.execPath, [inRoot('node_modules/@playwright/test/cli.js'), ...args], {
  seconds: HOURS * 3600,
  env: { FAULTS: 'all', PLAYWRIGHT_REPORT: REPORT },
});
console.log(summary());
process.exitCode = ok ? 0 : 1;
