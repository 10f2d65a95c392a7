/** How tensors are compared: an error that neither a gradient of zeros nor a NaN can pass. */
import { expect } from 'vitest';

const allFinite = (values: ArrayLike<number>): boolean => Array.from(values).every(Number.isFinite);
const largest = (values: readonly number[]): number =>
  values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);

/** max|a - b| / max|b|; 0 where both are all zero; Infinity for anything that cannot be compared. */
export const relativeError = (actual: ArrayLike<number>, expected: ArrayLike<number>): number => {
  if (actual.length !== expected.length || !allFinite(actual) || !allFinite(expected)) return Infinity;
  const scale = largest(Array.from(expected));
  const error = largest(Array.from(expected, (value, k) => actual[k] - value));
  if (scale === 0) return error === 0 ? 0 : Infinity;
  return error / scale;
};

/** ‖a - n‖ / (‖a‖ + ‖n‖), for gradients against differences; Infinity where either is zero or not finite. */
export const gradientError = (analytic: ArrayLike<number>, numeric: ArrayLike<number>): number => {
  if (analytic.length !== numeric.length || !allFinite(analytic) || !allFinite(numeric)) return Infinity;
  const norm = (values: ArrayLike<number>): number => Math.hypot(...Array.from(values));
  const a = norm(analytic);
  const n = norm(numeric);
  if (a === 0 || n === 0) return Infinity;
  return norm(Array.from(analytic, (value, k) => value - numeric[k])) / (a + n);
};

export const expectClose = (
  name: string,
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
): void => {
  expect(relativeError(actual, expected), name).toBeLessThan(tolerance);
};
