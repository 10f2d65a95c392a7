/** The small button beside a setting's name that tells in one sentence what it does. */
import { CircleQuestionMark } from 'lucide-react';
import { useMessages } from '../messages';
import { Popup } from '../stage/Popup';
import './Explain.css';

interface ExplainProps {
  /** Id of the element that names what is explained. */
  readonly labelId: string;
  readonly text: string;
  /** Bounds and unit, where there are any. */
  readonly range?: string | undefined;
}

export const Explain = ({ labelId, text, range }: ExplainProps) => {
  const { controls } = useMessages();
  return (
    // The name is the same for all of them; which one it is, the description says.
    <Popup
      className="explain-button"
      label={controls.settings.explain}
      describedBy={labelId}
      sign={<CircleQuestionMark size="1.1em" />}
      panel={{
        className: 'explain',
        labelledBy: labelId,
        align: 'start',
        content: () => (
          <>
            <p>{text}</p>
            {range && <p className="explain-range">{range}</p>}
          </>
        ),
      }}
    />
  );
};
