/** The program as somebody at a terminal meets it. */
import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { readRunFile } from '../../src/model/formats/runFile';
import { VERSION } from '../../src/model/formats/runVersions';
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import { ensureCompiled } from '../../scripts/assembly.mjs';
import { FIXTURE_LOG, FIXTURE_TEXT, fixtureOf } from '../model/formats/files';

vi.setConfig({ testTimeout: 60_000 });

const folder = mkdtempSync(join(tmpdir(), 'train-'));
const at = (name: string) => join(folder, name);
const TEXT = at('text.txt');
const SMALL = '--units 8 --batch 8 --length 8 --layers 2 --dropout 0.1 --evaluate-every 5'.split(' ');

beforeAll(async () => {
  await ensureCompiled();
  writeFileSync(TEXT, FIXTURE_TEXT);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** @param meddle is given the process once it has started */
const train = (args: readonly string[], meddle?: (child: ChildProcess) => void): Promise<Outcome> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'cli/train.ts', ...args]);
    let [out, err] = ['', ''];
    child.stdout.on('data', (data) => (out += String(data)));
    child.stderr.on('data', (data) => (err += String(data)));
    meddle?.(child);
    child.on('close', (code) => {
      resolve({ code, out, err });
    });
  });

/** Does something once a file holds what is waited for. */
const once = (name: string, pattern: RegExp, act: () => void): void => {
  const timer = setInterval(() => {
    if (!existsSync(at(name)) || !pattern.test(readFileSync(at(name), 'utf8'))) return;
    clearInterval(timer);
    act();
  }, 20);
};

const rows = (name: string) => readFileSync(at(name), 'utf8').trim().split('\n');
const run = (name: string) => readRunFile(Uint8Array.from(readFileSync(at(name))));
const leftovers = () => readdirSync(folder).filter((name) => name.endsWith('.part'));

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
    expect(log.slice(1).map((line) => line.endsWith(','))).toEqual(
      [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].map((step) => ![1, 5, 10].includes(step)),
    );
    expect(result['medianStepMs']).toBeGreaterThan(0);
    const saved = run('run.safetensors');
    expect(saved.snapshot.counters.step).toBe(12);
    expect(saved.textName).toBe('text.txt');
    expect(saved.snapshot.settings.corpus).toBe('own');
    const { codePoints } = saved.vocabulary ?? { codePoints: [] };
    expect(String.fromCodePoint(...codePoints)).toMatch(/^ /);
    expect([...codePoints].sort((a, b) => a - b)).toEqual(
      [...new Set(FIXTURE_TEXT)].map((c) => c.codePointAt(0) ?? 0).sort((a, b) => a - b),
    );
    expect(leftovers()).toEqual([]);
  });

  /** The held-out losses that a run writes down. */
  const heldOut = async (args: readonly string[]) => {
    await train([...args, '--log', at('all.csv')]);
    return rows('all.csv')
      .slice(1)
      .map((line) => line.split(','))
      .filter((cells) => cells[5] !== '')
      .map((cells) => ({ step: Number(cells[0]), loss: Number(cells[5]) }));
  };

  it('ends at the first evaluation whose held-out loss is low enough', async () => {
    const args = [TEXT, ...SMALL, '--lr', '0.02', '--threads', '1', '--steps', '40', '--json'];
    const measured = await heldOut(args);
    const enough = measured[4].loss;
    const expected = measured.find(({ loss }) => loss <= enough)?.step;
    const { code, out } = await train([...args, '--stop-loss', String(enough)]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ steps: expected, settings: { stopLoss: enough } });
  });

  it('ends once the held-out loss has not fallen for so many steps', async () => {
    const args = [TEXT, ...SMALL, '--lr', '1', '--threads', '1', '--steps', '60', '--json'];
    const measured = await heldOut(args);
    const lowestUpTo = (step: number) =>
      measured.filter((one) => one.step <= step).reduce((low, one) => (one.loss < low.loss ? one : low));
    const expected = measured.find(({ step }) => step - lowestUpTo(step).step >= 10)?.step;
    expect(expected).toBeLessThan(60);
    const { out } = await train([...args, '--stop-patience', '10']);
    expect(JSON.parse(out)).toMatchObject({ steps: expected, settings: { stopPatience: 10 } });
  });

  it('measures the held-out loss of its result at the step of its result', async () => {
    const result = async (...args: string[]) => {
      const { out } = await train([TEXT, ...SMALL, '--threads', '1', '--json', ...args]);
      return JSON.parse(out) as { readonly heldOutLoss: number };
    };
    // Step 12 is no step after which the run itself measures.
    const { heldOutLoss } = await result('--steps', '12', '--evaluate-every', '100', '--log', at('rare.csv'));
    await result('--steps', '12', '--evaluate-every', '4', '--log', at('often.csv'));
    expect(heldOutLoss).toBe(Number(rows('often.csv')[12].split(',')[5]));
    expect(heldOutLoss).not.toBe(Number(rows('rare.csv')[1].split(',')[5]));
    // Where it is, the two are the same.
    expect((await result('--steps', '12', '--evaluate-every', '4')).heldOutLoss).toBe(heldOutLoss);
  });

  it('says in words what it measured, and nothing of what it could not', async () => {
    const { out, err } = await train([TEXT, ...SMALL, '--steps', '1']);
    expect(out).toMatch(/^Step 1: loss \d\.\d+, held-out loss \d\.\d+ nats per character\.\n$/);
    expect(err).toMatch(/held-out \d\.\d+ at step 1 /);
    const more = await train([TEXT, ...SMALL, '--steps', '4']);
    expect(more.out).toMatch(/character, \d+\.\d\d ms a step\.\n$/);
    expect(more.err).toMatch(/held-out \d\.\d+ at step 1 /);
  });

  it('prints what the network writes, where that is asked for', async () => {
    const args = [
      TEXT,
      ...SMALL,
      '--steps',
      '3',
      '--threads',
      '1',
      '--sample',
      '--prompt',
      'the €',
      '--sample-length',
      '30',
    ];
    const greedy = async (...further: string[]) => {
      const { code, out } = await train([...args, '--json', ...further]);
      expect(code).toBe(0);
      return (JSON.parse(out) as { readonly sample: { readonly text: string } }).sample;
    };
    const cold = await greedy('--temperature', '0');
    expect(cold).toMatchObject({ prompt: 'the €', unknown: ['€'] });
    expect(cold.text).toHaveLength(30);
    // Each leaves nothing but the likeliest character.
    expect(await greedy('--top-k', '1')).toEqual(cold);
    expect(await greedy('--top-p', '0.01')).toEqual(cold);
    expect(await greedy('--temperature', '3')).not.toEqual(cold);
    const { out, err } = await train([...args, '--temperature', '0']);
    expect(out).toMatch(/^Step 3: .*\.\n\nthe €/);
    expect(out.trimEnd().endsWith(cold.text.trimEnd())).toBe(true);
    expect(err).toContain('Not in the vocabulary: €');
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
    expect((await train([...rest, '--threads', '1'])).code).toBe(0);
    expect(rows('parts.csv')).toEqual(rows('whole.csv'));
    // Byte for byte: that the result was measured at step 9 has left no trace.
    expect(readFileSync(at('rest')).equals(readFileSync(at('whole.safetensors')))).toBe(true);
  });

  it('writes checkpoints, each of them the run that --out would have saved there', async () => {
    const args = [TEXT, ...SMALL, '--threads', '1'];
    await train([...args, '--steps', '10', '--log', at('without.csv'), '--out', at('without')]);
    const watched = await train([
      ...[...args, '--steps', '10', '--every', '4', '--log', at('with.csv'), '--out', at('with.safetensors')],
    ]);
    expect(watched.code).toBe(0);
    const checkpoints = () => readdirSync(folder).filter((name) => name.startsWith('with-'));
    expect(checkpoints()).toEqual(['with-00000004.safetensors', 'with-00000008.safetensors']);
    // Looking has changed nothing.
    expect(rows('with.csv')).toEqual(rows('without.csv'));
    expect(readFileSync(at('with.safetensors')).equals(readFileSync(at('without')))).toBe(true);
    await train([...args, '--steps', '8', '--out', at('eight')]);
    expect(readFileSync(at('with-00000008.safetensors')).equals(readFileSync(at('eight')))).toBe(true);
    // From one of them to the end, with checkpoints at steps of the run, not of the program.
    const rest = ['--resume', at('with-00000004.safetensors'), '--every', '3', '--threads', '1'];
    expect((await train([TEXT, ...rest, '--steps', '10', '--out', at('from.safetensors')])).code).toBe(0);
    expect(readFileSync(at('from.safetensors')).equals(readFileSync(at('without')))).toBe(true);
    expect(readdirSync(folder).filter((name) => name.startsWith('from-'))).toEqual([
      'from-00000006.safetensors',
      'from-00000009.safetensors',
    ]);
    expect(leftovers()).toEqual([]);
  });

  it('goes on with a file of the first version as the program that wrote it did', async () => {
    const log = readFileSync(FIXTURE_LOG, 'utf8');
    writeFileSync(at('version.csv'), log.split('\n').slice(0, 10).join('\n') + '\n');
    const args = [TEXT, '--resume', fixtureOf(1), '--steps', '20', '--log', at('version.csv'), '--out', at('version')];
    expect((await train(args)).code).toBe(0);
    expect(readFileSync(at('version.csv'), 'utf8')).toBe(log);
    expect(run('version')).toMatchObject({ textName: 'text.txt', snapshot: { counters: { step: 20 } } });
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('saves on %s, also where it comes twice', async (signal) => {
    const [log, out] = [`${signal}.csv`, `${signal}.safetensors`];
    const args = [TEXT, ...SMALL, '--steps', '1000000', '--log', at(log), '--out', at(out)];
    const { code, err } = await train(args, (child) => {
      once(log, /^3,/m, () => {
        // As npm does, which passes on what the terminal has sent already.
        child.kill(signal);
        child.kill(signal);
      });
    });
    expect(code).toBe(130);
    const { step } = run(out).snapshot.counters;
    expect(step).toBeGreaterThanOrEqual(3);
    expect(err).toContain(`Saved step ${String(step)}`);
    expect(leftovers()).toEqual([]);
  });

  it('trains on and saves where nobody reads what it says any more', async () => {
    const args = [TEXT, ...SMALL, '--steps', '300', '--log', at('deaf.csv'), '--out', at('deaf')];
    const { code } = await train(args, (child) => {
      once('deaf.csv', /^3,/m, () => {
        child.stderr?.destroy();
        child.stdout?.destroy();
      });
    });
    expect(code).toBe(0);
    expect(run('deaf').snapshot.counters.step).toBe(300);
  });

  it('saves the last good state where the numbers are not finite', async () => {
    const wild = '--cell rnn --optimizer sgd --momentum 0.99 --clip 0 --warmup 400 --lr 10 --weight-decay 1'.split(' ');
    const args = [TEXT, ...SMALL, ...wild, '--threads', '1', '--steps', '5000', '--log', at('wild.csv')];
    const { code, err } = await train([...args, '--out', at('wild')]);
    expect(err).toMatch(/At step \d+ the (loss|gradient) was no longer a finite number.*smaller --lr/);
    expect(code).toBe(1);
    const { snapshot } = run('wild');
    const { step, loss } = snapshot.metrics;
    const logged = rows('wild.csv').slice(1);
    // Long before the last finite numbers, of which nothing can be made.
    expect(Number(logged.at(-1)?.split(',')[1])).toBeGreaterThan(1e30);
    expect(step).toBeGreaterThan(0);
    expect(loss).toBe(Number(logged[step - 1].split(',')[1]));
    expect(loss).toBeLessThan(2 * Math.log(15));
    expect(err).toContain(`Saved step ${String(step)} to`);
    expect(leftovers()).toEqual([]);
    const again = await train([TEXT, '--resume', at('wild'), '--steps', String(step + 1), '--log', at('again.csv')]);
    expect(again.code).toBe(0);
    expect(rows('again.csv')[1]).toBe(logged[step]);
  });
});

describe('a network that is trained on with another text', () => {
  const OTHER = 'zebras and quaggas graze; the wolf sat still.\n'.repeat(40);
  const tuned = (...args: readonly string[]) => train([at('zebras.txt'), '--threads', '1', ...args]);

  it('begins a new run, keeps its symbols, and says what became of them', async () => {
    writeFileSync(at('zebras.txt'), OTHER);
    const { code, err } = await tuned(
      '--fine-tune',
      fixtureOf(VERSION),
      '--steps',
      '30',
      '--log',
      at('tuned.csv'),
      '--out',
      at('tuned'),
    );
    expect(code).toBe(0);
    const { snapshot: before, vocabulary: old } = readRunFile(Uint8Array.from(readFileSync(fixtureOf(VERSION))));
    const [lacks, added] =
      /lacks and that stay: (\d+); new symbols, which begin at random: (\d+)/.exec(err)?.slice(1) ?? [];
    const symbols = new Set(OTHER);
    const known = [...(old?.codePoints ?? [])].map((codePoint) => String.fromCodePoint(codePoint));
    expect(Number(lacks)).toBe(known.filter((character) => !symbols.has(character)).length);
    expect(Number(added)).toBe([...symbols].filter((character) => !known.includes(character)).length);
    const { snapshot, vocabulary } = run('tuned');
    expect(snapshot).toMatchObject({
      counters: { step: 30 },
      tunedFrom: { textHash: before.textHash, step: 9, kept: Number(lacks), added: Number(added) },
    });
    expect([...(vocabulary?.codePoints ?? [])].slice(0, known.length)).toEqual([...(old?.codePoints ?? [])]);
    expect(rows('tuned.csv')).toHaveLength(31);

    // It goes on as any other, and its numbers are those of a run that was never interrupted.
    await tuned('--fine-tune', fixtureOf(VERSION), '--steps', '12', '--out', at('tuned-12'));
    expect((await tuned('--resume', at('tuned-12'), '--steps', '30', '--out', at('tuned-30'))).code).toBe(0);
    expect(readFileSync(at('tuned-30')).equals(readFileSync(at('tuned')))).toBe(true);
  });

  it.each<[string, string[], number, RegExp]>([
    ['both ways at once', ['--fine-tune', 'x', '--resume', 'y'], 2, /Give one of them/],
    ['another network', ['--fine-tune', 'x', '--units', '8'], 2, /keeps its settings.*--fine-tune/],
    [
      'the file itself as what is written',
      ['--fine-tune', fixtureOf(2), '--out', fixtureOf(2)],
      2,
      /--fine-tune reads/,
    ],
    ['a file without a vocabulary', ['--fine-tune', fixtureOf(1)], 1, /first version/],
  ])('is refused: %s', async (_, args, code, words) => {
    const outcome = await train([TEXT, ...args]);
    expect(outcome.err).toMatch(words);
    expect(outcome.code).toBe(code);
  });
});

describe('a full disk', () => {
  it('of the log is said before training', async () => {
    const { code, err } = await train([TEXT, ...SMALL, '--steps', '3', '--log', '/dev/full', '--out', at('unbegun')]);
    expect(err).toMatch(/^Cannot write .*full \(E/);
    expect(code).toBe(1);
    expect(existsSync(at('unbegun'))).toBe(false);
  });

  it('of the log ends training, and what was learnt is saved', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    // A reader that leaves after the first lines, which is as good as a disk that is full from there on.
    const reader = createReadStream(at('pipe'));
    reader.once('data', () => {
      reader.destroy();
    });
    const { code, err } = await train([
      TEXT,
      ...SMALL,
      '--steps',
      '1000000',
      '--log',
      at('pipe'),
      '--out',
      at('saved'),
    ]);
    expect(err).toMatch(/Saved step \d+[^]*Cannot write .*pipe \(EPIPE/);
    expect(code).toBe(1);
    expect(run('saved').snapshot.counters.step).toBeGreaterThan(0);
  });

  /** Files may have so few blocks and no more: the same to a program as a disk that fills up while it writes. */
  const trainLimited = (args: readonly string[], temporary: string): Promise<{ code: number | null; err: string }> =>
    new Promise((resolve) => {
      const command = [process.execPath, '--import', 'tsx', 'cli/train.ts', ...args];
      const child = spawn('sh', ['-c', 'ulimit -f 8; exec "$@"', 'sh', ...command], {
        env: { ...process.env, TSX_DISABLE_CACHE: '1', TMPDIR: temporary },
      });
      let err = '';
      child.stderr.on('data', (data) => (err += String(data)));
      child.on('close', (code) => {
        resolve({ code, err });
      });
    });

  it('of the run leaves the file that was there, and nothing beside it', async () => {
    await train([TEXT, ...SMALL, '--steps', '2', '--out', at('kept')]);
    const before = readFileSync(at('kept'));
    writeFileSync(at('target'), 'what was there');
    mkdirSync(at('temporary'));
    const { code, err } = await trainLimited(
      [TEXT, '--resume', at('kept'), '--steps', '4', '--every', '1', '--out', at('target')],
      at('temporary'),
    );
    // Neither the checkpoints on the way, which cost it nothing.
    for (const step of [3, 4]) {
      expect(err).toMatch(new RegExp(`Cannot write .*target-0000000${String(step)} \\(EFBIG.*Training goes on`));
    }
    expect(err).toMatch(/Cannot write .*target \(EFBIG/);
    expect(err).toContain(`The newest that is saved of this run is step 2, in ${at('kept')}.`);
    expect(code).toBe(1);
    expect(readFileSync(at('target'), 'utf8')).toBe('what was there');
    expect(readFileSync(at('kept')).equals(before)).toBe(true);
    expect(leftovers()).toEqual([]);
    expect(readdirSync(at('temporary'))).toEqual([]);
  });

  it('of the run alone has it saved elsewhere, and says where', async () => {
    const target = at('narrow/target');
    const args = [TEXT, ...SMALL, '--steps', '300', '--log', at('narrow.csv'), '--out', target];
    const { code, err } = await train(args, () => {
      // What could be written before training cannot be any more at its end.
      once('narrow.csv', /^3,/m, () => {
        rmSync(at('narrow'), { recursive: true });
        writeFileSync(at('narrow'), 'a file where the folder was');
      });
    });
    expect(code).toBe(1);
    const elsewhere = /Cannot write .*target \(.*Saved step 300 to (.*) instead\./.exec(err)?.[1] ?? '';
    expect(readRunFile(Uint8Array.from(readFileSync(elsewhere))).snapshot.counters.step).toBe(300);
    expect(statSync(dirname(elsewhere)).mode & 0o077).toBe(0);
    rmSync(dirname(elsewhere), { recursive: true });
  });
});

describe('what cannot be done', () => {
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
    ['the text as what is written', [TEXT, '--out', TEXT], 2, /--out is the text/],
    ['checkpoints without a name', [TEXT, '--every', '5'], 2, /Give --out too/],
    ['checkpoints each no step', [TEXT, '--out', 'x', '--every', '0'], 2, /whole numbers from 1/],
    ['a folder that cannot be', [TEXT, '--out', '/dev/null/x'], 1, /Cannot write/],
    ['a step that is past', [TEXT, '--resume', fixtureOf(1), '--steps', '8'], 2, /stands at step 9.*past --steps 8/],
  ])('is said: %s', async (_, args, expected, words) => {
    const { code, err } = await train(args);
    expect(err).toMatch(words);
    expect(err).not.toContain('steps |');
    expect(code).toBe(expected);
    expect(readFileSync(TEXT, 'utf8')).toBe(FIXTURE_TEXT);
  });

  it('refuses another text for a saved run', async () => {
    writeFileSync(at('other.txt'), 'another text altogether, and quite a different one at that.\n'.repeat(30));
    const { code, err } = await train([at('other.txt'), '--resume', fixtureOf(VERSION)]);
    expect(code).toBe(1);
    expect(err).toMatch(/another text.*With --fine-tune/);
  });

  it('refuses a damaged file, and says what to do', async () => {
    copyFileSync(fixtureOf(VERSION), at('damaged'));
    const bytes = readFileSync(at('damaged'));
    bytes[bytes.length - 5000] ^= 1;
    writeFileSync(at('damaged'), bytes);
    const { code, err } = await train([TEXT, '--resume', at('damaged')]);
    expect(code).toBe(1);
    expect(err).toMatch(/is damaged: its content has changed.*Copy it again/);
  });
});
