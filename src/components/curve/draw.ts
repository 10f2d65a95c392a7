/** Draws the loss curve's marks. Thin: what stands where is layout.ts's. */
import type { Baseline } from '../../model/telemetry';
import type { Language } from '../../store';
import { MESSAGES } from '../messages';
import { numbersOf } from '../messages/numbers';
import type { Surface } from '../stage/Canvas';
import type { Palette } from '../stage/palette';
import { TICK_GAP, type CurveLayout, type Point } from './layout';

/** Size of the axes' and the baselines' type. */
const SMALL = 11;

const trace = (context: CanvasRenderingContext2D, points: readonly Point[]): void => {
  points.forEach(({ x, y }, k) => {
    if (k === 0) context.moveTo(x, y);
    else context.lineTo(x, y);
  });
};

const drawAxes = (
  { context }: Surface,
  { plot, xTicks, yTicks }: CurveLayout,
  palette: Palette,
  language: Language,
): void => {
  const numbers = numbersOf(language);
  const { curve } = MESSAGES[language].stage;
  context.font = `${String(SMALL)}px ${palette.sans}`;
  context.lineWidth = 1;
  for (const { value, at } of yTicks) {
    context.fillStyle = palette.line;
    context.fillRect(plot.left, Math.round(at), plot.right - plot.left, 1);
    context.fillStyle = palette.muted;
    context.textAlign = 'right';
    context.textBaseline = 'middle';
    context.fillText(numbers.significant(value), plot.left - TICK_GAP, at);
  }
  context.fillStyle = palette.faint;
  context.fillRect(plot.left, plot.bottom, plot.right - plot.left, 1);
  context.textBaseline = 'top';
  for (const { value, at } of xTicks) {
    context.fillStyle = palette.faint;
    context.fillRect(at - 0.5, plot.bottom, 1, 4);
    const label = value >= 10_000 ? numbers.compact(value) : numbers.integer(value);
    const half = context.measureText(label).width / 2;
    context.fillStyle = palette.muted;
    context.textAlign = 'center';
    context.fillText(label, Math.min(at, plot.right - half), plot.bottom + 6);
  }
  context.textAlign = 'right';
  context.fillText(curve.step, plot.right, plot.bottom + 20);
};

const drawBaselines = ({ context }: Surface, { plot, baselines }: CurveLayout, palette: Palette): void => {
  for (const { name, y } of baselines) {
    const own = name === 'grammar';
    context.strokeStyle = own ? palette.ink : palette.faint;
    context.lineWidth = own ? 1.5 : 1;
    context.setLineDash(own ? [2, 3] : [5, 4]);
    context.beginPath();
    context.moveTo(plot.left, y);
    context.lineTo(plot.right, y);
    context.stroke();
  }
  context.setLineDash([]);
};

const baselineName = ({ name, nats }: Baseline, language: Language): string =>
  `${MESSAGES[language].stage.baselines[name]} ${numbersOf(language).fixed(nats, 2)}`;

/** Measures a loss as the axis writes it, in CSS pixels. */
export const tickMeasure =
  (context: CanvasRenderingContext2D, palette: Palette, language: Language) =>
  (loss: number): number => {
    context.font = `${String(SMALL)}px ${palette.sans}`;
    return context.measureText(numbersOf(language).significant(loss)).width;
  };

/** Width of the widest name with its number, in CSS pixels; 0 of none. */
export const baselineNamesWidth = (
  context: CanvasRenderingContext2D,
  baselines: readonly Baseline[],
  palette: Palette,
  language: Language,
): number => {
  context.font = `${String(SMALL)}px ${palette.sans}`;
  return Math.ceil(Math.max(0, ...baselines.map((each) => context.measureText(baselineName(each, language)).width)));
};

/** Each name beside its line's end, tied to it where another name has pushed it away. */
const drawBaselineLabels = (
  { context }: Surface,
  { plot, baselines }: CurveLayout,
  palette: Palette,
  language: Language,
): void => {
  context.font = `${String(SMALL)}px ${palette.sans}`;
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.lineWidth = 1;
  context.strokeStyle = palette.faint;
  for (const baseline of baselines) {
    const { name, y, labelY } = baseline;
    context.beginPath();
    context.moveTo(plot.right, y);
    context.lineTo(plot.right + 6, labelY);
    context.stroke();
    context.fillStyle = name === 'grammar' ? palette.ink : palette.muted;
    context.fillText(baselineName(baseline, language), plot.right + 8, labelY);
  }
};

const drawLines = ({ context }: Surface, layout: CurveLayout, palette: Palette): void => {
  const { plot, buckets, smoothed, heldOut } = layout;
  context.save();
  context.beginPath();
  context.rect(plot.left - 3, plot.top - 3, plot.right - plot.left + 6, plot.bottom - plot.top + 3);
  context.clip();
  context.lineJoin = 'round';
  context.fillStyle = palette.faint;
  context.globalAlpha = 0.35;
  context.beginPath();
  trace(
    context,
    buckets.map(({ x, high }) => ({ x, y: high })),
  );
  for (const { x, low } of [...buckets].reverse()) context.lineTo(x, low);
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = palette.faint;
  context.lineWidth = 1;
  context.beginPath();
  trace(
    context,
    buckets.map(({ x, mean }) => ({ x, y: mean })),
  );
  context.stroke();
  context.strokeStyle = palette.ink;
  context.lineWidth = 2;
  context.beginPath();
  trace(context, smoothed);
  context.stroke();
  context.strokeStyle = palette.bands.o;
  context.fillStyle = palette.bands.o;
  context.lineWidth = 1.5;
  context.beginPath();
  trace(context, heldOut);
  context.stroke();
  // Circles where there is room for them; the last one always.
  const step = Math.max(1, Math.ceil(heldOut.length / 24));
  heldOut.forEach(({ x, y }, k) => {
    if ((heldOut.length - 1 - k) % step !== 0) return;
    context.beginPath();
    context.arc(x, y, 2.75, 0, 2 * Math.PI);
    context.fill();
  });
  context.restore();
};

export const drawCurve = (surface: Surface, layout: CurveLayout, palette: Palette, language: Language): void => {
  drawAxes(surface, layout, palette, language);
  drawBaselines(surface, layout, palette);
  drawLines(surface, layout, palette);
  drawBaselineLabels(surface, layout, palette, language);
};

/** The step that is read. */
export const drawStepCursor = (
  { context }: Surface,
  { plot, x }: CurveLayout,
  step: number,
  palette: Palette,
): void => {
  context.strokeStyle = palette.ink;
  context.lineWidth = 1;
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(x(step), plot.top);
  context.lineTo(x(step), plot.bottom);
  context.stroke();
};
