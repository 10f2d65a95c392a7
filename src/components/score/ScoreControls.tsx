/** What the score shows: the selected unit, the layer, the colour of the text. */
import { useMemo, useRef, type ReactElement } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { Colouring } from '../../model/view';
import { usePlayground, useRun } from '../../store';
import { useMessages } from '../messages';
import { useView } from '../stage/loop';
import { NumberField } from '../stage/NumberField';
import { palette } from '../stage/palette';
import { TABLE_SIZE } from '../stage/scales';
import { SelectField } from '../stage/SelectField';
import { FollowedField } from './FollowedField';
import { colouringOf } from './frame';
import { mostSurprise, scaleEnds } from './scale';
import type { Shape } from './shape';

/** Steps of a table that its legend shows; between them colours run straight enough. */
const STOPS = [0, 1, 2, 3, 4, 5, 6, 7, 8].map((k) => Math.round((k / 8) * (TABLE_SIZE - 1)));

/** Ends of the text's colour scale, with its colours between them. */
const TextLegend = ({ colouring }: { readonly colouring: Colouring }): ReactElement => {
  const { score: words } = useMessages().stage;
  const bar = useRef<HTMLSpanElement>(null);
  const scale = usePlayground((state) => state.selection.scale);
  const symbols = useRun((run) => run?.description?.symbols.length ?? 0);
  const [low, high] =
    colouring === 'surprise'
      ? ['0', `≥ ${mostSurprise(symbols).toFixed(1)} ${words.bits}`]
      : scaleEnds(colouring, scale, words);
  useView(
    useMemo(
      () => ({
        inputs: () => [],
        draw: () => {
          if (!bar.current) return;
          const { wash } = palette().tables[colouring];
          bar.current.style.background = `linear-gradient(to right, ${STOPS.map((k) => wash[k]).join(', ')})`;
        },
      }),
      [colouring],
    ),
  );
  return (
    <span className="text-legend">
      <span>{low}</span>
      <span ref={bar} className="legend-bar" />
      <span className="text-legend-high">{high}</span>
    </span>
  );
};

export const ScoreControls = ({ shape }: { readonly shape: Shape }): ReactElement => {
  const { score: words, bands: names } = useMessages().stage;
  const [wanted, unit, layer] = usePlayground(
    useShallow(({ selection }) => [selection.colouring, selection.unit, selection.layer] as const),
  );
  const { select } = usePlayground((state) => state.actions);
  const colouring = colouringOf(wanted, shape.cell);
  return (
    <div className="score-controls">
      <NumberField
        label={words.unit}
        rule={{ kind: 'integer', min: 0, max: shape.H - 1, step: 1 }}
        value={Math.min(unit, shape.H - 1)}
        onCommit={(value) => {
          select({ unit: value });
        }}
      />
      <FollowedField />
      {shape.layers > 1 && (
        <SelectField
          label={words.layer}
          value={String(Math.min(layer, shape.layers - 1))}
          options={Array.from({ length: shape.layers }, (_, k) => ({ value: String(k), label: String(k + 1) }))}
          onChange={(chosen) => {
            select({ layer: Number(chosen) });
          }}
        />
      )}
      <SelectField<Colouring>
        label={words.colourBy}
        value={colouring}
        options={[
          ...shape.cell.bands.map((band) => ({ value: band, label: `${names[band]} ${band}` })),
          { value: 'surprise', label: words.surprise },
        ]}
        onChange={(chosen) => {
          select({ colouring: chosen });
        }}
      >
        <TextLegend colouring={colouring} />
      </SelectField>
    </div>
  );
};
