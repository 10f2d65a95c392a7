/**
 * What keeping earlier networks of a run costs its training, and what they take of memory, on one simd thread in Node:
 * `npm run bench:chronicle [-- --seconds 30 --steps 100000 --no-record]`
 */
import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import { ensureCompiled } from '../scripts/assembly.mjs';
import { inRoot } from '../scripts/root.mjs';
import { MOST_CHRONICLE_BYTES } from '../src/model/chronicle';
import { createSimdKernels } from '../src/model/kernels/simd';
import { Run } from '../src/model/run';
import { DEFAULT_SETTINGS, type Settings } from '../src/model/settings';
import { fromString } from '../src/model/text/decode';
import { createDataset } from '../src/model/text/vocabulary';
import { Chronicler } from '../src/workers/chronicler';
import { machine, record } from './results';

const TEXT = fromString(readFileSync(inRoot('public/corpora/capslock.txt'), 'utf8'));
const clock = { now: () => performance.now() };
/** Share of the time that it may take. */
const GOAL = 0.03;

/** Each is as a reader would have it: the page's first network, the general settings, and a large one. */
const NETWORKS: Readonly<Record<string, Partial<Settings>>> = {
  '1 × 8 units, batch 8': { units: 8, batch: 8 },
  '1 × 128 units, batch 32': {},
  '2 × 256 units, batch 32': { units: 256, layers: 2 },
};

const open = async (changes: Partial<Settings>): Promise<Run> => {
  const settings = { ...DEFAULT_SETTINGS, ...changes };
  const kernels = await createSimdKernels(
    await WebAssembly.compile(readFileSync(inRoot('src/model/kernels/simd/program.wasm'))),
  );
  return Run.create({ settings, kernels, memoryLimit: 2 ** 31, dataset: createDataset(TEXT, settings) });
};

/** Trains for so many milliseconds, and says which share of them went into keeping networks. */
const shareOf = async (changes: Partial<Settings>, milliseconds: number) => {
  const run = await open(changes);
  const chronicler = new Chronicler(clock);
  const began = clock.now();
  let writing = 0;
  while (clock.now() - began < milliseconds) {
    await run.step();
    await run.settle();
    const before = clock.now();
    if (chronicler.isDue(true, run.metrics.step)) await chronicler.write(run);
    writing += clock.now() - before;
  }
  const { chronicle } = chronicler;
  const share = writing / (clock.now() - began);
  const figures = { share, steps: run.metrics.step, networks: chronicle.steps.length, bytes: chronicle.bytes };
  run.dispose();
  return figures;
};

/** The most bytes at any time over a long run. */
const mostBytesOver = async (steps: number) => {
  const run = await open({ units: 64, batch: 4, length: 8, evaluateEvery: 10_000 });
  const chronicler = new Chronicler(clock);
  let most = 0;
  while (run.metrics.step < steps) {
    await run.step();
    if (chronicler.isDue(true, run.metrics.step)) await chronicler.write(run);
    most = Math.max(most, chronicler.chronicle.bytes);
  }
  const networks = chronicler.chronicle.steps.length;
  run.dispose();
  return { most, networks };
};

await ensureCompiled();
const options = new Command()
  .option('--seconds <count>', 'seconds of training for each network', '30')
  .option('--steps <count>', 'steps of the long run', '100000')
  .option('--no-record', 'leaves RESULTS.md as it is')
  .parse()
  .opts<{ seconds: string; steps: string; record: boolean }>();

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const lines = [
  '| network | steps | networks kept | they take | share of the time | at most 3 % |',
  '| - | - | - | - | - | - |',
];
for (const [name, changes] of Object.entries(NETWORKS)) {
  const { share, steps, networks, bytes } = await shareOf(changes, 1000 * Number(options.seconds));
  const kept = share <= GOAL ? 'kept' : 'MISSED';
  lines.push(`| ${name} | ${steps} | ${networks} | ${megabytes(bytes)} | ${(100 * share).toFixed(2)} % | ${kept} |`);
}
const { most, networks } = await mostBytesOver(Number(options.steps));
const long = `Over ${options.steps} steps of 64 units they took ${megabytes(most)} at most, of ${megabytes(MOST_CHRONICLE_BYTES)}; ${networks} networks stand in the end.`;
const body = [
  'Earlier networks of a run, kept in memory while it trains: the share of the time that goes into keeping them.',
  `${new Date().toISOString().slice(0, 10)}, ${machine()}: \`npm run bench:chronicle\``,
  lines.join('\n'),
  long,
].join('\n\n');
console.log(body);
if (options.record) record('Looking back', body);
