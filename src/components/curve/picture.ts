/** The curve of the page's state as a picture, on the page or in a file. */
import { earlierRun, shownRun, type PlaygroundState } from '../../store';
import { messagesOf } from '../messages';
import { numbersOf } from '../messages/numbers';
import type { Surface } from '../stage/Canvas';
import { palette } from '../stage/palette';
import { baselineNamesWidth, drawCurve, labelMeasure } from './draw';
import { earlierName } from './earlierName';
import { layoutCurve, type CurveLayout } from './layout';
import type { Tracers } from './lines';
import type { StepRange } from './stepRange';

export interface Axes {
  readonly logX: boolean;
  readonly logY: boolean;
  /** The steps that are shown; null: all. */
  readonly range: StepRange | null;
}

/** From here on steps are written short. */
const MANY_STEPS = 10_000;

const layoutOf = (state: PlaygroundState, surface: Surface, axes: Axes): CurveLayout => {
  const { language } = state;
  const run = shownRun(state);
  const baselines = run?.baselines?.values ?? [];
  const { compact, integer, significant } = numbersOf(language);
  const { width, height, type } = surface;
  const view = {
    width,
    height,
    type,
    nameWidth: baselineNamesWidth(surface, baselines, palette(), language),
    labelWidth: labelMeasure(surface, palette()),
    writeStep: (step: number) => (step >= MANY_STEPS && axes.range === null ? compact(step) : integer(step)),
    writeLoss: significant,
    ...axes,
  };
  return layoutCurve(run?.history ?? null, run?.metrics.step ?? 0, baselines, view, earlierRun(state)?.history ?? null);
};

/** Draws the state's curve and returns where all of it stands. */
export const paintCurve = (
  state: PlaygroundState,
  surface: Surface,
  axes: Axes,
  tracers: Tracers | null,
): CurveLayout => {
  const layout = layoutOf(state, surface, axes);
  drawCurve(surface, layout, palette(), state.language, tracers, earlierName(state, messagesOf(state.language)));
  return layout;
};

/** What the picture depends on. */
export const inputs = (state: PlaygroundState): readonly unknown[] => [
  shownRun(state)?.history,
  shownRun(state)?.metrics.step ?? 0,
  shownRun(state)?.baselines,
  shownRun(state)?.description,
  earlierRun(state),
  state.language,
];
