/**
 * When views are drawn: each at most once a display frame, and only where something that it shows has changed. Where drawing
 * is slow it is dealt out over several display frames, so that what a reader does is heeded between them.
 */

export interface View<S> {
  /** What the drawing depends on, compared by identity. */
  readonly inputs: (state: S) => readonly unknown[];
  readonly draw: (state: S) => void;
  /** Answers what the reader does, and is quick: drawn before all others. */
  readonly isAnswer?: boolean;
}

/** A view that is drawn as long as it is among the entries. */
export interface Entry<S> {
  readonly view: View<S>;
  /** Hands on what a drawing threw. */
  readonly fail: (caught: unknown) => void;
}

/** The part of the browser that is used. Milliseconds. */
export interface Display {
  readonly now: () => number;
  /** Calls back with the next display frame; returns what calls that off. */
  readonly nextFrame: (callback: () => void) => () => void;
  readonly later: (milliseconds: number, callback: () => void) => () => void;
}

export interface Drawing<S> {
  /** The views that are drawn. */
  readonly add: (entry: Entry<S>) => void;
  readonly remove: (entry: Entry<S>) => void;
  /** That view is drawn anew; without one, all are. */
  readonly redraw: (entry?: Entry<S>) => void;
  /** Something may have changed. */
  readonly schedule: () => void;
  /** The reader does something: on a slow page all but the answers waits for a moment. */
  readonly heed: () => void;
}

/** Milliseconds of a display frame that drawing takes before it leaves the rest to the next one. */
const SHARE = 10;
/** Milliseconds for which a page counts as slow whose drawing took more than that. */
const SLOW = 2000;
/** On a slow page nothing is drawn for so many milliseconds but what answers the reader, so that the answer is painted at once. */
const QUIET = 100;

const same = (a: readonly unknown[], b: readonly unknown[]): boolean =>
  a.length === b.length && a.every((value, k) => Object.is(value, b[k]));

/** @param state what there is to draw now; where the reader looks is its `selection` */
export const createDrawing = <S extends { readonly selection: unknown }>(
  display: Display,
  state: () => S,
): Drawing<S> => {
  /** In the order in which it is their turn, and what each was drawn from; null where it is to be drawn anew. */
  const entries = new Map<Entry<S>, readonly unknown[] | null>();
  let callOff: (() => void) | null = null;
  let endQuiet: (() => void) | null = null;
  let slowUntil = 0;
  let quietUntil = 0;
  /** Where the reader looked when it was last drawn. */
  let looked: unknown = null;

  /** Draws the view where something that it shows has changed; whether it was. */
  const update = (entry: Entry<S>, shown: S): boolean => {
    const drawn = entries.get(entry);
    // Gone since the frame began.
    if (drawn === undefined) return false;
    try {
      const inputs = entry.view.inputs(shown);
      if (drawn !== null && same(drawn, inputs)) return false;
      entries.set(entry, inputs);
      entry.view.draw(shown);
    } catch (caught) {
      entry.fail(caught);
    }
    return true;
  };

  const heed = (): void => {
    const now = display.now();
    if (now < slowUntil) quietUntil = now + QUIET;
  };

  const tick = (): void => {
    callOff = null;
    const began = display.now();
    const shown = state();
    const all = [...entries.keys()];
    for (const entry of all) if (entry.view.isAnswer === true) update(entry, shown);
    if (shown.selection !== looked) {
      looked = shown.selection;
      heed();
    }
    if (began < quietUntil) {
      endQuiet ??= display.later(quietUntil - began, () => {
        endQuiet = null;
        schedule();
      });
      return;
    }
    for (const entry of all) {
      if (entry.view.isAnswer === true || !update(entry, shown)) continue;
      // Next time it is its neighbours' turn first.
      const drawn = entries.get(entry) ?? null;
      entries.delete(entry);
      entries.set(entry, drawn);
      const now = display.now();
      if (now - began < SHARE) continue;
      slowUntil = now + SLOW;
      schedule();
      return;
    }
  };

  const schedule = (): void => {
    callOff ??= display.nextFrame(tick);
  };

  return {
    add: (entry) => {
      entries.set(entry, null);
      schedule();
    },
    remove: (entry) => {
      entries.delete(entry);
      if (entries.size > 0) return;
      callOff?.();
      endQuiet?.();
      callOff = endQuiet = null;
    },
    redraw: (wished) => {
      for (const entry of wished === undefined ? entries.keys() : [wished]) {
        if (entries.has(entry)) entries.set(entry, null);
      }
      schedule();
    },
    schedule,
    heed,
  };
};
