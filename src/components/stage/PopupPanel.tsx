/** The panel of a popup: placed beside its button, closed by Escape, by a click elsewhere and by losing the focus. */
import * as Popover from '@radix-ui/react-popover';
import type { ReactNode, RefObject } from 'react';

/** What saves figures, for a panel is where that is asked for. */
export { saveCurve, saveCurvePicture } from '../curve/saveCurve';
export { saveScorePicture, saveScoreValues } from '../score/saveScore';
export { saveCsv } from './saveFigure';
/** Words that only a panel shows are fetched with it. */
export { explanations } from '../messages/explanations';
export { terms } from '../messages/terms';

interface PopupPanelProps {
  readonly id: string;
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly onOpenChange: (open: boolean) => void;
  readonly className: string;
  readonly label?: string;
  readonly labelledBy?: string;
  readonly align: 'start' | 'end';
  readonly content: (close: () => void) => ReactNode;
}

const PopupPanel = ({ id, button, onOpenChange, className, label, labelledBy, align, content }: PopupPanelProps) => (
  <Popover.Root open onOpenChange={onOpenChange}>
    <Popover.Anchor virtualRef={button} />
    <Popover.Portal>
      <Popover.Content
        id={id}
        className={className}
        aria-label={label}
        aria-labelledby={labelledBy}
        side="bottom"
        align={align}
        sideOffset={4}
        collisionPadding={12}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          button.current?.focus();
        }}
        onInteractOutside={(event) => {
          // The button closes it itself.
          if (event.target instanceof Node && button.current?.contains(event.target)) event.preventDefault();
        }}
      >
        {content(() => {
          onOpenChange(false);
        })}
      </Popover.Content>
    </Popover.Portal>
  </Popover.Root>
);

export default PopupPanel;
