/** A setting's value as people and links write it; apart from the settings, for the worker's first download has no need of it. */
import { fitNumber, readNumber } from './numberText';
import { SETTINGS, type Correction, type Setting, type SettingName, type Settings } from './settings';

/** A value for `name` out of text that may be wrong: clamped into its bounds, or `otherwise` where it cannot be read. */
export const parseSetting = <N extends SettingName>(
  name: N,
  given: string,
  otherwise: string | number = SETTINGS[name].default,
): { readonly value: Settings[N]; readonly correction: Correction | null } => {
  const setting: Setting = SETTINGS[name];
  const report = (kind: 'clamped' | 'invalid' | 'ambiguous', used: string | number) => ({
    value: used as Settings[N],
    correction: { kind, name, given, used: String(used) } as const,
  });
  switch (setting.kind) {
    case 'choice':
      return setting.options.includes(given)
        ? { value: given as Settings[N], correction: null }
        : report('invalid', otherwise);
    case 'text': {
      const characters = Array.from(given);
      return characters.length > setting.maxLength
        ? report('clamped', characters.slice(0, setting.maxLength).join(''))
        : { value: given as Settings[N], correction: null };
    }
    case 'integer':
    case 'number': {
      const read = readNumber(given, setting);
      if (typeof read === 'string') return report(read === 'none' ? 'invalid' : 'ambiguous', otherwise);
      const used = fitNumber(read, setting);
      return used === read ? { value: used as Settings[N], correction: null } : report('clamped', used);
    }
  }
};
