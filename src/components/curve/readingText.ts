/** The curve's numbers at a step, in words. */
import type { Messages } from '../messages';
import type { Numbers } from '../messages/numbers';
import { earlierRun, shownRun, type PlaygroundState } from '../../store';
import { readCurve, smoothedAt } from './reading';

/** Empty before the first step. */
export const readingText = (
  state: Pick<PlaygroundState, 'runs' | 'shown' | 'earlier'>,
  step: number,
  { curve }: Messages['stage'],
  { integer, fixed }: Numbers,
): string => {
  const run = shownRun(state);
  if (!run?.history || run.metrics.step < 1) return '';
  const reading = readCurve(run.history, step);
  const { first, last, heldOut } = reading;
  const parts = [
    curve.at(integer(first), integer(last)),
    first === last
      ? `${curve.training} ${fixed(reading.mean, 2)}`
      : `${curve.trainingMean} ${fixed(reading.mean, 2)} (${fixed(reading.low, 2)}–${fixed(reading.high, 2)})`,
    `${curve.smoothedShort} ${fixed(reading.smoothed, 2)}`,
  ];
  const earlier = earlierRun(state)?.history;
  const before = earlier ? smoothedAt(earlier, step) : NaN;
  if (Number.isFinite(before)) parts.push(`${curve.earlierShort} ${fixed(before, 2)}`);
  if (Number.isFinite(heldOut)) {
    const units = curve.bits(fixed(heldOut / Math.LN2, 2), fixed(Math.exp(heldOut), 2));
    parts.push(`${curve.heldOut} ${fixed(heldOut, 2)} (${units})`);
  }
  return parts.join(' · ');
};
