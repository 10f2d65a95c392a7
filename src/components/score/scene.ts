/** The score's four layers, each drawn only when what it shows has changed: text, bands, trajectories, cursor. */
import type { PlaygroundState } from '../../store';
import type { Surface } from '../stage/Canvas';
import { palette } from '../stage/palette';
import {
  createBandPainter,
  drawAxis,
  drawCursor,
  drawEmptyBands,
  drawText,
  drawTrajectories,
  type CursorMarks,
} from './draw';
import { twoDecimals } from './numbers';
import { carriedBand, clampedSelection, colouringOf, shownFrame, valueAt } from './frame';
import type { ScoreLayout } from './layout';
import { rangesOf } from './ranges';
import { charactersOf } from './shape';
import { emptyTrajectories, layoutTrajectories, stateHeight } from './trajectoryLayout';

export interface Layer {
  readonly inputs: (state: PlaygroundState) => readonly unknown[];
  readonly paint: (surface: Surface, state: PlaygroundState) => void;
}

const textLayer = (layout: ScoreLayout): Layer => ({
  inputs: (state) => [
    shownFrame(state),
    state.run?.description,
    state.selection.colouring,
    state.selection.colouring === 'surprise' ? null : state.selection.unit,
  ],
  paint: (surface, state) => {
    const frame = shownFrame(state);
    const colour = frame && {
      frame,
      colouring: colouringOf(state.selection.colouring, frame.bands),
      unit: clampedSelection(state, frame).unit,
      ranges: rangesOf(frame),
    };
    drawText(surface, layout, charactersOf(state), palette(), colour);
  },
});

const bandsLayer = (layout: ScoreLayout): Layer => {
  const paintBands = createBandPainter();
  return {
    inputs: (state) => [shownFrame(state)],
    paint: (surface, state) => {
      const frame = shownFrame(state);
      if (frame) paintBands(surface, layout, frame, rangesOf(frame), palette());
      else drawEmptyBands(surface, layout, palette());
      drawAxis(surface, layout, palette());
    },
  };
};

const trajectoriesLayer = (layout: ScoreLayout): Layer => ({
  inputs: (state) => [shownFrame(state), state.selection.unit, state.selection.chosenUnits],
  paint: (surface, state) => {
    const frame = shownFrame(state);
    const { height } = layout.trajectories;
    if (!frame) {
      drawTrajectories(surface, layout, emptyTrajectories(height), palette(), palette().ink);
      return;
    }
    const band = carriedBand(frame.bands);
    const marks = layoutTrajectories(frame, {
      height,
      range: rangesOf(frame).lines ?? 1,
      unit: clampedSelection(state, frame).unit,
      chosen: state.selection.chosenUnits,
    });
    drawTrajectories(surface, layout, marks, palette(), palette().bands[band]);
  },
});

const cursorLayer = (layout: ScoreLayout): Layer => ({
  inputs: (state) => [shownFrame(state), state.selection.cursor, state.selection.pinned, state.selection.unit],
  paint: (surface, state) => {
    const frame = shownFrame(state);
    if (!frame) return;
    const { cursor, unit } = clampedSelection(state, frame);
    const band = carriedBand(frame.bands);
    const value = valueAt(frame, band, cursor, unit);
    const marks: CursorMarks = {
      cursor,
      unit,
      pinned: state.selection.pinned,
      state: {
        y: stateHeight(layout.trajectories.height, rangesOf(frame).lines ?? 1, value),
        label: twoDecimals(value),
      },
    };
    drawCursor(surface, layout, marks, palette(), palette().bands[band]);
  },
});

export interface Scene {
  readonly text: Layer;
  readonly bands: Layer;
  readonly trajectories: Layer;
  readonly cursor: Layer;
}

export const createScene = (layout: ScoreLayout): Scene => ({
  text: textLayer(layout),
  bands: bandsLayer(layout),
  trajectories: trajectoriesLayer(layout),
  cursor: cursorLayer(layout),
});
