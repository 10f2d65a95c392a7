/** What a page says about a text before anything is trained on it. */
import type { CodePoints } from './codePoints';
import type { DecodedText, TextFacts } from './types';

const FREQUENT = 12;
const BEGINNING = 300;

/** Adds to `counts` how often each character of the alphabet stands in [from, to), in the alphabet's order. */
export const countCharacters = ({ indices }: CodePoints, from: number, to: number, counts: Uint32Array): void => {
  for (let i = from; i < to; i++) counts[indices[i]]++;
};

/** Places in the alphabet of the characters that occur, most frequent first, ties by code point. */
export const byFrequency = ({ alphabet }: CodePoints, counts: Uint32Array): number[] => {
  const present = Array.from(counts.keys()).filter((place) => counts[place] > 0);
  return present.sort((a, b) => counts[b] - counts[a] || alphabet[a] - alphabet[b]);
};

export const factsOf = (text: DecodedText): TextFacts => {
  const { codePoints } = text;
  const counts = new Uint32Array(codePoints.alphabet.length);
  countCharacters(codePoints, 0, codePoints.length, counts);
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
};
