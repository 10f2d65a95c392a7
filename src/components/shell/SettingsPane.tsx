/** The settings: a column beside the stage, or on a phone a sheet that slides over it. */
import { X } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { usePlayground, type PlaygroundState } from '../../store';
import { useMessages } from '../messages';
import './SettingsPane.css';

interface SettingsPaneProps {
  readonly sheet: boolean;
  readonly open: boolean;
  readonly close: () => void;
  /** Closes it as well: what is to be done with a text of one's own stands elsewhere. */
  readonly closeForText: () => void;
  readonly children: ReactNode;
}

/** Whether a text of one's own has come, as it was given: one that is read anew is still being looked at. */
const isTaken = ({ text: before }: PlaygroundState, { text }: PlaygroundState): boolean =>
  text?.status === 'ready' &&
  before?.status === 'loading' &&
  before.textId === text.textId &&
  (text.source.kind === 'pasted' || (text.source.kind === 'file' && text.source.encoding === null));

export const SettingsPane = ({ sheet, open, close, closeForText, children }: SettingsPaneProps) => {
  const { controls } = useMessages();
  const closeButton = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (sheet && open) closeButton.current?.focus();
  }, [sheet, open]);

  useEffect(() => {
    if (!sheet || !open) return;
    return usePlayground.subscribe((state, before) => {
      if (isTaken(before, state)) closeForText();
    });
  }, [sheet, open, closeForText]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (sheet && event.key === 'Escape' && !event.defaultPrevented) close();
  };
  return (
    <>
      {sheet && open && <div className="veil" onClick={close} />}
      <div
        className="settings"
        id="settings"
        data-open={open}
        data-sheet={sheet || undefined}
        role={sheet ? 'dialog' : 'complementary'}
        aria-label={controls.settings.region}
        onKeyDown={onKeyDown}
      >
        {sheet && (
          <div className="settings-head">
            <span>{controls.settings.region}</span>
            <button
              className="button button-quiet button-icon"
              type="button"
              ref={closeButton}
              aria-label={controls.settings.close}
              onClick={close}
            >
              <X size="1.25em" />
            </button>
          </div>
        )}
        {children}
      </div>
    </>
  );
};
