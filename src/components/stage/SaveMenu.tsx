/** The small menu of a figure: save it as a picture or as numbers. */
import * as Popover from '@radix-ui/react-popover';
import { Download } from 'lucide-react';
import { useState, type ReactElement } from 'react';

interface SaveMenuProps {
  readonly label: string;
  readonly disabled?: boolean;
  readonly items: readonly { readonly label: string; readonly save: () => void }[];
}

export const SaveMenu = ({ label, items, disabled = false }: SaveMenuProps): ReactElement => {
  const [open, setOpen] = useState(false);
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        className="button button-quiet button-icon save-trigger"
        aria-label={label}
        title={label}
        disabled={disabled}
      >
        <Download size="1.2em" aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content className="save-menu" align="end" sideOffset={4} aria-label={label}>
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              className="button button-quiet"
              onClick={() => {
                item.save();
                setOpen(false);
              }}
            >
              {item.label}
            </button>
          ))}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
};
