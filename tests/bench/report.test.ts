/** What the benchmark says of its figures. */
import { describe, expect, it } from 'vitest';
import { CONTESTANTS } from '../../bench/compare/contestants';
import type { Result } from '../../bench/compare/race';
import { entryOf, limitsRatio, promisesOf, promiseTable, tableOf } from '../../bench/compare/report';
import type { ShapeName } from '../../bench/compare/shapes';

const result = (shape: ShapeName, id: string, ms: number, more: Partial<Result> = {}): Result => {
  const contestant = CONTESTANTS.find((candidate) => candidate.id === id);
  if (!contestant) throw new Error(id);
  return {
    contestant,
    shape,
    device: '',
    milliseconds: { median: ms, q1: ms - 1, q3: ms + 1 },
    rounds: 7,
    isShort: false,
    gflops: 900 / ms,
    limitGflops: 45,
    dispatches: null,
    peakMemory: null,
    ...more,
  };
};

describe('an entry', () => {
  it('has what a program wants to know', () => {
    expect(entryOf(result('M', 'layers-webgl', 800, { dispatches: 4695, peakMemory: 5e6 }))).toEqual({
      engine: 'webgl',
      peer: 'tf.layers LSTM',
      threads: 1,
      shape: { H: 128, L: 1, T: 64, B: 32, V: 65 },
      medianMs: 800,
      q1Ms: 799,
      q3Ms: 801,
      rounds: 7,
      gflops: 1.125,
      fractionOfLimit: 0.025,
      dispatches: 4695,
      peakMemoryBytes: 5e6,
      device: '',
    });
    expect(entryOf(result('M', 'simd', 30, { limitGflops: null })).fractionOfLimit).toBeNull();
  });
});

describe('a table', () => {
  const text = tableOf(
    'M',
    [result('M', 'simd', 25), result('M', 'layers-webgpu', 5000, { rounds: 3, isShort: true, dispatches: 9 })],
    [{ contestant: result('M', 'pytorch', 1).contestant, shape: 'M', cause: 'no Python' }],
  );

  it('holds everyone against simd, and says whose rounds were fewer', () => {
    expect(text).toContain('| simd | 25.0 | 24.0 – 26.0 | 7 | 81,920 | × 1.00 | 36.0 | 80.0 % of 45.0 |  |  |');
    expect(text).toContain('| tf.layers LSTM, webgpu | 5,000 | 4,999 – 5,001 | 3 (slow) | 410 | × 200 |');
  });

  it('names who was not there, and why', () => {
    expect(text).toContain('Absent: PyTorch (no Python)');
  });
});

describe('promises', () => {
  it('are judged by ratios within the race', () => {
    const promises = promisesOf([
      result('M', 'simd', 25),
      result('M', 'simd-2', 20),
      result('M', 'layers-wasm', 500),
      result('M', 'layers-webgl', 290),
      result('M', 'jax-wasm', 75),
    ]);
    const told = Object.fromEntries(promises.map(({ text, value, met }) => [text, [value, met]]));
    expect(told).toEqual({
      'M: simd, share of its limit: at least 0.6': [0.8, true],
      'M: fastest tf.layers / simd: at least 12': [11.6, false],
      'M: @jax-js/jax on wasm / simd: at least 3': [3, true],
      'M: simd, one thread / two: at least 1.6': [1.25, false],
    });
    expect(promiseTable(promises)).toContain('| M: fastest tf.layers / simd: at least 12 | 11.6 | **missed** |');
  });

  it('are not judged by what was not measured', () => {
    expect(promisesOf([])).toEqual([]);
    expect(promisesOf([result('M', 'webgpu', 150, { dispatches: 12 })])).toHaveLength(1);
  });

  it('leave a size to the ratio of the limits', () => {
    const both = [result('L', 'simd', 480), result('L', 'pytorch', 220, { limitGflops: 180 })];
    expect(limitsRatio(both, 'L')).toContain(
      "simd takes 2.18 times PyTorch's one-thread time; the native limit is 4.00",
    );
    expect(limitsRatio(both, 'M')).toBeNull();
  });
});
