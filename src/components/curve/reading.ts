/** The curve's numbers at one step; of a longer run, over the few steps around it that the curve still tells apart. */
import { bisectRight } from 'd3';
import type { History, Points } from '../../model/telemetry';

export interface Reading {
  readonly step: number;
  /** The steps of the bucket that holds the step: of a longer run, more than one. */
  readonly first: number;
  readonly last: number;
  /** Smallest, mean and largest loss of these steps. */
  readonly low: number;
  readonly mean: number;
  readonly high: number;
  readonly smoothed: number;
  /** The last held-out loss measured at or before the step, and where; NaN before the first. */
  readonly heldOut: number;
  readonly heldOutStep: number;
}

/** Index of the last point at or before `step`; -1 before the first. */
const lastAt = ({ steps }: Points, step: number): number => bisectRight(steps, step) - 1;

/** The smoothed loss always ends with the newest step. */
const newestStep = ({ steps }: Points): number => steps.at(-1) ?? Infinity;

/** The smoothed loss at a step that the curve reaches; NaN at others. */
export const smoothedAt = ({ smoothedLoss }: Pick<History, 'smoothedLoss'>, step: number): number =>
  step > newestStep(smoothedLoss) ? NaN : (smoothedLoss.values[lastAt(smoothedLoss, step)] ?? NaN);

export const readCurve = ({ loss, smoothedLoss, heldOutLoss }: History, step: number): Reading => {
  const { width } = loss;
  const bucket = Math.floor((step - 1) / width);
  const heldOut = lastAt(heldOutLoss, step);
  const smoothed = lastAt(smoothedLoss, step);
  return {
    step,
    first: step < 1 ? step : bucket * width + 1,
    last: step < 1 ? step : Math.min((bucket + 1) * width, newestStep(smoothedLoss)),
    low: loss.minimum[bucket] ?? NaN,
    mean: loss.mean[bucket] ?? NaN,
    high: loss.maximum[bucket] ?? NaN,
    smoothed: smoothedLoss.values[smoothed] ?? NaN,
    heldOut: heldOutLoss.values[heldOut] ?? NaN,
    heldOutStep: heldOutLoss.steps[heldOut] ?? NaN,
  };
};
