/** The run's numbers at a pace that a reader can follow: five times a second while it trains, at once otherwise. */
import { useSyncExternalStore } from 'react';
import type { Metrics } from '../../model/telemetry';
import { shownRun, usePlayground } from '../../store';

const MILLISECONDS = 200;

const subscribe = (notify: () => void) => {
  let timer: number | null = null;
  const unsubscribe = usePlayground.subscribe((state, before) => {
    if (shownRun(state) === shownRun(before)) return;
    if (shownRun(state)?.phase !== 'running' || shownRun(before)?.phase !== 'running') notify();
    else
      timer ??= window.setTimeout(() => {
        timer = null;
        notify();
      }, MILLISECONDS);
  });
  return () => {
    unsubscribe();
    if (timer !== null) window.clearTimeout(timer);
  };
};

export const useCalmMetrics = (): Metrics | null =>
  useSyncExternalStore(subscribe, () => shownRun(usePlayground.getState())?.metrics ?? null);
