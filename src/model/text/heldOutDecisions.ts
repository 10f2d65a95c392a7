/** What a toy task asks for in the held-out part of its text, and how often one is right who remembers nothing. */
import { streamsOf } from '../batches';
import type { EvaluationPlan } from '../batches';
import { grammarDecisionsInSteps } from './grammars';
import { UNKNOWN } from './symbols';
import type { Dataset, DecodedText } from './types';

/** Held-out characters that are read at most, in windows of so many. */
const MOST = 8192;
const WINDOW = 64;
/** Characters before them with which a network reads itself in, so that the first question is no guess. */
const READ_IN = 256;

export interface Decisions {
  /** Where the characters stand that are asked for, in the order of the text; all of them in what the plan predicts. */
  readonly places: Int32Array;
  /** One stream without a reset, read as training reads: with the state carried from window to window. */
  readonly plan: EvaluationPlan;
  /**
   * Share of the text's decisions that are right where each is taken by the character before it alone, as the most frequent
   * one behind such a character.
   */
  readonly chance: number;
}

/** How many are right where the most frequent answer behind each character is given. */
const byTheCharacterBefore = (places: readonly number[], ids: ArrayLike<number>): number => {
  const counts = new Map<number, Map<number, number>>();
  for (const place of places) {
    const before = place > 0 ? ids[place - 1] : -1;
    const answers = counts.get(before) ?? new Map<number, number>();
    counts.set(before, answers.set(ids[place], (answers.get(ids[place]) ?? 0) + 1));
  }
  return [...counts.values()].reduce((sum, answers) => sum + Math.max(...answers.values()), 0);
};

/** Decisions among the characters from `from` on, `most` of them at most; null where there are none. */
function* decisionsFrom(
  text: DecodedText,
  grammar: string | null,
  { ids, vocabulary }: Dataset,
  { from, most }: { readonly from: number; readonly most: number },
): Generator<number, Decisions | null> {
  // Where rare characters became one symbol, the network reads another text than the grammar wrote.
  if (grammar === null || vocabulary.codePoints.includes(UNKNOWN)) return null;
  const all = yield* grammarDecisionsInSteps(grammar, text);
  if (all === null) return null;
  const first = Math.max(0, from - READ_IN);
  const windows = Math.floor(Math.min(ids.length - 1 - first, from - first + most) / WINDOW);
  const end = first + windows * WINDOW + 1;
  const places = Int32Array.from(all.filter((place) => place >= Math.max(from, first + 1) && place < end));
  if (places.length === 0) return null;
  return {
    places,
    plan: { streams: streamsOf(first, windows * WINDOW + 1, 1, WINDOW), windows },
    chance: byTheCharacterBefore(all, ids) / all.length,
  };
}

/**
 * Of the held-out part. Null where the text asks for nothing: no task's grammar wrote it, or too little of it is held out.
 * Works in steps and yields the share done, 0 to 1.
 *
 * @param grammar of the text; null where none wrote it
 */
export const heldOutDecisionsInSteps = (
  text: DecodedText,
  grammar: string | null,
  dataset: Dataset,
): Generator<number, Decisions | null> =>
  decisionsFrom(text, grammar, dataset, { from: dataset.trainLength, most: MOST });

/** Of the whole text, as one stream; as above. */
export const streamDecisionsInSteps = (
  text: DecodedText,
  grammar: string,
  dataset: Dataset,
): Generator<number, Decisions | null> => decisionsFrom(text, grammar, dataset, { from: 0, most: Infinity });
