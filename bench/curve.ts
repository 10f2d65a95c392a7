/**
 * Learning curves on tiny Shakespeare, the way a right implementation goes: one layer of 128 LSTM units, one-hot input,
 * batch 32, length 64, Adam 0.005, clip 5, forget bias 1 and other biases 0, the first 90 % for training. Three seeds on
 * the simd engine in Node, and three of PyTorch beside them where that is installed: CORPORA_DIR=… npm run bench:curve
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRoot } from '../scripts/root.mjs';
import { streamsOf } from '../src/model/batches';
import { allocateTraining, Arena } from '../src/model/buffers';
import { createSimdKernels } from '../src/model/kernels/simd';
import { architectureOf, initialParameters } from '../src/model/parameters';
import { DEFAULT_SETTINGS } from '../src/model/settings';
import type { Settings } from '../src/model/settings';
import { Trainer } from '../src/model/trainer';
import { findPython } from './compare/native';
import { machine, record } from './results';

const STEPS = 1000;
const EVERY = 250;
const SEEDS = [1, 2, 3];
/** Held-out loss in nats after so many steps, of every seed; and how far the means of three may lie apart. */
const GOALS = { 250: 2.3, 1000: 1.97, apart: 0.02 };
/** Characters of each held-out stream that are measured. */
const HELD_OUT = 1024;

interface Point {
  readonly step: number;
  readonly loss: number;
  readonly heldOut: number;
}

const path = join(process.env['CORPORA_DIR'] ?? '', 'text', 'tiny-shakespeare.txt');
if (process.env['CORPORA_DIR'] === undefined || !existsSync(path)) {
  console.log('Skipped: CORPORA_DIR names no folder with text/tiny-shakespeare.txt');
  process.exit(0);
}

const characters = Array.from(readFileSync(path, 'utf8'));
const symbols = [...new Set(characters)].sort();
const index = new Map(symbols.map((symbol, id) => [symbol, id]));
const ids = Uint16Array.from(characters, (character) => index.get(character) ?? 0);
const trainLength = Math.floor(ids.length * 0.9);
const program = await WebAssembly.compile(readFileSync(inRoot('src/model/kernels/simd/program.wasm')));

const learn = async (seed: number): Promise<Point[]> => {
  const settings: Settings = {
    ...DEFAULT_SETTINGS,
    units: 128,
    batch: 32,
    length: 64,
    learningRate: 0.005,
    clip: 5,
    seed,
  };
  const kernels = await createSimdKernels(program);
  const architecture = architectureOf(settings, symbols.length);
  const { batch, length, optimizer } = settings;
  const buffers = allocateTraining(new Arena(kernels), architecture, optimizer, length, batch, {
    evaluation: { length, batch },
    shards: kernels.shards,
  });
  const trainer = new Trainer(kernels, architecture, buffers, ids, streamsOf(0, trainLength, batch, length));
  kernels.write(trainer.network.parameters.all, initialParameters(architecture, settings));
  const plan = { streams: streamsOf(trainLength, ids.length - trainLength, batch, length), windows: HELD_OUT / length };
  const points: Point[] = [];
  for (let step = 1; step <= STEPS; step++) {
    const { loss } = await (await trainer.queueStep(settings)).result;
    if (step % EVERY !== 0) continue;
    const evaluation = await trainer.queueEvaluation(plan, () => Promise.resolve(true));
    if (evaluation) points.push({ step, loss, heldOut: (await evaluation.result).loss });
  }
  return points;
};

const learnWithPyTorch = (python: string, seed: number): Point[] => {
  const script = inRoot('bench/curve.py');
  const { status, stdout, stderr } = spawnSync(python, [script, path, String(STEPS), String(EVERY), String(seed)], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Point);
};

const say = (who: string, seed: number, points: readonly Point[]): readonly Point[] => {
  for (const { step, loss, heldOut } of points) {
    console.log(`${who}, seed ${seed}, step ${step}: training ${loss.toFixed(4)}, held out ${heldOut.toFixed(4)}`);
  }
  return points;
};

const python = findPython();
const curves: { readonly who: string; readonly seed: number; readonly points: readonly Point[] }[] = [];
for (const seed of SEEDS) curves.push({ who: 'simd', seed, points: say('simd', seed, await learn(seed)) });
if (python !== null) {
  for (const seed of SEEDS) {
    curves.push({ who: 'PyTorch', seed, points: say('PyTorch', seed, learnWithPyTorch(python, seed)) });
  }
}

const heldOutAt = (who: string, step: number): number[] =>
  curves
    .filter((curve) => curve.who === who)
    .map(({ points }) => points.find((point) => point.step === step)?.heldOut ?? NaN);
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const worst = ([250, 1000] as const).map((step) => ({
  step,
  worst: Math.max(...heldOutAt('simd', step)),
  goal: GOALS[step],
}));
const mean = meanOf(heldOutAt('simd', STEPS));
const theirs = python === null ? null : meanOf(heldOutAt('PyTorch', STEPS));
const lines = [
  ...worst.map(
    ({ step, worst, goal }) =>
      `Highest held-out loss of the simd engine's three after ${step} steps: ${worst.toFixed(3)} nats; goal: at most ${goal}.`,
  ),
  theirs === null
    ? 'PyTorch was not found.'
    : `Mean of three after ${STEPS} steps: ${mean.toFixed(4)}, of PyTorch ${theirs.toFixed(4)}: ${Math.abs(mean - theirs).toFixed(4)} apart; goal: at most ${GOALS.apart}.`,
];
console.log(lines.join('\n'));
const met =
  worst.every(({ worst, goal }) => worst <= goal) && (theirs === null || Math.abs(mean - theirs) <= GOALS.apart);
if (!met) process.exitCode = 1;

record(
  'Learning curve',
  `Tiny Shakespeare, 1 LSTM layer of 128 units, one-hot, batch 32, length 64, Adam 0.005, clip 5, forget bias 1 and other
biases 0, first 90 % for training; held out: the first 1,024 characters of each of 32 streams, from the zero state.

${new Date().toISOString().slice(0, 10)}, simd engine, ${machine()}, \`npm run bench:curve\`

| | seed | ${[...Array(STEPS / EVERY).keys()].map((k) => `held out after ${(k + 1) * EVERY}`).join(' | ')} |
| --- | ---: | ${'---: | '.repeat(STEPS / EVERY)}
${curves.map(({ who, seed, points }) => `| ${who} | ${seed} | ${points.map(({ heldOut }) => heldOut.toFixed(4)).join(' | ')} |`).join('\n')}

${lines.join('\n\n')}`,
);
