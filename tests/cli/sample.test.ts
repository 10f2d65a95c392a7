/** Text out of a saved run: what the page's own sampler writes with the same weights and seed. */
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseSampleCommand } from '../../cli/sampleOptions';
import { sample } from '../../cli/sampling';
import { readRunFile, writeRunFile } from '../../src/model/formats/runFile';
import { VERSION } from '../../src/model/formats/runVersions';
import { createSimdKernels } from '../../src/model/kernels/simd';
import { Run } from '../../src/model/run';
import type { Settings } from '../../src/model/settings';
import type { Sample } from '../../src/model/telemetry';
import { fromString } from '../../src/model/text/decode';
import { createDataset } from '../../src/model/text/vocabulary';
import { SampleWriter } from '../../src/workers/samples';
import { ensureCompiled } from '../../scripts/assembly.mjs';
import { simdProgram } from '../kernels/simdProgram';
import { FIXTURE_TEXT, fixtureOf } from '../model/formats/files';
import { SMALL } from '../model/support/runs';

vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'sample-'));
const at = (name: string) => join(folder, name);
const CLOCK = { now: () => 0, later: () => () => undefined, breathe: () => Promise.resolve() };

beforeAll(ensureCompiled);
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What the command writes to a stream that is no terminal, and what it says beside. */
const written = async (
  words: readonly string[],
  isTTY = false,
): Promise<{ readonly out: string; readonly err: string }> => {
  const said = vi.spyOn(console, 'error').mockReturnValue();
  let out = '';
  const write = (text: string, done: () => void) => {
    out += text;
    done();
  };
  try {
    await sample(parseSampleCommand(words), { isTTY, write, on: () => undefined });
    return { out, err: said.mock.calls.flat().join('\n') };
  } finally {
    said.mockRestore();
  }
};

/** A run of ten steps, the text that it read, and its file. */
const trained = async (changes: Partial<Settings>, text = FIXTURE_TEXT) => {
  const settings: Settings = { ...SMALL, validation: 0.2, ...changes };
  const dataset = createDataset(fromString(text), settings);
  const run = Run.create({
    settings,
    dataset,
    kernels: await createSimdKernels(await simdProgram()),
    memoryLimit: 1e9,
  });
  for (let k = 0; k < 10; k++) await run.step();
  writeFileSync(
    at('run'),
    writeRunFile({ snapshot: await run.snapshot(), textName: '', vocabulary: dataset.vocabulary }),
  );
  return run;
};

/** As the page writes it: the prompt as it was read, and the text. */
const pageWrites = async (run: Run, changes: Partial<Settings>): Promise<Sample> => {
  const samples: Sample[] = [];
  const writer = new SampleWriter(CLOCK, (sample) => samples.push(sample));
  const { vocabulary } = run.dataset;
  const settings = { ...run.settings, sampleLength: 300, ...changes };
  await writer.write({ runId: 'a', run, vocabulary, settings, training: false }, () => Promise.resolve(null));
  expect(samples).toHaveLength(1);
  return samples[0];
};

describe('writes what the page writes', () => {
  it.each<Partial<Settings>>([
    { prompt: 'the dog' },
    { cell: 'gru', layers: 2, input: 'embedding', embeddingSize: 5, temperature: 1.5, seed: 3 },
    { cell: 'rnn', temperature: 0 },
    { layers: 3, topK: 3, temperature: 2, dropout: 0.4, prompt: 'cat' },
    { topP: 0.6, temperature: 1 },
  ])('with the settings of the run: %o', async (settings) => {
    const run = await trained({ ...settings, sampleLength: 300 });
    const { prompt, text } = await pageWrites(run, settings);
    expect(text).toHaveLength(300);
    expect(await written([at('run')])).toEqual({ out: `${prompt}${text}\n`, err: '' });
  });

  it('with settings of its own', async () => {
    const run = await trained({ layers: 2, prompt: 'the', sampleLength: 20 });
    const options = ['--prompt', 'a cat', '--temperature', '1.2', '--top-k', '6', '--seed', '9', '--length', '300'];
    const { prompt, text } = await pageWrites(run, { prompt: 'a cat', temperature: 1.2, topK: 6, topP: 0.7, seed: 9 });
    for (const nucleus of ['--nucleus', '--top-p']) {
      expect((await written([at('run'), ...options, nucleus, '0.7'])).out).toBe(`${prompt}${text}\n`);
    }
    // Of any length, each the beginning of the longer ones.
    expect(
      (await written([at('run'), ...options, '--nucleus', '0.7', '--length', '3000'])).out.startsWith(prompt + text),
    ).toBe(true);
    expect((await written([at('run'), ...options, '--nucleus', '0.7', '--seed', '8'])).out).not.toBe(
      `${prompt}${text}\n`,
    );
  });

  it('in the usual length, where neither the run nor anybody says another', async () => {
    const run = await trained({});
    const { text } = await pageWrites(run, { sampleLength: 0 });
    expect(text).toHaveLength(240);
    expect((await written([at('run')])).out).toBe(`${text}\n`);
  });

  it('also out of a file of the first version, given the text that it was trained on', async () => {
    writeFileSync(at('text'), FIXTURE_TEXT);
    const options = ['--prompt', 'the ', '--length', '100', '--temperature', '1', '--seed', '4'];
    const later = await written([fixtureOf(2), ...options]);
    expect(await written([fixtureOf(1), '--text', at('text'), ...options])).toEqual(later);
    expect(later.out).toHaveLength(105);
  });

  it('with a prompt that it cannot read whole, and names what it does not know', async () => {
    const known = await trained({ sampleLength: 30 });
    const prompt = 'the €\t€';
    expect(await written([at('run'), '--prompt', prompt])).toEqual({
      out: `${prompt}${(await pageWrites(known, { prompt, sampleLength: 30 })).text}\n`,
      err: 'Not in the vocabulary: € ⇥',
    });
    // One with an unknown symbol reads that, and may write it.
    const unknown = await trained({ sampleLength: 300, vocabularyLimit: 5, temperature: 1.5 });
    const { text } = await pageWrites(unknown, { prompt: 'q' });
    expect(text).toContain('□');
    expect(await written([at('run'), '--prompt', 'q'])).toEqual({ out: `q${text}\n`, err: 'Not in the vocabulary: q' });
  });

  it('without what would move a terminal, on a terminal', async () => {
    const run = await trained({ sampleLength: 100, temperature: 2 }, 'a\u001b[2Jb\u202e'.repeat(200));
    const { text } = await pageWrites(run, { sampleLength: 100 });
    expect(text).toContain('\u001b');
    expect((await written([at('run')])).out).toBe(`${text}\n`);
    const { out } = await written([at('run')], true);
    for (const mover of ['\u001b', '\u202e']) expect(out).not.toContain(mover);
    expect(out).toContain('␛');
  });
});

/** The program itself. */
const program = (...args: readonly string[]): Promise<{ code: number | null; out: string; err: string }> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'cli/sample.ts', ...args]);
    let [out, err] = ['', ''];
    child.stdout.on('data', (data) => (out += String(data)));
    child.stderr.on('data', (data) => (err += String(data)));
    child.on('close', (code) => {
      resolve({ code, out, err });
    });
  });

describe('npm run sample', () => {
  it('writes as its text grows, without the text of the run', async () => {
    copyFileSync(fixtureOf(VERSION), at('fixture'));
    const { vocabulary } = readRunFile(Uint8Array.from(readFileSync(at('fixture'))));
    const { code, out, err } = await program(
      at('fixture'),
      '--prompt',
      'the ',
      '--length',
      '400',
      '--temperature',
      '1',
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^the /);
    expect(Array.from(out)).toHaveLength(4 + 400 + 1);
    const symbols = new Set(vocabulary?.codePoints);
    for (const character of out) expect(symbols).toContain(character.codePointAt(0));
    expect(await program(at('fixture'), '--prompt', 'the ', '--length', '400', '--temperature', '1')).toEqual({
      code,
      out,
      err,
    });
  });

  it('ends where nobody reads any more, however much is left to be written', () => {
    const command = `"$0" --import tsx cli/sample.ts "$1" --length 1000000000 | head -c 100; echo " \${PIPESTATUS[0]}"`;
    const out = execFileSync('bash', ['-c', command, process.execPath, fixtureOf(VERSION)], { encoding: 'utf8' });
    expect(out).toMatch(/ 0\n$/);
  });

  it('says what it could not write', () => {
    const command = `"$0" --import tsx cli/sample.ts "$1" 2>&1 >/dev/full; echo " $?"`;
    const out = execFileSync('bash', ['-c', command, process.execPath, fixtureOf(VERSION)], { encoding: 'utf8' });
    expect(out).toMatch(/^Cannot write the text \(ENOSPC.*\n 1\n$/);
  });

  it.each<[string, () => string[], number, RegExp]>([
    ['no file', () => [], 2, /missing required argument/],
    ['a file that is not there', () => ['nothing'], 1, /^Cannot read nothing/],
    ['a file that is no run', () => ['package.json'], 1, /^package.json is no saved run. Give one/],
    ['a file without a vocabulary', () => [fixtureOf(1)], 1, /first version.*--text TEXT/],
    ['a text that it was not trained on', () => [fixtureOf(1), '--text', 'README.md'], 1, /was not trained on/],
    ['a prompt that is too long', () => [fixtureOf(2), '--prompt', 'a'.repeat(201)], 2, /at most 200 characters/],
    ['a damaged file', () => [damaged()], 1, /damaged is damaged: its content has changed.*Copy it again/],
    ['a temperature out of bounds', () => ['x', '--temperature', '4'], 2, /0 to 3/],
    ['a length that is none', () => ['x', '--length', '0'], 2, /whole numbers from 1/],
    ['an option that is none', () => ['x', '--top', '3'], 2, /unknown option/],
  ])('is said: %s', async (_, args, code, words) => {
    const outcome = await program(...args());
    expect(outcome.err).toMatch(words);
    expect(outcome).toMatchObject({ code, out: '' });
  });

  const damaged = () => {
    const bytes = readFileSync(fixtureOf(VERSION));
    bytes[bytes.length - 5000] ^= 1;
    writeFileSync(at('damaged'), bytes);
    return at('damaged');
  };

  it('has a help that names every option', async () => {
    const { code, out } = await program('--help');
    expect(code).toBe(0);
    for (const option of ['--prompt', '--length', '--temperature', '--top-k', '--nucleus', '--seed']) {
      expect(out).toContain(option);
    }
  });
});
