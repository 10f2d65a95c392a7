/** Structural changes that wait: what they are, and the choice between a new run and the old settings. */
import { useShallow } from 'zustand/react/shallow';
import type { SettingName } from '../../model/settings';
import { pendingChanges, shownRun, usePlayground } from '../../store';
import { corpusTitle } from '../corpus/titles';
import { useMessages } from '../messages';
import { valueText } from './valueText';
import './PendingBar.css';

const useTold = () => {
  const words = useMessages();
  const { catalogue, language, settings, heldBack, run } = usePlayground(
    useShallow((state) => ({
      catalogue: state.catalogue,
      language: state.language,
      settings: state.settings,
      heldBack: state.heldBack,
      run: shownRun(state)?.description,
    })),
  );
  return (name: SettingName | 'text') => {
    if (name === 'text') {
      const title = (corpus: string) => corpusTitle(catalogue, corpus, language) ?? words.corpus.own;
      return {
        label: words.controls.pending.text,
        from: run ? title(run.settings.corpus) : null,
        to: title(settings.corpus),
      };
    }
    return {
      label: words.settings.names[name].label,
      from: run ? valueText(name, heldBack[name] ?? run.settings[name], words) : null,
      to: valueText(name, settings[name], words),
    };
  };
};

export const PendingBar = () => {
  const { controls } = useMessages();
  const names = usePlayground(useShallow(pendingChanges));
  const opening = usePlayground(
    (state) => state.opening !== null && state.opening.failure === null && shownRun(state) !== null,
  );
  const actions = usePlayground((state) => state.actions);
  const told = useTold();

  if (names.length === 0) {
    return opening ? <p className="pending pending-opening">{controls.pending.opening}</p> : null;
  }
  return (
    <section className="pending" aria-label={controls.pending.title}>
      <p className="pending-title">{controls.pending.title}</p>
      <dl className="pending-list">
        {names.map((name) => {
          const { label, from, to } = told(name);
          return (
            <div key={name}>
              <dt>{label}</dt>
              <dd>{from === null || from === to ? to : controls.pending.change(from, to)}</dd>
            </div>
          );
        })}
      </dl>
      <div className="pending-choice">
        <button
          className="button button-primary"
          type="button"
          onClick={() => {
            actions.startNewRun();
          }}
        >
          {controls.pending.start}
        </button>
        <button
          className="button"
          type="button"
          onClick={() => {
            actions.discardChanges();
          }}
        >
          {controls.pending.discard}
        </button>
      </div>
    </section>
  );
};
