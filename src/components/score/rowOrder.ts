/** Which unit stands in which row. Rows stay where they are while the network learns, but for a new order now and then. */
import { useEffect, useState } from 'react';
import { byValue, bySimilarity } from '../../model/inspect/order';
import { spanOf } from '../../model/inspect/memory';
import type { ProbeFrame } from '../../model/telemetry';
import type { RowOrder } from '../../model/view';
import { lookedFor, usePlayground, type PlaygroundState } from '../../store';
import { bandValues, shownCell, shownFrame } from './frame';

/** While it trains the order is taken anew once the steps have grown by this factor. */
const GROWTH = 1.25;

/** The order that is had: without a gate that keeps there is no half-life, and no rank while nothing is known. */
export const orderHad = (state: PlaygroundState, wanted: RowOrder): RowOrder => {
  if (wanted === 'halfLife' && shownCell(state).keeps === null) return 'index';
  return wanted === 'rank' && lookedFor(state) === null ? 'index' : wanted;
};

const indices = (H: number): number[] => Array.from({ length: H }, (_, unit) => unit);

const orderOf = (state: PlaygroundState, frame: ProbeFrame): readonly number[] => {
  const { T, H } = frame;
  const { keeps, carried } = shownCell(state);
  switch (orderHad(state, state.selection.order)) {
    case 'halfLife':
      return keeps === null
        ? indices(H)
        : byValue(indices(H).map((unit) => spanOf(bandValues(frame, keeps), H, unit).mean));
    case 'rank':
      return lookedFor(state)?.order ?? indices(H);
    case 'similarity':
      return bySimilarity(bandValues(frame, carried), T, H);
    case 'index':
      return indices(H);
  }
};

/** What an order was taken of. */
interface Taken {
  readonly of: readonly unknown[];
  readonly step: number;
  readonly atRest: boolean;
}

/** The unit of each row; every unit is in it once. */
export const useRowOrder = (H: number): readonly number[] => {
  const [order, setOrder] = useState(() => indices(H));
  useEffect(() => {
    let taken: Taken | null = null;
    const look = (): void => {
      const state = usePlayground.getState();
      const frame = shownFrame(state);
      if (!frame) return;
      const question = lookedFor(state);
      const by = orderHad(state, state.selection.order);
      const asked = by === 'rank' ? `${question?.label ?? ''} ${String(question?.kind)}` : null;
      const of = [frame.runId, frame.layer, frame.H, by, asked, state.run?.description?.probe];
      const atRest = state.run?.phase !== 'running';
      const isOther = taken === null || of.some((value, k) => value !== taken?.of[k]);
      const hasRested = taken !== null && atRest && (!taken.atRest || frame.step !== taken.step);
      if (!isOther && !hasRested && (taken === null || frame.step < taken.step * GROWTH + 1)) return;
      taken = { of, step: frame.step, atRest };
      const next = [...orderOf(state, frame)];
      setOrder((before) =>
        before.length === next.length && before.every((unit, k) => unit === next[k]) ? before : next,
      );
    };
    look();
    return usePlayground.subscribe(look);
  }, []);
  return order.length === H ? order : indices(H);
};
