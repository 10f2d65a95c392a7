/** The keys, and the switch that turns them off. */
import { useEffect, useId, useRef, type MouseEvent } from 'react';
import { usePlayground, useRun } from '../../store';
import type { Page } from '../keeping/page';
import './dialog.css';
import './HelpDialog.css';

interface HelpProps {
  readonly page: Page;
  readonly calls: number;
}

export const HelpDialog = ({ page: { words, numbers, CloseSign }, calls }: HelpProps) => {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
  }, [calls]);
  const { controls } = words;
  const shortcuts = usePlayground((state) => state.shortcuts);
  const changed = useRun((run) => run?.description?.changes.at(0)?.step);
  const isTuned = useRun((run) => (run?.description?.tunedFrom ?? null) !== null);
  const actions = usePlayground((state) => state.actions);
  const id = useId();
  const { keys, link, linkUntil, noLink } = controls.help;
  const untilThen = changed === undefined ? link : linkUntil(numbers.integer(changed));
  const linkText = isTuned ? noLink : untilThen;
  const rows: readonly (readonly [keys: readonly string[], does: string])[] = [
    [[controls.help.space], keys.train],
    [['.'], keys.step],
    [['R'], keys.reset],
    [['←', '→'], keys.cursor],
    [['↑', '↓'], keys.unit],
    [['?'], keys.help],
  ];
  const close = () => dialog.current?.close();
  // A click on the veil has the dialog itself as its target.
  const onClick = (event: MouseEvent) => {
    if (event.target === dialog.current) close();
  };
  return (
    <dialog className="dialog help" ref={dialog} aria-labelledby={`${id}-title`} onClick={onClick}>
      <div className="dialog-sheet">
        <header className="dialog-head">
          <h2 id={`${id}-title`}>{controls.help.title}</h2>
          <button
            className="button button-quiet button-icon"
            type="button"
            aria-label={controls.help.close}
            onClick={close}
          >
            <CloseSign size="1.25em" />
          </button>
        </header>
        <dl className="help-keys">
          {rows.map(([names, does]) => (
            <div key={does}>
              <dt>
                {names.map((name) => (
                  <kbd key={name}>{name}</kbd>
                ))}
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <label className="help-switch">
          <input
            type="checkbox"
            role="switch"
            checked={shortcuts}
            aria-describedby={`${id}-hint`}
            onChange={(event) => {
              actions.setShortcuts(event.target.checked);
            }}
          />
          {controls.help.shortcuts}
        </label>
        <p className="help-hint" id={`${id}-hint`}>
          {controls.help.shortcutsHint}
        </p>
        <p className="help-hint">{linkText}</p>
      </div>
    </dialog>
  );
};
