/** What keys do on the curve: move the step that is read, show fewer or more steps. */
import type { KeyboardEvent } from 'react';
import { ZOOM, type StepRange } from './stepRange';

/** Presses of a page key from one end of what is shown to the other. */
const PAGES = 10;

/** The step that a key asks for; null for other keys. */
export const keyStep = (
  event: KeyboardEvent,
  step: number,
  last: number,
  shown: StepRange,
  stride: number,
): number | null => {
  const page = Math.ceil((shown[1] - shown[0]) / PAGES);
  const wanted: Record<string, number> = {
    ArrowLeft: step - stride,
    ArrowRight: step + stride,
    PageDown: step - page,
    PageUp: step + page,
    Home: 1,
    End: last,
  };
  const found = event.altKey || event.ctrlKey || event.metaKey ? undefined : wanted[event.key];
  return found === undefined ? null : Math.min(last, Math.max(1, found));
};

/** By how many times as many steps a key asks for; null for other keys. */
export const keyZoom = ({ key, altKey, ctrlKey, metaKey }: KeyboardEvent): number | null => {
  if (altKey || ctrlKey || metaKey) return null;
  if (key === '+' || key === '=') return 1 / ZOOM;
  return key === '-' || key === '_' ? ZOOM : null;
};
