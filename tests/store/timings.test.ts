/** Measurements are kept from visit to visit, and become an offer where another engine is faster. */
import { describe, expect, it } from 'vitest';
import type { EngineTiming } from '../../src/model/engineTimings';
import { configurationOf } from '../../src/model/engineTimings';
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import { storedTimings, writeTimings } from '../../src/store/timings';
import { parseTimings } from '../../src/workers/storedTimings';
import type { Facts } from '../../src/store/state';
import { offerOf, shownConfiguration } from '../../src/store/configuration';
import { INITIAL_FACTS } from '../../src/store/state';
import { DESCRIPTION, showing } from './facts';

const shelfOf = (value: string | null = null) => {
  let stored = value;
  return {
    getItem: () => stored,
    setItem: (_: string, next: string) => {
      stored = next;
    },
  };
};

const CONFIGURATION = configurationOf(DEFAULT_SETTINGS, { batch: 4, length: 32 }, 20);
const entry = (engine: EngineTiming['engine'], stepMilliseconds: number | null): EngineTiming => ({
  engine,
  device: 'a device',
  configuration: CONFIGURATION,
  stepMilliseconds,
});

describe('on the shelf', () => {
  const recalled = (shelf: Parameters<typeof storedTimings>[0]) => {
    const stored = storedTimings(shelf);
    return stored === null ? null : parseTimings(stored);
  };

  it('are found as they were left', () => {
    const shelf = shelfOf();
    expect(recalled(shelf)).toBeNull();
    const known = [entry('simd', 8.5), entry('webgl', null)];
    writeTimings(shelf, known);
    expect(recalled(shelf)).toEqual(known);
  });

  it.each(['{', '{}', '[{"engine":"simd"}]', '[{"engine":"gpu","device":"","configuration":"","stepMilliseconds":1}]'])(
    'are nothing where they are not what was left: %s',
    (value) => {
      expect(recalled(shelfOf(value))).toEqual([]);
    },
  );

  it('are nothing where there is no shelf', () => {
    writeTimings(null, [entry('simd', 1)]);
    expect(recalled(null)).toBeNull();
  });
});

describe('an offer', () => {
  const facts = (o: Partial<Facts> = {}): Facts => ({
    ...INITIAL_FACTS,
    timings: [entry('simd', 8), entry('webgpu', 2)],
    ...showing({
      description: {
        ...DESCRIPTION,
        adjustments: [{ name: 'batch', wanted: 8, used: 4 }],
        engine: { name: 'simd', available: true, device: 'a device', software: false },
      },
    }),
    ...o,
  });

  it('is made for the configuration of the run, with what a short text lowered', () => {
    expect(shownConfiguration(facts())).toBe(CONFIGURATION);
    expect(offerOf(facts())).toMatchObject({ faster: { engine: 'webgpu' }, current: { engine: 'simd' } });
  });

  it('is not made without a run, while engines are timed, or against what the reader said', () => {
    expect(offerOf(facts({ shown: null }))).toBeNull();
    expect(offerOf(facts({ timedEngine: 'webgl' }))).toBeNull();
    expect(offerOf(facts({ declined: [offerOf(facts())?.key ?? ''] }))).toBeNull();
    expect(offerOf(facts({ timings: [entry('simd', 8), entry('webgpu', null)] }))).toBeNull();
  });
});
