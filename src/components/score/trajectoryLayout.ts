/** Trajectories: the state of each unit as a line over the probe text. */
import { scaleLinear, type ScaleLinear } from 'd3';
import type { ProbeFrame } from '../../model/telemetry';
import { bandValues, carriedBand } from './frame';

export interface Line {
  readonly unit: number;
  readonly kind: 'faint' | 'chosen' | 'selected';
  /** Which of the chosen units: its dashes. */
  readonly style: number;
  /** Height at each character, from the top of the figure. */
  readonly y: Float32Array;
}

export interface Tick {
  readonly value: number;
  readonly y: number;
}

export interface Trajectories {
  readonly lines: readonly Line[];
  readonly ticks: readonly Tick[];
  readonly zero: number;
}

/** Lines drawn faint at most; of more units, as many at equal distances. */
export const FAINT_LIMIT = 48;
/** Chosen units at most: as many as there are styles to tell apart. */
export const CHOSEN_LIMIT = 5;
/** Dashes of the chosen units, in CSS pixels. */
export const DASHES: readonly (readonly number[])[] = [
  [7, 3],
  [2, 3],
  [11, 3, 2, 3],
  [5, 5],
  [14, 4],
];

const PADDING = 7;

const scaleOf = (height: number, range: number): ScaleLinear<number, number> =>
  scaleLinear([-range, range], [height - PADDING, PADDING]);

/** Round values of the axis, from the top of the figure. */
export const layoutTicks = (height: number, range: number): Tick[] => {
  const scale = scaleOf(height, range);
  return scale.ticks(5).map((value) => ({ value, y: scale(value) }));
};

/** Where a value stands, from the top of the figure. */
export const stateHeight = (height: number, range: number, value: number): number => scaleOf(height, range)(value);

export const layoutTrajectories = (
  frame: ProbeFrame,
  view: {
    readonly height: number;
    readonly range: number;
    readonly unit: number;
    readonly chosen: readonly number[];
  },
): Trajectories => {
  const { T, H } = frame;
  const values = bandValues(frame, carriedBand(frame.bands));
  const scale = scaleOf(view.height, view.range);
  const zero = scale(0);
  const slope = scale(1) - zero;
  const line = (unit: number, kind: Line['kind'], style = 0): Line => {
    const y = new Float32Array(T);
    for (let t = 0; t < T; t++) y[t] = zero + slope * (values[t * H + unit] ?? NaN);
    return { unit, kind, style, y };
  };
  const chosen = view.chosen.filter((unit) => unit !== view.unit && unit < H).slice(0, CHOSEN_LIMIT);
  const faint = Math.min(H, FAINT_LIMIT);
  const lines: Line[] = [];
  for (let k = 0; k < faint; k++) {
    const unit = Math.floor((k * H) / faint);
    if (unit !== view.unit && !chosen.includes(unit)) lines.push(line(unit, 'faint'));
  }
  chosen.forEach((unit, style) => lines.push(line(unit, 'chosen', style)));
  lines.push(line(view.unit, 'selected'));
  return { lines, ticks: layoutTicks(view.height, view.range), zero };
};

/** The axis alone, before there are values. */
export const emptyTrajectories = (height: number): Trajectories => ({
  lines: [],
  ticks: layoutTicks(height, 1),
  zero: stateHeight(height, 1, 0),
});

/** The unit whose state after character `t` lies nearest to height `y`. */
export const nearestUnit = (
  frame: ProbeFrame,
  view: { readonly height: number; readonly range: number },
  t: number,
  y: number,
): number => {
  const values = bandValues(frame, carriedBand(frame.bands));
  const wanted = scaleOf(view.height, view.range).invert(y);
  let nearest = 0;
  let distance = Infinity;
  for (let unit = 0; unit < frame.H; unit++) {
    const apart = Math.abs((values[t * frame.H + unit] ?? NaN) - wanted);
    if (apart < distance) [nearest, distance] = [unit, apart];
  }
  return nearest;
};
