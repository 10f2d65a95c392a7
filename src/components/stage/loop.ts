/**
 * The one animation loop: whatever changes in the store, each view is drawn at most once a display frame, and only where
 * something that it shows has changed. React never renders for it, and nothing runs while nothing changes. Where drawing is
 * slow it is dealt out over several display frames, so that what a reader does is heeded between them.
 */
import { useEffect, useMemo, useRef, useState } from 'react';
import { FailureError, toFailure } from '../../model/failures';
import { usePlayground, type PlaygroundState } from '../../store';

export interface View {
  /** What the drawing depends on, compared by identity. */
  readonly inputs: (state: PlaygroundState) => readonly unknown[];
  readonly draw: (state: PlaygroundState) => void;
  /** Answers what the reader does, and is quick: drawn before all others. */
  readonly isAnswer?: boolean;
}

interface Entry {
  view: View;
  drawn: readonly unknown[] | null;
  /** Hands what a drawing threw to React, as if the component itself had thrown it. */
  readonly fail: (caught: unknown) => void;
}

const entries = new Set<Entry>();
let scheduled: number | null = null;
let unsubscribe: (() => void) | null = null;

const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((value, k) => Object.is(value, b[k]));

/** Draws the view where something that it shows has changed; whether it was. */
const update = (entry: Entry, state: PlaygroundState): boolean => {
  try {
    const inputs = entry.view.inputs(state);
    if (entry.drawn !== null && same(entry.drawn, inputs)) return false;
    entry.drawn = inputs;
    entry.view.draw(state);
  } catch (caught) {
    entry.fail(caught);
  }
  return true;
};

/** Milliseconds of a display frame that drawing takes before it leaves the rest to the next one. */
const SHARE = 10;
/** Milliseconds for which a page counts as slow whose drawing took more than that. */
const SLOW = 2000;
/** On a slow page nothing is drawn for so many milliseconds but what answers the reader, so that the answer is painted at once. */
const QUIET = 100;
let slowUntil = 0;
let quietUntil = 0;
let quiet: number | null = null;
/** Where the reader looked when it was last drawn. */
let selection: PlaygroundState['selection'] | null = null;

const tick = (): void => {
  scheduled = null;
  const began = performance.now();
  const state = usePlayground.getState();
  const all = [...entries];
  for (const entry of all) if (entry.view.isAnswer === true) update(entry, state);
  if (state.selection !== selection) {
    selection = state.selection;
    if (began < slowUntil) quietUntil = began + QUIET;
  }
  if (began < quietUntil) {
    quiet ??= window.setTimeout(() => {
      quiet = null;
      schedule();
    }, quietUntil - began);
    return;
  }
  for (const entry of all) {
    if (entry.view.isAnswer === true || !update(entry, state)) continue;
    // Next time it is its neighbours' turn first.
    entries.delete(entry);
    entries.add(entry);
    const now = performance.now();
    if (now - began < SHARE) continue;
    slowUntil = now + SLOW;
    schedule();
    return;
  }
};

const schedule = (): void => {
  scheduled ??= requestAnimationFrame(tick);
};

/** Everything is drawn anew: the theme has changed. */
export const redrawAll = (): void => {
  for (const entry of entries) entry.drawn = null;
  schedule();
};

/** Lets the loop draw `view` for as long as the component stands; returns what asks for another drawing of it. */
export const useView = (view: View): (() => void) => {
  const entry = useRef<Entry>(null);
  const [, setThrown] = useState<null>(null);
  const invalidate = useMemo(
    () => () => {
      if (entry.current) entry.current.drawn = null;
      schedule();
    },
    [],
  );
  useEffect(() => {
    const made: Entry = {
      view,
      drawn: null,
      fail: (caught) => {
        setThrown(() => {
          throw caught instanceof Error ? caught : new FailureError(toFailure(caught));
        });
      },
    };
    entry.current = made;
    entries.add(made);
    unsubscribe ??= usePlayground.subscribe(schedule);
    schedule();
    return () => {
      entries.delete(made);
      entry.current = null;
      if (entries.size > 0) return;
      unsubscribe?.();
      unsubscribe = null;
      if (scheduled !== null) cancelAnimationFrame(scheduled);
      if (quiet !== null) clearTimeout(quiet);
      scheduled = quiet = null;
    };
  }, [view]);
  return invalidate;
};
