/** Says, right at the buttons, what they would do or why training has stopped. */
import { isFresh, pendingChanges, shownRun, usePlayground, useRun, type PlaygroundState } from '../../store';
import type { StopReason } from '../../workers/protocol';
import { useMessages, useNumbers } from '../messages';
import './TrainHint.css';

export const TRAIN_HINT_ID = 'train-hint';

/**
 * What is said: that the buttons begin a new run in place of one that stands still and could go on; or that the run has
 * paused by itself.
 */
export const trainHintOf = (state: PlaygroundState): 'new-run' | StopReason | null => {
  if (shownRun(state)?.phase !== 'running' && !isFresh(state) && pendingChanges(state).length > 0) return 'new-run';
  return shownRun(state)?.stopped ?? null;
};

/** Where the bar has two rows it stands after the buttons, else at Train: the style sheet shows one of the two. */
export const TrainHint = ({ id }: { readonly id?: string }) => {
  const { bar } = useMessages().controls;
  const numbers = useNumbers();
  const hint = usePlayground(trainHintOf);
  const metrics = useRun((run) => (run?.stopped ? run.metrics : null));
  if (hint === null) return null;
  const said = {
    'new-run': bar.startsNewRun,
    step: bar.stoppedAtStep(numbers.integer(metrics?.step ?? NaN)),
    loss: bar.stoppedAtLoss(numbers.fixed(metrics?.heldOutLoss ?? NaN, 2)),
    patience: bar.stoppedByPatience,
  };
  return (
    <span className="train-hint" id={id}>
      <span>{said[hint]}</span>
    </span>
  );
};
