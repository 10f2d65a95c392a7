/** What a number field does with what is typed into it, and where its arrow keys go. */
import { parseSetting, SETTINGS, type NumberSetting, type SettingName } from '../../model/settings';

export type NumberName = {
  [N in SettingName]: (typeof SETTINGS)[N] extends NumberSetting ? N : never;
}[SettingName];

/** Why the field holds another value than the one that was typed. */
export interface FieldNote {
  readonly kind: 'smallest' | 'largest' | 'whole' | 'kept';
  readonly used: number;
}

export interface Committed {
  readonly value: number;
  readonly note: FieldNote | null;
}

/** The value that a field takes for what was typed; what is not a number leaves `current`. */
export const commitField = (name: NumberName, given: string, current: number): Committed => {
  const { value, correction } = parseSetting(name, given);
  if (correction === null) return { value, note: null };
  if (correction.kind === 'invalid') return { value: current, note: { kind: 'kept', used: current } };
  const setting: NumberSetting = SETTINGS[name];
  const kind = Number(given) < setting.min ? 'smallest' : Number(given) > setting.max ? 'largest' : 'whole';
  return { value, note: { kind, used: value } };
};

/** Decimals that say where an addition of decimal fractions was meant to go: 0.1 + 0.2 is 0.3. */
const tidy = (value: number): number => Number(value.toPrecision(12));

/**
 * The next value up (1) or down (-1): by the setting's own step, or by one unit of the value's leading digit where that
 * is smaller and 0 is not allowed, so that 0.001 goes down to 0.0009.
 */
export const nextValue = (name: NumberName, value: number, direction: 1 | -1): number => {
  const setting: NumberSetting = SETTINGS[name];
  let step = setting.step;
  if (setting.kind === 'number' && setting.min > 0 && value > 0) {
    // Just below 0.001 the leading digit is that of 0.0009….
    const reached = direction === 1 ? value : value * (1 - 1e-9);
    step = Math.min(step, 10 ** Math.floor(Math.log10(reached) + (direction === 1 ? 1e-12 : 0)));
  }
  const next = tidy(value + direction * step);
  return Math.min(setting.max, Math.max(setting.min, next));
};
