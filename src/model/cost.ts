/** What a configuration costs, computed before anything is allocated. */
import { allocateForward, allocateTraining, Ledger } from './buffers';
import { MOST_SHARDS, type Kernels } from './kernels/kernels';
import { architectureOf, parameterCount } from './parameters';
import type { Settings } from './settings';

export interface Cost {
  /** Number of trained numbers. */
  readonly parameters: number;
  /** Bytes that a run of this configuration allocates on its engine at most. */
  readonly bytes: number;
  /** Floating-point operations of one training step. */
  readonly flopsPerStep: number;
}

/** Longest probe text that a run's memory is reckoned with. */
export const LONGEST_PROBE = 256;

/** The settings that decide the cost. */
export type CostSettings = Pick<
  Settings,
  'cell' | 'layers' | 'units' | 'input' | 'embeddingSize' | 'batch' | 'length' | 'optimizer'
>;

const BYTES: Readonly<Record<Kernels['precision'], number>> = { float32: 4, float64: 8 };

/** Operations of an optimizer's step for each parameter, square roots and divisions counted as one. */
const OPTIMIZER_FLOPS = 16;

/**
 * Cost of a run with these settings and a vocabulary of V symbols, on an engine of that precision. The bytes are the
 * sum of every buffer of the run on its engine, its probe and one sample in progress, not what further threads have; flops count the products, forward once and
 * backward twice.
 */
export const costOf = (settings: CostSettings, V: number, precision: Kernels['precision'] = 'float32'): Cost => {
  const architecture = architectureOf(settings, V);
  const { batch: B, length: T } = settings;
  const bytesOf = (shards: number): number => {
    const ledger = new Ledger();
    allocateTraining(ledger, architecture, settings.optimizer, T, B, { shards });
    allocateForward(ledger, architecture, LONGEST_PROBE, 1, { drops: false });
    allocateForward(ledger, architecture, 1, 1, { drops: false });
    return ledger.floats * BYTES[precision] + ledger.ints * 4;
  };

  const { cell, layers, units: H, embedding: E } = architecture;
  const width = cell.gates.length * H;
  const inputs = (E ?? 0) + (layers - 1) * H;
  const products = inputs * width + layers * H * width + H * V;
  const parameters = parameterCount(architecture);
  return {
    parameters,
    // In few parts the passes take more, in several the gradients.
    bytes: Math.max(...Array.from({ length: MOST_SHARDS }, (_, k) => bytesOf(k + 1))),
    flopsPerStep: 3 * 2 * T * B * products + OPTIMIZER_FLOPS * parameters,
  };
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
 * lowered, such that units² · batch · length stays largest. The smallest of all where nothing fits.
 */
export const nearestThatFits = (
  settings: CostSettings,
  V: number,
  memoryLimit: number,
  precision: Kernels['precision'] = 'float32',
): { readonly units: number; readonly batch: number; readonly length: number } => {
  const fits = (candidate: CostSettings): boolean => costOf(candidate, V, precision).bytes <= memoryLimit;
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
