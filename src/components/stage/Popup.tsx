/** A button that opens a small panel beside it; what places the panel is loaded when one is first opened. */
import { lazy, Suspense, useId, useRef, useState, type ReactNode } from 'react';

const PopupPanel = lazy(() => import('./PopupPanel'));

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
    readonly content: (close: () => void) => ReactNode;
  };
}

export const Popup = ({ className, label, title, describedBy, disabled = false, sign, panel }: PopupProps) => {
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
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
          setOpen(!open);
        }}
      >
        {sign}
      </button>
      {open && (
        <Suspense>
          <PopupPanel id={id} button={button} onOpenChange={setOpen} {...panel} />
        </Suspense>
      )}
    </>
  );
};
