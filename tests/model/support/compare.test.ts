/** The measures themselves: what must never pass does not. */
import { describe, expect, it } from 'vitest';
import { gradientError, relativeError } from './compare';

describe('relativeError', () => {
  it('is the largest difference over the largest expected value', () => {
    expect(relativeError([1, -2.5], [1, -2])).toBe(0.25);
  });
  it('accepts zeros only where zeros are expected', () => {
    expect(relativeError([0, 0], [0, 0])).toBe(0);
    expect(relativeError([0, 1e-30], [0, 0])).toBe(Infinity);
    expect(relativeError([0, 0], [1, 0])).toBe(1);
  });
  it('rejects numbers that are not finite and other lengths', () => {
    expect(relativeError([NaN], [NaN])).toBe(Infinity);
    expect(relativeError([Infinity], [Infinity])).toBe(Infinity);
    expect(relativeError([], [1])).toBe(Infinity);
  });
});

describe('gradientError', () => {
  it('is small for what is nearly equal, one for what is opposite', () => {
    expect(gradientError([1, 0], [1, 0])).toBe(0);
    expect(gradientError([1, 0], [-1, 0])).toBe(1);
  });
  it('rejects zeros and numbers that are not finite', () => {
    expect(gradientError([0], [0])).toBe(Infinity);
    expect(gradientError([NaN], [1])).toBe(Infinity);
  });
});
