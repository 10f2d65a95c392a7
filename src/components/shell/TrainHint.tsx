/** Says, right at the buttons, that they would begin a new run while the one on the page has made steps. */
import { isFresh, pendingChanges, usePlayground, type PlaygroundState } from '../../store';
import { useMessages } from '../messages';
import './TrainHint.css';

export const TRAIN_HINT_ID = 'train-hint';

/** Whether the buttons begin a new run in place of one that stands still and could go on. */
export const beginsNewRun = (state: PlaygroundState): boolean =>
  state.run?.phase !== 'running' && !isFresh(state) && pendingChanges(state).length > 0;

/** Where the bar has two rows it stands after the buttons, else at Train: the style sheet shows one of the two. */
export const TrainHint = ({ id }: { readonly id?: string }) => {
  const { controls } = useMessages();
  const shown = usePlayground(beginsNewRun);
  return (
    shown && (
      <span className="train-hint" id={id}>
        <span>{controls.bar.startsNewRun}</span>
      </span>
    )
  );
};
