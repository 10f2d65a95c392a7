/** Left of the score: each band's hue, name and letter, the ends of its scale, and the axes that do not scroll with the text. */
import { useMemo, useRef, type ReactElement } from 'react';
import { BANDS, type BandName, type Cell } from '../../model/cells';
import { lookedFor, usePlayground, type PlaygroundState } from '../../store';
import { useMessages } from '../messages';
import { WhatIs } from '../stage/WhatIs';
import { useView } from '../stage/loop';
import { isSigned } from '../stage/scales';
import { clampedSelection, shownFrame } from './frame';
import { labelOf } from './label';
import type { Box, ScoreLayout } from './layout';
import { short } from './numbers';
import { isUnbounded, scaleEnds } from './scale';
import { axisFor, stateAxis } from './trajectoryLayout';
import './gutter.css';

const BandTitle = ({ band, name }: { readonly band: BandName; readonly name: string }): ReactElement => (
  <span className="band-name">
    <span className="swatch" style={{ background: `var(--band-${band})` }} />
    <span className="band-word">{name}</span> <b>{band}</b>
  </span>
);

/** The ends of a band's scale with its colours between them. */
const Legend = ({ band }: { readonly band: BandName }): ReactElement => {
  const { score } = useMessages().stage;
  const scale = usePlayground((state) => state.selection.scale);
  const [low, high] = scaleEnds(band, scale, score);
  const { role } = BANDS[band];
  return (
    <span className="band-range">
      {isUnbounded(band) && scale === 'tanh' && <i>{`tanh ${band}`}</i>}
      <span>{low}</span>
      <span
        className="legend-bar"
        style={{
          background: isSigned(role)
            ? `linear-gradient(to right in lab, var(--below-${role}), var(--paper), var(--role-${role}))`
            : `linear-gradient(to right in lab, var(--paper), var(--role-${role}))`,
        }}
      />
      <span>{high}</span>
    </span>
  );
};

/** What the strip of the label says. */
const LabelName = ({ box: { top, height } }: { readonly box: Box }): ReactElement | null => {
  const { label } = useMessages().stage.score;
  const found = usePlayground(lookedFor);
  const isShown = usePlayground((state) => labelOf(state) !== null);
  if (!isShown || found === null) return null;
  const name = label[found.label](found.kind);
  return (
    <span className="label-name" style={{ top, height }} title={name}>
      {name}
    </span>
  );
};

/** Where the selected unit's row is; nothing is drawn over the row itself. */
const RowTick = ({
  bands,
  rowHeight,
  units,
}: {
  bands: readonly Box[];
  rowHeight: number;
  units: readonly number[];
}) => {
  const unit = usePlayground((state) => state.selection.unit);
  const row = units.indexOf(unit);
  if (row < 0) return null;
  return bands.map(({ top }) => (
    <span key={top} className="row-tick" style={{ top: top + (row + 0.5) * rowHeight }}>
      {unit}
    </span>
  ));
};

interface GutterProps {
  readonly layout: ScoreLayout;
  readonly cell: Cell;
  /** The unit of each row. */
  readonly units: readonly number[];
}

export const Gutter = ({ layout, cell, units }: GutterProps): ReactElement => {
  const { score, bands, trajectories: words } = useMessages().stage;
  const ticks = useRef<HTMLSpanElement>(null);
  const { axis, trajectories } = layout;
  const { carried } = cell;
  const isSquashed = usePlayground(({ selection }) => isUnbounded(carried) && selection.scale === 'tanh');
  useView(
    useMemo(
      () => ({
        inputs: (state: PlaygroundState) => [
          state.selection.scale === 'own' ? shownFrame(state) : null,
          state.selection.scale,
          state.selection.unit,
        ],
        draw: (state) => {
          const frame = shownFrame(state);
          const { height } = trajectories;
          const { scale } = state.selection;
          const found = frame
            ? axisFor(frame, { height, carried, scale, unit: clampedSelection(state, frame).unit })
            : stateAxis(height, carried, scale, 0);
          ticks.current?.replaceChildren(
            ...found.ticks.map(({ value, y }) => {
              const tick = document.createElement('span');
              tick.className = 'unit-tick';
              tick.style.top = `${String(y)}px`;
              tick.textContent = short(value);
              return tick;
            }),
          );
        },
      }),
      [trajectories, carried],
    ),
  );
  return (
    <div className="score-gutter" style={{ height: layout.height }}>
      <LabelName box={layout.label} />
      <ul className="band-labels">
        {layout.strips.map(({ name, top, height }) => (
          <li key={name} className="strip-label" style={{ top, height }}>
            <BandTitle band={name} name={score.term(name, 'value')} />
            <Legend band={name} />
          </li>
        ))}
      </ul>
      <ul className="band-labels">
        {layout.bands.map(({ name, top, height }) => (
          <li key={name} className="band-label" style={{ top, height }}>
            <BandTitle band={name} name={bands[name]} />
            <Legend band={name} />
          </li>
        ))}
      </ul>
      <RowTick bands={layout.bands} rowHeight={layout.rowHeight} units={units} />
      <span className="axis-label" style={{ top: axis.top }}>
        {score.character}
      </span>
      <div className="band-label" style={{ top: trajectories.top, height: trajectories.height }}>
        <BandTitle band={carried} name={bands[carried]} />
        {isSquashed && (
          <span className="band-squashed">
            <span className="band-word">{score.squashed(carried)}</span> <WhatIs term="squashed" />
          </span>
        )}
        <span className="band-detail">{words.detail}</span>
        <span ref={ticks} aria-hidden />
      </div>
    </div>
  );
};
