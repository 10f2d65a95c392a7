/** A page's store with a worker that remembers what it was told and says what a test has it say. */
import type { Settings } from '../../src/model/settings';
import { NO_METRICS } from '../../src/model/telemetry';
import { createPlayground, type Environment } from '../../src/store/playground';
import type { Command, Deed, WorkerEvent, RunDescription } from '../../src/workers/protocol';
import { shownRun } from '../../src/store/state';
import { DESCRIPTION, FACTS } from './facts';

export const createPage = (hash = '', o: Partial<Environment> = {}) => {
  const sent: Command[] = [];
  const returned: ArrayBuffer[] = [];
  const frames: (() => void)[] = [];
  const timers = new Set<() => void>();
  const shelf = new Map<string, string>();
  const leaving: boolean[] = [];
  let nobodyCaught: (caught: unknown) => void = () => undefined;
  const address: { hash: string; changed: () => void } = { hash, changed: () => undefined };
  let tell: (event: WorkerEvent) => void = () => undefined;
  let die: Parameters<Environment['connect']>[1] = () => undefined;
  let tellBusy: Parameters<Environment['connect']>[2] = () => undefined;
  let today = 0;
  let restarts = 0;
  let runs = 0;
  let stops = 0;
  const playground = createPlayground({
    connect: (onEvent, onDeath, onBusy) => {
      tellBusy = onBusy;
      tell = onEvent;
      die = onDeath;
      return {
        post: (command) => sent.push(command),
        ask: () => Promise.resolve(null),
        returnFrame: (buffer) => returned.push(buffer),
        stop: () => stops++,
        restart: () => restarts++,
        close: () => undefined,
      };
    },
    base: () => 'https://example.org/',
    address: {
      read: () => address.hash,
      write: (next) => {
        address.hash = `#${next}`;
      },
      onChange: (callback) => {
        address.changed = callback;
      },
    },
    shelf: { getItem: (key) => shelf.get(key) ?? null, setItem: (key, value) => shelf.set(key, value) },
    languages: ['en-GB'],
    whenRested: (callback) => frames.push(callback),
    later: (_, callback) => {
      timers.add(callback);
      return () => timers.delete(callback);
    },
    newSeed: () => 77,
    newRunId: () => `run-${++runs}`,
    today: () => today,
    onUncaught: (told) => {
      nobodyCaught = told;
    },
    askBeforeLeaving: (asks) => leaving.push(asks),
    ...o,
  });
  const { store } = playground;
  playground.start();
  const get = () => store.getState();
  const last = <T extends Command['type']>(type: T) =>
    sent.filter((command): command is Command & { readonly type: T } => command.type === type).at(-1);
  const count = (type: Command['type']) => sent.filter((command) => command.type === type).length;

  const describe_ = (runId: string, textId: string, settings: Settings): RunDescription => ({
    ...DESCRIPTION,
    runId,
    textId,
    settings,
  });
  const phase = (runId: string, step: number, name: 'ready' | 'running' | 'failed' = 'ready') => {
    tell({
      type: 'phase',
      runId,
      phase: name,
      metrics: { ...NO_METRICS, step },
      failure: null,
      resumable: null,
      stopped: null,
    });
  };
  const deed = (runId: string, restores: Deed['restores'] = {}): Deed => ({
    runId,
    textId: 'text-1',
    step: 500,
    restores,
  });
  const tellDeeds = (runId: string, undo: readonly Deed[], redo: readonly Deed[] = []) => {
    tell({ type: 'deeds', runId, undo, redo });
  };
  /** The worker takes the last `open` and shows that run. */
  const show = (step = 0) => {
    const command = last('open');
    if (command === undefined) throw new Error('nothing was opened');
    const { runId, textId, settings } = command;
    const replaced = shownRun(get())?.runId ?? null;
    tell({ type: 'replaced', runId, replaced });
    tellDeeds(runId, replaced === null ? [] : [...get().undoable, deed(replaced)]);
    tell({ type: 'description', description: describe_(runId, textId, settings) });
    phase(runId, step);
  };
  const textReady = (facts = FACTS) => {
    tell({ type: 'text-ready', textId: get().text?.textId ?? '', facts });
  };
  const flush = () => {
    for (const callback of [...timers]) {
      timers.delete(callback);
      callback();
    }
  };
  return {
    get,
    sent,
    returned,
    frames,
    shelf,
    address,
    last,
    count,
    show,
    phase,
    textReady,
    flush,
    describe: describe_,
    deed,
    tellDeeds,
    tell: (event: WorkerEvent) => {
      tell(event);
    },
    tellBusy: (busy: Parameters<typeof tellBusy>[0]) => {
      tellBusy(busy);
    },
    die: (failure: Parameters<typeof die>[0]) => {
      die(failure);
    },
    passTime: (milliseconds: number) => {
      today += milliseconds;
    },
    restarts: () => restarts,
    stops: () => stops,
    asksBeforeLeaving: () => leaving.at(-1) ?? false,
    throwUncaught: (caught: unknown) => {
      nobodyCaught(caught);
    },
  };
};

/** A page whose run has made steps. */
export const trainedPage = () => {
  const page = createPage();
  page.textReady();
  page.show(500);
  return page;
};
