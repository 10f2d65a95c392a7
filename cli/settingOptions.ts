/** The settings of the page as options of a command line. */
import { InvalidArgumentError, Option } from 'commander';
import { parseSetting } from '../src/model/parseSetting';
import { SETTING_NAMES, SETTINGS } from '../src/model/settings';
import type { Setting, SettingName } from '../src/model/settings';

/** The text is an argument, the engine is simd, nobody watches, and --steps says which step is the last. */
export const OPTION_SETTINGS = SETTING_NAMES.filter((name) => !('needsPage' in SETTINGS[name]));

/** Shorter names beside a setting's own. */
const SHORT: Partial<Readonly<Record<SettingName, string>>> = {
  learningRate: '--lr',
  topP: '--nucleus',
};

export const dashed = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const allowed = (setting: Setting): string => {
  if (setting.kind === 'choice') return setting.options.join(', ');
  if (setting.kind === 'text') return `at most ${String(setting.maxLength)} characters`;
  const whole = setting.kind === 'integer' ? ', whole' : '';
  return `${String(setting.min)} to ${String(setting.max)}${whole}`;
};

/** @param otherwise what holds where it is not given */
export const optionOf = (name: SettingName, otherwise = String(SETTINGS[name].default)): Option => {
  const setting: Setting = SETTINGS[name];
  const flags = [SHORT[name], `--${dashed(name)}`].filter((flag) => flag !== undefined).join(', ');
  return new Option(`${flags} <value>`, `${allowed(setting)} (default: ${otherwise})`).argParser((given: string) => {
    const { value, correction } = parseSetting(name, given);
    if (correction !== null) throw new InvalidArgumentError(`Allowed: ${allowed(setting)}.`);
    return value;
  });
};

/** A number of steps or characters. */
export const parseCount = (given: string): number => {
  const count = Number(given);
  if (!Number.isSafeInteger(count) || count < 1) throw new InvalidArgumentError('Allowed: whole numbers from 1.');
  return count;
};
