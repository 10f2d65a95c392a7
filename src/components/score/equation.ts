/** A cell's equations with the numbers of one unit at one character. The step before the first one is the zero state. */
import { BANDS, type Role, type Term } from '../../model/cells';
import type { ProbeFrame } from '../../model/telemetry';
import { valueAt } from './frame';

/** The number of a term for `unit` after character `t`. */
export const termValue = (frame: ProbeFrame, { band, of }: Term, t: number, unit: number): number => {
  if (of === 'previous') return t === 0 ? 0 : valueAt(frame, band, t - 1, unit);
  const value = valueAt(frame, band, t, unit);
  if (of === 'squashed') return Math.tanh(value);
  return of === 'complement' ? 1 - value : value;
};

/** What does the opposite of keeping writes. */
export const roleOf = ({ band, of }: Term): Role => (of === 'complement' ? 'write' : BANDS[band].role);
