/** The page's end of the wire, against a worker that does what the test says. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { HistoryRecorder } from '../../src/model/history';
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import { NO_METRICS } from '../../src/model/telemetry';
import { FailureError } from '../../src/model/failures';
import {
  createClient,
  spawnTrainingWorker,
  WATCH_MILLISECONDS,
  type Busy,
  type WorkerLike,
} from '../../src/workers/client';
import type { Command, WorkerEvent } from '../../src/workers/protocol';

class FakeWorker implements WorkerLike {
  readonly heard: Command[] = [];
  terminated = false;
  private readonly listeners = new Map<string, (event: Event) => void>();
  postMessage(message: unknown) {
    this.heard.push(message as Command);
  }
  addEventListener(type: string, listener: (event: Event) => void) {
    this.listeners.set(type, listener);
  }
  terminate() {
    this.terminated = true;
  }
  say(data: WorkerEvent) {
    this.listeners.get('message')?.(new MessageEvent('message', { data }));
  }
  fail(type: 'error' | 'messageerror', message?: string) {
    this.listeners.get(type)?.(Object.assign(new Event(type), { message }));
  }
}

const connect = (spawn: () => FakeWorker = () => new FakeWorker()) => {
  vi.useFakeTimers();
  const workers: FakeWorker[] = [];
  const onEvent = vi.fn<(event: WorkerEvent) => void>();
  const onDeath = vi.fn();
  const onBusy = vi.fn<(busy: Busy | null) => void>();
  const locks = new Map<string, () => void>();
  const client = createClient({
    spawn: () => {
      const worker = spawn();
      workers.push(worker);
      return worker;
    },
    onEvent,
    onDeath,
    onBusy,
    every: (milliseconds, callback) => {
      const timer = setInterval(callback, milliseconds);
      return () => {
        clearInterval(timer);
      };
    },
    whenFree: (lock, callback) => {
      locks.set(lock, callback);
      return () => locks.delete(lock);
    },
  });
  return { client, workers, onEvent, onDeath, onBusy, locks };
};

const open = (runId: string, replaces: string | null): Command => ({
  type: 'open',
  runId,
  textId: 't',
  settings: DEFAULT_SETTINGS,
  replaces,
  when: 'ready',
  then: 'wait',
});
const phase = (runId: string): WorkerEvent => ({
  type: 'phase',
  runId,
  phase: 'ready',
  metrics: NO_METRICS,
  failure: null,
  resumable: null,
  stopped: null,
});
const replaced = (runId: string, old: string | null): WorkerEvent => ({
  type: 'replaced',
  runId,
  replaced: old,
});
const deeds = (runId: string, undo: readonly string[]): WorkerEvent => ({
  type: 'deeds',
  runId,
  undo: undo.map((back) => ({ runId: back, textId: 't', step: 1, restores: {} })),
  redo: [],
});
const frame = (runId: string): Extract<WorkerEvent, { type: 'frame' }> => {
  const points = { steps: new Float64Array(0), values: new Float32Array(0) };
  const none = new Float32Array(0);
  return {
    type: 'frame',
    runId,
    metrics: NO_METRICS,
    readings: {},
    history: {
      loss: { width: 1, minimum: none, mean: none, maximum: none },
      smoothedLoss: points,
      heldOutLoss: points,
      milestones: new HistoryRecorder().view().milestones,
    },
    buffer: new ArrayBuffer(8),
  };
};

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('client', () => {
  it('hands two buffers over at first', () => {
    const { workers } = connect();
    expect(workers[0].heard.map(({ type }) => type)).toEqual(['frame-buffer', 'frame-buffer']);
  });

  it('gives each question its own answer, once', async () => {
    const { client, workers, onEvent } = connect();
    const [worker] = workers;
    const asked = [1, 2].map((unit) => client.ask('a', { reading: 'moves', unit }));
    const [first, second] = worker.heard.flatMap((command) => (command.type === 'ask' ? [command.id] : []));
    const answer = { step: 3, layer: 0, unit: 2, moves: [] };
    worker.say({ type: 'answer', id: second, answer });
    worker.say({ type: 'answer', id: first, answer: null });
    worker.say({ type: 'answer', id: first, answer });
    expect(await Promise.all(asked)).toEqual([null, answer]);
    expect(onEvent).not.toHaveBeenCalled();
  });

  it('leaves no question without an answer where the worker dies, is started again, or is gone', async () => {
    const { client, workers } = connect();
    const first = client.ask('a', { reading: 'moves', unit: 1 });
    workers[0].fail('error', 'out of memory');
    expect(await first).toBeNull();
    expect(await client.ask('a', { reading: 'moves', unit: 1 })).toBeNull();
    client.restart();
    const second = client.ask('a', { reading: 'moves', unit: 1 });
    client.restart();
    expect(await second).toBeNull();
    const third = client.ask('a', { reading: 'moves', unit: 1 });
    client.close();
    expect(await third).toBeNull();
  });

  it('lets through what the shown and the opening run say, and nothing else', () => {
    const { client, workers, onEvent } = connect();
    const [worker] = workers;
    client.post(open('a', null));
    worker.say(replaced('a', null));
    worker.say(phase('a'));
    client.post(open('b', 'a'));
    worker.say(phase('a'));
    worker.say(phase('b'));
    worker.say(phase('z'));
    worker.say(replaced('b', 'a'));
    worker.say(phase('a'));
    worker.say(phase('b'));
    const told = onEvent.mock.calls.map(([event]) => ('runId' in event ? `${event.type} ${event.runId}` : event.type));
    expect(told).toEqual(['replaced a', 'phase a', 'phase a', 'phase b', 'replaced b', 'phase b']);
  });

  it('knows a run that comes back by undo', () => {
    const { client, workers, onEvent } = connect();
    client.post(open('a', null));
    workers[0].say(replaced('a', null));
    client.post(open('b', 'a'));
    workers[0].say(replaced('b', 'a'));
    workers[0].say(replaced('a', 'b'));
    onEvent.mockClear();
    workers[0].say(phase('b'));
    workers[0].say(phase('a'));
    expect(onEvent).toHaveBeenCalledTimes(1);
  });

  it('sends the buffer of an old run straight back', () => {
    const { client, workers, onEvent } = connect();
    client.post(open('a', null));
    workers[0].say(replaced('a', null));
    workers[0].say(frame('old'));
    expect(onEvent).toHaveBeenCalledTimes(1);
    expect(workers[0].heard.filter(({ type }) => type === 'frame-buffer')).toHaveLength(3);
  });

  it('notices a worker that throws, or could not be loaded', () => {
    const { workers, onDeath } = connect();
    workers[0].fail('error', 'boom');
    expect(onDeath).toHaveBeenCalledExactlyOnceWith({ code: 'worker-died', cause: 'boom' });
    expect(workers[0].terminated).toBe(true);
    workers[0].fail('error', 'again');
    expect(onDeath).toHaveBeenCalledTimes(1);
  });

  it('notices at once that a worker is gone which holds a lock no more, and not one that it ended itself', () => {
    const { client, workers, onEvent, onDeath, locks } = connect();
    workers[0].say({ type: 'bound', lock: 'first' });
    expect(onEvent).not.toHaveBeenCalled();
    client.restart();
    expect([...locks.keys()]).toEqual([]);
    workers[1].say({ type: 'bound', lock: 'second' });
    locks.get('second')?.();
    expect(onDeath).toHaveBeenCalledExactlyOnceWith({ code: 'worker-died', cause: 'it was ended' });
    expect([...locks.keys()]).toEqual([]);
  });

  it('notices a worker that hangs, but not one that is slow', () => {
    const { workers, onDeath } = connect();
    for (let k = 0; k < 10; k++) {
      vi.advanceTimersByTime(WATCH_MILLISECONDS * 80);
      workers[0].say({ type: 'alive', id: 1 });
    }
    expect(onDeath).not.toHaveBeenCalled();
    expect(workers[0].heard.filter(({ type }) => type === 'ping')).toHaveLength(10);
    vi.advanceTimersByTime(WATCH_MILLISECONDS * 100);
    expect(onDeath).toHaveBeenCalledTimes(1);
  });

  it('has more patience with a network whose single step takes minutes, for as long as that is there', () => {
    const { client, workers, onDeath } = connect();
    client.post({
      ...open('a', null),
      settings: { ...DEFAULT_SETTINGS, units: 512, batch: 128, length: 256 },
    } as Command);
    vi.advanceTimersByTime(WATCH_MILLISECONDS * 200);
    expect(onDeath).not.toHaveBeenCalled();
    workers[0].say(replaced('a', null));
    for (const [old, next] of ['ab', 'bc']) {
      client.post(open(next, old));
      workers[0].say(replaced(next, old));
      // It can still come back.
      workers[0].say(deeds(next, ['a']));
      vi.advanceTimersByTime(WATCH_MILLISECONDS * 200);
      expect(onDeath).not.toHaveBeenCalled();
      workers[0].say(phase(next));
    }
    workers[0].say(deeds('c', ['b']));
    vi.advanceTimersByTime(WATCH_MILLISECONDS * 200);
    expect(onDeath).toHaveBeenCalledTimes(1);
  });

  it('says that the worker is busy where a wish waits for five seconds, and no longer once it is heard', () => {
    const { client, workers, onBusy } = connect();
    const [worker] = workers;
    client.post(open('a', null));
    vi.advanceTimersByTime(9000);
    // It may still be loading.
    expect(onBusy).not.toHaveBeenCalled();
    const answer = () => {
      const id = worker.heard.reduce((newest, command) => (command.type === 'ping' ? command.id : newest), 0);
      worker.say({ type: 'alive', id });
    };
    answer();
    worker.say(replaced('a', null));
    client.post({ type: 'train', runId: 'a' });
    vi.advanceTimersByTime(20_000);
    expect(onBusy).not.toHaveBeenCalled();
    client.post({ type: 'pause', runId: 'a' });
    vi.advanceTimersByTime(3000);
    // What was said before it heard the wish is no answer.
    worker.say(phase('a'));
    expect(onBusy).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2500);
    expect(onBusy.mock.calls).toEqual([['worker']]);
    answer();
    expect(onBusy.mock.calls).toEqual([['worker'], [null]]);
    client.post(open('b', 'a'));
    vi.advanceTimersByTime(6000);
    client.restart();
    expect(onBusy.mock.calls).toEqual([['worker'], [null], ['worker'], [null]]);
  });

  it('says within ten seconds that the worker has not come, and no longer once it speaks', () => {
    const { workers, onBusy, onDeath } = connect();
    vi.advanceTimersByTime(WATCH_MILLISECONDS * 11);
    expect(onBusy.mock.calls).toEqual([['loading']]);
    expect(onDeath).not.toHaveBeenCalled();
    workers[0].say({ type: 'engines', engines: [] });
    expect(onBusy.mock.calls).toEqual([['loading'], [null]]);
  });

  it('says that a run waits for its device while the worker answers, and has only that stopped', () => {
    const { client, workers, onBusy } = connect();
    const [worker] = workers;
    client.post(open('a', null));
    worker.say(replaced('a', null));
    worker.say({ type: 'waiting', runId: 'a', waiting: true });
    expect(onBusy.mock.calls).toEqual([['device']]);
    client.stop();
    expect(worker.heard.filter(({ type }) => type === 'stop')).toContainEqual({ type: 'stop', runId: 'a' });
    expect(worker.terminated).toBe(false);
    worker.say({ type: 'waiting', runId: 'a', waiting: false });
    expect(onBusy.mock.calls).toEqual([['device'], [null]]);
    // One that comes back is no run that the page has opened.
    client.post({ type: 'undo', runId: 'a' });
    worker.say({ type: 'waiting', runId: 'before', waiting: true });
    expect(onBusy).toHaveBeenLastCalledWith('device');
    client.stop();
    expect(worker.heard.filter(({ type }) => type === 'stop')).toContainEqual({ type: 'stop', runId: 'before' });
    worker.say({ type: 'waiting', runId: 'before', waiting: false });
    expect(onBusy).toHaveBeenLastCalledWith(null);
  });

  it('tells of a browser without workers as of a worker that died, and tries again when asked', () => {
    let lacks = true;
    const failure = { code: 'browser-lacks', what: 'Worker' } as const;
    const { client, workers, onDeath } = connect(() => {
      if (lacks) throw new FailureError(failure);
      return new FakeWorker();
    });
    expect(onDeath).toHaveBeenCalledExactlyOnceWith(failure);
    client.post(open('a', null));
    vi.advanceTimersByTime(WATCH_MILLISECONDS * 200);
    expect(onDeath).toHaveBeenCalledTimes(1);
    lacks = false;
    client.restart();
    expect(workers[0].heard.map(({ type }) => type)).toEqual(['frame-buffer', 'frame-buffer']);
  });

  it('starts a new worker, and hears the old one no more', () => {
    const { client, workers, onEvent } = connect();
    client.restart();
    expect(workers).toHaveLength(2);
    expect(workers[0].terminated).toBe(true);
    workers[0].say({ type: 'alive', id: 1 });
    expect(onEvent).not.toHaveBeenCalled();
    workers[1].say({ type: 'alive', id: 1 });
    expect(onEvent).toHaveBeenCalledTimes(1);
  });
});

describe('a browser that lacks what the worker needs', () => {
  const refuse = () => {
    throw new Error('not allowed');
  };
  const lacking = (what: string) => new FailureError({ code: 'browser-lacks', what });

  it('is told by what it lacks', () => {
    vi.stubGlobal('Worker', refuse);
    expect(spawnTrainingWorker).toThrow(lacking('Worker'));
    vi.stubGlobal('Blob', refuse);
    expect(spawnTrainingWorker).toThrow(lacking('URL.createObjectURL'));
  });

  it('is noticed where it takes a module for a script', () => {
    vi.stubGlobal(
      'Worker',
      class extends FakeWorker {
        constructor(readonly url: string) {
          super();
        }
      },
    );
    expect(spawnTrainingWorker).toThrow(lacking('Worker({ type: "module" })'));
  });
});
