/** The scripts behind `npm start` and `npm test`, each as a process of its own. */
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/** Runs `code`, which finds the scripts' exports in `m`, and gives what it printed. */
const node = (script: string, code: string, env: Readonly<Record<string, string>> = {}) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '--eval', `const load = () => import('./scripts/${script}.mjs');\n${code}`],
    { encoding: 'utf8', env: { ...process.env, ...env }, timeout: 30_000 },
  );
  return { status, stdout, stderr };
};

describe('the version of Node.js', () => {
  const under = (version: string) =>
    node(
      'node-version',
      `Object.defineProperty(process.versions, 'node', { value: '${version}' });
       (await load()).requireNode(); console.log('goes on');`,
    );

  it.each(['20.19.0', '22.0.0', '100.1.0'])('%s is enough', (version) => {
    expect(under(version)).toMatchObject({ status: 0, stdout: 'goes on\n' });
  });

  it.each(['20.18.3', '18.20.0', '9.11.2'])('%s is told what is needed', (version) => {
    const { status, stdout, stderr } = under(version);
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('needs Node.js 20.19 or later');
    expect(stderr).toContain(version);
  });
});

describe('the browser', () => {
  it('that CHROMIUM_PATH names must be there', () => {
    const { status, stderr } = node('browser', '(await load()).findInstalledBrowser();', {
      CHROMIUM_PATH: '/nowhere/chrome',
    });
    expect(status).not.toBe(0);
    expect(stderr).toContain('CHROMIUM_PATH names /nowhere/chrome');
  });

  // Elsewhere browsers have fixed places.
  it.runIf(process.platform === 'linux')('is found on the PATH, and must start', () => {
    const code = `
      import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
      import { delimiter, join } from 'node:path';
      import { tmpdir } from 'node:os';
      const folder = mkdtempSync(join(tmpdir(), 'browser-'));
      const write = (name, code) => {
        writeFileSync(join(folder, name), '#!/bin/sh\\nexit ' + code + '\\n');
        chmodSync(join(folder, name), 0o755);
      };
      write('google-chrome-stable', 1);
      write('google-chrome', 0);
      process.env.PATH = folder + delimiter + process.env.PATH;
      delete process.env.CHROMIUM_PATH;
      const { findInstalledBrowser } = await load();
      console.log(findInstalledBrowser() === join(folder, 'google-chrome'));
      rmSync(folder, { recursive: true });`;
    expect(node('browser', code)).toMatchObject({ status: 0, stdout: 'true\n' });
  });
});

describe('a program that runs too long', () => {
  it('is ended with everything that it started', () => {
    const code = `
      const { run } = await load();
      const grandchild = "setInterval(() => {}, 1000); console.log(process.pid);";
      const child = "require('node:child_process').spawn(process.execPath, ['--eval', " + JSON.stringify(grandchild) +
        "], { stdio: 'inherit' }); setInterval(() => {}, 1000);";
      const { ok, timedOut, output } = await run(process.execPath, ['--eval', child], { seconds: 5, quiet: true });
      let alive = true;
      for (let k = 0; alive && k < 50; k++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        try { process.kill(Number(output), 0); } catch { alive = false; }
      }
      console.log(JSON.stringify({ ok, timedOut, started: Number(output) > 0, alive }));`;
    const { stdout } = node('processes', code);
    expect(JSON.parse(stdout)).toEqual({ ok: false, timedOut: true, started: true, alive: false });
  }, 30_000);
});

describe('the summary', () => {
  const summary = (results: readonly object[]) =>
    node('gates', `console.log((await load()).summarise(${JSON.stringify(results)}));`)
      .stdout.trim()
      .split('\n');
  const result = (passed: boolean, counts: object) => ({ name: 'unit', passed, seconds: 1, counts });

  it('ends with the sum of all tests', () => {
    const lines = summary([
      result(true, { passed: 3, failed: 0, skipped: 0 }),
      result(true, { passed: 4, failed: 0, skipped: 2 }),
    ]);
    expect(lines.slice(-2)).toEqual(['7 passed, 0 failed, 2 skipped', 'true']);
  });

  it('fails with one gate that failed', () => {
    const lines = summary([
      result(true, { passed: 3, failed: 0, skipped: 0 }),
      result(false, { passed: 0, failed: 1, skipped: 0 }),
    ]);
    expect(lines.slice(-2)).toEqual(['3 passed, 1 failed', 'false']);
  });
});
