/** The page's end of the wire: starts the worker, keeps old runs' events away, and notices when the worker is gone. */
import { costOf } from '../model/cost';
import { toFailure, type Failure } from '../model/failures';
import { FIRST_BUFFER_BYTES, FRAME_BUFFERS } from '../model/frameMemory';
import type { Answer, AskedReadingName, Question } from '../model/inspect/readings';
import type { Command, WorkerEvent } from './protocol';
import { spawnInheriting } from './spawn';
import workerUrl from './training.worker?worker&url';

/** What the client needs of a Worker; tests give their own. */
export interface WorkerLike {
  postMessage(message: unknown, transfer: Transferable[]): void;
  addEventListener(type: 'message' | 'messageerror' | 'error', listener: (event: Event) => void): void;
  terminate(): void;
}

/**
 * What an answer is waited for: the worker's program, which is still being loaded; the worker, which computes; or a run's
 * device, while the worker itself is free.
 */
export type Busy = 'loading' | 'worker' | 'device';

export interface ClientOptions {
  /** What it throws is told as the worker's death. */
  readonly spawn: () => WorkerLike;
  readonly onEvent: (event: WorkerEvent) => void;
  /** The worker has died or hangs; it has been ended, and `restart` begins a new one. */
  readonly onDeath: (failure: Failure) => void;
  /** What has been waited for for a while; null where nothing is. */
  readonly onBusy: (busy: Busy | null) => void;
  /** Calls back every so many milliseconds until the returned function is called. */
  readonly every: (milliseconds: number, callback: () => void) => () => void;
  /** Calls back once nobody holds that lock, unless the returned function is called before. */
  readonly whenFree: (lock: string, callback: () => void) => () => void;
}

export interface Client {
  post(command: Command): void;
  /** Resolves once: with null where the run cannot answer, goes away first, or the worker does. */
  ask<N extends AskedReadingName>(runId: string, question: Question<N>): Promise<Answer<N> | null>;
  /** Hands an empty buffer back, so that the worker may fill one more frame. */
  returnFrame(buffer: ArrayBuffer): void;
  /** Gives up what runs wait for on a device; the worker itself and its other runs stay. */
  stop(): void;
  /** Ends the worker, with all its runs, and starts a new one. */
  restart(): void;
  close(): void;
}

/** How often the client looks whether the worker still speaks. */
export const WATCH_MILLISECONDS = 1000;
/**
 * Looks after which it says that an answer is waited for, or the worker's first word; silent ones before it asks, and
 * before it gives up. Counted in looks, so that a machine that slept is not accused.
 */
const LOOKS_BEFORE_BUSY = 5;
const LOOKS_BEFORE_LOADING = 10;
const LOOKS_BEFORE_PING = 10;
const LOOKS_BEFORE_DEATH = 90;
/** A step on the processor is one synchronous stretch of work; slower than this many operations a second none is. */
const SLOWEST_FLOPS = 5e7;

/** What a reader who asks for it waits for. */
const ANSWERED_AT_ONCE: ReadonlySet<Command['type']> = new Set([
  'open',
  'pause',
  'step',
  'load-text',
  'undo',
  'redo',
  'resume',
  'recover',
  'stop',
]);

/** @throws FailureError `browser-lacks` */
export const spawnTrainingWorker = (): WorkerLike => spawnInheriting(new URL(workerUrl, import.meta.url).href);

export const createClient = (options: ClientOptions): Client => {
  const { spawn, onEvent, onDeath, onBusy, every, whenFree } = options;
  let worker: WorkerLike | null = null;
  let stopWatch: () => void = () => undefined;
  let stopMourning: () => void = () => undefined;
  /** Run on the page and run that is to replace it: all others are of the past, whatever still arrives from them. */
  let shown: string | null = null;
  let opening: string | null = null;
  let silentLooks = 0;
  /** Looks that a step of each run may take beyond those; of the runs that are there or can come back. */
  let slowness: ReadonlyMap<string, number> = new Map();
  let pings = 0;
  let questions = 0;
  /** What becomes of the answers that are still to come. */
  const unanswered = new Map<number, (answer: Answer | null) => void>();
  /** The ping behind the newest wish that has not been answered, and looks since then. */
  let awaited: { readonly ping: number; looks: number } | null = null;
  /** Runs that wait for their device: on the page, on the way there or back, or leaving it. */
  const waiting = new Set<string>();
  let told: Busy | null = null;
  /** Before its first word it is still being loaded, not computing. */
  let hasSpoken = false;

  const patience = () => LOOKS_BEFORE_DEATH + Math.max(0, ...slowness.values());

  const isCurrent = (runId: string | null) => runId === null || runId === shown || runId === opening;

  const busyNow = (): Busy | null => {
    if (!hasSpoken) return silentLooks >= LOOKS_BEFORE_LOADING ? 'loading' : null;
    if (awaited !== null && awaited.looks >= LOOKS_BEFORE_BUSY) return 'worker';
    return waiting.size > 0 ? 'device' : null;
  };

  const tellBusy = (busy = busyNow()) => {
    if (told === busy) return;
    told = busy;
    onBusy(busy);
  };

  /** A worker that computes answers only afterwards: so long the wish just posted waits, too. */
  const awaitAnswer = () => {
    awaited = { ping: ++pings, looks: awaited?.looks ?? 0 };
    worker?.postMessage({ type: 'ping', id: pings } satisfies Command, []);
  };

  const giveUp = (failure: Failure) => {
    end();
    onDeath(failure);
  };
  const die = (cause: string) => {
    giveUp({ code: 'worker-died', cause });
  };

  const returnFrame = (buffer: ArrayBuffer) => {
    worker?.postMessage({ type: 'frame-buffer', buffer } satisfies Command, [buffer]);
  };

  const receive = (event: WorkerEvent) => {
    silentLooks = 0;
    hasSpoken = true;
    tellBusy();
    switch (event.type) {
      case 'replaced':
        if (event.runId !== opening && event.replaced !== shown) return;
        shown = event.runId;
        if (event.runId === opening) opening = null;
        break;
      case 'deeds': {
        if (!isCurrent(event.runId)) return;
        const there = [shown, opening, ...[...event.undo, ...event.redo].map(({ runId }) => runId)];
        slowness = new Map([...slowness].filter(([id]) => there.includes(id)));
        break;
      }
      case 'alive':
        if (awaited === null || event.id < awaited.ping) break;
        awaited = null;
        tellBusy();
        break;
      case 'bound':
        stopMourning = whenFree(event.lock, () => {
          die('it was ended');
        });
        return;
      case 'answer':
        unanswered.get(event.id)?.(event.answer);
        unanswered.delete(event.id);
        return;
      case 'waiting':
        if (event.waiting) waiting.add(event.runId);
        else waiting.delete(event.runId);
        tellBusy();
        break;
      case 'frame':
        if (event.runId !== shown) {
          returnFrame(event.buffer);
          return;
        }
        break;
      case 'description':
        if (!isCurrent(event.description.runId)) return;
        break;
      case 'sample':
        if (!isCurrent(event.sample.runId)) return;
        break;
      case 'standing':
      case 'phase':
      case 'returns':
      case 'ruined':
      case 'baselines':
      case 'rankings':
      case 'problem':
        if (!isCurrent(event.runId)) return;
        break;
      default:
    }
    onEvent(event);
  };

  const look = () => {
    silentLooks += 1;
    if (hasSpoken && awaited !== null) awaited.looks += 1;
    tellBusy();
    if (silentLooks >= patience()) die(`no answer for ${(silentLooks * WATCH_MILLISECONDS) / 1000} s`);
    else if (silentLooks === LOOKS_BEFORE_PING) post({ type: 'ping', id: ++pings });
  };

  const begin = () => {
    silentLooks = 0;
    hasSpoken = false;
    slowness = new Map();
    shown = null;
    opening = null;
    let started: WorkerLike;
    try {
      started = spawn();
    } catch (caught) {
      giveUp(toFailure(caught));
      return;
    }
    worker = started;
    // A worker that was ended may still have messages under way.
    const whileAlive = (listener: (event: Event) => void) => (event: Event) => {
      if (worker === started) listener(event);
    };
    started.addEventListener(
      'message',
      whileAlive((event) => {
        receive((event as MessageEvent<WorkerEvent>).data);
      }),
    );
    started.addEventListener(
      'error',
      whileAlive((event) => {
        const { message } = event as ErrorEvent;
        die(typeof message === 'string' && message !== '' ? message : 'it could not be loaded');
      }),
    );
    started.addEventListener(
      'messageerror',
      whileAlive(() => {
        die('a message could not be read');
      }),
    );
    for (let k = 0; k < FRAME_BUFFERS; k++) returnFrame(new ArrayBuffer(FIRST_BUFFER_BYTES));
    stopWatch = every(WATCH_MILLISECONDS, look);
  };

  const end = () => {
    stopWatch();
    stopMourning();
    worker?.terminate();
    worker = null;
    awaited = null;
    waiting.clear();
    for (const answer of unanswered.values()) answer(null);
    unanswered.clear();
    tellBusy(null);
  };

  const post = (command: Command) => {
    if (command.type === 'open') {
      const { runId, settings } = command;
      opening = runId;
      // With the largest vocabulary that it can have: the real one is not known here.
      const { flopsPerStep } = costOf(settings, settings.vocabularyLimit);
      const stepMilliseconds = (flopsPerStep / SLOWEST_FLOPS) * 1000;
      slowness = new Map([...slowness, [runId, Math.ceil(stepMilliseconds / WATCH_MILLISECONDS)]]);
    }
    worker?.postMessage(command, []);
    if (ANSWERED_AT_ONCE.has(command.type)) awaitAnswer();
  };

  begin();
  return {
    post,
    ask: <N extends AskedReadingName>(runId: string, question: Question<N>) =>
      new Promise<Answer<N> | null>((resolve) => {
        if (worker === null) {
          resolve(null);
          return;
        }
        const id = ++questions;
        // What answers a question of that reading.
        unanswered.set(id, resolve as (answer: Answer | null) => void);
        post({ type: 'ask', runId, id, question });
      }),
    returnFrame,
    stop: () => {
      for (const runId of waiting) post({ type: 'stop', runId });
    },
    restart: () => {
      end();
      begin();
    },
    close: end,
  };
};
