/** What computes: the reader's wish, the device that was found, and why they differ where they do. */
import { usePlayground, useRun } from '../../store';
import { failureText } from '../messages/failures';
import { useMessages, useNumbers } from '../messages';
import { ChoiceField } from './ChoiceField';
import { EngineTablePlace } from '../keeping/lazyKeeping';
import { Group } from './Group';
import { SettingFields } from './SettingFields';

export const EngineGroup = () => {
  const { controls, corpus, failures, notices, settings } = useMessages();
  const numbers = useNumbers();
  const engines = usePlayground((state) => state.engines);
  const description = useRun((run) => run?.description ?? null);
  const engine = usePlayground((state) => state.settings.engine);
  const actions = usePlayground((state) => state.actions);
  const names = settings.options.engine;

  const describe = (option: keyof typeof names, text: string) => {
    const found = engines.find((engine) => engine.name === option);
    return found === undefined || found.available ? text : controls.engine.unavailable(text);
  };

  const unmet =
    description !== null && description.engineWished !== 'auto' && description.engineWished !== description.engine.name;
  return (
    <Group title={controls.settings.engine}>
      <SettingFields group="engine" own={{ engine: <ChoiceField name="engine" describe={describe} /> }} />
      {description && (
        <p className="group-remark">
          {controls.engine.device(names[description.engine.name], description.engine.device)}
        </p>
      )}
      {description?.engine.software && <p className="group-remark">{controls.engine.software}</p>}
      {description?.engineToCome && (
        <p className="group-remark" role="status">
          {controls.engine.coming(names[description.engineToCome])}
        </p>
      )}
      <EngineTablePlace />
      {description && (unmet || description.engineFailure) && (
        <div className="group-failure">
          {unmet && <p>{controls.engine.unmet(names[description.engineWished], names[description.engine.name])}</p>}
          {description.engineFailure && <p>{failureText(failures, description.engineFailure, numbers).found}</p>}
          {description.engineFailure && (
            <button
              className="button"
              type="button"
              onClick={() => {
                actions.set('engine', engine);
              }}
            >
              {corpus.retry}
            </button>
          )}
          {unmet && (
            <button
              className="button"
              type="button"
              onClick={() => {
                actions.set('engine', 'auto');
              }}
            >
              {notices.automatic}
            </button>
          )}
        </div>
      )}
    </Group>
  );
};
