/** Measurements of engines, kept from visit to visit where the browser lets it. The worker looks at what is stored. */
import type { Measurement } from '../model/measurements';
import type { Shelf } from './preferences';

const KEY = 'lstm-playground-engines';

/** As it is stored; null where nothing is. */
export const storedMeasurements = (shelf: Shelf | null): string | null => {
  try {
    return shelf?.getItem(KEY) ?? null;
  } catch {
    return null;
  }
};

export const writeMeasurements = (shelf: Shelf | null, known: readonly Measurement[]): void => {
  try {
    shelf?.setItem(KEY, JSON.stringify(known));
  } catch {
    // They can be measured again.
  }
};
