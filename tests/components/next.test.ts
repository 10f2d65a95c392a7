/** The next character at the cursor. */
import { describe, expect, it } from 'vitest';
import { TOP } from '../../src/model/telemetry';
import { nextCharacters } from '../../src/components/sample/nextLayout';
import { makeFrame } from './frames';

const code = (character: string): number => character.codePointAt(0) ?? -1;
/** Symbols 0 to 3; the text is "a b a", the last symbol the unknown one. */
const SYMBOLS = Int32Array.of(code('a'), code(' '), code('b'), -1);
const topIds = new Int32Array(5 * TOP).fill(-1);
const topProbabilities = new Float32Array(5 * TOP);
topIds.set([2, 1, 3], 0);
topProbabilities.set([0.5, 0.25, 0.125], 0);
topIds.set([2, 0], TOP);
topProbabilities.set([0.75, 0.125], TOP);
const frame = makeFrame('lstm', 5, 4, () => 0, {
  ids: Int32Array.of(0, 1, 2, 1, 0),
  surprise: Float32Array.of(NaN, 2, 0.4, 3, 5),
  topIds,
  topProbabilities,
});

describe('nextCharacters', () => {
  it('lists what the frame holds, and marks the one that the text has', () => {
    const { candidates, actual } = nextCharacters(frame, SYMBOLS, 0);
    expect(candidates).toEqual([
      { character: 'b', probability: 0.5, actual: false },
      { character: '␣', probability: 0.25, actual: true },
      { character: '□', probability: 0.125, actual: false },
    ]);
    expect(actual).toEqual({ character: '␣', probability: 0.25, among: true });
  });
  it('gives the probability of a next character that is not among the likeliest', () => {
    const { actual } = nextCharacters(frame, SYMBOLS, 2);
    expect(actual).toEqual({ character: '␣', probability: 0.125, among: false });
  });
  it('has no next character after the last one', () => {
    expect(nextCharacters(frame, SYMBOLS, 4).actual).toBeNull();
  });
});
