/** Undo and Redo: what they do is in their names. */
import { Redo2, Undo2 } from 'lucide-react';
import { LIVE_NAMES } from '../../model/settings';
import { usePlayground, useRun, type Deed } from '../../store';
import { valueText } from '../controls/valueText';
import { useMessages, useNumbers } from '../messages';

const ICON = '1.25em';

/** What the deed changes of the run on the page, from what to what; null where another run takes its place. */
const useTold = (deed: Deed | undefined): string | null => {
  const words = useMessages();
  const live = useRun((run) => run?.description?.settings);
  if (deed === undefined || live === undefined) return null;
  const told = LIVE_NAMES.flatMap((name) => {
    const value = deed.restores[name];
    if (value === undefined || value === live[name]) return [];
    const [from, to] = [live[name], value].map((each) => valueText(name, each, words));
    return [`${words.settings.names[name].label} ${words.controls.pending.change(from, to)}`];
  });
  return told.length === 0 ? null : words.controls.bar.several(told);
};

export const UndoButtons = () => {
  const { bar } = useMessages().controls;
  const numbers = useNumbers();
  const undo = usePlayground((state) => state.undoable.at(-1));
  const redo = usePlayground((state) => state.redoable.at(-1));
  const actions = usePlayground((state) => state.actions);
  const undoes = useTold(undo);
  const redoes = useTold(redo);
  const step = (deed: Deed) => numbers.integer(deed.step);
  const undoName =
    undo === undefined ? bar.undo : undoes === null ? bar.undoRun(step(undo)) : bar.undoChange(undoes, step(undo));
  const redoName =
    redo === undefined ? bar.redo : redoes === null ? bar.redoRun(step(redo)) : bar.redoChange(redoes, step(redo));
  return (
    <>
      <button
        className="button button-quiet button-icon"
        type="button"
        disabled={undo === undefined}
        aria-label={undoName}
        title={undoName}
        onClick={() => {
          actions.undo();
        }}
      >
        <Undo2 size={ICON} />
      </button>
      <button
        className="button button-quiet button-icon"
        type="button"
        disabled={redo === undefined}
        aria-label={redoName}
        title={redoName}
        onClick={() => {
          actions.redo();
        }}
      >
        <Redo2 size={ICON} />
      </button>
    </>
  );
};
