/** The curve's numbers at one step; of a longer run, over the few steps around it that the curve still tells apart. */
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
const lastAt = ({ steps }: Points, step: number): number => {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] ?? Infinity) <= step) low = middle + 1;
    else high = middle;
  }
  return low - 1;
};

/** The smoothed loss always ends with the newest step. */
const newestStep = ({ steps }: Points): number => steps.at(-1) ?? Infinity;

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

/** The points of each bucket: the last one measured in it. Step 0 is in bucket -1. */
const byBucket = ({ steps, values }: Points, width: number): Map<number, number> =>
  new Map(Array.from(steps, (step, k) => [Math.floor((step - 1) / width), values[k]]));

/**
 * The curve as rows for a file, one for each bucket of steps; `step` is the last one that it holds. Before them, at step 0,
 * what was measured before the first step. Losses in nats per character.
 */
export const curveRows = ({ loss, smoothedLoss, heldOutLoss }: History): string[][] => {
  const rows = [
    ['step', 'first_step', 'training', 'training_minimum', 'training_maximum', 'training_smoothed', 'held_out'],
  ];
  const smoothed = byBucket(smoothedLoss, loss.width);
  const heldOut = byBucket(heldOutLoss, loss.width);
  const text = (value: number | undefined): string =>
    value !== undefined && Number.isFinite(value) ? String(value) : '';
  const untrained = heldOut.get(-1);
  if (untrained !== undefined) rows.push(['0', '0', '', '', '', '', text(untrained)]);
  // The last bucket may be half full.
  const last = newestStep(smoothedLoss);
  loss.mean.forEach((mean, k) => {
    if (!Number.isFinite(mean)) return;
    const values = [mean, loss.minimum[k], loss.maximum[k], smoothed.get(k), heldOut.get(k)];
    rows.push([String(Math.min((k + 1) * loss.width, last)), String(k * loss.width + 1), ...values.map(text)]);
  });
  return rows;
};

/** Rows of the table at most. */
const ROWS = 20;

/** Steps at equal distances, the last one among them. */
export const tableSteps = (last: number): number[] =>
  Array.from({ length: Math.min(ROWS, last) }, (_, k) => Math.round(((k + 1) * last) / Math.min(ROWS, last)));
