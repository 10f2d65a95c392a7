/** What a page says about a text before anything is trained on it. */
import type { DecodedText, TextFacts } from './types';

/** Code points there are. */
export const CODE_POINTS = 0x110000;

const FREQUENT = 12;
const BEGINNING = 300;

/** How often each code point stands in `codePoints`: [CODE_POINTS]. */
export const countCodePoints = (codePoints: Uint32Array): Uint32Array => {
  const counts = new Uint32Array(CODE_POINTS);
  for (const codePoint of codePoints) counts[codePoint]++;
  return counts;
};

/** The code points that occur, most frequent first, ties by code point. */
export const byFrequency = (counts: Uint32Array): number[] => {
  const present: number[] = [];
  counts.forEach((count, codePoint) => {
    if (count > 0) present.push(codePoint);
  });
  return present.sort((a, b) => counts[b] - counts[a] || a - b);
};

export const factsOf = (text: DecodedText): TextFacts => {
  const counts = countCodePoints(text.codePoints);
  const present = byFrequency(counts);
  return {
    hash: text.hash,
    characters: text.codePoints.length,
    bytes: text.bytes,
    distinct: present.length,
    frequent: present
      .slice(0, FREQUENT)
      .map((codePoint) => ({ character: String.fromCodePoint(codePoint), count: counts[codePoint] })),
    encoding: text.encoding,
    byteOrderMark: text.byteOrderMark,
    newlinesChanged: text.newlinesChanged,
    replaced: text.replaced,
    cutOff: text.cutOff,
    nulsRemoved: text.nulsRemoved,
    beginning: String.fromCodePoint(...text.codePoints.subarray(0, BEGINNING)),
  };
};
