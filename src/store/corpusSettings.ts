/** Settings that a corpus brings with it: those with which its note is true. */
import { DEFAULT_SETTINGS, SETTING_NAMES, type SettingName, type Settings } from '../model/settings';
import type { CatalogueEntry } from '../model/text/types';
import type { Facts } from './state';

/** Settings that any corpus brings: in the others all are alike. */
const broughtBy = (catalogue: readonly CatalogueEntry[]): readonly SettingName[] =>
  SETTING_NAMES.filter((name) => catalogue.some(({ settings }) => name in settings));

/** The corpus' own value of each setting that any corpus brings; the general defaults for a text of one's own. */
export const ownSettings = (catalogue: readonly CatalogueEntry[], corpus: string): Partial<Settings> => {
  const brought = catalogue.find(({ id }) => id === corpus)?.settings ?? {};
  return Object.fromEntries(broughtBy(catalogue).map((name) => [name, brought[name] ?? DEFAULT_SETTINGS[name]]));
};

const holds = (settings: Settings, own: Partial<Settings>): boolean =>
  SETTING_NAMES.every((name) => !(name in own) || own[name] === settings[name]);

/** The settings with another corpus: where they are those that the one before brought, those that the new one brings. */
export const withCorpus = ({ catalogue, settings }: Pick<Facts, 'catalogue' | 'settings'>, corpus: string): Settings =>
  holds(settings, ownSettings(catalogue, settings.corpus))
    ? { ...settings, ...ownSettings(catalogue, corpus), corpus }
    : { ...settings, corpus };

/** Whether the corpus brings other settings than the controls have. */
export const differsFromOwn = ({ catalogue, settings }: Pick<Facts, 'catalogue' | 'settings'>): boolean =>
  !holds(settings, ownSettings(catalogue, settings.corpus));
