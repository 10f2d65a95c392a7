/** The small menu of a figure: save it as a picture or as numbers. */
import { Download } from 'lucide-react';
import type { ReactElement } from 'react';
import { Popup } from './Popup';
import type * as PanelPart from './PopupPanel';

export interface SaveItem {
  readonly label: string;
  /** Given what came with the menu. */
  readonly save: (part: typeof PanelPart) => void;
}

interface SaveMenuProps {
  readonly label: string;
  readonly disabled?: boolean;
  readonly items: readonly SaveItem[];
}

export const SaveMenu = ({ label, items, disabled = false }: SaveMenuProps): ReactElement => (
  <Popup
    className="button button-quiet button-icon save-trigger"
    label={label}
    title={label}
    disabled={disabled}
    sign={<Download size="1.2em" aria-hidden />}
    panel={{
      className: 'save-menu',
      label,
      align: 'end',
      content: (close, part) =>
        items.map((item) => (
          <button
            key={item.label}
            type="button"
            className="button button-quiet"
            onClick={() => {
              item.save(part);
              close();
            }}
          >
            {item.label}
          </button>
        )),
    }}
  />
);
