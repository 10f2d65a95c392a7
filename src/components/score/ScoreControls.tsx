/** What the score shows: the colour of the text, the selected unit, the layer. */
import { useId, useMemo, useRef, type ReactElement } from 'react';
import { UNIT_INTERVAL_BANDS } from '../../model/cells';
import { usePlayground, type Colouring, type PlaygroundState } from '../../store';
import { useMessages } from '../messages';
import { useView } from '../stage/loop';
import { NumberField } from '../stage/NumberField';
import { colouringOf, extentOf, shownFrame } from './frame';
import { rangesOf } from './ranges';
import type { Shape } from './shape';

const round = (value: number): string => String(Number(value.toPrecision(3))).replace('-', '−');

/** Ends of the text's colour scale, with its colours between them. */
const TextLegend = ({ colouring }: { readonly colouring: Colouring }): ReactElement => {
  const { bits } = useMessages().stage.score;
  const low = useRef<HTMLSpanElement>(null);
  const high = useRef<HTMLSpanElement>(null);
  useView(
    useMemo(
      () => ({
        inputs: (state: PlaygroundState) => {
          const frame = shownFrame(state);
          return [frame && rangesOf(frame)];
        },
        draw: (state) => {
          const frame = shownFrame(state);
          const range = (frame && rangesOf(frame)[colouring]) ?? 1;
          const [from, to] = colouring === 'surprise' ? [0, range] : extentOf(colouring, range);
          if (low.current) low.current.textContent = round(from);
          if (high.current) high.current.textContent = colouring === 'surprise' ? `${round(to)} ${bits}` : round(to);
        },
      }),
      [colouring, bits],
    ),
  );
  const sequential = colouring === 'surprise' || UNIT_INTERVAL_BANDS.has(colouring);
  const hue = colouring === 'surprise' ? 'var(--ink)' : `var(--band-${colouring})`;
  return (
    <span className="text-legend">
      <span ref={low} />
      <span
        className="legend-bar"
        style={{
          background: sequential
            ? `linear-gradient(to right in lab, var(--paper), ${hue})`
            : `linear-gradient(to right in lab, var(--band-negative), var(--paper), ${hue})`,
        }}
      />
      <span ref={high} className="text-legend-high" />
    </span>
  );
};

export const ScoreControls = ({ shape }: { readonly shape: Shape }): ReactElement => {
  const { score: words, bands: names } = useMessages().stage;
  const colourId = useId();
  const layerId = useId();
  const { colouring: wanted, unit, layer } = usePlayground((state) => state.selection);
  const { select } = usePlayground((state) => state.actions);
  const colouring = colouringOf(wanted, shape.bands);
  return (
    <div className="score-controls">
      <span className="stage-field">
        <label htmlFor={colourId}>{words.colourBy}</label>
        <select
          id={colourId}
          className="field"
          value={colouring}
          onChange={(event) => {
            select({ colouring: event.target.value as Colouring });
          }}
        >
          {shape.bands.map((band) => (
            <option key={band} value={band}>
              {`${names[band]} ${band}`}
            </option>
          ))}
          <option value="surprise">{words.surprise}</option>
        </select>
      </span>
      <NumberField
        label={words.unit}
        value={Math.min(unit, shape.H - 1)}
        min={0}
        max={shape.H - 1}
        step={1}
        onChange={(value) => {
          select({ unit: Math.round(value) });
        }}
      />
      {shape.layers > 1 && (
        <span className="stage-field">
          <label htmlFor={layerId}>{words.layer}</label>
          <select
            id={layerId}
            className="field"
            value={Math.min(layer, shape.layers - 1)}
            onChange={(event) => {
              select({ layer: Number(event.target.value) });
            }}
          >
            {Array.from({ length: shape.layers }, (_, k) => (
              <option key={k} value={k}>
                {k + 1}
              </option>
            ))}
          </select>
        </span>
      )}
      <TextLegend colouring={colouring} />
    </div>
  );
};
