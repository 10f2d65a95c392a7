/** One number of the settings, with its name and what it does. */
import { useId } from 'react';
import { SETTINGS, type NumberSetting, type SettingName } from '../../model/settings';
import { usePlayground } from '../../store';
import { useMessages } from '../messages';
import { Explain } from './Explain';
import { NumberInput } from './NumberInput';
import './Field.css';

export type NumberName = {
  [N in SettingName]: (typeof SETTINGS)[N] extends NumberSetting ? N : never;
}[SettingName];

interface NumberFieldProps {
  readonly name: NumberName;
  /** Something to say under the field about this run. */
  readonly remark?: string | undefined;
}

export const NumberField = ({ name, remark }: NumberFieldProps) => {
  const value = usePlayground((state) => state.settings[name]);
  const actions = usePlayground((state) => state.actions);
  const { settings } = useMessages();
  const id = useId();
  const setting: NumberSetting = SETTINGS[name];
  const unit = setting.unit ? settings.units[setting.unit] : '';
  const { label } = settings.names[name];

  return (
    <div className="setting">
      <span className="setting-name">
        <label id={`${id}-label`} htmlFor={id}>
          {label}
        </label>
        <Explain
          labelId={`${id}-label`}
          name={name}
          range={settings.range(String(setting.min), String(setting.max), unit)}
        />
      </span>
      <NumberInput
        id={id}
        name="setting"
        label={label}
        rule={setting}
        value={value}
        onCommit={(next) => {
          actions.set(name, next);
        }}
        remark={remark}
      />
    </div>
  );
};
