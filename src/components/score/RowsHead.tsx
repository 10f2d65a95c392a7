/** Above all units: in what order their rows stand, how many there are, and how states without bounds are shown. */
import { useId, type ReactElement } from 'react';
import { ROW_ORDERS, STATE_SCALES, type RowOrder, type StateScale } from '../../model/view';
import { usePlayground } from '../../store';
import { useMessages } from '../messages';
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
  const orderId = useId();
  const scaleId = useId();
  const order = usePlayground((state) => orderHad(state, state.selection.order));
  const hasRank = usePlayground((state) => orderHad(state, 'rank') === 'rank');
  const { scale, allRows } = usePlayground((state) => state.selection);
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
      <span className="stage-field">
        <label htmlFor={orderId}>{words.rows(layout.rows, shape.H)}</label>
        <select
          id={orderId}
          className="field"
          value={order}
          onChange={(event) => {
            select({ order: event.target.value as RowOrder });
          }}
        >
          {ROW_ORDERS.map((name) => (
            <option key={name} value={name} disabled={!isHad[name]}>
              {words.orders[name]}
            </option>
          ))}
        </select>
      </span>
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
        <span className="stage-field">
          <label htmlFor={scaleId}>{words.shownAs(unbounded)}</label>
          <select
            id={scaleId}
            className="field"
            value={scale}
            onChange={(event) => {
              select({ scale: event.target.value as StateScale });
            }}
          >
            {STATE_SCALES.map((name) => (
              <option key={name} value={name}>
                {words.scales[name](unbounded)}
              </option>
            ))}
          </select>
        </span>
      )}
    </div>
  );
};
