/** Measurements of engines as a browser keeps them from visit to visit: text of whom nobody knows who wrote it. */
import * as v from 'valibot';
import { ENGINE_NAMES } from '../model/kernels/engines';
import type { EngineTiming } from '../model/engineTimings';

const SCHEMA = v.array(
  v.object({
    engine: v.picklist(ENGINE_NAMES),
    device: v.string(),
    configuration: v.string(),
    stepMilliseconds: v.nullable(v.pipe(v.number(), v.finite(), v.minValue(0))),
  }),
);

/** What is stored and valid; nothing where anything of it is not. */
export const parseTimings = (stored: string): readonly EngineTiming[] => {
  try {
    return v.parse(SCHEMA, JSON.parse(stored));
  } catch {
    return [];
  }
};
