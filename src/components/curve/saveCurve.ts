/** The curve as files. */
import { shownRun, usePlayground } from '../../store';
import { messagesOf } from '../messages';
import { palette } from '../stage/palette';
import { PICTURE_TYPE, saveCsv, savePicture } from '../stage/saveFigure';
import type { Tracers } from './lines';
import { paintCurve, type Axes } from './picture';
import { curveRows } from './rows';

export const saveCurve = (): void => {
  const run = shownRun(usePlayground.getState());
  if (run?.history) saveCsv(curveRows(run.history), `loss-step-${String(run.metrics.step)}.csv`);
};

const PICTURE = { width: 720, height: 420 };

export const saveCurvePicture = (axes: Axes, tracers: Tracers | null): void => {
  const state = usePlayground.getState();
  const title = messagesOf(state.language).stage.curve;
  savePicture(
    { ...PICTURE, height: PICTURE.height + 24 },
    palette().paper,
    (context) => {
      context.font = `600 14px ${palette().sans}`;
      context.fillStyle = palette().ink;
      context.fillText(`${title.title} (${title.unit})`, 12, 18);
      context.translate(0, 24);
      paintCurve(state, { context, ...PICTURE, ratio: 1, type: PICTURE_TYPE }, axes, tracers);
    },
    `loss-step-${String(shownRun(state)?.metrics.step ?? 0)}.png`,
  );
};
