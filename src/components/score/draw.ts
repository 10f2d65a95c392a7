/** Draws the score's marks: text, strips, bands, positions and trajectories. Thin: what stands where is layout.ts's. */
import type { BandName } from '../../model/cells';
import type { ProbeFrame } from '../../model/telemetry';
import { displayCharacter } from '../../model/text/display';
import type { Colouring, StateScale } from '../../model/view';
import { drawBottomAxis } from '../stage/axes';
import type { Surface } from '../stage/Canvas';
import type { Palette } from '../stage/palette';
import { stepOf } from '../stage/scales';
import { textLanguage } from '../stage/textLanguage';
import { bandValues, valueAt } from './frame';
import type { ShownLabel } from './label';
import { axisColumns, type ScoreLayout } from './layout';
import { writeBand } from './pixels';
import { extentOf, shownBy } from './scale';
import { DASHES, type Trajectories } from './trajectoryLayout';

const SPACE = displayCharacter(0x20);

export interface TextColour {
  readonly frame: ProbeFrame;
  readonly colouring: Colouring;
  readonly unit: number;
  readonly scale: StateScale;
  /** Bits at the upper end of surprise. */
  readonly mostSurprise: number;
}

/** The value that colours each character, with both ends of its scale. */
const colouringAt = ({
  frame,
  colouring,
  unit,
  scale,
  mostSurprise,
}: TextColour): { readonly at: (t: number) => number; readonly extent: readonly [number, number] } => {
  if (colouring === 'surprise') return { at: (t) => frame.surprise[t] ?? NaN, extent: [0, mostSurprise] };
  const shown = shownBy(frame, colouring, scale);
  return { at: (t) => shown(valueAt(frame, colouring, t, unit), unit), extent: extentOf(colouring) };
};

/** What colours each character, under its letter. */
export const drawWashes = (
  { context }: Surface,
  { columnWidth, ruler, T }: ScoreLayout,
  palette: Palette,
  colour: TextColour,
): void => {
  const { at, extent } = colouringAt(colour);
  const { wash } = palette.tables[colour.colouring];
  for (let t = 0; t < T; t++) {
    const value = at(t);
    if (!Number.isFinite(value)) continue;
    context.fillStyle = wash[stepOf(value, ...extent)] ?? palette.paper;
    context.beginPath();
    context.roundRect(t * columnWidth + 0.5, 4, columnWidth - 1, ruler.height - 8, 2.5);
    context.fill();
  }
};

/** The letters by themselves: they stay as they are while what colours them changes with every frame. */
export const drawLetters = (
  { context }: Surface,
  { columnWidth, ruler }: ScoreLayout,
  characters: readonly string[],
  palette: Palette,
): void => {
  const faces = textLanguage(characters.join('')) === 'zh' ? palette.chineseMono : palette.mono;
  context.font = `${String(ruler.fontSize)}px ${faces}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = palette.ink;
  characters.forEach((character, t) => {
    // A space is seen by its column; a sign in each would make words hard to read. What is longer than a letter is drawn closer.
    if (character === SPACE) return;
    context.fillText(character, (t + 0.5) * columnWidth, ruler.height / 2, Math.max(columnWidth * 1.3, 8));
  });
};

/** What is true of each character, in ink: as much as there is of it. */
export const drawLabel = (
  { context }: Surface,
  { columnWidth, label, T }: ScoreLayout,
  { shareAt }: ShownLabel,
  palette: Palette,
): void => {
  context.fillStyle = palette.ink;
  for (let t = 0; t < T; t++) {
    context.globalAlpha = 0.8 * shareAt(t);
    context.fillRect(t * columnWidth + 0.5, label.top, columnWidth - 1, label.height);
  }
  context.globalAlpha = 1;
  context.strokeStyle = palette.line;
  context.lineWidth = 1;
  context.strokeRect(0.5, label.top + 0.5, columnWidth * T - 1, label.height - 1);
};

/** The one unit's bands, a strip each: a box for each character, apart from the next by a hair of paper. */
export const drawStrips = (
  { context }: Surface,
  { columnWidth, strips }: ScoreLayout,
  frame: ProbeFrame,
  view: { readonly unit: number; readonly scale: StateScale },
  palette: Palette,
): void => {
  for (const { name, top, height } of strips) {
    const shown = shownBy(frame, name, view.scale);
    const [low, high] = extentOf(name);
    const { css } = palette.tables[name];
    for (let t = 0; t < frame.T; t++) {
      const value = shown(valueAt(frame, name, t, view.unit), view.unit);
      if (Number.isNaN(value)) continue;
      context.fillStyle = css[stepOf(value, low, high)];
      context.fillRect(t * columnWidth + 0.5, top, columnWidth - 1, height);
    }
    // Where a value is the paper's colour the strip still has an edge.
    context.strokeStyle = palette.line;
    context.lineWidth = 1;
    context.strokeRect(0.5, top + 0.5, columnWidth * frame.T - 1, height - 1);
  }
};

/** A band as a picture of one pixel a cell; null where there is nothing to see. */
export const bandPicture = (
  frame: ProbeFrame,
  band: BandName,
  view: { readonly units: readonly number[]; readonly scale: StateScale },
  palette: Palette,
): ImageData | null => {
  const { T, H } = frame;
  if (T === 0 || view.units.length === 0) return null;
  const image = new ImageData(T, view.units.length);
  const [low, high] = extentOf(band);
  writeBand(new Uint32Array(image.data.buffer), {
    values: bandValues(frame, band),
    T,
    H,
    units: view.units,
    shown: shownBy(frame, band, view.scale),
    low,
    high,
    table: palette.tables[band],
  });
  return image;
};

export const drawAxis = (
  surface: Surface,
  layout: Pick<ScoreLayout, 'columnWidth' | 'width' | 'T' | 'type'>,
  palette: Palette,
): void => {
  const ticks = axisColumns(layout).map((t) => ({
    value: t + 1,
    at: (t + 0.5) * layout.columnWidth,
    label: String(t + 1),
  }));
  drawBottomAxis(surface, { left: 0, right: layout.width, bottom: 0 }, ticks, null, palette);
};

export const drawTrajectories = (
  { context }: Surface,
  { columnWidth, width }: Pick<ScoreLayout, 'columnWidth' | 'width'>,
  { lines, ticks, zero }: Trajectories,
  palette: Palette,
  hue: string,
): void => {
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

/** The selected unit's state at the cursor, on its line and in a number. */
export const drawState = (
  { context, height, type }: Surface,
  { columnWidth, width }: Pick<ScoreLayout, 'columnWidth' | 'width'>,
  { cursor, y, label }: { readonly cursor: number; readonly y: number; readonly label: string },
  palette: Palette,
  hue: string,
): void => {
  if (!Number.isFinite(y)) return;
  const centre = (cursor + 0.5) * columnWidth;
  context.beginPath();
  context.arc(centre, y, 4, 0, 2 * Math.PI);
  context.fillStyle = hue;
  context.fill();
  context.strokeStyle = palette.paper;
  context.lineWidth = 1.5;
  context.stroke();
  context.font = `600 ${String(type)}px ${palette.sans}`;
  context.textBaseline = 'middle';
  const rightward = centre + 5 * type < width;
  context.textAlign = rightward ? 'left' : 'right';
  const labelX = centre + (rightward ? 1 : -1) * (columnWidth / 2 + 6);
  const labelY = Math.min(height - 0.7 * type, Math.max(0.7 * type, y - 0.9 * type));
  context.lineWidth = 4;
  context.lineJoin = 'round';
  context.strokeStyle = palette.paper;
  context.strokeText(label, labelX, labelY);
  context.fillStyle = palette.ink;
  context.fillText(label, labelX, labelY);
};
