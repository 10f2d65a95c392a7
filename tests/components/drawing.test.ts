/** When views are drawn: once for what has changed, dealt out where that is slow, and what answers the reader first. */
import { describe, expect, it } from 'vitest';
import { createDrawing, type Entry } from '../../src/components/stage/drawing';

interface State {
  readonly selection: object;
  readonly frame: number;
}

/** A display whose frames come when they are asked for, 16 ms apart. */
const page = () => {
  let now = 1000;
  let state: State = { selection: {}, frame: 0 };
  let next: (() => void) | null = null;
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  const drawn: string[] = [];
  const drawing = createDrawing<State>(
    {
      now: () => now,
      nextFrame: (callback) => {
        next = callback;
        return () => {
          next = null;
        };
      },
      later: (milliseconds, callback) => {
        const timer = { at: now + milliseconds, callback };
        timers.add(timer);
        return () => {
          timers.delete(timer);
        };
      },
    },
    () => state,
  );
  return {
    drawing,
    isWaiting: () => next !== null || timers.size > 0,
    entry: (name: string, o: { takes?: number; isAnswer?: boolean; throws?: boolean } = {}): Entry<State> => ({
      view: {
        inputs: ({ selection, frame }) => [o.isAnswer === true ? selection : frame],
        draw: () => {
          now += o.takes ?? 0;
          if (o.throws === true) throw new Error(name);
          drawn.push(name);
        },
        ...(o.isAnswer === true && { isAnswer: true }),
      },
      fail: (caught) => drawn.push(`${String(caught)} failed`),
    }),
    change: (patch: Partial<State>) => {
      state = { ...state, ...patch };
      drawing.schedule();
    },
    /** What is drawn in the next display frame. */
    frame: (): readonly string[] => {
      now += 16;
      for (const timer of [...timers]) {
        if (timer.at > now) continue;
        timers.delete(timer);
        timer.callback();
      }
      const tick = next;
      next = null;
      drawn.length = 0;
      tick?.();
      return [...drawn];
    },
  };
};

describe('drawing', () => {
  it('draws a view once for what has changed, and nothing while nothing does', () => {
    const { drawing, entry, change, frame, isWaiting } = page();
    const one = entry('one');
    drawing.add(one);
    expect(frame()).toEqual(['one']);
    expect(isWaiting()).toBe(false);
    change({});
    expect(frame()).toEqual([]);
    change({ frame: 1 });
    change({ frame: 2 });
    expect(frame()).toEqual(['one']);
    drawing.redraw(one);
    expect(frame()).toEqual(['one']);
    drawing.add(entry('two'));
    expect(frame()).toEqual(['two']);
    drawing.redraw();
    expect(frame()).toEqual(['one', 'two']);
  });

  it('deals out what is slow over frames, those first that have not had their turn', () => {
    const { drawing, entry, change, frame, isWaiting } = page();
    for (const name of ['one', 'two', 'three']) drawing.add(entry(name, { takes: 12 }));
    expect([frame(), frame(), frame()]).toEqual([['one'], ['two'], ['three']]);
    change({ frame: 1 });
    expect(frame()).toEqual(['one']);
    // The next one has come before the others were drawn.
    change({ frame: 2 });
    expect([frame(), frame(), frame()]).toEqual([['two'], ['three'], ['one']]);
    frame();
    expect(isWaiting()).toBe(false);
  });

  it('draws what answers the reader at once, and on a slow page nothing else for a moment', () => {
    const { drawing, entry, change, frame } = page();
    drawing.add(entry('slow', { takes: 30 }));
    drawing.add(entry('answer', { isAnswer: true }));
    expect(frame()).toEqual(['answer', 'slow']);
    change({ frame: 1, selection: {} });
    expect(frame()).toEqual(['answer']);
    const frames = Array.from({ length: 7 }, () => frame());
    expect(frames.flat()).toEqual(['slow']);
    expect(frames.findIndex((names) => names.length > 0)).toBe(6);
  });

  it('on a slow page waits from the moment at which the reader touches it', () => {
    const { drawing, entry, change, frame } = page();
    drawing.add(entry('slow', { takes: 30 }));
    drawing.add(entry('answer', { isAnswer: true }));
    frame();
    drawing.heed();
    change({ frame: 1 });
    expect(frame()).toEqual([]);
    change({ selection: {} });
    expect(frame()).toEqual(['answer']);
    expect(Array.from({ length: 7 }, () => frame()).flat()).toEqual(['slow']);
  });

  it('on a fast page draws all beside it', () => {
    const { drawing, entry, change, frame } = page();
    drawing.add(entry('fast', { takes: 2 }));
    drawing.add(entry('answer', { isAnswer: true }));
    frame();
    change({ frame: 1, selection: {} });
    expect(frame()).toEqual(['answer', 'fast']);
  });

  it('hands on what a view throws, and draws the others', () => {
    const { drawing, entry, frame, isWaiting } = page();
    const bad = entry('bad', { throws: true });
    const good = entry('good');
    drawing.add(bad);
    drawing.add(good);
    expect(frame()).toEqual(['Error: bad failed', 'good']);
    drawing.redraw();
    drawing.remove(bad);
    expect(frame()).toEqual(['good']);
    drawing.redraw();
    drawing.remove(good);
    expect(isWaiting()).toBe(false);
  });
});
