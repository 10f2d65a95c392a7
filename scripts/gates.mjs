/** The gates that every change passes, and how they are run, counted and summed up. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { run } from './processes.mjs';
import { inRoot } from './root.mjs';

const report = (name) => inRoot(`.cache/reports/${name}.json`);
const minutes = (count) => count * 60;

const vitest = (name, project, seconds) => ({
  name,
  tool: 'vitest/vitest.mjs',
  args: ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report(name)}`],
  seconds,
  count: () => {
    const json = JSON.parse(readFileSync(report(name), 'utf8'));
    return {
      passed: json.numPassedTests,
      // A file that cannot be loaded fails without a test of its own.
      failed:
        json.numFailedTests +
        json.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length,
      skipped: json.numPendingTests + (json.numTodoTests ?? 0),
    };
  },
});

/** Need no browser and no test runner; independent of one another. */
export const STATIC_GATES = [
  {
    name: 'format',
    tool: 'prettier/bin/prettier.cjs',
    args: ['--check', '.', '--log-level', 'warn', '--cache', '--cache-location', '.cache/prettier'],
    seconds: minutes(3),
  },
  {
    name: 'lint',
    tool: 'eslint/bin/eslint.js',
    args: ['.', '--max-warnings=0', '--cache', '--cache-strategy', 'content', '--cache-location', '.cache/eslint'],
    seconds: minutes(5),
  },
  {
    name: 'types',
    tool: 'typescript/bin/tsc',
    args: ['-p', '.', '--incremental', '--tsBuildInfoFile', '.cache/types.tsbuildinfo'],
    seconds: minutes(3),
  },
  {
    name: 'imports',
    tool: 'dependency-cruiser/bin/dependency-cruise.mjs',
    args: ['src', 'cli', '--config', '.dependency-cruiser.cjs'],
    seconds: minutes(3),
  },
  { name: 'unused', tool: 'knip/bin/knip.js', args: [], seconds: minutes(3) },
];

export const UNIT_GATE = vitest('unit', 'unit', minutes(15));

/** In order: the end-to-end tests look at what the build made. */
export const BROWSER_GATES = [
  vitest('browser', 'browser', minutes(20)),
  { name: 'build', tool: 'vite/bin/vite.js', args: ['build', '--logLevel', 'warn'], seconds: minutes(5) },
  {
    name: 'end to end',
    tool: '@playwright/test/cli.js',
    args: ['test'],
    env: { PLAYWRIGHT_REPORT: report('end-to-end') },
    seconds: minutes(40),
    needs: 'build',
    count: () => {
      const { stats } = JSON.parse(readFileSync(report('end-to-end'), 'utf8'));
      return { passed: stats.expected, failed: stats.unexpected + stats.flaky, skipped: stats.skipped };
    },
  },
];

const NOTHING = { passed: 0, failed: 0, skipped: 0 };

const counted = (gate, ok) => {
  if (gate.count === undefined) return ok ? NOTHING : { ...NOTHING, failed: 1 };
  try {
    const counts = gate.count();
    // A runner that failed without a failed test, or found no test at all, is a failure of its own.
    const silent = counts.failed === 0 && (!ok || counts.passed === 0);
    return silent ? { ...counts, failed: 1 } : counts;
  } catch {
    return { ...NOTHING, failed: 1 };
  }
};

const runGate = async (gate, { quiet }) => {
  const before = performance.now();
  if (!quiet) console.log(`\n── ${gate.name} ──`);
  const { ok, timedOut, output } = await run(process.execPath, [inRoot(`node_modules/${gate.tool}`), ...gate.args], {
    seconds: gate.seconds,
    quiet,
    env: gate.env,
  });
  const seconds = (performance.now() - before) / 1000;
  const counts = counted(gate, ok);
  const passed = ok && counts.failed === 0;
  if (quiet) console.log(`${passed ? 'passed' : 'FAILED'}  ${gate.name} (${seconds.toFixed(1)} s)`);
  if (quiet && !passed) console.log(output.trimEnd());
  if (timedOut) console.log(`${gate.name} did not end within ${String(gate.seconds)} s.`);
  return { name: gate.name, passed, seconds, counts };
};

/** Starts the count anew; call once before any gate. */
export const prepare = () => {
  process.chdir(inRoot('.'));
  rmSync(inRoot('.cache/reports'), { recursive: true, force: true });
  mkdirSync(inRoot('.cache/reports'), { recursive: true });
};

/** Runs independent gates, two at a time; shows the output of those that fail. */
export const runTogether = async (gates) => {
  const waiting = [...gates];
  const results = [];
  const worker = async () => {
    for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) {
      results.push(await runGate(gate, { quiet: true }));
    }
  };
  await Promise.all([worker(), worker()]);
  return results;
};

/** Runs gates one after the other, showing their output; leaves out what needs a gate that failed. */
export const runInOrder = async (gates) => {
  const results = [];
  for (const gate of gates) {
    const blocked = results.some((result) => result.name === gate.needs && !result.passed);
    results.push(
      blocked
        ? { name: gate.name, passed: false, seconds: 0, counts: { ...NOTHING, failed: 1 } }
        : await runGate(gate, { quiet: false }),
    );
  }
  return results;
};

/**
 * Prints one line a gate, then the sum of all tests alone on the last line; a failed gate without tests counts as one.
 * @returns {boolean} whether all passed
 */
export const summarise = (results) => {
  console.log('\n── summary ──');
  for (const { name, passed, seconds, counts } of results) {
    const tests = counts.passed + counts.skipped > 0 ? `, ${String(counts.passed)} tests` : '';
    console.log(`${passed ? 'passed' : 'FAILED'}  ${name} (${seconds.toFixed(1)} s${tests})`);
  }
  const sum = (key) => results.reduce((total, { counts }) => total + counts[key], 0);
  const skipped = sum('skipped');
  const tail = skipped > 0 ? `, ${String(skipped)} skipped` : '';
  console.log(`\n${String(sum('passed'))} passed, ${String(sum('failed'))} failed${tail}`);
  return results.every(({ passed }) => passed);
};
