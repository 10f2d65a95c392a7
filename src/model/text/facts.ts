/** What a page says about a text before anything is trained on it. */
import type { CodePoints } from './codePoints';
import type { DecodedText, TextFacts } from './types';

const FREQUENT = 12;
const BEGINNING = 300;

/** Characters that are counted between two yields. */
const STRIDE = 1 << 22;

/** What of [from, to) is read at a time, so that a caller can breathe. */
export function* stretches(from: number, to: number): Generator<readonly [from: number, to: number]> {
  for (let start = from; start < to; start += STRIDE) yield [start, Math.min(to, start + STRIDE)];
}

/**
 * How often each character of the alphabet stands in [from, to), in the alphabet's order. Works in steps and yields the
 * share done; what is counted in a moment is counted at once.
 */
export function* countInSteps(
  { alphabet, indices }: CodePoints,
  from = 0,
  to = indices.length,
): Generator<number, Uint32Array> {
  const counts = new Uint32Array(alphabet.length);
  for (const [start, end] of stretches(from, to)) {
    for (let i = start; i < end; i++) counts[indices[i]]++;
    if (end < to) yield (end - from) / (to - from);
  }
  return counts;
}

/** Places in the alphabet of the characters that occur, most frequent first, ties by code point. */
export const byFrequency = ({ alphabet }: CodePoints, counts: Uint32Array): number[] => {
  const present = Array.from(counts.keys()).filter((place) => counts[place] > 0);
  return present.sort((a, b) => counts[b] - counts[a] || alphabet[a] - alphabet[b]);
};

/** Works in steps and yields the share done, 0 to 1. */
export function* factsInSteps(text: DecodedText): Generator<number, TextFacts> {
  const { codePoints } = text;
  const counts = yield* countInSteps(codePoints);
  const present = byFrequency(codePoints, counts);
  return {
    hash: text.hash,
    characters: codePoints.length,
    bytes: text.bytes,
    distinct: present.length,
    frequent: present
      .slice(0, FREQUENT)
      .map((place) => ({ character: String.fromCodePoint(codePoints.alphabet[place]), count: counts[place] })),
    encoding: text.encoding,
    byteOrderMark: text.byteOrderMark,
    newlinesChanged: text.newlinesChanged,
    replaced: text.replaced,
    cutOff: text.cutOff,
    nulsRemoved: text.nulsRemoved,
    beginning: String.fromCodePoint(...codePoints.slice(0, BEGINNING)),
  };
}
