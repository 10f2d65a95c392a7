/** A setting's value in words: an option by its name, a number as the language writes it. */
import { SETTINGS, type Setting, type SettingName, type Settings } from '../../model/settings';
import type { Messages } from '../messages';
import type { Numbers } from '../messages/numbers';

export const valueText = (
  name: SettingName,
  value: Settings[SettingName],
  words: Messages,
  numbers: Numbers,
): string => {
  const setting: Setting = SETTINGS[name];
  if (setting.kind === 'choice') {
    // The names of options are declared for every choice setting, by its name.
    const options = (
      words.settings.options as Readonly<Partial<Record<SettingName, Readonly<Record<string, string>>>>>
    )[name];
    return options?.[value] ?? String(value);
  }
  // A seed is a name more than a quantity: no separators.
  return typeof value === 'number' && name !== 'seed' ? numbers.plain(value) : String(value);
};
