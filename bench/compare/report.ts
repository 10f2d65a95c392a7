/** Figures as people and programs read them. */
import { labelOf } from './contestants';
import type { Absence, Result } from './race';
import { charactersOf, SHAPES, type Shape, type ShapeName } from './shapes';

/** One entry of what `--json` writes. */
export interface Entry {
  readonly engine: string;
  readonly peer: string | null;
  readonly threads: number;
  readonly shape: Shape;
  readonly medianMs: number;
  readonly q1Ms: number;
  readonly q3Ms: number;
  readonly rounds: number;
  readonly gflops: number;
  readonly fractionOfLimit: number | null;
  readonly dispatches: number | null;
  readonly peakMemoryBytes: number | null;
  readonly device: string;
}

export const entryOf = (result: Result): Entry => {
  const { contestant, milliseconds, gflops, limitGflops } = result;
  return {
    engine: contestant.engine,
    peer: contestant.peer,
    threads: contestant.threads,
    shape: SHAPES[result.shape],
    medianMs: milliseconds.median,
    q1Ms: milliseconds.q1,
    q3Ms: milliseconds.q3,
    rounds: result.rounds,
    gflops,
    fractionOfLimit: limitGflops === null ? null : gflops / limitGflops,
    dispatches: result.dispatches,
    peakMemoryBytes: result.peakMemory,
    device: result.device,
  };
};

/** Three figures that matter, thousands apart. */
const figure = (value: number): string => {
  const decimals = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return value.toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
};

const HEAD = [
  'contestant',
  'ms a step',
  'quartiles',
  'rounds',
  'characters/s',
  'of simd’s time',
  'GFLOP/s',
  'of the limit',
  'dispatches',
  'peak MB',
];

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** One table of a shape. */
export const tableOf = (shape: ShapeName, results: readonly Result[], absences: readonly Absence[]): string => {
  const { H, L, T, B, V } = SHAPES[shape];
  const base = results.find(({ contestant }) => contestant.id === 'simd')?.milliseconds.median;
  const rows = results.map((result) => {
    const { milliseconds, gflops, limitGflops, dispatches, peakMemory } = result;
    return row([
      labelOf(result.contestant),
      figure(milliseconds.median),
      `${figure(milliseconds.q1)} – ${figure(milliseconds.q3)}`,
      `${String(result.rounds)}${result.isShort ? ' (slow)' : ''}`,
      figure((charactersOf(SHAPES[shape]) / milliseconds.median) * 1000),
      base === undefined ? '' : `× ${figure(milliseconds.median / base)}`,
      figure(gflops),
      limitGflops === null ? '' : `${figure((100 * gflops) / limitGflops)} % of ${figure(limitGflops)}`,
      dispatches === null ? '' : String(dispatches),
      peakMemory === null ? '' : figure(peakMemory / 1e6),
    ]);
  });
  return [
    `### ${shape}: ${String(L)} × ${String(H)} units, batch ${String(B)}, length ${String(T)}, ${String(V)} symbols`,
    '',
    row(HEAD),
    row(HEAD.map((_, k) => (k === 0 ? '---' : '---:'))),
    ...rows,
    ...absences.flatMap(({ contestant, cause }) => ['', `Absent: ${labelOf(contestant)} (${cause})`]),
  ].join('\n');
};

interface Ratio {
  readonly text: string;
  readonly value: number;
  readonly met: boolean;
}

/** What has been promised of the engines, and whether this race kept it; only what was measured is said. */
export const promisesOf = (results: readonly Result[]): readonly Ratio[] => {
  const found = (shape: ShapeName, id: string): Result | undefined =>
    results.find((result) => result.shape === shape && result.contestant.id === id);
  const time = (shape: ShapeName, id: string): number => found(shape, id)?.milliseconds.median ?? NaN;
  const promises: Ratio[] = [];
  const atLeast = (text: string, value: number, goal: number) => {
    if (Number.isFinite(value)) promises.push({ text: `${text}: at least ${String(goal)}`, value, met: value >= goal });
  };
  const atMost = (text: string, value: number, goal: number) => {
    if (Number.isFinite(value)) promises.push({ text: `${text}: at most ${String(goal)}`, value, met: value <= goal });
  };
  for (const shape of ['S', 'M', 'L'] as const) {
    const simd = found(shape, 'simd');
    atLeast(`${shape}: simd, share of its limit`, (simd?.gflops ?? NaN) / (simd?.limitGflops ?? NaN), 0.6);
  }
  const layers = ['layers-wasm', 'layers-webgl', 'layers-webgpu'].map((id) => time('M', id)).filter(Number.isFinite);
  atLeast('M: fastest tf.layers / simd', Math.min(...layers) / time('M', 'simd'), 12);
  atLeast('M: @jax-js/jax on wasm / simd', time('M', 'jax-wasm') / time('M', 'simd'), 3);
  for (const shape of ['S', 'M'] as const) {
    atMost(`${shape}: simd / PyTorch, one thread each`, time(shape, 'simd') / time(shape, 'pytorch'), 2.6);
  }
  for (const shape of ['M', 'L'] as const) {
    atLeast(`${shape}: simd, one thread / two`, time(shape, 'simd') / time(shape, 'simd-2'), 1.6);
  }
  atMost('M: simd with two threads / PyTorch with one', time('M', 'simd-2') / time('M', 'pytorch'), 1.6);
  atLeast('M: tf.layers on webgpu / webgpu', time('M', 'layers-webgpu') / time('M', 'webgpu'), 20);
  atLeast('M: tf.layers on webgl / webgpu', time('M', 'layers-webgl') / time('M', 'webgpu'), 3);
  atLeast('M: @jax-js/jax on webgpu / webgpu', time('M', 'jax-webgpu') / time('M', 'webgpu'), 3);
  atMost('M: webgpu, dispatches a step', found('M', 'webgpu')?.dispatches ?? NaN, 16);
  return promises;
};

/** The ratio of two limits says what a wider vector would give at a size where it is not the network that is slow. */
export const limitsRatio = (results: readonly Result[], shape: ShapeName): string | null => {
  const find = (id: string) => results.find((result) => result.shape === shape && result.contestant.id === id);
  const [simd, native] = [find('simd'), find('pytorch')];
  if (!simd?.limitGflops || !native?.limitGflops) return null;
  const time = simd.milliseconds.median / native.milliseconds.median;
  return `${shape}: simd takes ${figure(time)} times PyTorch's one-thread time; the native limit is ${figure(native.limitGflops / simd.limitGflops)} times WebAssembly's.`;
};

export const promiseTable = (promises: readonly Ratio[]): string =>
  [
    row(['promise', 'measured', '']),
    row(['---', '---:', '---']),
    ...promises.map(({ text, value, met }) => row([text, figure(value), met ? 'kept' : '**missed**'])),
  ].join('\n');
