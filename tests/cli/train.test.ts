/** The program as somebody at a terminal meets it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readRunFile } from '../../src/model/formats/runFile';
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import { ensureCompiled } from '../../scripts/assembly.mjs';

vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'train-'));
const at = (name: string) => join(folder, name);
const TEXT = at('text.txt');
const SMALL = '--units 8 --batch 8 --length 8 --layers 2 --dropout 0.1 --evaluate-every 5'.split(' ');

beforeAll(async () => {
  await ensureCompiled();
  writeFileSync(TEXT, 'the cat sat on the mat, and the dog sat on the cat.\n'.repeat(30));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

const train = (args: readonly string[], interruptAfter?: RegExp): Promise<Outcome> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'cli/train.ts', ...args]);
    let [out, err] = ['', ''];
    child.stdout.on('data', (data) => (out += String(data)));
    child.stderr.on('data', (data) => (err += String(data)));
    const timer =
      interruptAfter &&
      setInterval(() => {
        if (existsSync(at('interrupted.csv')) && interruptAfter.test(readFileSync(at('interrupted.csv'), 'utf8'))) {
          child.kill('SIGINT');
          clearInterval(timer);
        }
      }, 20);
    child.on('close', (code) => {
      clearInterval(timer);
      resolve({ code, out, err });
    });
  });

const rows = (name: string) => readFileSync(at(name), 'utf8').trim().split('\n');

describe('npm run train', () => {
  it('trains, logs every step, saves, and ends with one object', async () => {
    const args = [TEXT, ...SMALL, '--lr', '0.02', '--seed', '7', '--steps', '12', '--threads', '1', '--json'];
    const { code, out } = await train([...args, '--log', at('log.csv'), '--out', at('run.safetensors')]);
    expect(code).toBe(0);
    const result = JSON.parse(out) as Record<string, unknown>;
    expect(Object.keys(result)).toEqual([
      'engine',
      'threads',
      'steps',
      'trainLoss',
      'heldOutLoss',
      'medianStepMs',
      'charactersPerSecond',
      'settings',
    ]);
    expect(result).toMatchObject({ engine: 'simd', threads: 1, steps: 12 });
    expect(result['settings']).toEqual({
      ...DEFAULT_SETTINGS,
      corpus: 'own',
      units: 8,
      batch: 8,
      length: 8,
      layers: 2,
      dropout: 0.1,
      evaluateEvery: 5,
      learningRate: 0.02,
      seed: 7,
      threads: 1,
    });
    const log = rows('log.csv');
    expect(log).toHaveLength(13);
    expect(log[0]).toBe('step,loss,accuracy,gradientNorm,learningRate,heldOutLoss');
    expect(Number(log[12].split(',')[1])).toBe(result['trainLoss']);
    expect(Number(log[10].split(',')[5])).toBe(result['heldOutLoss']);
    expect(log.slice(1).map((line) => line.endsWith(','))).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((step) => ![1, 5, 10].includes(step)),
    );
    expect(result['medianStepMs']).toBeGreaterThan(0);
    expect(readRunFile(readFileSync(at('run.safetensors'))).snapshot.counters.step).toBe(12);
  });

  it('gives the same numbers with any number of threads', async () => {
    for (const threads of ['1', '2', '3', '4']) {
      const log = at(`threads-${threads}.csv`);
      expect(
        (await train([TEXT, ...SMALL, '--batch', '16', '--steps', '10', '--threads', threads, '--log', log])).code,
      ).toBe(0);
    }
    for (const threads of ['2', '3', '4']) expect(rows(`threads-${threads}.csv`)).toEqual(rows('threads-1.csv'));
  });

  it('goes on with a saved run as if it had never stopped', async () => {
    const whole = [TEXT, ...SMALL, '--steps', '20', '--threads', '1'];
    await train([...whole, '--log', at('whole.csv'), '--out', at('whole.safetensors')]);
    const first = [TEXT, ...SMALL, '--steps', '9', '--threads', '1', '--log', at('parts.csv'), '--out', at('part')];
    expect((await train(first)).code).toBe(0);
    const rest = [TEXT, '--resume', at('part'), '--steps', '20', '--log', at('parts.csv'), '--out', at('rest')];
    expect((await train([...rest, '--threads', '2'])).code).toBe(0);
    expect(rows('parts.csv')).toEqual(rows('whole.csv'));
    const [a, b] = ['rest', 'whole.safetensors'].map((name) => readRunFile(readFileSync(at(name))).snapshot);
    expect(a.parameters).toEqual(b.parameters);
    expect(a.history).toEqual(b.history);
  });

  it('saves on Ctrl-C', async () => {
    const args = [TEXT, ...SMALL, '--steps', '1000000', '--log', at('interrupted.csv'), '--out', at('interrupted')];
    const { code, err } = await train(args, /^3,/m);
    expect(code).toBe(130);
    const { step } = readRunFile(readFileSync(at('interrupted'))).snapshot.counters;
    expect(step).toBeGreaterThanOrEqual(3);
    expect(err).toContain(`Saved step ${String(step)}`);
  });

  it.each<[string, string[], number, RegExp]>([
    ['no text', [], 2, /missing required argument/],
    ['a text that is not there', ['nothing.txt'], 1, /Cannot read nothing.txt/],
    ['what is no text', [process.execPath], 1, /not a text|bytes; at most/],
    ['a value out of bounds', [TEXT, '--units', '3'], 2, /4 to 512/],
    ['a value that is none', [TEXT, '--cell', 'transformer'], 2, /lstm, gru, rnn/],
    ['a count that is none', [TEXT, '--steps', '0'], 2, /whole numbers from 1/],
    ['an option that is none', [TEXT, '--unit', '8'], 2, /unknown option/],
    ['a file that is no run', [TEXT, '--resume', 'package.json'], 1, /no saved run/],
    ['settings for a saved run', [TEXT, '--resume', 'x', '--units', '8'], 2, /keeps its settings/],
    ['a folder that cannot be', [TEXT, ...SMALL, '--steps', '1', '--out', '/dev/null/x'], 1, /Cannot write/],
  ])('says what is wrong: %s', async (_, args, expected, words) => {
    const { code, err } = await train(args);
    expect(err).toMatch(words);
    expect(code).toBe(expected);
  });

  it('refuses another text for a saved run', async () => {
    writeFileSync(at('other.txt'), 'another text altogether, and quite a different one at that.\n'.repeat(30));
    await train([TEXT, ...SMALL, '--steps', '1', '--out', at('one')]);
    const { code, err } = await train([at('other.txt'), '--resume', at('one')]);
    expect(code).toBe(1);
    expect(err).toMatch(/another text/);
  });
});
