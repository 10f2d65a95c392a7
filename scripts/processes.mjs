/** Runs a program to its end, or to a time limit, together with everything that it started. */
import { spawn, spawnSync } from 'node:child_process';

const running = new Set();

/** Ends a process that was started as the first of a group, and all of that group. */
export const endGroup = (child) => {
  if (process.platform === 'win32') spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f']);
  else {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // It has ended in the meantime.
    }
  }
};

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

const endAll = () => {
  for (const child of running) endGroup(child);
  process.exit(1);
};

/** Signals are heard while something runs; before and after they are for whoever else listens. */
const began = (child) => {
  if (running.size === 0) for (const signal of SIGNALS) process.on(signal, endAll);
  running.add(child);
};

const ended = (child) => {
  running.delete(child);
  if (running.size === 0) for (const signal of SIGNALS) process.off(signal, endAll);
};

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ seconds: number, quiet?: boolean, env?: Record<string, string>, shell?: boolean }} options
 *   `quiet` gathers the output in place of showing it at once.
 * @returns {Promise<{ ok: boolean, timedOut: boolean, output: string }>}
 */
export const run = (command, args, { seconds, quiet = false, env = {}, shell = false }) =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'],
      env: { ...process.env, ...env },
      shell,
      // A group of its own, so that the time limit ends browsers and servers too.
      detached: process.platform !== 'win32',
    });
    began(child);
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text) => (output += text));
    child.stderr?.setEncoding('utf8').on('data', (text) => (output += text));
    let timedOut = false;
    const timer = setTimeout(() => {
      timedOut = true;
      endGroup(child);
    }, seconds * 1000);
    const finish = (ok) => {
      clearTimeout(timer);
      ended(child);
      resolve({ ok, timedOut, output });
    };
    child.on('error', (error) => {
      output += `${command}: ${error.message}\n`;
      finish(false);
    });
    child.on('close', (code) => finish(code === 0 && !timedOut));
  });
