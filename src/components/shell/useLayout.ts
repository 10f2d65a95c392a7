/**
 * How many columns the page has room for: asked in rem, so that larger text also means fewer columns. Narrow: one, with the
 * settings in a sheet. Medium: settings and stage. Paired: the stage and what it writes, with settings that come when asked
 * for. Wide: all three.
 */
import { useSyncExternalStore } from 'react';
import { followSize } from '../size';

export type Layout = 'narrow' | 'medium' | 'paired' | 'wide';

/** Least widths in rem. */
const MEDIUM = 46;
const PAIRED = 74;
const WIDE = 84;

const layout = (): Layout => {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const width = document.documentElement.clientWidth / rem;
  if (width < PAIRED) return width < MEDIUM ? 'narrow' : 'medium';
  return width < WIDE ? 'paired' : 'wide';
};

const subscribe = (notify: () => void) => {
  // Its width follows the window's, its children's heights the size of text.
  const stops = [document.documentElement, document.body].map((element) => followSize(element, notify));
  return () => {
    for (const stop of stops) stop();
  };
};

export const useLayout = (): Layout => useSyncExternalStore(subscribe, layout);
