/** A network of a corpus, trained until its promise is due, and what its units do then; a process of its own. */
import { follower, sizes } from '../../scripts/claims/measures';
import { FIRST, stepsFor } from '../../scripts/claims/promises';
import { answer } from '../../scripts/claims/processes';
import { lossOnLetters } from '../../scripts/claims/silencing';
import type { LossOnLetters } from '../../scripts/claims/silencing';
import { train } from '../../scripts/claims/training';
import type { LabelName } from '../../src/model/text/labels';

/** What is looked at: the state that a unit keeps. */
export const BAND = 'c';

export interface Task {
  readonly corpus: string;
  readonly label: LabelName;
  readonly characters: number;
  readonly seed: number;
}

/** What `--json` writes, in a list. */
export interface Row extends Task {
  readonly band: typeof BAND;
  readonly unit: number;
  readonly score: number;
  /** Of the sizes of c, over all units. */
  readonly medianC: number;
  readonly p99C: number;
}

export interface Measured {
  readonly row: Row;
  /** Of one processor, in training. */
  readonly seconds: number;
  /** Where the page opens with the corpus. */
  readonly letters: LossOnLetters | null;
}

answer(async (task: Task): Promise<Measured> => {
  const { corpus, label, characters, seed } = task;
  const trained = await train({ corpus, steps: stepsFor(corpus, characters) }, seed);
  const { unit, score } = follower(trained.heldOut, BAND, label);
  const size = sizes(trained.heldOut, BAND);
  return {
    row: { corpus, label, seed, characters, band: BAND, unit, score, medianC: size(0.5), p99C: size(0.99) },
    seconds: trained.seconds,
    letters: corpus === FIRST ? await lossOnLetters(trained) : null,
  };
});
