/**
 * Learning curve on tiny Shakespeare, the way a right implementation goes: one layer of 128 LSTM units, one-hot input,
 * batch 32, length 64, Adam 0.005, clip 5, forget bias 1 and other biases 0, the first 90 % for training. After 250 steps
 * the held-out loss (the first 1,024 characters of each of 32 streams) must be at most 2.30 nats; PyTorch has 2.24.
 *
 * On the reference engine, in Node: CORPORA_DIR=… npx tsx bench/curve.ts [steps]
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { streamsOf } from '../src/model/batches';
import { allocateTraining, Arena } from '../src/model/buffers';
import { createReferenceKernels } from '../src/model/kernels/reference';
import { architectureOf, initialParameters } from '../src/model/parameters';
import { DEFAULT_SETTINGS } from '../src/model/settings';
import type { Settings } from '../src/model/settings';
import { Trainer } from '../src/model/trainer';
import { machine, record } from './results';

const STEPS = Number(process.argv[2] ?? 250);
const GOAL = 2.3;
const EVERY = 50;
const settings: Settings = { ...DEFAULT_SETTINGS, units: 128, batch: 32, length: 64, learningRate: 0.005, clip: 5 };

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

const kernels = createReferenceKernels();
const architecture = architectureOf(settings, symbols.length);
const { batch, length } = settings;
const buffers = allocateTraining(new Arena(kernels), architecture, settings.optimizer, length, batch, {
  evaluation: { length, batch },
});
const trainer = new Trainer(kernels, architecture, buffers, ids, streamsOf(0, trainLength, batch, length));
kernels.write(trainer.network.parameters.all, initialParameters(architecture, settings));
const plan = { streams: streamsOf(trainLength, ids.length - trainLength, batch, length), windows: 1024 / length };

const begin = performance.now();
const lines: string[] = [];
let heldOut = NaN;
for (let step = 1; step <= STEPS; step++) {
  const { loss } = await (await trainer.queueStep(settings)).result;
  if (step % EVERY !== 0 && step !== STEPS) continue;
  const evaluation = await trainer.queueEvaluation(plan, () => Promise.resolve(true));
  if (evaluation) heldOut = (await evaluation.result).loss;
  const seconds = ((performance.now() - begin) / 1000).toFixed(0);
  lines.push(`| ${step} | ${loss.toFixed(4)} | ${heldOut.toFixed(4)} |`);
  console.log(`step ${step}: training ${loss.toFixed(4)}, held out ${heldOut.toFixed(4)}, after ${seconds} s`);
}
console.log(`Held-out loss after ${STEPS} steps: ${heldOut.toFixed(3)} nats; the goal is at most ${GOAL.toFixed(2)}`);
if (heldOut > GOAL) process.exitCode = 1;

record(
  'Learning curve',
  `Tiny Shakespeare, 1 LSTM layer of 128 units, one-hot, batch 32, length 64, Adam 0.005, clip 5, forget bias 1 and other
biases 0, first 90 % for training; held out: the first 1,024 characters of each of 32 streams, from the zero state.
Goal: at most 2.30 nats after 250 steps. PyTorch, with other random weights, has 2.24.

${new Date().toISOString().slice(0, 10)}, reference engine (float64), ${machine()}, \`npm run bench:curve\`

| step | training loss (nats) | held-out loss (nats) |
| ---: | ---: | ---: |
${lines.join('\n')}`,
);
