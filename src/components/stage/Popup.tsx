/** A button that opens a small panel beside it; what places the panel is fetched once the page is there. */
import { useId, useRef, useState, type ReactNode } from 'react';
import { usePlayground } from '../../store';
import { loadPanel } from '../parts';
import type * as PanelPart from './PopupPanel';

interface PopupProps {
  readonly className: string;
  /** What the button is called. */
  readonly label: string;
  readonly title?: string;
  /** Id of what tells more about the button. */
  readonly describedBy?: string;
  readonly disabled?: boolean;
  /** The sign on the button. */
  readonly sign: ReactNode;
  readonly panel: {
    readonly className: string;
    /** The panel's name, or the id of the element that names it. */
    readonly label?: string;
    readonly labelledBy?: string;
    readonly align: 'start' | 'end';
    /** Given what came with the panel. */
    readonly content: (close: () => void, part: typeof PanelPart) => ReactNode;
  };
}

export const Popup = ({ className, label, title, describedBy, disabled = false, sign, panel }: PopupProps) => {
  const [open, setOpen] = useState(false);
  const [loaded, setLoaded] = useState<typeof PanelPart | null>(null);
  const { tellProblem } = usePlayground((state) => state.actions);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();

  const show = async () => {
    setOpen(true);
    try {
      setLoaded(await loadPanel());
    } catch (caught) {
      setOpen(false);
      tellProblem(caught);
    }
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        aria-describedby={describedBy}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        title={title}
        disabled={disabled}
        onClick={() => {
          if (open) setOpen(false);
          else void show();
        }}
      >
        {sign}
      </button>
      {open && loaded && (
        <loaded.default
          id={id}
          button={button}
          onOpenChange={setOpen}
          {...panel}
          content={(close) => panel.content(close, loaded)}
        />
      )}
    </>
  );
};
