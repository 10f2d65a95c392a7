/** Which unit stands in which row. Rows stay where they are while the network learns, but for a new order now and then. */
import { useEffect, useMemo, useState } from 'react';
import { byValue, bySimilarity } from '../../model/inspect/order';
import { spanOf } from '../../model/inspect/memory';
import type { ProbeFrame } from '../../model/telemetry';
import type { RowOrder } from '../../model/view';
import { lookedFor, shownRun, usePlayground, type PlaygroundState } from '../../store';
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
export interface Taken {
  /** What makes it another order altogether. */
  readonly asked: readonly unknown[];
  /** The numbers that it stands in: a frame, or rankings. */
  readonly numbers: unknown;
  readonly step: number;
}

const takenOf = (state: PlaygroundState, frame: ProbeFrame): Taken => {
  const by = orderHad(state, state.selection.order);
  const isRank = by === 'rank';
  const question = isRank ? lookedFor(state) : null;
  return {
    asked: [
      frame.runId,
      frame.layer,
      frame.H,
      by,
      question?.label,
      question?.kind,
      shownRun(state)?.description?.probe,
    ],
    numbers: isRank ? shownRun(state)?.unitRankings : frame,
    step: frame.step,
  };
};

/** At rest the order is that of the newest numbers; while it trains, of those of some steps ago. */
export const isOld = (before: Taken, now: Taken, isTraining: boolean): boolean =>
  now.asked.some((value, k) => value !== before.asked[k]) ||
  (isTraining ? now.step >= before.step * GROWTH + 1 : now.numbers !== before.numbers);

/** The unit of each row; every unit is in it once. */
export const useRowOrder = (H: number): readonly number[] => {
  const byIndex = useMemo(() => indices(H), [H]);
  const [order, setOrder] = useState<readonly number[]>(byIndex);
  useEffect(() => {
    let taken: Taken | null = null;
    const look = (): void => {
      const state = usePlayground.getState();
      const frame = shownFrame(state);
      if (!frame) return;
      const now = takenOf(state, frame);
      if (taken !== null && !isOld(taken, now, shownRun(state)?.phase === 'running')) return;
      taken = now;
      const next = orderOf(state, frame);
      setOrder((before) =>
        before.length === next.length && before.every((unit, k) => unit === next[k]) ? before : next,
      );
    };
    look();
    return usePlayground.subscribe(look);
  }, []);
  return order.length === H ? order : byIndex;
};
