/** Above all units: in what order their rows stand, how many there are, and how states without bounds are shown. */
import type { ReactElement } from 'react';
import { ROW_ORDERS, STATE_SCALES, type RowOrder } from '../../model/view';
import { usePlayground } from '../../store';
import { useMessages } from '../messages';
import { SelectField } from '../stage/SelectField';
import { WhatIs } from '../stage/WhatIs';
import type { ScoreLayout } from './layout';
import { orderHad } from './rowOrder';
import { isUnbounded } from './scale';
import type { Shape } from './shape';

interface RowsHeadProps {
  readonly layout: ScoreLayout;
  readonly shape: Shape;
}

export const RowsHead = ({ layout, shape }: RowsHeadProps): ReactElement => {
  const words = useMessages().stage.score;
  const order = usePlayground((state) => orderHad(state, state.selection.order));
  const hasRank = usePlayground((state) => orderHad(state, 'rank') === 'rank');
  const scale = usePlayground((state) => state.selection.scale);
  const allRows = usePlayground((state) => state.selection.allRows);
  const { select } = usePlayground((state) => state.actions);
  const { top, height } = layout.rowsHead;
  const unbounded = shape.cell.bands.find(isUnbounded);
  const fits = layout.rows >= shape.H && !allRows;
  const isHad: Readonly<Record<RowOrder, boolean>> = {
    halfLife: shape.cell.keeps !== null,
    rank: hasRank,
    similarity: true,
    index: true,
  };
  return (
    <div className="score-part-head rows-head" style={{ top, height }}>
      <SelectField
        label={words.rows(layout.rows, shape.H)}
        value={order}
        options={ROW_ORDERS.map((name) => ({ value: name, label: words.orders[name], disabled: !isHad[name] }))}
        onChange={(chosen) => {
          select({ order: chosen });
        }}
      />
      {!fits && (
        <button
          type="button"
          className="button button-quiet"
          aria-pressed={allRows}
          onClick={() => {
            select({ allRows: !allRows });
          }}
        >
          {allRows ? words.fewerRows : words.allRows(shape.H)}
        </button>
      )}
      {unbounded !== undefined && (
        <SelectField
          label={words.shownAs(unbounded)}
          value={scale}
          options={STATE_SCALES.map((name) => ({ value: name, label: words.scales[name](unbounded) }))}
          onChange={(chosen) => {
            select({ scale: chosen });
          }}
        >
          <WhatIs term="squashed" />
        </SelectField>
      )}
    </div>
  );
};
