/** The small button beside a setting's name that tells in one sentence what it does. */
import type { SettingName } from '../../model/settings';
import { usePlayground } from '../../store';
import { useMessages } from '../messages';
import { Ask } from '../stage/Ask';
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
    <Ask
      label={controls.settings.explain}
      about={labelId}
      answer={({ explanations }) => (
        <>
          <p>{explanations[language][name]}</p>
          {range && <p className="explain-range">{range}</p>}
        </>
      )}
    />
  );
};
