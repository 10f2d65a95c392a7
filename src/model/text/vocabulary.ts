/** The symbols of a network, and a text written in them. */
import { FailureError } from '../failures';
import { byFrequency, CODE_POINTS, countCodePoints } from './facts';
import { UNKNOWN } from './symbols';
import type { Dataset, DecodedText, Vocabulary } from './types';

/** Characters from which a text can be trained on. */
export const NEEDED_CHARACTERS = 100;

/** Characters that are held out at the least, so that a loss can be measured on them. */
const HELD_OUT_AT_LEAST = 10;

/**
 * Cuts a text into a training part and a held-out part and writes it in symbols.
 *
 * The vocabulary comes from the training part alone. Where it would have more than `vocabularyLimit` symbols, the most
 * frequent ones stay and the last symbol is the unknown one; so it is where a character stands in the held-out part only.
 *
 * @param o.validation share of the text that is held out, at its end
 * @param o.vocabularyLimit largest number of symbols, the unknown one included; at least 2
 * @param o.before symbols that the vocabulary begins with, in their order, whether or not the text has them: those of a network
 * that is trained on with it. The characters that it lacks come after them, and the unknown symbol last; the limit gives way
 * where it would leave no room for that.
 * @throws FailureError `text-too-short`, `text-one-character`
 */
export const createDataset = (
  text: DecodedText,
  o: { readonly validation: number; readonly vocabularyLimit: number; readonly before?: Int32Array | null },
): Dataset => {
  const { codePoints } = text;
  const characters = codePoints.length;
  if (characters < NEEDED_CHARACTERS) {
    throw new FailureError({ code: 'text-too-short', characters, needed: NEEDED_CHARACTERS });
  }
  const trainLength = Math.min(Math.floor(characters * (1 - o.validation)), characters - HELD_OUT_AT_LEAST);
  const counts = countCodePoints(codePoints.subarray(0, trainLength));
  const ranked = byFrequency(counts);

  let unseenCount = 0;
  const unseen = new Set<number>();
  for (let i = trainLength; i < characters; i++) {
    const codePoint = codePoints[i];
    if (counts[codePoint] > 0) continue;
    unseen.add(codePoint);
    unseenCount++;
  }
  if (ranked.length + unseen.size === 1) {
    throw new FailureError({ code: 'text-one-character', character: String.fromCodePoint(codePoints[0]) });
  }

  const before = Array.from(o.before ?? []).filter((codePoint) => codePoint !== UNKNOWN);
  const isBefore = new Set(before);
  const newcomers = ranked.filter((codePoint) => !isBefore.has(codePoint));
  const all = [...before, ...newcomers];
  const hasUnknown =
    o.before?.includes(UNKNOWN) === true ||
    [...unseen].some((codePoint) => !isBefore.has(codePoint)) ||
    all.length > o.vocabularyLimit;
  const kept = hasUnknown ? all.slice(0, Math.max(before.length, o.vocabularyLimit - 1)) : all;
  let keptCount = 0;
  for (const codePoint of kept) keptCount += counts[codePoint];
  const cutCount = trainLength - keptCount;
  const vocabulary: Vocabulary = {
    codePoints: Int32Array.from(hasUnknown ? [...kept, UNKNOWN] : kept),
    counts: Float64Array.from([...kept.map((codePoint) => counts[codePoint]), ...(hasUnknown ? [cutCount] : [])]),
    cutDistinct: all.length - kept.length,
    cutCount,
  };

  const symbolOf = new Uint32Array(CODE_POINTS).fill(kept.length);
  kept.forEach((codePoint, symbol) => (symbolOf[codePoint] = symbol));
  const V = vocabulary.codePoints.length;
  const ids = V <= 0x10000 ? new Uint16Array(characters) : new Uint32Array(characters);
  for (let i = 0; i < characters; i++) ids[i] = symbolOf[codePoints[i]];
  return { textHash: text.hash, vocabulary, ids, trainLength, unseenDistinct: unseen.size, unseenCount };
};
