/** How far the reading of a text is, with a way to stop it. */
import { usePlayground } from '../../store';
import { useMessages } from '../messages';

export const TextProgress = () => {
  const { corpus } = useMessages();
  const text = usePlayground((state) => state.text);
  const isDead = usePlayground((state) => state.workerFailure !== null);
  const actions = usePlayground((state) => state.actions);
  // Nobody reads any more.
  if (isDead || text?.status !== 'loading') return null;
  const stage = corpus.stages[text.stage];
  return (
    <div className="corpus-progress">
      <span>{stage}…</span>
      <progress aria-label={stage} value={text.done} max={1} />
      <button
        className="button"
        type="button"
        onClick={() => {
          actions.cancelText();
        }}
      >
        {corpus.cancel}
      </button>
    </div>
  );
};
