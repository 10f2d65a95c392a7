/** The score as files: one picture with its labels, or every value of the frame as a table. */
import type { BandName } from '../../model/cells';
import { usePlayground, type PlaygroundState } from '../../store';
import { messagesOf } from '../messages';
import { axisFont } from '../stage/axes';
import type { Surface } from '../stage/Canvas';
import { palette } from '../stage/palette';
import { saveCsv, savePicture } from '../stage/saveFigure';
import { bandPicture } from './draw';
import { clampedSelection, shownCell, shownFrame } from './frame';
import type { BandBox, Box, ScoreLayout } from './layout';
import { short } from './numbers';
import { frameRows } from './rows';
import { scaleEnds } from './scale';
import type { Scene } from './scene';
import { charactersOf } from './shape';
import { axisFor } from './trajectoryLayout';

const MARGIN = 16;
/** Room for the names of bands, in sizes of type. */
const LABELS = 15;
const FOOT = 40;

export const saveScoreValues = (): void => {
  const state = usePlayground.getState();
  const frame = shownFrame(state);
  if (frame) saveCsv(frameRows(frame, charactersOf(state)), `score-step-${String(frame.step)}.csv`);
};

const drawLabels = (context: CanvasRenderingContext2D, layout: ScoreLayout, state: PlaygroundState): void => {
  const frame = shownFrame(state);
  if (!frame) return;
  const { bands, score, trajectories } = messagesOf(state.language).stage;
  const { scale } = state.selection;
  const { carried } = shownCell(state);
  const colours = palette();
  const label = (band: BandName, detail: string, { top, height }: Box): void => {
    const middle = top + height / 2 - (detail === '' ? 0 : 0.6 * layout.type);
    context.fillStyle = colours.bands[band];
    context.fillRect(0, middle - 5, 10, 10);
    context.fillStyle = colours.ink;
    context.font = `${String(1.1 * layout.type)}px ${colours.sans}`;
    context.textBaseline = 'middle';
    context.textAlign = 'left';
    context.fillText(`${bands[band]} ${band}`, 16, middle);
    context.fillStyle = colours.muted;
    context.font = axisFont(layout.type, colours);
    context.fillText(detail, 16, middle + 1.3 * layout.type);
  };
  for (const strip of layout.strips) label(strip.name, '', strip);
  for (const band of layout.bands) label(band.name, scaleEnds(band.name, scale, score).join(' … '), band);
  const { unit } = clampedSelection(state, frame);
  label(carried, trajectories.detail, layout.trajectories);
  context.textAlign = 'right';
  for (const { value, y } of axisFor(frame, { height: layout.trajectories.height, carried, scale, unit }).ticks) {
    context.fillText(short(value), LABELS * layout.type - 8, layout.trajectories.top + y);
  }
};

/** A band of the page's size, out of a picture of one pixel a cell. */
const drawBand = (
  context: CanvasRenderingContext2D,
  { top, height }: BandBox,
  width: number,
  picture: ImageData | null,
): void => {
  if (picture === null) return;
  const small = document.createElement('canvas');
  small.width = picture.width;
  small.height = picture.height;
  small.getContext('2d')?.putImageData(picture, 0, 0);
  context.imageSmoothingEnabled = false;
  context.drawImage(small, 0, top, width, height);
};

export const saveScorePicture = (layout: ScoreLayout, scene: Scene, units: readonly number[]): void => {
  const state = usePlayground.getState();
  const frame = shownFrame(state);
  if (!frame) return;
  const { score } = messagesOf(state.language).stage;
  const colours = palette();
  const { ruler } = layout;
  const labels = LABELS * layout.type;
  const size = { width: labels + layout.width + 2 * MARGIN, height: ruler.height + layout.height + 2 * MARGIN + FOOT };
  const { cursor, unit } = clampedSelection(state, frame);
  const draw = (context: CanvasRenderingContext2D): void => {
    const { a: ratio } = context.getTransform();
    const at = (x: number, y: number, box: { height: number }, paint: (surface: Surface) => void): void => {
      context.save();
      context.translate(x, y);
      paint({ context, width: layout.width, height: box.height, ratio, type: layout.type });
      context.restore();
    };
    const left = MARGIN + labels;
    const top = MARGIN + ruler.height;
    at(MARGIN, top, layout, () => {
      drawLabels(context, layout, state);
    });
    at(left, MARGIN, ruler, (surface) => {
      scene.washes.paint(surface, state);
      scene.letters.paint(surface, state);
    });
    at(left, top, layout, (surface) => {
      scene.strips.paint(surface, state);
      for (const band of layout.bands) {
        const picture = bandPicture(frame, band.name, { units, scale: state.selection.scale }, colours);
        drawBand(context, band, layout.width, picture);
      }
    });
    at(left, top + layout.axis.top, layout.axis, (surface) => {
      scene.axis.paint(surface, state);
    });
    at(left, top + layout.trajectories.top, layout.trajectories, (surface) => {
      scene.trajectories.paint(surface, state);
    });
    context.strokeStyle = colours.ink;
    context.lineWidth = 1.5;
    context.strokeRect(left + cursor * layout.columnWidth, MARGIN, layout.columnWidth, ruler.height + layout.height);
    context.font = axisFont(layout.type, colours);
    context.fillStyle = colours.muted;
    context.textAlign = 'left';
    context.fillText(score.caption(frame.step, unit, frame.H, units.join(' ')), left, size.height - MARGIN - 6);
  };
  savePicture(size, colours.paper, draw, `score-step-${String(frame.step)}.png`);
};
