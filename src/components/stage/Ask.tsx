/** The small round ? that tells what something means or does; words that only it shows are fetched with its panel. */
import { CircleQuestionMark } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { Popup } from './Popup';
import type * as PanelPart from './PopupPanel';
import './Ask.css';

interface AskProps {
  /** What the button is called; where that is the same for many, `about` says which one it is. */
  readonly label: string;
  /** Id of the element that names what is asked about. */
  readonly about?: string;
  readonly answer: (part: typeof PanelPart) => ReactNode;
}

export const Ask = ({ label, about, answer }: AskProps): ReactElement => (
  <Popup
    className="round-button"
    label={label}
    {...(about === undefined ? { title: label } : { describedBy: about })}
    sign={<CircleQuestionMark size="1.1em" aria-hidden />}
    panel={{
      className: 'answer',
      ...(about === undefined ? { label } : { labelledBy: about }),
      align: 'start',
      content: (_close, part) => answer(part),
    }}
  />
);
