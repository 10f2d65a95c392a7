/** A setting's value in words: an option by its name, a number as it is typed, so that it reads back as the same. */
import { SETTINGS, type Setting, type SettingName, type Settings } from '../../model/settings';
import type { Messages } from '../messages';

export const valueText = (name: SettingName, value: Settings[SettingName], words: Messages): string => {
  const setting: Setting = SETTINGS[name];
  if (setting.kind === 'choice') {
    // The names of options are declared for every choice setting, by its name.
    const options = (
      words.settings.options as Readonly<Partial<Record<SettingName, Readonly<Record<string, string>>>>>
    )[name];
    return options?.[value] ?? String(value);
  }
  return String(value);
};
