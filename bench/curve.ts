/**
 * Learning curves on tiny Shakespeare, the way a right implementation goes: one layer of 128 LSTM units, one-hot input,
 * batch 32, length 64, Adam 0.005, clip 5, forget bias 1 and other biases 0, the first 90 % for training; plain, and with a
 * price of memory. Three seeds on the simd engine in Node, and three of PyTorch beside them where that is installed:
 * CORPORA_DIR=… npm run bench:curve [-- --prices 0,0.002 --steps 2000 --seeds 1,2,3]; only all of it is recorded.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { inRoot } from '../scripts/root.mjs';
import { planEvaluation, streamsOf } from '../src/model/batches';
import type { EvaluationPlan } from '../src/model/batches';
import { allocateTraining, Arena } from '../src/model/buffers';
import { createSimdKernels } from '../src/model/kernels/simd';
import { architectureOf, initialParameters } from '../src/model/parameters';
import { DEFAULT_SETTINGS } from '../src/model/settings';
import type { Settings } from '../src/model/settings';
import { Trainer } from '../src/model/trainer';
import { numbersOf } from './compare/options';
import { findPython } from './compare/native';
import { machine, record } from './results';

const EVERY = 250;
const ALL = { prices: [0, 0.002], steps: 2000, seeds: [1, 2, 3] };
/**
 * Held-out loss in nats of every seed at most: after so many steps the way it is measured here, and after the last step
 * the way the page measures it.
 */
const GOALS: readonly { readonly price: number; readonly step: number; readonly by: Measure; readonly most: number }[] =
  [
    { price: 0, step: 250, by: 'heldOut', most: 2.3 },
    { price: 0, step: 1000, by: 'heldOut', most: 1.97 },
    { price: 0.002, step: 2000, by: 'page', most: 1.54 },
  ];
/** How far the means over the seeds of both implementations may lie apart after the last step. */
const APART = 0.02;
/** Characters of each held-out stream that are measured here. */
const HELD_OUT = 1024;

type Measure = 'heldOut' | 'page';

interface Point {
  readonly step: number;
  readonly loss: number;
  readonly heldOut: number;
  /** By the page's own evaluation, which PyTorch's script does not have. */
  readonly page?: number;
}

interface Curve {
  readonly who: 'simd' | 'PyTorch';
  readonly price: number;
  readonly seed: number;
  readonly points: readonly Point[];
}

const options = new Command('npm run bench:curve --')
  .option('--prices <numbers>', 'prices of memory', numbersOf, ALL.prices)
  .option('--steps <number>', `a multiple of ${EVERY}`, Number, ALL.steps)
  .option('--seeds <numbers>', 'seeds', numbersOf, ALL.seeds)
  .parse()
  .opts<typeof ALL>();
const { prices, steps, seeds } = options;

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

const learn = async (price: number, seed: number): Promise<Point[]> => {
  const settings: Settings = {
    ...DEFAULT_SETTINGS,
    units: 128,
    forgetBias: 1,
    batch: 32,
    length: 64,
    learningRate: 0.005,
    clip: 5,
    activationPenalty: price,
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
  const heldOut = ids.length - trainLength;
  const own = { streams: streamsOf(trainLength, heldOut, batch, length), windows: HELD_OUT / length };
  const page = planEvaluation(trainLength, heldOut);
  const measure = async (plan: EvaluationPlan | null): Promise<number> => {
    const evaluation = plan && (await trainer.queueEvaluation(plan, () => Promise.resolve(true)));
    return evaluation ? (await evaluation.result).loss : NaN;
  };
  const points: Point[] = [];
  for (let step = 1; step <= steps; step++) {
    const { loss } = await (await trainer.queueStep(settings)).result;
    if (step % EVERY === 0) points.push({ step, loss, heldOut: await measure(own), page: await measure(page) });
  }
  return points;
};

const learnWithPyTorch = (python: string, price: number, seed: number): Point[] => {
  const words = [path, steps, EVERY, seed, price].map(String);
  const { status, stdout, stderr } = spawnSync(python, [inRoot('bench/curve.py'), ...words], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Point);
};

const python = findPython();
const curves: Curve[] = [];
const add = (who: Curve['who'], price: number, seed: number, points: readonly Point[]): void => {
  curves.push({ who, price, seed, points });
  for (const { step, loss, heldOut, page } of points) {
    const told = [`training ${loss.toFixed(4)}`, `held out ${heldOut.toFixed(4)}`];
    if (page !== undefined) told.push(`as the page measures ${page.toFixed(4)}`);
    console.log(`${who}, price ${price}, seed ${seed}, step ${step}: ${told.join(', ')}`);
  }
};
for (const price of prices) {
  for (const seed of seeds) add('simd', price, seed, await learn(price, seed));
  if (python === null) continue;
  for (const seed of seeds) add('PyTorch', price, seed, learnWithPyTorch(python, price, seed));
}

const lossesAt = (who: Curve['who'], price: number, step: number, by: Measure): number[] =>
  curves
    .filter((curve) => curve.who === who && curve.price === price)
    .map(({ points }) => points.find((point) => point.step === step)?.[by] ?? NaN);
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

interface Verdict {
  readonly words: string;
  readonly met: boolean;
}

const highest = GOALS.filter(({ price, step }) => prices.includes(price) && step <= steps).map(
  ({ price, step, by, most }): Verdict => {
    const worst = Math.max(...lossesAt('simd', price, step, by));
    const how = by === 'page' ? ', as the page measures' : '';
    return {
      words: `Price ${price}: highest held-out loss of the simd engine's ${seeds.length} after ${step} steps${how}: ${worst.toFixed(3)} nats; goal: at most ${most}.`,
      met: worst <= most,
    };
  },
);
const agreement = prices.map((price): Verdict => {
  if (python === null) return { words: `Price ${price}: PyTorch was not found.`, met: true };
  const [own, theirs] = (['simd', 'PyTorch'] as const).map((who) => meanOf(lossesAt(who, price, steps, 'heldOut')));
  const apart = Math.abs(own - theirs);
  return {
    words: `Price ${price}: mean of ${seeds.length} after ${steps} steps ${own.toFixed(4)}, of PyTorch ${theirs.toFixed(4)}: ${apart.toFixed(4)} apart; goal: at most ${APART}.`,
    met: apart <= APART,
  };
});
const verdicts = [...highest, ...agreement];
console.log(verdicts.map(({ words }) => words).join('\n'));
if (!verdicts.every(({ met }) => met)) process.exitCode = 1;

const rowOf = ({ who, price, seed, points }: Curve): string => {
  const losses = points.map(({ heldOut }) => heldOut.toFixed(4));
  return `| ${[who, price, seed, ...losses, points.at(-1)?.page?.toFixed(4) ?? ''].join(' | ')} |`;
};

if (JSON.stringify(options) === JSON.stringify(ALL)) {
  const columns = Array.from({ length: steps / EVERY }, (_, k) => `after ${(k + 1) * EVERY}`);
  record(
    'Learning curve',
    `Tiny Shakespeare, 1 LSTM layer of 128 units, one-hot, batch 32, length 64, Adam 0.005, clip 5, forget bias 1 and other
biases 0, first 90 % for training, plain and with a price of memory; held out, in nats: the first 1,024 characters of each
of 32 streams, from the zero state; in the last column, after the last step, as the page measures.

${new Date().toISOString().slice(0, 10)}, simd engine, ${machine()}, \`npm run bench:curve\`

| | price | seed | ${columns.join(' | ')} | the page's |
| --- | ---: | ---: | ${'---: | '.repeat(columns.length)} ---: |
${curves.map(rowOf).join('\n')}

${verdicts.map(({ words }) => words).join('\n\n')}`,
  );
}
