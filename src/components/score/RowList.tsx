/** Under all units: which unit stands in which row from the top, and by how much where that is a number of its own. */
import { useMemo, useRef, type ReactElement } from 'react';
import { spanOf } from '../../model/inspect/memory';
import { usePlayground, type PlaygroundState } from '../../store';
import { useMessages, useNumbers } from '../messages';
import { useView } from '../stage/loop';
import { bandValues, shownCell, shownFrame } from './frame';
import { orderHad } from './rowOrder';

/** Rows that are named: a list beyond that is no longer read. */
const NAMED = 16;

/** @param units the unit of each row */
export const RowList = ({ units }: { readonly units: readonly number[] }): ReactElement => {
  const words = useMessages().stage.score;
  const numbers = useNumbers();
  const list = useRef<HTMLOListElement>(null);
  const order = usePlayground((state) => orderHad(state, state.selection.order));
  const selected = usePlayground((state) => state.selection.unit);
  useView(
    useMemo(
      () => ({
        inputs: (state: PlaygroundState) => [shownFrame(state), orderHad(state, state.selection.order)],
        draw: (state) => {
          const frame = shownFrame(state);
          const { keeps } = shownCell(state);
          Array.from(list.current?.children ?? []).forEach((row, k) => {
            const place = row.querySelector('span');
            if (!place) return;
            const isThere = frame !== null && keeps !== null && units[k] < frame.H;
            place.textContent = isThere
              ? numbers.fixed(spanOf(bandValues(frame, keeps), frame.H, units[k]).mean, 1)
              : '';
          });
        },
      }),
      [numbers, units],
    ),
    list,
  );
  return (
    <div className="row-list">
      {words.rowsFromTop[order]}
      <ol ref={list}>
        {units.slice(0, NAMED).map((unit) => (
          <li key={unit} aria-current={unit === selected || undefined}>
            {unit}
            {order === 'halfLife' && <span />}
          </li>
        ))}
        {units.length > NAMED && <li>…</li>}
      </ol>
    </div>
  );
};
