/** Draws the loss curve's marks. Thin: what stands where is layout.ts's. */
import type { Baseline } from '../../model/telemetry';
import type { Language } from '../../store';
import { messagesOf } from '../messages';
import { numbersOf } from '../messages/numbers';
import { axisFont, drawBottomAxis, drawLeftAxis } from '../stage/axes';
import type { Surface } from '../stage/Canvas';
import type { Palette } from '../stage/palette';
import { baselineName, LABEL_DECIMALS, labelGroups, type BaselineLabel } from './labels';
import type { CurveLayout } from './layout';
import type { Tracers } from './lines';

/** Opacity of what an earlier run leaves beside the one on the page, and width of its lines. */
const EARLIER = { opacity: 0.75, width: 1, dash: [1, 2] };

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

/** Widths below which names stand without their numbers, which the legend has too, in sizes of type. */
const NARROW = 24;

/** What stands beside the lines of a surface. */
const labelText = (
  { width, type }: Pick<Surface, 'width' | 'type'>,
  label: Pick<BaselineLabel, 'names' | 'nats'>,
  language: Language,
): string => {
  const name = baselineName(label.names, messagesOf(language).stage);
  return width < NARROW * type ? name : `${name} ${numbersOf(language).fixed(label.nats, LABEL_DECIMALS)}`;
};

/** Measures a label of an axis, in CSS pixels. */
export const labelMeasure =
  ({ context, type }: Surface, palette: Palette) =>
  (label: string): number => {
    context.font = axisFont(type, palette);
    return context.measureText(label).width;
  };

/** Width of the widest name with its number, in CSS pixels; 0 of none. */
export const baselineNamesWidth = (
  surface: Surface,
  baselines: readonly Baseline[],
  palette: Palette,
  language: Language,
): number => {
  const measure = labelMeasure(surface, palette);
  const texts = labelGroups(baselines).map((group) =>
    labelText(surface, { names: group.map(({ name }) => name), nats: group[0].nats }, language),
  );
  return Math.ceil(Math.max(0, ...texts.map(measure)));
};

/** Each name beside its line's end, tied to it where another name has pushed it away. */
const drawBaselineLabels = (
  surface: Surface,
  { plot, labels }: CurveLayout,
  palette: Palette,
  language: Language,
): void => {
  const { context, type } = surface;
  context.font = axisFont(type, palette);
  context.textAlign = 'left';
  context.textBaseline = 'middle';
  context.lineWidth = 1;
  context.strokeStyle = palette.faint;
  for (const label of labels) {
    const { names, y, labelY } = label;
    context.beginPath();
    context.moveTo(plot.right, y);
    context.lineTo(plot.right + 6, labelY);
    context.stroke();
    context.fillStyle = names.includes('grammar') ? palette.ink : palette.muted;
    context.fillText(labelText(surface, label, language), plot.right + 8, labelY);
  }
};

/** Lines and areas go no further than the plot. */
const clipToPlot = ({ context }: Surface, { plot }: CurveLayout): void => {
  context.beginPath();
  context.rect(plot.left - 3, plot.top - 3, plot.right - plot.left + 6, plot.bottom - plot.top + 3);
  context.clip();
};

/** The run that was replaced: thin. */
const drawEarlier = (
  { context }: Surface,
  { earlier: { smoothed, heldOut } }: CurveLayout,
  palette: Palette,
  tracers: Tracers,
): void => {
  context.globalAlpha = EARLIER.opacity;
  context.lineWidth = EARLIER.width;
  context.strokeStyle = palette.muted;
  context.beginPath();
  tracers.line(context, smoothed);
  context.stroke();
  context.strokeStyle = palette.bands.o;
  context.setLineDash(EARLIER.dash);
  context.beginPath();
  tracers.line(context, heldOut);
  context.stroke();
  context.setLineDash([]);
  context.globalAlpha = 1;
};

/** Its name, above its end and all that runs there. */
const drawEarlierName = (
  { context, type }: Surface,
  { plot, earlier: { smoothed }, buckets }: CurveLayout,
  palette: Palette,
  name: string,
): void => {
  const end = smoothed.findLast(({ x }) => x <= plot.right);
  if (end === undefined) return;
  context.font = axisFont(type, palette);
  context.textAlign = 'right';
  context.textBaseline = 'bottom';
  const width = context.measureText(name).width;
  const right = Math.max(end.x, plot.left + width + 2);
  const isAbove = ({ x }: { readonly x: number }): boolean => x >= right - width && x <= right;
  const heights = [...smoothed.filter(isAbove).map(({ y }) => y), ...buckets.filter(isAbove).map(({ high }) => high)];
  const bottom = Math.max(plot.top + type, heights.reduce((least, y) => Math.min(least, y), end.y) - 4);
  // Readable over the lines that it may still cross.
  context.strokeStyle = palette.paper;
  context.lineWidth = 3;
  context.strokeText(name, right, bottom);
  context.fillStyle = palette.muted;
  context.fillText(name, right, bottom);
};

const drawLines = (
  { context }: Surface,
  { buckets, smoothed, heldOut }: CurveLayout,
  palette: Palette,
  tracers: Tracers,
): void => {
  context.fillStyle = palette.faint;
  context.globalAlpha = 0.35;
  context.beginPath();
  tracers.spread(context, buckets);
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = palette.faint;
  context.lineWidth = 1;
  context.beginPath();
  tracers.means(context, buckets);
  context.stroke();
  context.strokeStyle = palette.ink;
  context.lineWidth = 2;
  context.beginPath();
  tracers.line(context, smoothed);
  context.stroke();
  context.strokeStyle = palette.bands.o;
  context.fillStyle = palette.bands.o;
  context.lineWidth = 1.5;
  context.beginPath();
  tracers.line(context, heldOut);
  context.stroke();
  // Circles where there is room for them; the last one always.
  const step = Math.max(1, Math.ceil(heldOut.length / 24));
  heldOut.forEach(({ x, y }, k) => {
    if ((heldOut.length - 1 - k) % step !== 0) return;
    context.beginPath();
    context.arc(x, y, 2.75, 0, 2 * Math.PI);
    context.fill();
  });
};

export const drawCurve = (
  surface: Surface,
  layout: CurveLayout,
  palette: Palette,
  language: Language,
  /** Null until they are there: the axes stand before that. */
  tracers: Tracers | null,
  /** What the run that was replaced is called; null where none is shown. */
  earlierName: string | null,
): void => {
  const { context } = surface;
  drawLeftAxis(surface, layout.plot, layout.yTicks, palette);
  drawBottomAxis(surface, layout.plot, layout.xTicks, messagesOf(language).stage.curve.step, palette);
  drawBaselines(surface, layout, palette);
  if (tracers !== null) {
    context.save();
    clipToPlot(surface, layout);
    context.lineJoin = 'round';
    drawEarlier(surface, layout, palette, tracers);
    drawLines(surface, layout, palette, tracers);
    if (earlierName !== null) drawEarlierName(surface, layout, palette, earlierName);
    context.restore();
  }
  drawBaselineLabels(surface, layout, palette, language);
};

/** The step that is read. */
export const drawStepCursor = (
  { context }: Surface,
  { plot, x }: CurveLayout,
  step: number,
  palette: Palette,
): void => {
  if (x(step) < plot.left || x(step) > plot.right) return;
  context.strokeStyle = palette.ink;
  context.lineWidth = 1;
  context.setLineDash([]);
  context.beginPath();
  context.moveTo(x(step), plot.top);
  context.lineTo(x(step), plot.bottom);
  context.stroke();
};
