/** The page's one animation loop: React never renders for it, and nothing runs while nothing changes. */
import { useEffect, useMemo, useRef, useState, type RefObject } from 'react';
import { FailureError, toFailure } from '../../model/failures';
import { usePlayground, type PlaygroundState } from '../../store';
import { followSight } from '../size';
import { createDrawing, type Display, type Entry, type View as StateView } from './drawing';

export type View = StateView<PlaygroundState>;

const display: Display = {
  now: () => performance.now(),
  nextFrame: (callback) => {
    const frame = requestAnimationFrame(callback);
    return () => {
      cancelAnimationFrame(frame);
    };
  },
  later: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
};

const drawing = createDrawing(display, () => usePlayground.getState());
/** Views that stand. */
let standing = 0;
let unsubscribe: () => void = () => undefined;

/** Everything is drawn anew: the theme has changed. */
export const redrawAll = (): void => {
  drawing.redraw();
};

/** What a view out of sight depends on. */
const UNSEEN: readonly unknown[] = [];

/**
 * Lets the loop draw `view` for as long as the component stands; returns what asks for another drawing of it. Where `place` is
 * given, nothing is drawn while that element is out of sight.
 */
export const useView = (view: View, place?: RefObject<Element | null>): (() => void) => {
  const entry = useRef<Entry<PlaygroundState>>(null);
  const [, setThrown] = useState<null>(null);
  const invalidate = useMemo(
    () => () => {
      if (entry.current) drawing.redraw(entry.current);
    },
    [],
  );
  useEffect(() => {
    let isSeen = true;
    const made: Entry<PlaygroundState> = {
      view: {
        ...view,
        inputs: (state) => (isSeen ? view.inputs(state) : UNSEEN),
        draw: (state) => {
          if (isSeen) view.draw(state);
        },
      },
      // To React, as if the component itself had thrown it.
      fail: (caught) => {
        setThrown(() => {
          throw caught instanceof Error ? caught : new FailureError(toFailure(caught));
        });
      },
    };
    entry.current = made;
    if (++standing === 1) {
      unsubscribe = usePlayground.subscribe(drawing.schedule);
      // Before the click that follows it.
      addEventListener('pointerdown', drawing.heed, true);
    }
    drawing.add(made);
    const element = place?.current;
    const stopSight =
      element &&
      followSight(element, (seen) => {
        if (isSeen === seen) return;
        isSeen = seen;
        drawing.redraw(made);
      });
    return () => {
      stopSight?.();
      drawing.remove(made);
      entry.current = null;
      if (--standing > 0) return;
      unsubscribe();
      removeEventListener('pointerdown', drawing.heed, true);
    };
  }, [view, place]);
  return invalidate;
};
