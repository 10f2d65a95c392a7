/** The run's numbers at a pace that a reader can follow: five times a second while it trains, at once otherwise. */
import { useSyncExternalStore } from 'react';
import type { Metrics } from '../../model/telemetry';
import { shownRun, usePlayground } from '../../store';

const MILLISECONDS = 200;

const listeners = new Set<() => void>();
let timer: number | null = null;
let unsubscribe: () => void = () => undefined;

const tell = () => {
  timer = null;
  for (const notify of listeners) notify();
};

/** Whoever shows them shows them at the same moment, so that the page is laid out once for all of them. */
const subscribe = (notify: () => void) => {
  listeners.add(notify);
  if (listeners.size === 1)
    unsubscribe = usePlayground.subscribe((state, before) => {
      if (shownRun(state) === shownRun(before)) return;
      if (shownRun(state)?.phase !== 'running' || shownRun(before)?.phase !== 'running') tell();
      else timer ??= window.setTimeout(tell, MILLISECONDS);
    });
  return () => {
    listeners.delete(notify);
    if (listeners.size > 0) return;
    unsubscribe();
    if (timer !== null) window.clearTimeout(timer);
    timer = null;
  };
};

export const useCalmMetrics = (): Metrics | null =>
  useSyncExternalStore(subscribe, () => shownRun(usePlayground.getState())?.metrics ?? null);
