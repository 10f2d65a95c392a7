/** The score as files: one picture with its labels, or every value of the frame as a table. */
import { usePlayground, type PlaygroundState } from '../../store';
import { MESSAGES } from '../messages';
import type { Surface } from '../stage/Canvas';
import { palette } from '../stage/palette';
import { saveCsv, savePicture } from '../stage/save';
import { carriedBand, extentOf, shownFrame } from './frame';
import { unitsPerRow, type ScoreLayout } from './layout';
import { scaleEnds, short } from './numbers';
import { rangesOf } from './ranges';
import { frameRows } from './rows';
import type { Scene } from './scene';
import { charactersOf } from './shape';
import { layoutTicks } from './trajectoryLayout';

const MARGIN = 16;
const LABELS = 168;
const FOOT = 40;

export const saveScoreValues = (): void => {
  const state = usePlayground.getState();
  const frame = shownFrame(state);
  if (frame) saveCsv(frameRows(frame, charactersOf(state)), `score-step-${String(frame.step)}.csv`);
};

const drawLabels = (context: CanvasRenderingContext2D, layout: ScoreLayout, state: PlaygroundState): void => {
  const frame = shownFrame(state);
  if (!frame) return;
  const { bands, trajectories } = MESSAGES[state.language].stage;
  const colours = palette();
  const ranges = rangesOf(frame);
  const label = (hue: string, name: string, detail: string, middle: number): void => {
    context.fillStyle = hue;
    context.fillRect(0, middle - 5, 10, 10);
    context.fillStyle = colours.ink;
    context.font = `14px ${colours.sans}`;
    context.textBaseline = 'middle';
    context.textAlign = 'left';
    context.fillText(name, 16, middle);
    context.fillStyle = colours.muted;
    context.font = `11px ${colours.sans}`;
    context.fillText(detail, 16, middle + 16);
  };
  for (const { name, top, height } of layout.bands) {
    const [low, high] = extentOf(name, ranges[name] ?? 1);
    label(colours.bands[name], `${bands[name]} ${name}`, scaleEnds(name, low, high).join(' … '), top + height / 2 - 6);
  }
  const carried = carriedBand(frame.bands);
  const { top, height } = layout.trajectories;
  label(colours.bands[carried], `${bands[carried]} ${carried}`, trajectories.detail, top + height / 2);
  context.textAlign = 'right';
  for (const { value, y } of layoutTicks(height, ranges.lines ?? 1)) {
    context.fillText(short(value), LABELS - 8, top + y);
  }
};

export const saveScorePicture = (layout: ScoreLayout, scene: Scene): void => {
  const state = usePlayground.getState();
  const frame = shownFrame(state);
  if (!frame) return;
  const { score } = MESSAGES[state.language].stage;
  const colours = palette();
  const size = { width: LABELS + layout.width + 2 * MARGIN, height: layout.height + 2 * MARGIN + FOOT };
  const draw = (context: CanvasRenderingContext2D): void => {
    const { a: ratio } = context.getTransform();
    const at = (x: number, y: number, paint: (surface: Surface) => void): void => {
      context.save();
      context.translate(x, y);
      paint({ context, width: layout.width, height: layout.height, ratio });
      context.restore();
    };
    at(MARGIN, MARGIN, () => {
      drawLabels(context, layout, state);
    });
    for (const layer of [scene.text, scene.bands]) {
      at(MARGIN + LABELS, MARGIN, (surface) => {
        layer.paint(surface, state);
      });
    }
    at(MARGIN + LABELS, MARGIN + layout.trajectories.top, (surface) => {
      scene.trajectories.paint(surface, state);
    });
    at(MARGIN + LABELS, MARGIN, (surface) => {
      scene.cursor.paint(surface, state);
    });
    context.font = `12px ${colours.sans}`;
    context.fillStyle = colours.muted;
    context.textAlign = 'left';
    const shared = unitsPerRow(layout.H, (layout.bands[0]?.height ?? 0) * ratio);
    const caption = score.caption(frame.step, state.selection.unit, layout.H, shared);
    context.fillText(caption, MARGIN + LABELS, size.height - MARGIN - 6);
  };
  savePicture(size, colours.paper, draw, `score-step-${String(frame.step)}.png`);
};
