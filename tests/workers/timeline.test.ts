/** What can be undone: what a deed is, in which order, and how much of it is kept. */
import { describe, expect, it } from 'vitest';
import { Chronicle } from '../../src/model/chronicle';
import type { RunSnapshot } from '../../src/model/run';
import { DEFAULT_SETTINGS, type LiveName, type Settings } from '../../src/model/settings';
import { NO_METRICS } from '../../src/model/telemetry';
import { Timeline } from '../../src/workers/timeline';
import type { Suspended } from '../../src/workers/suspended';

/** Bytes that a timeline has room for here. */
const ROOM = 2700;

/** A run at a step, with arrays of `bytes` in all. */
const at = (
  runId: string,
  step: number,
  o: {
    readonly settings?: Partial<Settings>;
    readonly textId?: string;
    readonly bytes?: number;
    readonly chronicle?: Chronicle;
  } = {},
): Suspended => {
  const { settings = {}, textId = 'text', bytes = 8, chronicle = null } = o;
  const snapshot = {
    metrics: { ...NO_METRICS, step },
    parameters: new Uint8Array(bytes),
    moments: [],
    h: [],
    c: null,
  } as unknown as RunSnapshot;
  return {
    runId,
    textId,
    settings: { ...DEFAULT_SETTINGS, ...settings },
    layer: 0,
    snapshot,
    healthy: null,
    chronicle,
    before: null,
  };
};
const create = (textBytes = 0) => {
  const timeline = new Timeline(() => textBytes, ROOM);
  let now = 0;
  return {
    timeline,
    /** Says whether a state was kept for it. */
    change: (before: Suspended, name: LiveName, after = 10_000): boolean => {
      now += after;
      if (timeline.continues(before.runId, [name], now)) return false;
      timeline.changed(before, [name], now);
      return true;
    },
    replace: (left: Suspended, textId = 'text') => {
      timeline.replaced(left, textId, (now += 10_000));
    },
    go: (direction: 'undo' | 'redo', left: Suspended) => {
      const taken = timeline.take(direction);
      if (taken !== null) timeline.arrived(taken, left);
      return taken?.moment.state;
    },
    undo: () => timeline.deeds().undo.map(({ runId, step }) => `${runId}${String(step)}`),
    redo: () => timeline.deeds().redo.map(({ runId, step }) => `${runId}${String(step)}`),
  };
};

describe('a timeline', () => {
  it('goes back through changes and replaced runs in their order, and forth again', () => {
    const { change, replace, go, undo, redo, timeline } = create();
    change(at('a', 5), 'learningRate');
    replace(at('a', 9, { settings: { learningRate: 5 } }));
    change(at('b', 3), 'clip');
    expect(undo()).toEqual(['a5', 'a9', 'b3']);
    expect(timeline.deeds().undo.map(({ restores }) => restores)).toEqual([
      { learningRate: DEFAULT_SETTINGS.learningRate },
      {},
      { clip: DEFAULT_SETTINGS.clip },
    ]);
    expect(go('undo', at('b', 7, { settings: { clip: 1 } }))?.snapshot?.metrics.step).toBe(3);
    go('undo', at('b', 4));
    go('undo', at('a', 9, { settings: { learningRate: 5 } }));
    expect([undo(), redo()]).toEqual([[], ['b7', 'b4', 'a9']]);
    expect(timeline.deeds().redo.map(({ restores }) => restores)).toEqual([{ clip: 1 }, {}, { learningRate: 5 }]);
    expect(go('undo', at('a', 5))).toBeUndefined();
    for (const left of [at('a', 6), at('a', 9), at('b', 4)]) go('redo', left);
    expect([undo(), redo()]).toEqual([['a6', 'a9', 'b4'], []]);
  });

  it('takes quick changes of the same setting for one', () => {
    const { change, undo } = create();
    expect(change(at('a', 5), 'learningRate')).toBe(true);
    expect(change(at('a', 6), 'learningRate', 500)).toBe(false);
    expect(change(at('a', 7), 'learningRate', 1500)).toBe(false);
    expect(change(at('a', 8), 'clip', 500)).toBe(true);
    expect(change(at('a', 9), 'clip', 5000)).toBe(true);
    expect(undo()).toEqual(['a5', 'a8', 'a9']);
  });

  it('does not come back to a run that has made no step where another one has', () => {
    const { change, replace, undo } = create();
    replace(at('x', 0));
    replace(at('y', 0));
    expect(undo()).toEqual(['x0', 'y0']);
    replace(at('a', 5));
    replace(at('b', 0));
    change(at('c', 0), 'dropout');
    expect(undo()).toEqual(['x0', 'y0', 'a5']);
  });

  it('leaves out a run of which nothing could be saved', () => {
    const { replace, go, undo, redo } = create();
    replace(at('a', 5));
    replace({ ...at('b', 5), snapshot: null });
    expect(undo()).toEqual(['a5']);
    go('undo', { ...at('c', 5), snapshot: null });
    expect([undo(), redo()]).toEqual([[], []]);
  });

  it('takes settings that a run was given at its end for those of the run that followed', () => {
    const { change, replace, undo, timeline } = create();
    change(at('a', 5), 'dropout');
    change(at('a', 9), 'learningRate');
    change(at('a', 9, { settings: { learningRate: 5 } }), 'clip');
    replace(at('a', 9, { settings: { learningRate: 5, clip: 0 } }));
    expect(undo()).toEqual(['a5', 'a9']);
    expect(timeline.states().at(-1)?.settings).toEqual(DEFAULT_SETTINGS);
    expect(timeline.deeds().undo.at(-1)?.restores).toEqual({});
  });

  it('loses nothing that has learnt where the reader goes another way after an undo', () => {
    const { change, replace, go, undo, redo } = create();
    change(at('a', 5), 'learningRate');
    replace(at('a', 9));
    go('undo', at('b', 0));
    go('undo', at('a', 9));
    change(at('a', 6), 'clip');
    expect([undo(), redo()]).toEqual([['a9', 'a6'], []]);
  });

  it('puts back what could not be brought back', () => {
    const { replace, undo, redo, go, timeline } = create();
    replace(at('a', 5));
    const taken = timeline.take('undo');
    expect(undo()).toEqual([]);
    if (taken !== null) timeline.putBack(taken);
    expect(undo()).toEqual(['a5']);
    go('undo', at('b', 2));
    const again = timeline.take('redo');
    if (again !== null) timeline.putBack(again);
    expect(redo()).toEqual(['b2']);
  });

  it('keeps the ten nearest', () => {
    const { replace, undo, go, redo } = create();
    for (let step = 1; step <= 13; step++) replace(at('a', step));
    expect(undo()).toEqual(['a4', 'a5', 'a6', 'a7', 'a8', 'a9', 'a10', 'a11', 'a12', 'a13']);
    for (let step = 20; step < 30; step++) go('undo', at('b', step));
    expect([undo(), redo().length]).toEqual([[], 10]);
  });

  it('keeps no more than there is room for, but always the nearest', () => {
    const large = (step: number, o = {}) => at('a', step, { bytes: 1000, ...o });
    const { replace, undo } = create();
    for (const step of [1, 2, 3]) replace(large(step));
    expect(undo()).toEqual(['a2', 'a3']);
    replace(large(4, { bytes: 10_000 }));
    expect(undo()).toEqual(['a4']);
  });

  it('forgets the earlier networks of the furthest before any state', () => {
    const { replace, undo, timeline } = create();
    const written = (step: number): Chronicle => {
      const chronicle = new Chronicle();
      for (let k = 0; k < 10; k++) {
        const { snapshot } = at('a', step + k, { bytes: 100 });
        if (snapshot !== null) chronicle.write(snapshot);
      }
      return chronicle;
    };
    const held = () => timeline.states().map(({ chronicle }) => chronicle?.steps.length ?? 0);
    for (const step of [10, 30]) replace(at('a', step, { chronicle: written(step) }));
    expect(held()).toEqual([10, 10]);
    for (const step of [50, 70]) replace(at('a', step, { chronicle: written(step) }));
    expect([undo(), held()]).toEqual([
      ['a10', 'a30', 'a50', 'a70'],
      [0, 0, 10, 10],
    ]);
  });

  it('counts the texts that nothing else holds', () => {
    const { replace, undo } = create(1000);
    for (const step of [1, 2, 3]) replace(at('a', step, { textId: 'same' }), 'same');
    replace(at('a', 4, { textId: 'same' }), 'second');
    expect(undo()).toEqual(['a1', 'a2', 'a3', 'a4']);
    replace(at('a', 5, { textId: 'second' }), 'third');
    replace(at('a', 6, { textId: 'third' }), 'fourth');
    expect(undo()).toEqual(['a5', 'a6']);
  });
});
