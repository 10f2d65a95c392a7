/** Measurements of engines, kept from visit to visit where the browser lets it. */
import * as v from 'valibot';
import { ENGINE_NAMES } from '../model/kernels/engines';
import type { Measurement } from '../model/measurements';
import type { Shelf } from './preferences';

const KEY = 'lstm-playground-engines';

const SCHEMA = v.array(
  v.object({
    engine: v.picklist(ENGINE_NAMES),
    device: v.string(),
    configuration: v.string(),
    stepMilliseconds: v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0))),
  }),
);

/** What is stored and valid; nothing where anything of it is not. */
export const readMeasurements = (shelf: Shelf | null): readonly Measurement[] => {
  try {
    return v.parse(SCHEMA, JSON.parse(shelf?.getItem(KEY) ?? '[]'));
  } catch {
    return [];
  }
};

export const writeMeasurements = (shelf: Shelf | null, known: readonly Measurement[]): void => {
  try {
    shelf?.setItem(KEY, JSON.stringify(known));
  } catch {
    // They can be measured again.
  }
};
