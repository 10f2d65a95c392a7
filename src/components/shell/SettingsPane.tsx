/** The settings: a column beside the stage, or on a phone a sheet that slides over it. */
import { X } from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useMessages } from '../messages';
import './SettingsPane.css';

interface SettingsPaneProps {
  readonly sheet: boolean;
  readonly open: boolean;
  readonly close: () => void;
  readonly children: ReactNode;
}

export const SettingsPane = ({ sheet, open, close, children }: SettingsPaneProps) => {
  const { controls } = useMessages();
  const closeButton = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (sheet && open) closeButton.current?.focus();
  }, [sheet, open]);

  const onKeyDown = (event: KeyboardEvent) => {
    if (sheet && event.key === 'Escape' && !event.defaultPrevented) close();
  };
  return (
    <>
      {sheet && open && <div className="veil" onClick={close} />}
      <div
        className="settings"
        id="settings"
        data-open={!sheet || open}
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
