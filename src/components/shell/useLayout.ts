/** How many columns the page has room for: asked in rem, so that larger text also means fewer columns. */
import { useSyncExternalStore } from 'react';
import { followSize } from '../size';

export type Layout = 'narrow' | 'medium' | 'wide';

/** Least widths in rem. */
const MEDIUM = 46;
const WIDE = 74;

const layout = (): Layout => {
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const width = document.documentElement.clientWidth / rem;
  return width >= WIDE ? 'wide' : width >= MEDIUM ? 'medium' : 'narrow';
};

const subscribe = (notify: () => void) => {
  // Its width follows the window's, its children's heights the size of text.
  const stops = [document.documentElement, document.body].map((element) => followSize(element, notify));
  return () => {
    for (const stop of stops) stop();
  };
};

export const useLayout = (): Layout => useSyncExternalStore(subscribe, layout);
