/**
 * Chance as a pure function of (key, counter): nothing is carried along, so any element of any stream can be had in
 * any order, on any thread and engine, with the same value. Everything is 32-bit integer arithmetic and exact divisions
 * by powers of two, hence bit-identical everywhere.
 */

/** 2^-24: a 24-bit integer times this is exact in float32 too. */
const UNIT = 1 / 0x1000000;

/** What a key is for; two purposes never share a stream. */
export const PURPOSE = { initialisation: 1, dropout: 2, sampling: 3, gates: 4 } as const;

/** A bijection of 32-bit integers that flips about half the bits for each bit of the input (Wellons 2018, "lowbias32"). */
const mix = (value: number): number => {
  let x = value | 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return (x ^ (x >>> 16)) >>> 0;
};

const first = (key: number): number => mix(key | 0);
const second = (key: number): number => mix((key ^ 0x9e3779b9) | 0);

/** What a key adds to the counter before the first round and after it: all that an engine's own mask needs of it. */
export const keyHalves = (key: number): readonly [number, number] => [first(key), second(key)];

/**
 * Element `counter` of the stream `key`, uniform over the 32-bit integers: two rounds of `mix` with the halves of the
 * widened key added in between, so that streams of different keys are not shuffles of each other.
 */
export const hash = (key: number, counter: number): number => mix((mix(counter ^ first(key)) + second(key)) | 0);

/** Element `counter` of the stream `key`, uniform over the multiples of 2^-24 in [0, 1). */
export const uniform = (key: number, counter: number): number => (hash(key, counter) >>> 8) * UNIT;

/** A 32-bit key out of a seed and any integers that say what for; each part taken modulo 2^32. */
export const deriveKey = (seed: number, ...parts: readonly number[]): number =>
  parts.reduce((key, part) => hash(key, part | 0), mix(seed | 0));

/**
 * Fills `mask` with what dropout multiplies elements `start`, start + 1, … of a view by: 1 / (1 - rate) where
 * uniform(key, k) >= rate, else 0. Srivastava et al. 2014, inverted form.
 */
export const fillDropoutMask = (mask: Float32Array | Float64Array, rate: number, key: number, start = 0): void => {
  const kept = 1 / (1 - rate);
  const a = first(key);
  const b = second(key);
  for (let k = 0; k < mask.length; k++) {
    mask[k] = (mix((mix((start + k) ^ a) + b) | 0) >>> 8) * UNIT >= rate ? kept : 0;
  }
};
