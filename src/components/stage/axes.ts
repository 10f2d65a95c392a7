/** Axes of the figures: which values they mark, how those are written, and how it is all drawn. */
import type { ScaleContinuousNumeric } from 'd3';
import type { Surface } from './Canvas';
import type { Palette } from './palette';

/** Between an axis and its labels. */
export const TICK_GAP = 5;
/** Of the ticks of a bottom axis, with what parts them from their labels. */
const TICK_LENGTH = 6;

export interface AxisTick {
  readonly value: number;
  /** Where it stands along the axis. */
  readonly at: number;
  readonly label: string;
}

type Scale = ScaleContinuousNumeric<number, number>;

interface AxisRule {
  /** How many ticks there are to be, about. */
  readonly count: number;
  /** From one tick to the next at the least, so that their labels stand apart. */
  readonly distance: number;
  /** Of a logarithmic scale it marks the powers of ten where it cannot mark all. */
  readonly isLog?: boolean;
  /** How values are written; else as many decimals as tell one tick from the next. */
  readonly label?: (value: number) => string;
}

const isPowerOfTen = (value: number): boolean => Number.isInteger(Number(Math.log10(value).toFixed(9)));

/** Round values between the ends of the scale, in its order. */
export const axisTicks = (scale: Scale, { count, distance, isLog = false, label }: AxisRule): AxisTick[] => {
  const all = scale.ticks(count);
  const powers = all.filter(isPowerOfTen);
  const write = label ?? scale.tickFormat(count);
  const kept: AxisTick[] = [];
  for (const value of isLog && all.length > count + 2 && powers.length >= 2 ? powers : all) {
    const at = scale(value);
    const last = kept.at(-1);
    if (last === undefined || Math.abs(at - last.at) >= distance) kept.push({ value, at, label: write(value) });
  }
  return kept;
};

/** What the labels of an axis are written in, `type` CSS pixels large. */
export const axisFont = (type: number, { sans }: Palette): string => `${String(type)}px ${sans}`;

/** Height of a bottom axis with its labels, and with what they count where that stands beneath them. */
export const bottomAxisHeight = (type: number, hasTitle: boolean): number =>
  TICK_LENGTH + Math.round(type * (hasTitle ? 2.4 : 1.2));

/** Labels left of `left`, and a line for each across to `right`. */
export const drawLeftAxis = (
  { context, type }: Surface,
  { left, right }: { readonly left: number; readonly right: number },
  ticks: readonly AxisTick[],
  palette: Palette,
): void => {
  context.font = axisFont(type, palette);
  context.textAlign = 'right';
  context.textBaseline = 'middle';
  for (const { at, label } of ticks) {
    context.fillStyle = palette.line;
    context.fillRect(left, Math.round(at), right - left, 1);
    context.fillStyle = palette.muted;
    context.fillText(label, left - TICK_GAP, at);
  }
};

/** A line along `bottom` with its ticks and labels, and beneath them what they count, unless that is said elsewhere. */
export const drawBottomAxis = (
  { context, type }: Surface,
  { left, right, bottom }: { readonly left: number; readonly right: number; readonly bottom: number },
  ticks: readonly AxisTick[],
  title: string | null,
  palette: Palette,
): void => {
  context.font = axisFont(type, palette);
  context.textBaseline = 'top';
  context.textAlign = 'center';
  context.fillStyle = palette.faint;
  context.fillRect(left, bottom, right - left, 1);
  for (const { at, label } of ticks) {
    context.fillStyle = palette.faint;
    context.fillRect(at - 0.5, bottom, 1, 4);
    const half = context.measureText(label).width / 2;
    context.fillStyle = palette.muted;
    context.fillText(label, Math.max(half, Math.min(at, right - half)), bottom + TICK_LENGTH);
  }
  if (title === null) return;
  context.textAlign = 'right';
  context.fillText(title, right, bottom + TICK_LENGTH + Math.round(type * 1.25));
};
