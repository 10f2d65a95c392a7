/** How tensors of two engines are compared, and deterministic numbers to fill them with. */
import { expect } from 'vitest';
import type { DeviceBuffer, Kernels, View } from '../../src/model/kernels/kernels';
import { sizeOf, viewOf } from '../../src/model/kernels/kernels';
import { createReferenceKernels } from '../../src/model/kernels/reference';
import { uniform } from '../../src/model/random';

export type Values = ArrayLike<number>;

/** max|a - b| / max|b|; infinite where something is not finite, or where zeros are expected and not met. */
export const relativeError = (actual: Values, expected: Values): number => {
  if (actual.length !== expected.length || expected.length === 0) return Infinity;
  let difference = 0;
  let largest = 0;
  for (let k = 0; k < expected.length; k++) {
    if (!Number.isFinite(actual[k]) || !Number.isFinite(expected[k])) return Infinity;
    difference = Math.max(difference, Math.abs(actual[k] - expected[k]));
    largest = Math.max(largest, Math.abs(expected[k]));
  }
  return difference === 0 ? 0 : difference / largest;
};

export const TOLERANCE = 1e-4;

export const expectSame = (
  actual: Readonly<Record<string, Values>>,
  expected: Readonly<Record<string, Values>>,
  tolerance = TOLERANCE,
): void => {
  expect(Object.keys(actual)).toEqual(Object.keys(expected));
  const errors = Object.entries(expected).map(([name, values]) => [name, relativeError(actual[name], values)] as const);
  expect(
    errors.filter(([, error]) => !(error < tolerance)),
    'tensors that differ, with their relative error',
  ).toEqual([]);
};

/** Numbers in [-size, size), the same for the same key. */
export const noise = (key: number, length: number, size = 1): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length }, (_, k) => (2 * uniform(key, k) - 1) * size);

export const indices = (key: number, length: number, below: number): Int32Array<ArrayBuffer> =>
  Int32Array.from({ length }, (_, k) => Math.floor(uniform(key, k) * below));

/** Buffers of one case, freed together. */
export class Bench {
  readonly #buffers: DeviceBuffer[] = [];

  constructor(readonly kernels: Kernels) {}

  /** A float view of that shape, in the middle of a larger buffer so that offsets count. */
  floats(shape: readonly number[], values?: Values): View {
    const buffer = this.kernels.allocate('float', sizeOf(shape) + 7);
    this.#buffers.push(buffer);
    const view: View = { buffer, offset: 3, shape };
    if (values) this.kernels.write(view, values);
    return view;
  }

  ints(shape: readonly number[], values: Values): View {
    const buffer = this.kernels.allocate('int', sizeOf(shape));
    this.#buffers.push(buffer);
    const view = viewOf(buffer, shape);
    this.kernels.write(view, values);
    return view;
  }

  async read(views: Readonly<Record<string, View>>): Promise<Record<string, Values>> {
    const entries = await Promise.all(
      Object.entries(views).map(async ([name, view]) => [name, await this.kernels.read(view)] as const),
    );
    return Object.fromEntries(entries);
  }

  free(): void {
    for (const buffer of this.#buffers) this.kernels.free(buffer);
  }
}

/** What an engine computes in a case, by name. */
export type Case = (bench: Bench) => Promise<Record<string, Values>>;

/** The case on those kernels, its buffers freed. */
export const compute = async (kernels: Kernels, work: Case): Promise<Record<string, Values>> => {
  const bench = new Bench(kernels);
  try {
    return await work(bench);
  } finally {
    bench.free();
  }
};

/** The case on those kernels, found to be what the reference computes. */
export const agrees = async (kernels: Kernels, work: Case): Promise<Record<string, Values>> => {
  const expected = await compute(createReferenceKernels(), work);
  const actual = await compute(kernels, work);
  await kernels.settle();
  expectSame(actual, expected);
  return actual;
};
