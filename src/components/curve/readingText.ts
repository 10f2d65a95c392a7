/** The curve's numbers at a step, in words. */
import type { Messages } from '../messages';
import type { Numbers } from '../messages/numbers';
import type { PlaygroundState } from '../../store';
import { readCurve, smoothedAt } from './reading';

/** Empty before the first step. */
export const readingText = (
  { history, run, earlier }: Pick<PlaygroundState, 'history' | 'run' | 'earlier'>,
  step: number,
  { curve }: Messages['stage'],
  { integer, fixed }: Numbers,
): string => {
  if (!history || !run || run.metrics.step < 1) return '';
  const reading = readCurve(history, step);
  const { first, last, heldOut } = reading;
  const parts = [
    curve.at(integer(first), integer(last)),
    first === last
      ? `${curve.training} ${fixed(reading.mean, 2)}`
      : `${curve.trainingMean} ${fixed(reading.mean, 2)} (${fixed(reading.low, 2)}–${fixed(reading.high, 2)})`,
    `${curve.smoothedShort} ${fixed(reading.smoothed, 2)}`,
  ];
  const before = earlier === null ? NaN : smoothedAt(earlier, step);
  if (Number.isFinite(before)) parts.push(`${curve.earlierShort} ${fixed(before, 2)}`);
  if (Number.isFinite(heldOut)) {
    const units = curve.bits(fixed(heldOut / Math.LN2, 2), fixed(Math.exp(heldOut), 2));
    parts.push(`${curve.heldOut} ${fixed(heldOut, 2)} (${units})`);
  }
  return parts.join(' · ');
};
