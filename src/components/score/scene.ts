/** The score's drawn layers, each drawn only when what it shows has changed. */
import { lookedFor, shownRun, type PlaygroundState } from '../../store';
import type { Surface } from '../stage/Canvas';
import { palette } from '../stage/palette';
import { drawAxis, drawLabel, drawLetters, drawState, drawStrips, drawTrajectories, drawWashes } from './draw';
import { clampedSelection, colouringOf, shownCell, shownFrame, valueAt } from './frame';
import { labelOf } from './label';
import type { ScoreLayout } from './layout';
import { twoDecimals } from './numbers';
import { mostSurprise } from './scale';
import { charactersOf } from './shape';
import { axisFor, emptyTrajectories, layoutTrajectories, stateAxis } from './trajectoryLayout';

export interface Layer {
  readonly inputs: (state: PlaygroundState) => readonly unknown[];
  readonly paint: (surface: Surface, state: PlaygroundState) => void;
}

const lettersLayer = (layout: ScoreLayout): Layer => ({
  inputs: (state) => [charactersOf(state).join('\n')],
  paint: (surface, state) => {
    drawLetters(surface, layout, charactersOf(state), palette());
  },
});

const washesLayer = (layout: ScoreLayout): Layer => ({
  inputs: (state) => [
    shownFrame(state),
    shownRun(state)?.description,
    state.selection.colouring,
    state.selection.scale,
    state.selection.colouring === 'surprise' ? null : state.selection.unit,
  ],
  paint: (surface, state) => {
    const frame = shownFrame(state);
    if (!frame) return;
    const { scale, colouring } = state.selection;
    drawWashes(surface, layout, palette(), {
      frame,
      colouring: colouringOf(colouring, shownCell(state)),
      unit: clampedSelection(state, frame).unit,
      scale,
      mostSurprise: mostSurprise(shownRun(state)?.description?.symbols.length ?? 0),
    });
  },
});

const stripsLayer = (layout: ScoreLayout): Layer => ({
  inputs: (state) => [
    shownFrame(state),
    state.selection.unit,
    state.selection.scale,
    lookedFor(state),
    shownRun(state)?.unitRankings?.probeLabels,
  ],
  paint: (surface, state) => {
    const frame = shownFrame(state);
    const label = labelOf(state);
    if (frame) {
      if (label !== null) drawLabel(surface, layout, label, palette());
      const { unit } = clampedSelection(state, frame);
      drawStrips(surface, layout, frame, { unit, scale: state.selection.scale }, palette());
      return;
    }
    // Quiet shapes of the size of the strips, before there are values.
    surface.context.fillStyle = palette().sunken;
    for (const { top, height } of layout.strips) surface.context.fillRect(0, top, layout.width, height);
  },
});

const axisLayer = (layout: ScoreLayout): Layer => ({
  inputs: () => [],
  paint: (surface) => {
    drawAxis(surface, layout, palette());
  },
});

const trajectoriesLayer = (layout: ScoreLayout): Layer => ({
  inputs: (state) => [
    shownFrame(state),
    state.selection.unit,
    state.selection.chosenUnits,
    state.selection.scale,
    state.selection.cursor,
  ],
  paint: (surface, state) => {
    const frame = shownFrame(state);
    const { height } = layout.trajectories;
    const { carried } = shownCell(state);
    const { scale, chosenUnits } = state.selection;
    const hue = palette().bands[carried];
    if (!frame) {
      const marks = emptyTrajectories(stateAxis(height, carried, scale, 0));
      drawTrajectories(surface, layout, marks, palette(), hue);
      return;
    }
    const { cursor, unit } = clampedSelection(state, frame);
    const axis = axisFor(frame, { height, carried, scale, unit });
    const marks = layoutTrajectories(frame, axis, { carried, unit, chosen: chosenUnits });
    drawTrajectories(surface, layout, marks, palette(), hue);
    const value = valueAt(frame, carried, cursor, unit);
    drawState(surface, layout, { cursor, y: axis.heightOf(value), label: twoDecimals(value) }, palette(), hue);
  },
});

export interface Scene {
  readonly washes: Layer;
  readonly letters: Layer;
  readonly strips: Layer;
  readonly axis: Layer;
  readonly trajectories: Layer;
}

export const createScene = (layout: ScoreLayout): Scene => ({
  washes: washesLayer(layout),
  letters: lettersLayer(layout),
  strips: stripsLayer(layout),
  axis: axisLayer(layout),
  trajectories: trajectoriesLayer(layout),
});
