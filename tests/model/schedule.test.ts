/** The arithmetic that is the same everywhere, and the learning rates made of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cosineOfHalfTurn, exponential, power } from '../../src/model/arithmetic';
import { learningRateAt } from '../../src/model/schedule';

describe('arithmetic', () => {
  it('has an exponential within 1e-14 of the library, over all its range', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThan(1e-13);
      }),
    );
    expect([exponential(0), exponential(-Infinity), exponential(Infinity), exponential(NaN)]).toEqual([
      1,
      0,
      Infinity,
      NaN,
    ]);
    expect(exponential(-744)).toBeGreaterThan(0);
  });

  it('has a cosine within 1e-15 of the library', () => {
    for (let k = 0; k <= 1000; k++) {
      expect(Math.abs(cosineOfHalfTurn(k / 1000) - Math.cos((Math.PI * k) / 1000))).toBeLessThan(2e-15);
    }
  });

  it('multiplies whole powers out', () => {
    expect([power(3, 0), power(3, 1), power(3, 5), power(0.5, 1074), power(2, 1023)]).toEqual([
      1,
      3,
      243,
      2 ** -1074,
      2 ** 1023,
    ]);
  });
});

describe('the learning rate', () => {
  const settings = {
    learningRate: 0.1,
    schedule: 'constant',
    scheduleSteps: 100,
    scheduleFactor: 0.5,
    warmup: 0,
  } as const;

  it('is constant', () => {
    expect(learningRateAt(1, settings)).toBe(0.1);
    expect(learningRateAt(1e6, settings)).toBe(0.1);
  });

  it('rises in a straight line while it warms up', () => {
    const warm = { ...settings, warmup: 4 };
    expect([1, 2, 3, 4, 5].map((step) => learningRateAt(step, warm))).toEqual([0.025, 0.05, (0.1 * 3) / 4, 0.1, 0.1]);
  });

  it('falls in steps, counted from the end of the warm-up', () => {
    const steps = { ...settings, schedule: 'step', warmup: 10 } as const;
    expect([110, 111, 210, 211, 311].map((step) => learningRateAt(step, steps))).toEqual([
      0.1, 0.05, 0.05, 0.025, 0.0125,
    ]);
    expect(learningRateAt(1e9, steps)).toBe(0);
  });

  it('falls along half a cosine to its factor, and stays there', () => {
    const cosine = { ...settings, schedule: 'cosine', scheduleFactor: 0.2 } as const;
    expect(learningRateAt(1, cosine)).toBe(0.1);
    expect(learningRateAt(51, cosine)).toBeCloseTo(0.06, 15);
    expect(learningRateAt(101, cosine)).toBeCloseTo(0.02, 15);
    expect(learningRateAt(5000, cosine)).toBe(learningRateAt(101, cosine));
    for (let step = 1; step < 101; step++) {
      expect(learningRateAt(step + 1, cosine)).toBeLessThan(learningRateAt(step, cosine));
    }
  });
});
