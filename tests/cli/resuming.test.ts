/** A run that is interrupted and goes on is the run that never was: every number to the last bit, on the command line. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { checkpointPath } from '../../cli/checkpoints';
import { parseCommand } from '../../cli/trainOptions';
import { train } from '../../cli/training';
import { deriveKey, uniform } from '../../src/model/random';
import { ensureCompiled } from '../../scripts/assembly.mjs';
import { FIXTURE_TEXT } from '../model/formats/files';

vi.setConfig({ testTimeout: 180_000 });

const LAST = 60;
const SEED = 4;
/** Steps at which it is interrupted, by chance, each once. */
const STEPS = Array.from({ length: LAST - 1 }, (_, k) => k + 1)
  .map((step) => ({ step, chance: uniform(deriveKey(SEED), step) }))
  .sort((a, b) => a.chance - b.chance)
  .slice(0, 20)
  .map(({ step }) => step);

const folder = mkdtempSync(join(tmpdir(), 'resuming-'));
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  await ensureCompiled();
  writeFileSync(at('text'), FIXTURE_TEXT);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const EVENTS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'uncaughtException'] as const;

/** What the command prints as its result, without what its pace was; it is run in this process, and leaves nothing in it. */
const run = async (...words: readonly string[]): Promise<object> => {
  const before = EVENTS.map((event) => process.listeners(event as 'SIGINT'));
  const quiet = [vi.spyOn(console, 'error').mockReturnValue(), vi.spyOn(process.stderr, 'write').mockReturnValue(true)];
  const said = vi.spyOn(console, 'log').mockReturnValue();
  try {
    const common = ['--threads', '1', '--steps', String(LAST), '--json', '--sample'];
    expect(await train(parseCommand([at('text'), ...words, ...common]))).toBe(0);
    const { medianStepMs, charactersPerSecond, ...result } = JSON.parse(String(said.mock.calls[0])) as Record<
      string,
      unknown
    >;
    expect(medianStepMs === null || charactersPerSecond !== null).toBe(true);
    return result;
  } finally {
    for (const spy of [...quiet, said]) spy.mockRestore();
    EVENTS.forEach((event, k) => {
      for (const listener of process.listeners(event as 'SIGINT')) {
        if (!before[k].includes(listener)) process.off(event, listener);
      }
    });
  }
};

const SETTINGS =
  '--units 8 --layers 2 --batch 8 --length 8 --dropout 0.3 --warmup 10 --schedule cosine --schedule-steps 50 ' +
  '--evaluate-every 7 --prompt the --sample-length 40';

it('at any of 20 steps', async () => {
  expect(new Set(STEPS).size).toBe(20);
  const whole = await run(...SETTINGS.split(' '), '--log', at('whole.csv'), '--out', at('whole'));
  await run(...SETTINGS.split(' '), '--every', '1', '--log', at('watched.csv'), '--out', at('watched'));
  const log = readFileSync(at('whole.csv'), 'utf8').trim().split('\n');
  const file = readFileSync(at('whole'));
  // To be saved on the way changes nothing.
  expect(readFileSync(at('watched.csv'), 'utf8').trim().split('\n')).toEqual(log);
  expect(readFileSync(at('watched')).equals(file)).toBe(true);
  for (const step of STEPS) {
    const rest = await run(
      ...['--resume', checkpointPath(at('watched'), step), '--log', at(`${String(step)}.csv`), '--out', at('rest')],
    );
    expect(rest, `from step ${String(step)}`).toEqual(whole);
    expect(
      readFileSync(at(`${String(step)}.csv`), 'utf8')
        .trim()
        .split('\n')
        .slice(1),
    ).toEqual(log.slice(1 + step));
    expect(readFileSync(at('rest')).equals(file), `from step ${String(step)}`).toBe(true);
  }
});
