/** The loss curve's marks: history to axes, a band, lines and labels, in CSS pixels. */
import { scaleLinear, scaleLog, type ScaleContinuousNumeric } from 'd3';
import type { Baseline, Curve, History, Points } from '../../model/telemetry';

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
  /** Middle of its label, apart from the other labels. */
  readonly labelY: number;
}

export interface CurveTick {
  readonly value: number;
  readonly at: number;
}

export interface CurveLayout {
  readonly plot: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number };
  readonly xTicks: readonly CurveTick[];
  readonly yTicks: readonly CurveTick[];
  readonly buckets: readonly BucketMark[];
  readonly smoothed: readonly Point[];
  readonly heldOut: readonly Point[];
  readonly baselines: readonly BaselineMark[];
  readonly x: (step: number) => number;
  readonly stepAt: (x: number) => number;
  readonly y: (loss: number) => number;
}

export interface CurveView {
  readonly width: number;
  readonly height: number;
  /** Room for the names of the baselines, right of the plot, where no curve runs through them. */
  readonly nameWidth: number;
  /** Width of a loss as the axis writes it. */
  readonly tickWidth: (loss: number) => number;
  readonly logX: boolean;
  readonly logY: boolean;
}

/** Left: at least; more where the labels of the loss axis are wider. */
const MARGIN = { left: 30, top: 10, right: 10, bottom: 34 };
/** Between the loss axis and its labels. */
export const TICK_GAP = 5;
/** Height of a baseline's label. */
export const LABEL_HEIGHT = 14;
/** Steps that the axis shows at least. */
const FEWEST_STEPS = 20;
/** Losses below this are drawn at it on a logarithmic axis. */
const SMALLEST = 0.01;

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

/** Lays labels out around `wanted` heights so that none is nearer than `distance` to the next, all within the bounds. */
export const declutter = (
  wanted: readonly number[],
  distance: number,
  [low, high]: readonly [number, number],
): number[] => {
  const order = wanted.map((_, k) => k).sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const placed = [...wanted];
  let previous = low - distance;
  for (const k of order) {
    previous = Math.max(placed[k] ?? 0, previous + distance);
    placed[k] = previous;
  }
  let next = high + distance;
  for (const k of order.reverse()) {
    next = Math.min(placed[k] ?? 0, next - distance);
    placed[k] = next;
  }
  return placed;
};

const finite = (values: Iterable<number>): number[] => Array.from(values).filter(Number.isFinite);

/** Both ends of the loss axis, on round numbers. A spike of single steps does not decide it. */
const lossDomain = (history: History | null, baselines: readonly Baseline[], log: boolean): [number, number] => {
  const nats = baselines.map((baseline) => baseline.nats);
  const means = history ? finite(history.loss.mean) : [];
  const heldOut = history ? finite(history.heldOutLoss.values) : [];
  const lows = history ? [...finite(history.loss.minimum), ...heldOut] : [];
  const high = Math.max(...nats, ...means.slice(0, 1), 1);
  const peak = [...means, ...heldOut].reduce((most, value) => Math.max(most, value), high);
  const low = lows.reduce((least, value) => Math.min(least, value), Math.min(...nats, ...means.slice(0, 1), high));
  if (log) return [Math.max(SMALLEST, low / 1.1), peak * 1.05];
  return [Math.max(0, Math.floor(low * 2 - 0.2) / 2), Math.ceil(peak * 1.04 * 5) / 5];
};

const pointsOf = ({ steps, values }: Points, x: (step: number) => number, y: (loss: number) => number): Point[] => {
  const points: Point[] = [];
  steps.forEach((step, k) => {
    const value = values[k] ?? NaN;
    if (Number.isFinite(value)) points.push({ x: x(step), y: y(value) });
  });
  return points;
};

/** Round values between the ends of the scale, few enough for their labels. */
const ticksOf = (scale: ScaleContinuousNumeric<number, number>, count: number, log: boolean): CurveTick[] => {
  const all = scale.ticks(count);
  const decades = all.filter((value) => Number.isInteger(Number(Math.log10(value).toFixed(9))));
  const chosen = log && all.length > count + 2 && decades.length >= 2 ? decades : all;
  return chosen.map((value) => ({ value, at: scale(value) }));
};

/** Thins ticks until their labels stand `distance` apart. */
const apart = (ticks: readonly CurveTick[], distance: number): CurveTick[] => {
  const kept: CurveTick[] = [];
  for (const tick of ticks) {
    const last = kept.at(-1);
    if (!last || Math.abs(tick.at - last.at) >= distance) kept.push(tick);
  }
  return kept;
};

export const layoutCurve = (
  history: History | null,
  lastStep: number,
  baselines: readonly Baseline[],
  { width, height, nameWidth, tickWidth, logX, logY }: CurveView,
): CurveLayout => {
  const top = MARGIN.top;
  const bottom = Math.max(top + 1, height - MARGIN.bottom);
  const domain = lossDomain(history, baselines, logY);
  const yScale = (logY ? scaleLog : scaleLinear)(domain, [bottom, top]);
  const yTicks = apart(ticksOf(yScale, 5, logY), 16);
  const left = yTicks.reduce((most, { value }) => Math.max(most, Math.ceil(tickWidth(value)) + TICK_GAP), MARGIN.left);
  const plot = { left, top, right: Math.max(left + 1, width - MARGIN.right - nameWidth), bottom };
  const end = axisEnd(lastStep);
  const xScale = (
    logX ? scaleLog([1, end], [plot.left, plot.right]) : scaleLinear([0, end], [plot.left, plot.right])
  ).clamp(true);
  const x = (step: number): number => xScale(Math.max(logX ? 1 : 0, step));
  const y = (loss: number): number => yScale(logY ? Math.max(SMALLEST, loss) : loss);

  const buckets: BucketMark[] = [];
  history?.loss.mean.forEach((mean, k) => {
    if (!Number.isFinite(mean)) return;
    buckets.push({
      x: x(bucketStep(history.loss, k, lastStep)),
      low: y(history.loss.minimum[k] ?? mean),
      mean: y(mean),
      high: y(history.loss.maximum[k] ?? mean),
    });
  });
  const heights = baselines.map(({ nats }) => y(nats));
  const labels = declutter(heights, LABEL_HEIGHT, [plot.top, plot.bottom]);
  return {
    plot,
    xTicks: apart(ticksOf(xScale, 4, logX), 52),
    yTicks,
    buckets,
    smoothed: history ? pointsOf(history.smoothedLoss, x, y) : [],
    heldOut: history ? pointsOf(history.heldOutLoss, x, y) : [],
    baselines: baselines.map(({ name, nats }, k) => ({
      name,
      nats,
      y: heights[k] ?? NaN,
      labelY: labels[k] ?? NaN,
    })),
    x,
    stepAt: (at) => Math.min(Math.max(1, Math.round(xScale.invert(at))), Math.max(1, lastStep)),
    y,
  };
};
