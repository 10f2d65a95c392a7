/** What a configuration costs, computed before anything is allocated. */
import { shardsOf } from './batches';
import { allocateForward, allocateShards, allocateTraining, Ledger } from './buffers';
import { readingBytes } from './frameMemory';
import type { EngineName } from './kernels/engines';
import { MOST_SHARDS, type Kernels } from './kernels/kernels';
import { deal } from './pairwise';
import type { GateSettings } from './gateRules';
import { architectureOf, freeParameters, parameterCount, type Architecture } from './parameters';
import type { Settings } from './settings';

export interface Cost {
  /** Number of trained numbers. */
  readonly parameters: number;
  /** How many of them are free: all where every gate is learned. */
  readonly free: number;
  /** Bytes that a run of this configuration allocates on its engine at most, on all of its threads. */
  readonly bytes: number;
  /** Bytes that what the page is shown of it takes at most, beside the engine: see `readingBytes`. */
  readonly readings: number;
  /** Floating-point operations of one training step. */
  readonly flopsPerStep: number;
}

/** Longest probe text that a run's memory is reckoned with. */
export const LONGEST_PROBE = 256;

/** The settings that decide the cost; `threads` are those that take part, 0 and 1 being the run's own alone. */
export type CostSettings = Pick<
  Settings,
  'cell' | 'layers' | 'units' | 'input' | 'embeddingSize' | 'batch' | 'length' | 'optimizer' | 'threads'
> &
  GateSettings;

/** What of an engine decides the memory that a run takes on it. */
export type EngineTraits = Pick<Kernels, 'precision' | 'shards'>;

/** Of the engine that every run begins on. */
const SIMD: EngineTraits = { precision: 'float32', shards: MOST_SHARDS };

/** What an engine will be like before it is open. */
export const traitsOf = (engine: EngineName): EngineTraits =>
  engine === 'simd' ? SIMD : { precision: engine === 'cpu' ? 'float64' : 'float32', shards: 1 };

const BYTES: Readonly<Record<Kernels['precision'], number>> = { float32: 4, float64: 8 };

/** Operations of an optimizer's step for each parameter, square roots and divisions counted as one. */
const OPTIMIZER_FLOPS = 16;

/** Columns of a transposed operand that the simd engine packs at a time, those of a tile added. */
const PACKED_COLUMNS = 128 + 8;

/** Numbers of the work area in which the simd engine packs operands: the largest matrix, or columns of `rows` rows. */
const workOf = ({ cell, units: H, symbols: V, embedding: E }: Architecture, rows: number): number =>
  Math.max(Math.max(H, E ?? 0) * Math.max(cell.gates.length * H, V), Math.min(H + 8, PACKED_COLUMNS) * rows);

const bytesOf = (settings: CostSettings, V: number, { precision, shards }: EngineTraits): number => {
  const architecture = architectureOf(settings, V);
  const { batch: B, length: T, optimizer } = settings;
  const parts = shardsOf(B, shards);
  const rows = T * Math.max(...parts.map((part) => part.rows));
  const threads = threadsFor(settings, shards);
  const ledger = new Ledger();
  allocateTraining(ledger, architecture, optimizer, T, B, { shards, threads });
  allocateForward(ledger, architecture, LONGEST_PROBE, 1, { drops: false });
  allocateForward(ledger, architecture, 1, 1, { drops: false });
  for (const hand of deal(parts.length, threads).slice(1)) allocateShards(ledger, architecture, T, parts, hand);
  const work = shards > 1 ? threads * workOf(architecture, rows) : 0;
  return (ledger.floats + work) * BYTES[precision] + ledger.ints * 4;
};

/** Processor cores, as far as `read` tells, which the browser may refuse: one where it does not. */
export const coresKnown = (read: () => number | undefined): number => {
  try {
    return Math.max(1, read() ?? 1);
  } catch {
    return 1;
  }
};

/** Threads that a run asks for, its own among them: as many as are wished for, or (0) all cores but one, which the page has. */
export const threadsWished = (wished: number, cores: number): number => (wished > 0 ? wished : Math.max(1, cores - 1));

/** Threads that can be used: each has a part of the batch at least. */
const threadsFor = ({ batch, threads }: CostSettings, shards: number): number =>
  Math.max(1, Math.min(threads, shardsOf(batch, shards).length));

/**
 * Cost of a run with these settings and a vocabulary of V symbols. The bytes are the sum of every buffer of the run on its
 * engine and on its other threads, their work areas, its probe and one sample in progress; flops count the products,
 * forward once and backward twice.
 */
export const costOf = (settings: CostSettings, V: number, engine = SIMD): Cost => {
  const architecture = architectureOf(settings, V);
  const { batch: B, length: T } = settings;
  const { cell, layers, units: H, embedding: E } = architecture;
  const width = cell.gates.length * H;
  const inputs = (E ?? 0) + (layers - 1) * H;
  const products = inputs * width + layers * H * width + H * V;
  const parameters = parameterCount(architecture);
  return {
    parameters,
    free: freeParameters(architecture),
    bytes: bytesOf(settings, V, engine),
    readings: readingBytes({ bands: cell.bands.length, H }, { probe: LONGEST_PROBE, step: T }),
    flopsPerStep: 3 * 2 * T * B * products + OPTIMIZER_FLOPS * parameters,
  };
};

/**
 * Of the threads that are wished for, as many as there are parts for and as fit into `memoryLimit` bytes, with the
 * parameters and the gradient that are on their way to and from each; at least one.
 */
export const threadsThatFit = (settings: CostSettings, V: number, memoryLimit: number, engine = SIMD): number => {
  let threads = threadsFor(settings, engine.shards);
  const parcel = parameterCount(architectureOf(settings, V)) * BYTES[engine.precision];
  const needed = (): number => bytesOf({ ...settings, threads }, V, engine) + (threads - 1) * parcel;
  while (threads > 1 && needed() > memoryLimit) threads -= 1;
  return threads;
};

/** Smallest sizes that `nearestThatFits` goes down to. */
const LEAST = { units: 4, batch: 1, length: 8 } as const;

const halvings = (from: number, least: number): number[] => {
  const values = [];
  for (let value = from; value > least; value = Math.ceil(value / 2)) values.push(value);
  return [...values, Math.min(from, least)];
};

/** Largest number of units that fits with these settings; null where even the smallest does not. */
const largestUnits = (settings: CostSettings, fits: (settings: CostSettings) => boolean): number | null => {
  let low = Math.min(settings.units, LEAST.units);
  if (!fits({ ...settings, units: low })) return null;
  let high = settings.units + 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits({ ...settings, units: middle })) low = middle;
    else high = middle;
  }
  return low;
};

/**
 * The configuration within `memoryLimit` bytes that keeps most of what was wanted: batch and length are halved, units
 * lowered, such that units² · batch · length stays largest. The smallest of all where nothing fits. Reckoned with one
 * thread: others are taken where they fit.
 */
export const nearestThatFits = (
  settings: CostSettings,
  V: number,
  memoryLimit: number,
  engine = SIMD,
): { readonly units: number; readonly batch: number; readonly length: number } => {
  const fits = (candidate: CostSettings): boolean => bytesOf({ ...candidate, threads: 1 }, V, engine) <= memoryLimit;
  let best: { units: number; batch: number; length: number } = LEAST;
  let kept = 0;
  for (const batch of halvings(settings.batch, LEAST.batch)) {
    for (const length of halvings(settings.length, LEAST.length)) {
      const units = largestUnits({ ...settings, batch, length }, fits);
      if (units === null) continue;
      const score = units * units * batch * length;
      if (score > kept) {
        kept = score;
        best = { units, batch, length };
      }
    }
  }
  return best;
};
