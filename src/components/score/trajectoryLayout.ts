/** Trajectories: the state of each unit as a line over the probe text. */
import { scaleLinear } from 'd3';
import type { ProbeFrame } from '../../model/telemetry';
import type { StateScale } from '../../model/view';
import { bandValues } from './frame';
import { isUnbounded, largestOfUnits } from './scale';

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

/** Above and below the largest and the least state, as a share of the height. */
const PADDING = 0.056;
/** States whose places a squashed axis names: in their own unit, wherever squashing has moved them. */
const SQUASHED_TICKS = [-2, -1, -0.5, 0, 0.5, 1, 2];

/** Heights of states. */
export interface StateAxis {
  readonly heightOf: (value: number) => number;
  readonly ticks: readonly Tick[];
}

/**
 * The axis of the carried state: from −1 to 1 where that is its range; else squashed as the cell squashes it, or as far as
 * the selected unit goes.
 */
export const stateAxis = (
  height: number,
  carried: 'c' | 'h',
  scale: StateScale,
  /** Largest absolute state of the selected unit. */
  largest: number,
): StateAxis => {
  const squashed = isUnbounded(carried) && scale === 'tanh';
  const range = isUnbounded(carried) && scale === 'own' && largest > 0 ? largest : 1;
  const linear = scaleLinear([-range, range], [(1 - PADDING) * height, PADDING * height]);
  const heightOf = (value: number): number => linear(squashed ? Math.tanh(value) : value);
  const ticks = squashed ? SQUASHED_TICKS : linear.ticks(5);
  return {
    heightOf,
    ticks: ticks.map((value) => ({ value, y: heightOf(value) })),
  };
};

export const axisFor = (
  frame: ProbeFrame,
  view: { readonly height: number; readonly carried: 'c' | 'h'; readonly scale: StateScale; readonly unit: number },
): StateAxis => {
  const largest = largestOfUnits(bandValues(frame, view.carried), frame.H)[view.unit];
  return stateAxis(view.height, view.carried, view.scale, largest);
};

/** Units whose lines are drawn faint: all but those that stand out, or some of them at equal distances. */
export const faintUnits = (H: number, standOut: readonly number[]): number[] => {
  const others = Array.from({ length: H }, (_, unit) => unit).filter((unit) => !standOut.includes(unit));
  if (others.length <= FAINT_LIMIT) return others;
  return Array.from({ length: FAINT_LIMIT }, (_, k) => others[Math.floor((k * others.length) / FAINT_LIMIT)]);
};

/** The chosen units that are drawn: not the selected one, and not more than can be told apart. */
export const chosenLines = (chosen: readonly number[], unit: number, H: number): number[] =>
  chosen.filter((other) => other !== unit && other < H).slice(0, CHOSEN_LIMIT);

export const layoutTrajectories = (
  frame: ProbeFrame,
  axis: StateAxis,
  view: { readonly carried: 'c' | 'h'; readonly unit: number; readonly chosen: readonly number[] },
): Trajectories => {
  const { T, H } = frame;
  const values = bandValues(frame, view.carried);
  const line = (unit: number, kind: Line['kind'], style = 0): Line => ({
    unit,
    kind,
    style,
    y: Float32Array.from({ length: T }, (_, t) => axis.heightOf(values[t * H + unit] ?? NaN)),
  });
  const chosen = chosenLines(view.chosen, view.unit, H);
  return {
    lines: [
      ...faintUnits(H, [view.unit, ...chosen]).map((unit) => line(unit, 'faint')),
      ...chosen.map((unit, style) => line(unit, 'chosen', style)),
      line(view.unit, 'selected'),
    ],
    ticks: axis.ticks,
    zero: axis.heightOf(0),
  };
};

/** The axis alone, before there are values. */
export const emptyTrajectories = ({ ticks, heightOf }: StateAxis): Trajectories => ({
  lines: [],
  ticks,
  zero: heightOf(0),
});

/** The unit whose state after character `t` lies nearest to height `y`. */
export const nearestUnit = (frame: ProbeFrame, axis: StateAxis, carried: 'c' | 'h', t: number, y: number): number => {
  const values = bandValues(frame, carried);
  let nearest = 0;
  let distance = Infinity;
  for (let unit = 0; unit < frame.H; unit++) {
    const apart = Math.abs(axis.heightOf(values[t * frame.H + unit] ?? NaN) - y);
    if (apart < distance) [nearest, distance] = [unit, apart];
  }
  return nearest;
};
