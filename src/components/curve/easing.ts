/** From the steps that are shown to others, by easing: the eye follows what it has read to where it goes. */
import { easeCubicInOut, interpolateNumberArray, timer } from 'd3';
import { followMedia } from '../media';
import type { StepRange } from './stepRange';

/** Milliseconds of a transition. */
export const DURATION = 300;

const isStill = (): boolean => {
  let still = false;
  followMedia('(prefers-reduced-motion: reduce)', (matches) => {
    still = matches;
  })();
  return still;
};

/**
 * Calls `show` with one range after the other, and with null once `to` itself is to be shown: at once where the reader wants
 * no motion. Returns what ends it where it is.
 */
export const easeRange = (from: StepRange, to: StepRange, show: (range: StepRange | null) => void): (() => void) => {
  const between = interpolateNumberArray([...from], [...to]);
  const duration = isStill() ? 0 : DURATION;
  // Where it is to go is not shown before.
  if (duration > 0) show(from);
  const running = timer((elapsed) => {
    if (elapsed >= duration) {
      running.stop();
      show(null);
      return;
    }
    const [first, last] = between(easeCubicInOut(elapsed / duration));
    show([first, last]);
  });
  return () => {
    running.stop();
  };
};
