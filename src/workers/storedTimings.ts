/** Measurements of engines as a browser keeps them from visit to visit: text of whom nobody knows who wrote it. */
import { ENGINE_NAMES, type EngineName } from '../model/kernels/engines';
import type { EngineTiming } from '../model/engineTimings';

// By hand: what validates the rest of the program is no part of the first download.
const isTiming = (value: unknown): value is EngineTiming => {
  if (typeof value !== 'object' || value === null) return false;
  const {
    engine,
    device,
    configuration,
    stepMilliseconds: took,
  } = value as Partial<Record<keyof EngineTiming, unknown>>;
  return (
    ENGINE_NAMES.includes(engine as EngineName) &&
    typeof device === 'string' &&
    typeof configuration === 'string' &&
    (took === null || (typeof took === 'number' && Number.isFinite(took) && took >= 0))
  );
};

/** What is stored and valid; nothing where anything of it is not. */
export const parseTimings = (stored: string): readonly EngineTiming[] => {
  try {
    const timings: unknown = JSON.parse(stored);
    return Array.isArray(timings) && timings.every(isTiming) ? timings : [];
  } catch {
    return [];
  }
};
