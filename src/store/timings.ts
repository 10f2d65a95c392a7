/** Measurements of engines, kept from visit to visit where the browser lets it. The worker looks at what is stored. */
import type { EngineTiming } from '../model/engineTimings';
import type { Shelf } from './preferences';

const KEY = 'lstm-playground-engines';

/** As it is stored; null where nothing is. */
export const storedTimings = (shelf: Shelf | null): string | null => {
  try {
    return shelf?.getItem(KEY) ?? null;
  } catch {
    return null;
  }
};

export const writeTimings = (shelf: Shelf | null, known: readonly EngineTiming[]): void => {
  try {
    shelf?.setItem(KEY, JSON.stringify(known));
  } catch {
    // They can be measured again.
  }
};
