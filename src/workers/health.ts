/** Whether a run whose numbers are finite has lost what it had learnt, told by its loss and by a copy in good order. */
import type { Run, RunSnapshot } from '../model/run';
import { liveOf, type LiveSettings } from '../model/settings';

/** Nats above the loss of a copy in good order that are no more than its ups and downs. */
const UPS_AND_DOWNS = 0.5;

export type Watched = Pick<Run, 'metrics' | 'dataset' | 'changes'>;

/** Of the first values: the first point is never thinned out. */
const firstLoss = ({ history }: RunSnapshot): number => history.heldOut.values.at(0) ?? 0;

/** What guessing costs: every symbol as likely as any other. */
const guessOf = ({ dataset }: Pick<Run, 'dataset'>): number => Math.log(dataset.vocabulary.codePoints.length);

/** Whether the steps were made longer or shorter after the copy; dropout changes the loss without harm. */
const hasChanged = ({ changes }: Pick<Run, 'changes'>, { metrics }: RunSnapshot): boolean =>
  changes.some(({ step, name }) => step >= metrics.step && (name === 'learningRate' || name === 'clip'));

/**
 * The loss that a run in good order does not pass: by itself it may do twice as badly as guessing, as some do in their
 * first steps. Once its steps were changed, it may lose that `share` of what it had learnt by the copy.
 */
const limitFor = (run: Watched, healthy: RunSnapshot, share: number): number => {
  const guess = guessOf(run);
  const runaway = Math.max(firstLoss(healthy), 2 * guess);
  const { smoothedLoss } = healthy.metrics;
  if (!Number.isFinite(smoothedLoss) || !hasChanged(run, healthy)) return runaway;
  return Math.min(runaway, smoothedLoss + Math.max(UPS_AND_DOWNS * 2 * share, share * (guess - smoothedLoss)));
};

/**
 * Whether a copy is of a network in good order, told by the loss after it; `healthy` is the last one that was. A ruined
 * network may be lucky with one batch, not with all those before the copy.
 */
export const isInOrder = (run: Watched, copy: RunSnapshot, healthy: RunSnapshot): boolean => {
  const limit = limitFor(run, healthy, 0.25);
  return run.metrics.loss <= limit && !(copy.metrics.smoothedLoss > limit);
};

/** Whether the run has lost half of what it had learnt, or never learnt anything and got worse than guessing by far. */
export const isRuined = (run: Watched, healthy: RunSnapshot): boolean =>
  run.metrics.step > healthy.metrics.step && run.metrics.smoothedLoss > limitFor(run, healthy, 0.5);

/** Live settings of the copy where the steps have been changed since; none where they are those of now. */
export const settingsOfThen = (run: Watched, healthy: RunSnapshot): Partial<LiveSettings> =>
  hasChanged(run, healthy) ? liveOf(healthy.settings) : {};
