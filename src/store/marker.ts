/** A note that the run on the page is kept, and under which address: whoever reloads that page gets the run back. */
import { fromUrlHash } from '../model/links';
import { SETTING_NAMES, SETTINGS } from '../model/settings';
import type { Shelf } from './preferences';

const KEY = 'lstm-playground-kept';

/** Null where no run is kept, or the browser does not let the page know. */
export const readMarker = (shelf: Shelf | null): string | null => {
  try {
    const stored: unknown = JSON.parse(shelf?.getItem(KEY) ?? 'null');
    return typeof stored === 'string' ? stored : null;
  } catch {
    return null;
  }
};

/** `hash` null: the run on the page is not kept. */
export const writeMarker = (shelf: Shelf | null, hash: string | null): void => {
  try {
    shelf?.setItem(KEY, JSON.stringify(hash));
  } catch {
    // The page will offer what it keeps.
  }
};

/** What makes it another run, or has it go on otherwise; how it is looked at may differ. */
const TOLD = SETTING_NAMES.filter((name) => SETTINGS[name].effect !== 'page');

/** Whether two addresses ask for the same run; the view may differ. */
export const isSameRun = (a: string, b: string): boolean => {
  const [one, other] = [fromUrlHash(a), fromUrlHash(b)];
  const isSameText = one.textHash === null || other.textHash === null || one.textHash === other.textHash;
  return isSameText && TOLD.every((name) => one.settings[name] === other.settings[name]);
};
