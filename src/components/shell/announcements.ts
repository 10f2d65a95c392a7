/** What is worth saying aloud of a change of the state: changes of phase, errors and samples, never numbers that merely move. */
import { quotation } from '../../model/text/display';
import type { Messages } from '../messages';
import { failureText } from '../messages/failures';
import type { Numbers } from '../messages/numbers';
import { samplesOf, shownRun, type PlaygroundState } from '../../store';

type Told = Pick<PlaygroundState, 'runs' | 'shown' | 'opening' | 'text' | 'problems' | 'workerFailure'>;

/** The sentence for what happened between two states, or null where there is nothing to say. */
export const announcementOf = (before: Told, now: Told, words: Messages, numbers: Numbers): string | null => {
  const say = words.controls.say;
  const tell = (failure: Parameters<typeof failureText>[1]) => {
    const { found, remedy } = failureText(words.failures, failure, numbers);
    return found + words.controls.gap + remedy;
  };

  if (now.workerFailure !== null && now.workerFailure !== before.workerFailure) return tell(now.workerFailure);
  const openingFailure = now.opening?.failure ?? null;
  if (openingFailure !== null && openingFailure !== (before.opening?.failure ?? null)) return tell(openingFailure);
  const problem = now.problems.at(-1);
  if (
    problem !== undefined &&
    problem.id !== before.problems.at(-1)?.id &&
    now.problems.length >= before.problems.length
  ) {
    return tell(problem.failure);
  }

  const run = shownRun(now);
  const was = shownRun(before);
  if (run !== null && (run.runId !== was?.runId || run.phase !== was.phase)) {
    switch (run.phase) {
      case 'failed':
        return run.failure && tell(run.failure);
      case 'running':
        return run.runId === was?.runId || was === null ? say.running : say.newRun;
      case 'loading':
        return say.loading;
      case 'ready': {
        const { step, loss, heldOutLoss } = run.metrics;
        if (run.stopped === 'step') return say.stoppedAtStep(numbers.integer(step), numbers.fixed(loss, 2));
        if (run.stopped === 'loss') return say.stoppedAtLoss(numbers.integer(step), numbers.fixed(heldOutLoss, 2));
        if (run.stopped === 'patience') return say.stoppedByPatience(numbers.integer(step));
        return step === 0 ? say.ready : say.paused(numbers.integer(step), numbers.fixed(loss, 2));
      }
    }
  }
  if (now.opening !== null && before.opening === null) return say.loading;
  if (now.text?.status === 'ready' && before.text?.status === 'loading' && now.text.facts !== null) {
    return say.textReady(numbers.integer(now.text.facts.characters));
  }
  return null;
};

type Written = Pick<PlaygroundState, 'runs' | 'shown'>;

/** The sentence for a sample that has been finished between two states of a run, with how it begins. */
export const sampleAnnouncement = (before: Written, now: Written, words: Messages, numbers: Numbers): string | null => {
  const sample = samplesOf(now).at(-1);
  if (!sample?.complete || samplesOf(now) === samplesOf(before) || now.shown !== before.shown) return null;
  const isKnown = samplesOf(before).some(({ number, complete }) => number === sample.number && complete);
  const beginning = quotation(sample.text.trim().replaceAll(/\s+/g, ' '));
  return isKnown ? null : words.controls.say.sample(numbers.integer(sample.step), beginning);
};
