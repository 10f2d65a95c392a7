/** Draws the score's marks: text, bands, positions, trajectories and the cursor. Thin: what stands where is layout.ts's. */
import type { ProbeFrame } from '../../model/telemetry';
import { displayCharacter } from '../../model/text/display';
import type { Colouring } from '../../store';
import type { Surface } from '../stage/Canvas';
import type { Palette } from '../stage/palette';
import { stepOf } from '../stage/scales';
import { textLanguage } from '../stage/textLanguage';
import { bandValues, extentOf, valueAt } from './frame';
import { axisColumns, unitsPerRow, type ScoreLayout } from './layout';
import { writeBand } from './pixels';
import type { Ranges } from './ranges';
import { DASHES, type Trajectories } from './trajectoryLayout';

const SPACE = displayCharacter(0x20);

/** The value that colours each character, with both ends of its scale. */
const colouringAt = (
  frame: ProbeFrame,
  colouring: Colouring,
  unit: number,
  ranges: Ranges,
): { readonly at: (t: number) => number; readonly extent: readonly [number, number] } =>
  colouring === 'surprise'
    ? { at: (t) => frame.surprise[t] ?? NaN, extent: [0, ranges.surprise ?? 1] }
    : { at: (t) => valueAt(frame, colouring, t, unit), extent: extentOf(colouring, ranges[colouring] ?? 1) };

export const drawText = (
  { context }: Surface,
  layout: ScoreLayout,
  characters: readonly string[],
  palette: Palette,
  colour: {
    readonly frame: ProbeFrame;
    readonly colouring: Colouring;
    readonly unit: number;
    readonly ranges: Ranges;
  } | null,
): void => {
  const { columnWidth, text } = layout;
  const scale = colour && colouringAt(colour.frame, colour.colouring, colour.unit, colour.ranges);
  const table = colour && palette.tables[colour.colouring];
  const faces = textLanguage(characters.join('')) === 'zh' ? palette.chineseMono : palette.mono;
  const font = (size: number): string => `${String(size)}px ${faces}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.font = font(text.fontSize);
  const middle = text.top + text.height / 2;
  characters.forEach((character, t) => {
    const value = scale?.at(t) ?? NaN;
    if (scale && table && Number.isFinite(value)) {
      const step = stepOf(value, scale.extent[0], scale.extent[1]);
      context.fillStyle = table.wash[step] ?? palette.paper;
      context.beginPath();
      context.roundRect(t * columnWidth + 0.5, text.top + 3, columnWidth - 1, text.height - 6, 2.5);
      context.fill();
    }
    context.fillStyle = palette.ink;
    const long = character.length > 2;
    if (long) context.font = font(Math.max(7, text.fontSize * 0.6));
    // A space is seen by its column; a sign in each would make words hard to read.
    if (character === SPACE) return;
    context.fillText(character, (t + 0.5) * columnWidth, middle, Math.max(columnWidth * 1.3, 8));
    if (long) context.font = font(text.fontSize);
  });
};

/** Draws bands by way of a small picture of one pixel a cell, kept from frame to frame. */
export const createBandPainter = (): ((
  surface: Surface,
  layout: ScoreLayout,
  frame: ProbeFrame,
  ranges: Ranges,
  palette: Palette,
) => void) => {
  const small = document.createElement('canvas');
  const smallContext = small.getContext('2d');
  let image: ImageData | null = null;
  return ({ context, ratio }, layout, frame, ranges, palette) => {
    const { T, H } = frame;
    const height = layout.bands[0]?.height ?? 0;
    const perRow = unitsPerRow(H, height * ratio);
    const rows = Math.ceil(H / perRow);
    const allRows = rows * layout.bands.length;
    if (!smallContext || allRows === 0) return;
    if (image?.width !== T || image.height !== allRows) {
      small.width = T;
      small.height = allRows;
      image = smallContext.createImageData(T, allRows);
    }
    const pixels = new Uint32Array(image.data.buffer);
    layout.bands.forEach(({ name }, k) => {
      const [low, high] = extentOf(name, ranges[name] ?? 1);
      writeBand(pixels.subarray(k * rows * T, (k + 1) * rows * T), {
        values: bandValues(frame, name),
        T,
        H,
        perRow,
        low,
        high,
        table: palette.tables[name],
      });
    });
    smallContext.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = false;
    layout.bands.forEach((band, k) => {
      context.drawImage(small, 0, k * rows, T, rows, 0, band.top, layout.width, band.height);
    });
  };
};

/** Quiet shapes of the size of the bands, before there are values. */
export const drawEmptyBands = ({ context }: Surface, layout: ScoreLayout, palette: Palette): void => {
  context.fillStyle = palette.line;
  context.globalAlpha = 0.45;
  for (const { top, height } of layout.bands) context.fillRect(0, top, layout.width, height);
  context.globalAlpha = 1;
};

export const drawAxis = ({ context }: Surface, layout: ScoreLayout, palette: Palette): void => {
  const { columnWidth, axis, width } = layout;
  context.font = `11px ${palette.sans}`;
  context.textBaseline = 'top';
  for (const t of axisColumns(layout)) {
    const x = (t + 0.5) * columnWidth;
    context.fillStyle = palette.faint;
    context.fillRect(x - 0.5, axis.top, 1, 4);
    context.fillStyle = palette.muted;
    const label = String(t + 1);
    const half = context.measureText(label).width / 2;
    context.textAlign = 'center';
    context.fillText(label, Math.min(width - half, Math.max(half, x)), axis.top + 5);
  }
};

export const drawTrajectories = (
  { context }: Surface,
  layout: ScoreLayout,
  { lines, ticks, zero }: Trajectories,
  palette: Palette,
  hue: string,
): void => {
  const { columnWidth, width } = layout;
  context.lineJoin = 'round';
  context.lineWidth = 1;
  for (const { y } of ticks) {
    context.fillStyle = palette.line;
    context.fillRect(0, Math.round(y), width, 1);
  }
  context.fillStyle = palette.faint;
  context.fillRect(0, Math.round(zero), width, 1);
  const trace = (y: Float32Array): void => {
    y.forEach((height, t) => {
      const x = (t + 0.5) * columnWidth;
      if (t === 0) context.moveTo(x, height);
      else context.lineTo(x, height);
    });
  };
  context.strokeStyle = palette.faint;
  context.globalAlpha = 0.35;
  context.beginPath();
  for (const { kind, y } of lines) if (kind === 'faint') trace(y);
  context.stroke();
  context.globalAlpha = 1;
  for (const { kind, style, y } of lines) {
    if (kind === 'faint') continue;
    const selected = kind === 'selected';
    context.strokeStyle = selected ? hue : palette.ink;
    context.lineWidth = selected ? 3 : 1.5;
    context.setLineDash(selected ? [] : [...(DASHES[style] ?? [])]);
    context.beginPath();
    trace(y);
    context.stroke();
  }
  context.setLineDash([]);
};

export interface CursorMarks {
  readonly cursor: number;
  readonly pinned: boolean;
  readonly unit: number;
  /** The selected unit's state at the cursor: its height in the trajectories, and its number. */
  readonly state: { readonly y: number; readonly label: string } | null;
}

export const drawCursor = (
  { context }: Surface,
  layout: ScoreLayout,
  { cursor, pinned, unit, state }: CursorMarks,
  palette: Palette,
  hue: string,
): void => {
  const { columnWidth, text, bands, rowHeight, trajectories, width } = layout;
  const x = cursor * columnWidth;
  // A line of ink in a halo of paper is seen on every colour.
  const outline = (trace: () => void): void => {
    context.beginPath();
    trace();
    context.strokeStyle = palette.paper;
    context.globalAlpha = 0.75;
    context.lineWidth = pinned ? 5 : 3.5;
    context.stroke();
    context.globalAlpha = 1;
    context.strokeStyle = palette.ink;
    context.lineWidth = pinned ? 2.5 : 1.25;
    context.stroke();
  };
  for (const { top } of bands) {
    const from = top + unit * rowHeight;
    context.fillStyle = palette.paper;
    context.globalAlpha = 0.75;
    context.fillRect(0, from - 2, width, 2);
    context.fillRect(0, from + rowHeight, width, 2);
    context.globalAlpha = 1;
    context.fillStyle = palette.ink;
    context.fillRect(0, from - 1, width, 1);
    context.fillRect(0, from + rowHeight, width, 1);
  }
  for (const { top, height } of bands) {
    outline(() => {
      const left = Math.max(1, x);
      context.rect(left, top, Math.min(width - 1, x + columnWidth) - left, height);
    });
  }
  outline(() => {
    const left = Math.max(1.5, x - 1);
    const right = Math.min(width - 1.5, x + columnWidth + 1);
    context.roundRect(left, text.top + 2, right - left, text.height - 4, 4);
  });
  context.strokeStyle = palette.faint;
  context.lineWidth = pinned ? 2 : 1;
  context.strokeRect(x, trajectories.top + 0.5, columnWidth, trajectories.height - 1);
  if (!state || !Number.isFinite(state.y)) return;
  const y = trajectories.top + state.y;
  const centre = x + columnWidth / 2;
  context.beginPath();
  context.arc(centre, y, 4, 0, 2 * Math.PI);
  context.fillStyle = hue;
  context.fill();
  context.strokeStyle = palette.paper;
  context.lineWidth = 1.5;
  context.stroke();
  context.font = `600 12px ${palette.sans}`;
  context.textBaseline = 'middle';
  const rightward = centre + 60 < width;
  context.textAlign = rightward ? 'left' : 'right';
  const labelX = centre + (rightward ? 1 : -1) * (columnWidth / 2 + 6);
  const labelY = Math.min(trajectories.top + trajectories.height - 8, Math.max(trajectories.top + 8, y - 10));
  context.lineWidth = 4;
  context.lineJoin = 'round';
  context.strokeStyle = palette.paper;
  context.strokeText(state.label, labelX, labelY);
  context.fillStyle = palette.ink;
  context.fillText(state.label, labelX, labelY);
};
