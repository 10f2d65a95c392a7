/** What goes wrong around a run, and leaving it. */
import { describe, expect, it } from 'vitest';
import { FailureError, type Failure } from '../../src/model/failures';
import type { WorkerEvent } from '../../src/workers/protocol';
import { shownRun } from '../../src/store/state';
import { createPage as start, trainedPage as trained } from './page';

describe('a worker that is gone', () => {
  it('that is busy with a long step can be stopped: the settings stay', () => {
    const { get, tellBusy, last, restarts, textReady } = trained();
    get().actions.set('units', 40);
    tellBusy('worker');
    expect(get().busy).toBe('worker');
    get().actions.stopWaiting();
    expect(restarts()).toBe(1);
    textReady();
    expect(last('open')).toMatchObject({ settings: { units: 40 }, replaces: null });
    tellBusy(null);
    expect(get().busy).toBeNull();
  });

  it('is not ended where a device alone is waited for', () => {
    const { get, tellBusy, restarts, stops } = trained();
    tellBusy('device');
    get().actions.stopWaiting();
    expect([restarts(), stops()]).toEqual([0, 1]);
  });

  it('takes what was asked of the run that is given up with it: the run in its place does nothing', () => {
    const { get, sent, textReady, tellBusy, last } = start();
    textReady();
    get().actions.step();
    get().actions.set('units', 40);
    expect(last('open')).toMatchObject({ settings: { units: 40 }, then: 'step' });
    tellBusy('device');
    get().actions.stopWaiting();
    const { runId } = last('open') ?? {};
    expect(sent.at(-1)).toEqual({ type: 'pause', runId });
  });

  const DIED = { code: 'worker-died', cause: 'boom' } as const;
  const LOST = { failure: DIED, from: 500 };

  it('is replaced by itself, with settings and text kept, and the page says at which step the run was', () => {
    const { get, die, last, restarts, textReady, show, phase } = trained();
    get().actions.set('units', 20);
    die(DIED);
    expect(restarts()).toBe(1);
    expect(get()).toMatchObject({ workerFailure: null, runs: {}, shown: null, returned: { ...LOST, step: null } });
    textReady();
    expect(last('open')).toMatchObject({ replaces: null, settings: { units: 20 }, then: 'wait' });
    show(0);
    expect(get().returned).toMatchObject({ ...LOST, step: 0 });
    phase(shownRun(get())?.runId ?? '', 0, 'running');
    expect(get().returned).toBeNull();
  });

  it('thrice within a minute is not replaced without being asked', () => {
    const { get, die, restarts, passTime, textReady, show } = trained();
    const dieOnce = () => {
      die(DIED);
      textReady();
      show(0);
    };
    dieOnce();
    passTime(61_000);
    dieOnce();
    passTime(10_000);
    dieOnce();
    passTime(10_000);
    expect([restarts(), get().workerFailure]).toEqual([3, null]);
    die(DIED);
    expect(restarts()).toBe(3);
    expect(get()).toMatchObject({ workerFailure: { ...DIED, times: 3 }, returned: null });
    get().actions.restartWorker();
    expect([restarts(), get().workerFailure]).toEqual([4, null]);
  });

  it('before it ever had a run is said at once, and can be started again', () => {
    const { get, die, last, restarts, textReady } = start();
    die(DIED);
    expect([restarts(), get().workerFailure]).toEqual([0, DIED]);
    get().actions.restartWorker();
    expect([restarts(), get().workerFailure]).toEqual([1, null]);
    textReady();
    expect(last('open')).toMatchObject({ replaces: null });
  });
});

describe('a problem that stops nothing', () => {
  const problem = (failure: Failure): WorkerEvent => ({ type: 'problem', runId: null, failure });

  it('is told once with all of its kind, and anew when it was dismissed', () => {
    const { get, tell } = trained();
    for (let k = 0; k < 11; k++) tell(problem({ code: 'unexpected', cause: `AbortError: ${k}` }));
    expect(get().problems).toEqual([{ id: 1, failure: { code: 'unexpected', cause: 'AbortError: 0' }, times: 11 }]);
    tell(problem({ code: 'engine-unavailable', engine: 'webgl', cause: 'x' }));
    tell(problem({ code: 'engine-unavailable', engine: 'webgpu', cause: 'x' }));
    expect(get().problems.map(({ id, times }) => [id, times])).toEqual([
      [1, 11],
      [2, 1],
      [3, 1],
    ]);
    get().actions.dismissProblem(1);
    tell(problem({ code: 'unexpected', cause: 'AbortError: 12' }));
    expect(get().problems.map(({ id, times }) => [id, times])).toEqual([
      [2, 1],
      [3, 1],
      [4, 1],
    ]);
  });
});

describe('leaving the page', () => {
  it('is asked about once a run has made steps, not before', () => {
    const { textReady, show, phase, asksBeforeLeaving } = start();
    textReady();
    show();
    expect(asksBeforeLeaving()).toBe(false);
    phase('run-1', 0, 'running');
    expect(asksBeforeLeaving()).toBe(false);
    phase('run-1', 1, 'running');
    expect(asksBeforeLeaving()).toBe(true);
    phase('run-1', 1);
    expect(asksBeforeLeaving()).toBe(true);
  });

  it('is asked about while such a run can come back', () => {
    const { get, show, tell, asksBeforeLeaving } = trained();
    get().actions.reset();
    show();
    expect(shownRun(get())?.metrics.step).toBe(0);
    expect(asksBeforeLeaving()).toBe(true);
    // The worker keeps only so many, and has let it go.
    tell({ type: 'deeds', runId: shownRun(get())?.runId ?? '', undo: [], redo: [] });
    expect(asksBeforeLeaving()).toBe(false);
  });

  it('is not asked about where the run is lost already', () => {
    const { die, asksBeforeLeaving } = trained();
    expect(asksBeforeLeaving()).toBe(true);
    die({ code: 'worker-died', cause: 'boom' });
    expect(asksBeforeLeaving()).toBe(false);
  });
});

describe('what nobody caught', () => {
  it('is told in words, once for the same', () => {
    const { get, throwUncaught } = start();
    throwUncaught(new TypeError('x is not a function'));
    throwUncaught(new TypeError('x is not a function'));
    throwUncaught(new FailureError({ code: 'browser-lacks', what: 'URL.createObjectURL' }));
    expect(get().problems.map(({ failure }) => failure)).toEqual([
      { code: 'unexpected', cause: 'TypeError: x is not a function' },
      { code: 'browser-lacks', what: 'URL.createObjectURL' },
    ]);
    get().actions.dismissProblem(1);
    throwUncaught(new TypeError('x is not a function'));
    expect(get().problems).toHaveLength(2);
  });
});
