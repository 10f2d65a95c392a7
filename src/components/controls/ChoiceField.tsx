/** One choice of the settings, as the browser's own select. */
import { useId } from 'react';
import { SETTINGS, type ChoiceSetting, type SettingName, type Settings } from '../../model/settings';
import { usePlayground } from '../../store';
import { useMessages } from '../messages';
import { Explain } from './Explain';
import { valueText } from './valueText';
import './Field.css';

export type ChoiceName = {
  [N in SettingName]: (typeof SETTINGS)[N] extends ChoiceSetting ? N : never;
}[SettingName];

interface ChoiceFieldProps<N extends ChoiceName> {
  readonly name: N;
  /** Options that cannot be had here, said beside their names. */
  readonly describe?: (option: Settings[N], text: string) => string;
}

export const ChoiceField = <N extends ChoiceName>({ name, describe }: ChoiceFieldProps<N>) => {
  const value = usePlayground((state) => state.settings[name]);
  const actions = usePlayground((state) => state.actions);
  const words = useMessages();
  const id = useId();
  const { label } = words.settings.names[name];
  const options = SETTINGS[name].options as readonly Settings[N][];

  return (
    <div className="setting">
      <span className="setting-name">
        <label id={`${id}-label`} htmlFor={id}>
          {label}
        </label>
        <Explain labelId={`${id}-label`} name={name} />
      </span>
      <select
        className="field setting-value"
        id={id}
        value={value}
        onChange={(event) => {
          actions.set(name, event.target.value as Settings[N]);
        }}
      >
        {options.map((option) => {
          const text = valueText(name, option, words);
          return (
            <option key={option} value={option}>
              {describe ? describe(option, text) : text}
            </option>
          );
        })}
      </select>
    </div>
  );
};
