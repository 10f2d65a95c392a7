/** The loss curve's marks: history to axes, a band, lines and labels, in CSS pixels. */
import { scaleLinear, scaleLog } from 'd3';
import type { Baseline, Curve, History, Points } from '../../model/telemetry';
import { axisTicks, bottomAxisHeight, TICK_GAP, type AxisTick } from '../stage/axes';
import { placeLabels, type BaselineLabel } from './labels';
import type { StepRange } from './stepRange';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface BucketMark {
  readonly x: number;
  /** Of the smallest, the mean and the largest loss of the bucket's steps. */
  readonly low: number;
  readonly mean: number;
  readonly high: number;
}

export interface BaselineMark {
  readonly name: Baseline['name'];
  readonly nats: number;
  readonly y: number;
}

/** What is drawn of a run that was replaced. */
export type EarlierCurve = Pick<History, 'smoothedLoss' | 'heldOutLoss'>;

export interface CurveLayout {
  readonly plot: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
  readonly xTicks: readonly AxisTick[];
  readonly yTicks: readonly AxisTick[];
  readonly buckets: readonly BucketMark[];
  readonly smoothed: readonly Point[];
  readonly heldOut: readonly Point[];
  readonly earlier: { readonly smoothed: readonly Point[]; readonly heldOut: readonly Point[] };
  readonly baselines: readonly BaselineMark[];
  readonly labels: readonly BaselineLabel[];
  readonly x: (step: number) => number;
  readonly stepAt: (x: number) => number;
  readonly y: (loss: number) => number;
}

export interface CurveView {
  readonly width: number;
  readonly height: number;
  /** Size of the type that it is lettered in, in CSS pixels. */
  readonly type: number;
  /** Room for the names of the baselines, right of the plot, where no curve runs through them. */
  readonly nameWidth: number;
  /** Width of a label of an axis. */
  readonly labelWidth: (label: string) => number;
  /** How steps are written, and losses where decimals are not enough. */
  readonly writeStep: (step: number) => string;
  readonly writeLoss: (loss: number) => string;
  readonly logX: boolean;
  readonly logY: boolean;
  /** The steps that are shown; null: all. */
  readonly range: StepRange | null;
}

/** Left: at least; more where the labels of the loss axis are wider. */
const MARGIN = { left: 30, top: 10, right: 10 };
/** From one label of an axis to the next at the least, in sizes of type. */
const APART = { x: 4.7, y: 1.45 };
/** Steps that the axis shows at least, of the whole run. */
const FEWEST_STEPS = 20;
/** Losses below this are drawn at it on a logarithmic axis. */
const SMALLEST = 0.01;
/** From here on a loss is written in powers of ten. */
const RUN_AWAY = 1e4;

const SERIES = [1, 1.25, 1.6, 2, 2.5, 3.2, 4, 5, 6.4, 8, 10];

/** End of the step axis: grows in strides of a quarter, so that the axis does not creep with every step. */
export const axisEnd = (step: number): number => {
  const wanted = Math.max(FEWEST_STEPS, step);
  const power = 10 ** Math.floor(Math.log10(wanted));
  return (SERIES.find((factor) => factor * power >= wanted * (1 - 1e-9)) ?? 10) * power;
};

/** Middle of bucket k's steps, of those that have been made. */
const bucketStep = ({ width }: Curve, k: number, lastStep: number): number =>
  (k * width + 1 + Math.min((k + 1) * width, Math.max(lastStep, k * width + 1))) / 2;

/** Points from `from` to `to`, with the one before and the one after: the line to them is seen. */
const within = ({ steps, values }: Points, [from, to]: StepRange): { step: number; value: number }[] => {
  const found: { step: number; value: number }[] = [];
  steps.forEach((step, k) => {
    const isNear = (steps[k + 1] ?? Infinity) >= from && (steps[k - 1] ?? -Infinity) <= to;
    if (isNear && Number.isFinite(values[k])) found.push({ step, value: values[k] });
  });
  return found;
};

interface BucketValue {
  readonly step: number;
  readonly low: number;
  readonly mean: number;
  readonly high: number;
}

/** The buckets of these steps; those that are still empty are none. */
const bucketsWithin = (loss: Curve | undefined, lastStep: number, [from, to]: StepRange): BucketValue[] => {
  const found: BucketValue[] = [];
  loss?.mean.forEach((mean, k) => {
    if (!Number.isFinite(mean) || (k + 2) * loss.width < from || (k - 1) * loss.width > to) return;
    found.push({
      step: bucketStep(loss, k, lastStep),
      low: loss.minimum[k] ?? mean,
      mean,
      high: loss.maximum[k] ?? mean,
    });
  });
  return found;
};

/** Losses that decide how far the loss axis reaches. */
interface Seen {
  readonly buckets: readonly BucketValue[];
  readonly points: readonly { readonly value: number }[];
}

/** Both ends of the loss axis, on round numbers. A spike of single steps does not decide it. */
const lossDomain = ({ buckets, points }: Seen, baselines: readonly Baseline[], log: boolean): [number, number] => {
  const nats = baselines.map((baseline) => baseline.nats);
  const means = buckets.map(({ mean }) => mean);
  const values = points.map(({ value }) => value);
  const high = Math.max(...nats, ...means.slice(0, 1), 1);
  const peak = [...means, ...values].reduce((most, value) => Math.max(most, value), high);
  const lows = [...buckets.map(({ low }) => low), ...values];
  const low = lows.reduce((least, value) => Math.min(least, value), Math.min(...nats, ...means.slice(0, 1), high));
  if (log) return [Math.max(SMALLEST, low / 1.1), peak * 1.05];
  return [Math.max(0, Math.floor(low * 2 - 0.2) / 2), Math.ceil(peak * 1.04 * 5) / 5];
};

/** Of a range of steps: as far as their losses reach, whatever else there is. */
const closeDomain = ({ buckets, points }: Seen, log: boolean): [number, number] => {
  const values = [...buckets.map(({ mean }) => mean), ...points.map(({ value }) => value)];
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  if (values.length === 0) return [SMALLEST, 1];
  if (log) return [Math.max(SMALLEST, low / 1.02), Math.max(SMALLEST, high) * 1.02];
  const [from = 0, to = 1] = scaleLinear([low, Math.max(high, low + SMALLEST)], [0, 1])
    .nice(5)
    .domain();
  return [Math.max(0, from), to];
};

export const layoutCurve = (
  history: History | null,
  lastStep: number,
  baselines: readonly Baseline[],
  { width, height, type, nameWidth, labelWidth, writeStep, writeLoss, logX, logY, range }: CurveView,
  earlierCurve: EarlierCurve | null = null,
): CurveLayout => {
  const top = MARGIN.top;
  const bottom = Math.max(top + 1, height - bottomAxisHeight(type, true));
  // A run that has gone back may not have made those steps any more.
  const zoom = range !== null && range[0] < lastStep ? range : null;
  const steps: StepRange = zoom ?? [0, axisEnd(lastStep)];
  const pointsOf = (points: Points | undefined) => (points ? within(points, steps) : []);
  const buckets = bucketsWithin(history?.loss, lastStep, steps);
  const smoothed = pointsOf(history?.smoothedLoss);
  const heldOut = pointsOf(history?.heldOutLoss);
  const earlier = { smoothed: pointsOf(earlierCurve?.smoothedLoss), heldOut: pointsOf(earlierCurve?.heldOutLoss) };
  const seen = { buckets, points: [...heldOut, ...earlier.smoothed, ...earlier.heldOut] };
  const domain = zoom === null ? lossDomain(seen, baselines, logY) : closeDomain(seen, logY);
  const yScale = (logY ? scaleLog : scaleLinear)(domain, [bottom, top]);
  const hasRunAway = domain[1] >= RUN_AWAY;
  const yTicks = axisTicks(yScale, {
    count: 5,
    distance: APART.y * type,
    isLog: logY,
    ...((logY || hasRunAway) && { label: writeLoss }),
  });
  const left = yTicks.reduce((most, { label }) => Math.max(most, Math.ceil(labelWidth(label)) + TICK_GAP), MARGIN.left);
  const plot = { left, top, right: Math.max(left + 1, width - MARGIN.right - nameWidth), bottom };
  const xScale = logX
    ? scaleLog([Math.max(1, steps[0]), steps[1]], [plot.left, plot.right])
    : scaleLinear(steps, [plot.left, plot.right]);
  const x = (step: number): number => xScale(Math.max(logX ? 1 : 0, step));
  const y = (loss: number): number => yScale(logY ? Math.max(SMALLEST, loss) : loss);
  const place = ({ step, value }: { readonly step: number; readonly value: number }): Point => ({
    x: x(step),
    y: y(value),
  });

  const named = baselines.filter(({ nats }) => zoom === null || (nats >= domain[0] && nats <= domain[1]));
  const labels = placeLabels(named, y, [plot.top, plot.bottom], type);
  return {
    plot,
    xTicks: axisTicks(xScale, { count: 4, distance: APART.x * type, isLog: logX, label: writeStep }).filter(
      ({ value }) => Number.isInteger(value),
    ),
    yTicks,
    buckets: buckets.map(({ step, low, mean, high }) => ({ x: x(step), low: y(low), mean: y(mean), high: y(high) })),
    smoothed: smoothed.map(place),
    heldOut: heldOut.map(place),
    earlier: { smoothed: earlier.smoothed.map(place), heldOut: earlier.heldOut.map(place) },
    baselines: named.map(({ name, nats }) => ({ name, nats, y: y(nats) })),
    labels,
    x,
    stepAt: (at) => {
      const [first, last] = [Math.max(1, steps[0]), Math.max(1, Math.min(steps[1], lastStep))];
      return Math.min(Math.max(first, Math.round(xScale.invert(at))), last);
    },
    y,
  };
};
