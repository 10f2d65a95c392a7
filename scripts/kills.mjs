/**
 * `npm run kills`: ends the trainer, the tab, the browser and its process for graphics at random moments, and has two tabs
 * meet at random; `npm test` tries a part of that. `-- --trials worker=100,gpu=20` tries those alone, `--seed 2` other
 * moments. Ends with lines to be kept in bench/RESULTS.md.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { build } from 'vite';
import { BROWSER_VARIABLE, provideBrowser } from './browser.mjs';
import { run } from './processes.mjs';
import { inRoot } from './root.mjs';

const HOURS = 3;
const REPORT = inRoot('.cache/kills.json');
const TRIALS = { worker: 100, tab: 50, browser: 30, gpu: 20, tabs: 50 };
const NAMES = { worker: 'worker', tab: 'tab', browser: 'browser', gpu: 'process for graphics', tabs: 'two tabs' };

const { values, positionals } = parseArgs({
  args: process.argv.slice(2),
  options: { trials: { type: 'string' }, seed: { type: 'string', default: '1' } },
  allowPositionals: true,
});
const given = (values.trials?.split(',') ?? []).map((one) => one.split('='));
for (const [kind, count] of given) {
  if (!(kind in TRIALS) || !/^\d+$/.test(count ?? ''))
    throw new Error(`--trials takes ${Object.keys(TRIALS).join(', ')}, each with a number, as worker=100`);
}
const trials = values.trials === undefined ? TRIALS : Object.fromEntries(given.map(([k, count]) => [k, Number(count)]));
const none = Object.fromEntries(Object.keys(TRIALS).map((kind) => [kind, 0]));

/** Every test of a suite and of those within it. */
const testsOf = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(testsOf)];

/** What each kind of interruption has cost. */
const summary = () => {
  const notes = JSON.parse(readFileSync(REPORT, 'utf8'))
    .suites.flatMap(testsOf)
    .flatMap((test) => test.tests.flatMap(({ annotations }) => annotations));
  return Object.entries(trials).map(([kind, count]) => {
    const costs = notes.filter(({ type }) => type === `lost by ${kind}`).map(({ description }) => Number(description));
    const asked = notes.filter(({ type }) => type === `asked by ${kind}`).length;
    const seconds = (cost) => (cost / 1000).toFixed(1);
    const sorted = costs.sort((a, b) => a - b);
    const cost = `median ${seconds(sorted[sorted.length >> 1] ?? 0)} s, at most ${seconds(sorted.at(-1) ?? 0)} s of training lost`;
    const how = kind === 'tabs' ? '' : `: ${cost}; ${asked} went on by a press of a button`;
    return `${NAMES[kind]}: ${costs.length} of ${count} as promised${how}.`;
  });
};

process.chdir(inRoot('.'));
mkdirSync(inRoot('.cache'), { recursive: true });
process.env[BROWSER_VARIABLE] = await provideBrowser();
await build({ logLevel: 'warn' });
const args = ['test', 'tests/e2e/kills.spec.ts', ...positionals];
const { ok } = await run(process.execPath, [inRoot('node_modules/@playwright/test/cli.js'), ...args], {
  seconds: HOURS * 3600,
  env: { KILLS: JSON.stringify({ ...none, ...trials, seed: Number(values.seed) }), PLAYWRIGHT_REPORT: REPORT },
});
for (const line of summary()) console.log(line);
process.exitCode = ok ? 0 : 1;
