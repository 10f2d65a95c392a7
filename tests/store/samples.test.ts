/** Samples are told apart by their number, in the order in which they came. */
import { describe, expect, it } from 'vitest';
import type { Sample } from '../../src/model/telemetry';
import { reduceEvent } from '../../src/store/events';
import { INITIAL_FACTS, samplesOf, type Facts } from '../../src/store/state';
import { SAMPLE, showing } from './facts';

const sample = (text: string, complete: boolean): Sample => ({ ...SAMPLE, step: 7, text, complete });

/** The samples that the page has after these events. */
const after = (samples: readonly Sample[]): readonly (readonly [number, string])[] => {
  const state = samples.reduce<Facts>(
    (facts, each) => ({ ...facts, ...reduceEvent(facts, { type: 'sample', sample: each }) }),
    { ...INITIAL_FACTS, ...showing({}) },
  );
  return samplesOf(state).map(({ number, text }) => [number, text]);
};

describe('samples', () => {
  it('of the same step have numbers of their own', () => {
    expect(after([sample('a', true), sample('b', true)])).toEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
  });

  it('keep their number while they grow', () => {
    expect(after([sample('a', true), sample('b', false), sample('bc', false), sample('bcd', true)])).toEqual([
      [1, 'a'],
      [2, 'bcd'],
    ]);
  });

  it('keep their number when the oldest have gone', () => {
    const many = after(Array.from({ length: 60 }, (_, k) => sample(String(k + 1), true)));
    expect(many).toHaveLength(50);
    for (const [number, text] of many) expect(text).toBe(String(number));
  });
});
