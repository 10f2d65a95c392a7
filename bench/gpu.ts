/**
 * The webgpu engine without a browser or a display, on Dawn, and PyTorch on CUDA beside it where that is installed:
 * `npm run bench:gpu [-- --json FILE] [--shapes S,M]`. Without an adapter it says so, and that is all.
 */
import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import { createWebGpuKernels } from '../src/model/kernels/webgpu';
import { descriptorFor } from '../src/model/kernels/webgpu/device';
import { CUTS } from '../src/model/kernels/webgpu/tuning';
import { openDawn } from '../scripts/dawn';
import { openNative, type Native } from './compare/native';
import { shapesOf } from './compare/options';
import { paceOf, quartilesOf, turnsOf } from './compare/rounds';
import { charactersOf, flopsOf, SHAPE_NAMES, SHAPES, type ShapeName } from './compare/shapes';
import { multiplyOn, trainOn } from './compare/training';
import { machine, record } from './results';

const ROUNDS = 7;
/** A GPU's scans are measured in the first steps. */
const WARM_UP = 10;
const PRODUCT = 1024;

interface Entrant {
  readonly name: string;
  /** Runs so many steps to their end, and says how many milliseconds they took. */
  readonly time: (count: number) => Promise<number>;
  readonly dispatches: (() => Promise<number>) | null;
  /** GFLOP/s of a plain product. */
  readonly limit: number;
}

interface Figure {
  readonly name: string;
  readonly shape: ShapeName;
  readonly medianMs: number;
  readonly q1Ms: number;
  readonly q3Ms: number;
  readonly rounds: number;
  readonly gflops: number;
  readonly fractionOfLimit: number;
  readonly dispatches: number | null;
}

const elapsed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

const enterEngine = async (adapter: GPUAdapter, cut: (typeof CUTS)[number], shape: ShapeName): Promise<Entrant> => {
  const device = await adapter.requestDevice(descriptorFor(adapter));
  const kernels = createWebGpuKernels(device, { subgroups: adapter.info, cut, now: () => performance.now() });
  const { steps } = trainOn(kernels, SHAPES[shape]);
  const product = multiplyOn(kernels, PRODUCT);
  await product.steps(1);
  const repeated = 3;
  return {
    name: `webgpu, ${cut}`,
    time: (count) => elapsed(() => steps(count)),
    dispatches: async () => {
      const before = kernels.dispatches;
      await steps(1);
      return kernels.dispatches - before;
    },
    limit: (product.flops * repeated) / (await elapsed(() => product.steps(repeated))) / 1e6,
  };
};

const enterNative = async (native: Native, shape: ShapeName): Promise<Entrant> => {
  await native.open(SHAPES[shape]);
  const { milliseconds, flops } = await native.limit(10);
  return {
    name: `PyTorch ${native.version}, ${native.device}`,
    time: async (count) => (await native.steps(count)).milliseconds,
    dispatches: null,
    limit: (flops * 10) / milliseconds / 1e6,
  };
};

const measure = async (shape: ShapeName, entrants: readonly Entrant[]): Promise<Figure[]> => {
  const paces = new Map<string, ReturnType<typeof paceOf>>();
  for (const { name, time } of entrants) {
    await time(1);
    const first = await time(1);
    if (first < 1000) await time(WARM_UP);
    paces.set(name, paceOf(first < 1000 ? (await time(WARM_UP)) / WARM_UP : first, ROUNDS));
  }
  const times = new Map(entrants.map(({ name }) => [name, [] as number[]]));
  for (const name of turnsOf(new Map([...paces].map(([name, { rounds }]) => [name, rounds])))) {
    const steps = paces.get(name)?.steps ?? 1;
    const entrant = entrants.find((candidate) => candidate.name === name);
    if (entrant) times.get(name)?.push((await entrant.time(steps)) / steps);
  }
  const figures: Figure[] = [];
  for (const { name, dispatches, limit } of entrants) {
    const measured = times.get(name) ?? [];
    const { median, q1, q3 } = quartilesOf(measured);
    const gflops = flopsOf(SHAPES[shape]) / median / 1e6;
    figures.push({
      name,
      shape,
      medianMs: median,
      q1Ms: q1,
      q3Ms: q3,
      rounds: measured.length,
      gflops,
      fractionOfLimit: gflops / limit,
      dispatches: dispatches && (await dispatches()),
    });
  }
  return figures;
};

const HEAD = '| shape | contestant | ms a step | quartiles | characters/s | GFLOP/s | of the limit | dispatches |';

const rowOf = ({ shape, name, medianMs, q1Ms, q3Ms, gflops, fractionOfLimit, dispatches }: Figure): string =>
  `| ${[
    shape,
    name,
    medianMs.toFixed(2),
    `${q1Ms.toFixed(2)} – ${q3Ms.toFixed(2)}`,
    ((charactersOf(SHAPES[shape]) / medianMs) * 1000).toFixed(0),
    gflops.toFixed(1),
    `${(100 * fractionOfLimit).toFixed(0)} %`,
    dispatches ?? '',
  ].join(' | ')} |`;

const { json, shapes = SHAPE_NAMES } = new Command('npm run bench:gpu --')
  .description('Measures the webgpu engine on Dawn, and PyTorch on CUDA beside it.')
  .option('--json <file>', 'writes the figures as a list')
  .option('--shapes <names>', `some of ${SHAPE_NAMES.join(', ')}`, shapesOf)
  .parse()
  .opts<{ json?: string; shapes?: ShapeName[] }>();

const gpu = await openDawn();
const adapter = await gpu?.requestAdapter();
if (!gpu || !adapter) {
  console.log('No WebGPU adapter was found by Dawn: nothing to measure.');
  process.exit(0);
}
const native = await openNative({ cuda: true });
const onCuda = native !== null && native.device !== 'cpu' ? native : null;
const figures: Figure[] = [];
for (const shape of shapes) {
  const entrants: Entrant[] = [];
  for (const cut of CUTS) {
    // An adapter gives one device.
    const own = await gpu.requestAdapter();
    if (own) entrants.push(await enterEngine(own, cut, shape));
  }
  if (onCuda) entrants.push(await enterNative(onCuda, shape));
  const measured = await measure(shape, entrants);
  for (const figure of measured) console.log(rowOf(figure));
  figures.push(...measured);
}
native?.close();
const { vendor, architecture, device, description } = adapter.info;
const named = [vendor, architecture, device, description].filter((word) => word !== '').join(' ');
if (json !== undefined) writeFileSync(json, `${JSON.stringify(figures, null, 2)}\n`);
record(
  'WebGPU without a browser',
  [
    `${new Date().toISOString().slice(0, 10)}, ${machine()}, adapter ${named}: \`npm run bench:gpu\`.`,
    onCuda === null ? 'PyTorch with CUDA was not found.' : '',
    '',
    `Both cuts of the engine's programs, in turns. The limit is a product of ${String(PRODUCT)} × ${String(PRODUCT)} matrices (PyTorch: of 4,096 × 4,096) on the same device.`,
    '',
    HEAD,
    HEAD.replaceAll(/[^|]+/g, ' --- '),
    ...figures.map(rowOf),
  ].join('\n'),
);
// Dawn keeps the process alive.
process.exit(0);
