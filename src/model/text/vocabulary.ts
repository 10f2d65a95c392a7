/** The symbols of a network, and a text written in them. */
import { FailureError } from '../failures';
import type { Settings } from '../settings';
import { indicesFor } from './codePoints';
import { byFrequency, countInSteps, stretches } from './facts';
import { UNKNOWN } from './symbols';
import type { Dataset, DecodedText, Vocabulary } from './types';

/** Characters from which a text can be trained on. */
export const NEEDED_CHARACTERS = 100;

/** Characters that are held out at the least, so that a loss can be measured on them. */
const HELD_OUT_AT_LEAST = 10;

type Division = Pick<Settings, 'validation' | 'vocabularyLimit'> & { readonly before?: Int32Array | null };

/**
 * Cuts a text into a training part and a held-out part and writes it in symbols.
 *
 * The vocabulary comes from the training part alone. Where it would have more than `vocabularyLimit` symbols, the most
 * frequent ones stay and the last symbol is the unknown one; so it is where a character stands in the held-out part only.
 *
 * Works in steps, and yields the share done of what it does at the time; a text that is read in a moment is read at once.
 *
 * @param o.validation share of the text that is held out, at its end
 * @param o.vocabularyLimit largest number of symbols, the unknown one included; at least 2
 * @param o.before symbols that the vocabulary begins with, in their order, whether or not the text has them: those of a network
 * that is trained on with it. The characters that it lacks come after them, and the unknown symbol last; the limit gives way
 * where it would leave no room for that.
 * @throws FailureError `text-too-short`, `text-one-character`
 */
export function* datasetInSteps(text: DecodedText, o: Division): Generator<number, Dataset> {
  const { codePoints } = text;
  const { alphabet, indices } = codePoints;
  const characters = codePoints.length;
  if (characters < NEEDED_CHARACTERS) {
    throw new FailureError({ code: 'text-too-short', characters, needed: NEEDED_CHARACTERS });
  }
  if (alphabet.length === 1) {
    throw new FailureError({ code: 'text-one-character', character: String.fromCodePoint(alphabet[0]) });
  }
  const trainLength = Math.min(Math.floor(characters * (1 - o.validation)), characters - HELD_OUT_AT_LEAST);
  const counts = yield* countInSteps(codePoints, 0, trainLength);
  const heldOut = yield* countInSteps(codePoints, trainLength);

  const before = Array.from(o.before ?? []).filter((codePoint) => codePoint !== UNKNOWN);
  const isBefore = new Set(before);
  const isNew = (place: number) => !isBefore.has(alphabet[place]);
  const newcomers = byFrequency(codePoints, counts).filter(isNew);
  const unseen = byFrequency(codePoints, heldOut).filter((place) => counts[place] === 0 && isNew(place));
  const all = [...before, ...newcomers.map((place) => alphabet[place])];
  const hasUnknown = o.before?.includes(UNKNOWN) === true || unseen.length > 0 || all.length > o.vocabularyLimit;
  const kept = hasUnknown ? all.slice(0, Math.max(before.length, o.vocabularyLimit - 1)) : all;
  const symbols = new Map(kept.map((codePoint, symbol) => [codePoint, symbol]));
  const symbolOf = Uint32Array.from(alphabet, (codePoint) => symbols.get(codePoint) ?? kept.length);
  const keptCounts = new Float64Array(kept.length + 1);
  counts.forEach((count, place) => (keptCounts[symbolOf[place]] += count));
  const cutCount = keptCounts[kept.length];
  const vocabulary: Vocabulary = {
    codePoints: Int32Array.from(hasUnknown ? [...kept, UNKNOWN] : kept),
    counts: hasUnknown ? keptCounts : keptCounts.slice(0, kept.length),
    cutDistinct: all.length - kept.length,
    cutCount,
  };

  const ids = indicesFor(vocabulary.codePoints.length, characters);
  for (const [from, to] of stretches(0, characters)) {
    for (let i = from; i < to; i++) ids[i] = symbolOf[indices[i]];
    if (to < characters) yield to / characters;
  }
  return {
    textHash: text.hash,
    vocabulary,
    ids,
    trainLength,
    unseenDistinct: unseen.length,
    unseenCount: unseen.reduce((all, place) => all + heldOut[place], 0),
  };
}

/** Divides a text at once; see `datasetInSteps`. */
export const createDataset = (text: DecodedText, o: Division): Dataset => {
  const steps = datasetInSteps(text, o);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
};
