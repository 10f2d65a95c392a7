/** The small button beside a setting's name that tells in one sentence what it does. */
import { CircleQuestionMark } from 'lucide-react';
import type { SettingName } from '../../model/settings';
import { usePlayground } from '../../store';
import { useMessages } from '../messages';
import { Popup } from '../stage/Popup';
import './Explain.css';

interface ExplainProps {
  /** Id of the element that names what is explained. */
  readonly labelId: string;
  readonly name: SettingName;
  /** Bounds and unit, where there are any. */
  readonly range?: string | undefined;
}

export const Explain = ({ labelId, name, range }: ExplainProps) => {
  const language = usePlayground((state) => state.language);
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
        content: (_close, { explanations }) => (
          <>
            <p>{explanations[language][name]}</p>
            {range && <p className="explain-range">{range}</p>}
          </>
        ),
      }}
    />
  );
};
