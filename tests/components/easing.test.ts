/** Transitions between ranges of steps: from where they begin to where they end, short, and none for who wants no motion. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { DURATION, easeRange } from '../../src/components/curve/easing';
import type { StepRange } from '../../src/components/curve/stepRange';

/** All that is shown on the way; the last is null. */
const shownBetween = (from: StepRange, to: StepRange) =>
  new Promise<readonly (StepRange | null)[]>((resolve) => {
    const shown: (StepRange | null)[] = [];
    easeRange(from, to, (range) => {
      shown.push(range);
      if (range === null) resolve(shown);
    });
  });

afterEach(() => {
  vi.unstubAllGlobals();
});

const prefer = (motion: boolean) => {
  vi.stubGlobal('matchMedia', () => ({
    matches: !motion,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
};

describe('a change of the steps shown', () => {
  it('passes through what lies between, never back, within 400 ms', async () => {
    expect(DURATION).toBeLessThanOrEqual(400);
    prefer(true);
    const shown = await shownBetween([0, 1000], [400, 500]);
    const passed = shown.filter((range) => range !== null);
    expect(passed.length).toBeGreaterThan(1);
    for (const [k, [from, to]] of passed.entries()) {
      expect(from).toBeGreaterThanOrEqual(passed[k - 1]?.[0] ?? 0);
      expect(to).toBeLessThanOrEqual(passed[k - 1]?.[1] ?? 1000);
      expect(from).toBeLessThan(400);
      expect(to).toBeGreaterThan(500);
    }
  });

  it('is none where the reader wants no motion', async () => {
    prefer(false);
    expect(await shownBetween([0, 1000], [400, 500])).toEqual([null]);
  });

  it('ends where it is stopped', async () => {
    prefer(true);
    const shown: unknown[] = [];
    easeRange([0, 10], [5, 6], (range) => shown.push(range))();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(shown).toEqual([[0, 10]]);
  });
});
