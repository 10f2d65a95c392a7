/** The parts of a step are shown one after the other, within the time from one step to the next. */
import { easeCubicInOut, timer } from 'd3';
import { useEffect, useLayoutEffect, useState, type RefObject } from 'react';
import { SPEEDS } from '../../model/settings';
import { followMedia } from '../media';

/** Milliseconds that they take together: all of it is seen for a moment before the next step. */
export const DURATION = (0.85 * 1000) / SPEEDS[0];

/** How much of part k of n is shown so long after the step came, from 0 to 1. */
export const shownOf = (elapsed: number, k: number, n: number): number => {
  const share = (elapsed / DURATION) * n - k;
  return easeCubicInOut(Math.min(1, Math.max(0, share)));
};

/** The part that is being shown; none once all of them are. */
export const currentOf = (elapsed: number, n: number): number | null =>
  elapsed < DURATION ? Math.max(0, Math.floor((elapsed / DURATION) * n)) : null;

const show = (parts: readonly HTMLElement[], elapsed: number): void => {
  const current = currentOf(elapsed, parts.length);
  parts.forEach((part, k) => {
    part.style.setProperty('--shown', String(shownOf(elapsed, k, parts.length)));
    if (k === current) part.setAttribute('aria-current', 'step');
    else part.removeAttribute('aria-current');
  });
};

/** Shows what is marked as a part below `root` anew for each step; all at once where the reader wants no motion. */
export const useReveal = (root: RefObject<HTMLElement | null>, step: string | null): void => {
  const [isStill, setStill] = useState(false);
  useEffect(() => followMedia('(prefers-reduced-motion: reduce)', setStill), []);
  useLayoutEffect(() => {
    const parts = [...(root.current?.querySelectorAll<HTMLElement>('[data-part]') ?? [])];
    if (isStill || step === null) {
      show(parts, DURATION);
      return;
    }
    show(parts, 0);
    const running = timer((elapsed) => {
      show(parts, elapsed);
      if (elapsed >= DURATION) running.stop();
    });
    return () => {
      running.stop();
    };
  }, [root, step, isStill]);
};
