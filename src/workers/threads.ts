/**
 * Threads that take parts of the training worker's batches: started when a run first wants them, shared by all runs, ended
 * when no run has wanted them for a while, and missed when they end by themselves or answer no more.
 */
import type { Parcel, ShardSpec, ShardThread } from '../model/shards';
import type { Clock } from './clock';
import { memoryOf } from './shardProtocol';
import type { ShardCommand, ShardEvent } from './shardProtocol';

/** What is needed of a Worker; tests give their own. */
export interface ThreadLike {
  postMessage(message: ShardCommand, transfer: ArrayBuffer[]): void;
  addEventListener(type: 'message' | 'messageerror' | 'error', listener: (event: Event) => void): void;
  terminate(): void;
}

export type ThreadClock = Pick<Clock, 'now' | 'later'>;

/** Milliseconds between two looks at a thread that is waited for. */
const LOOK = 1000;
/**
 * Silent looks after which a thread is given up, and how many more for each look that the asking thread, which has a part
 * of the same batch, was busy itself. Counted in looks, so that a machine that slept is not accused.
 */
const LOOKS_BEFORE_LOST = 8;
const LOOKS_FOR_EACH = 4;
/** Milliseconds without a run after which a thread is ended. */
const GRACE = 10_000;

interface Waiting {
  readonly resolve: (parcel: Parcel) => void;
  readonly reject: (error: Error) => void;
}

/** One thread, the runs that it has, and who waits for its answers. */
class Thread {
  #worker: ThreadLike | null = null;
  /** Why it is of no more use; null while it is. */
  #lost: string | null = null;
  readonly #runs = new Set<number>();
  /** Runs that it can do no more for, and why. */
  readonly #failed = new Map<number, string>();
  readonly #waiting = new Map<number, Waiting>();
  #isWatched = false;
  /** Changes whenever it is asked or heard; and when it last did. */
  #beat = 0;
  #beatAt = 0;
  #stopIdling: () => void = () => undefined;

  constructor(
    spawn: () => ThreadLike,
    program: WebAssembly.Module,
    private readonly clock: ThreadClock,
  ) {
    try {
      const worker = spawn();
      worker.addEventListener('message', (event) => {
        this.#hear((event as MessageEvent<ShardEvent>).data);
      });
      worker.addEventListener('messageerror', () => {
        this.#end('a message could not be read');
      });
      worker.addEventListener('error', (event) => {
        // Else it would be an error of this worker, too, and the page would give it up.
        event.preventDefault();
        const { message } = event as ErrorEvent;
        this.#end(typeof message === 'string' && message !== '' ? message : 'it could not be loaded');
      });
      worker.postMessage({ type: 'program', program }, []);
      this.#worker = worker;
    } catch (caught) {
      this.#lost = String(caught);
    }
  }

  get isAlive(): boolean {
    return this.#lost === null;
  }

  open(run: number, spec: ShardSpec): ShardThread {
    this.#stopIdling();
    this.#runs.add(run);
    this.#worker?.postMessage({ type: 'open', run, spec }, []);
    return {
      compute: (parcel) => this.#ask(run, parcel),
      close: () => {
        this.#close(run);
      },
    };
  }

  #ask(run: number, parcel: Parcel): Promise<Parcel> {
    return new Promise((resolve, reject) => {
      const cause = this.#lost ?? this.#failed.get(run) ?? null;
      if (cause !== null) {
        reject(new Error(cause));
        return;
      }
      this.#waiting.set(run, { resolve, reject });
      this.#mark();
      this.#worker?.postMessage({ type: 'compute', run, parcel }, memoryOf(parcel));
      if (!this.#isWatched) this.#watch();
    });
  }

  #close(run: number): void {
    if (!this.#runs.delete(run)) return;
    this.#failed.delete(run);
    this.#waiting.get(run)?.reject(new Error('The run has been closed'));
    this.#waiting.delete(run);
    this.#worker?.postMessage({ type: 'close', run }, []);
    if (this.#runs.size > 0) return;
    this.#stopIdling = this.clock.later(GRACE, () => {
      this.#end('nobody wanted it');
    });
  }

  #hear(answer: ShardEvent): void {
    this.#mark();
    const waiting = this.#waiting.get(answer.run);
    this.#waiting.delete(answer.run);
    if (answer.type === 'computed') {
      waiting?.resolve(answer.parcel);
    } else if (this.#runs.has(answer.run)) {
      this.#failed.set(answer.run, answer.cause);
      waiting?.reject(new Error(answer.cause));
    }
  }

  #mark(): void {
    this.#beat += 1;
    this.#beatAt = this.clock.now();
  }

  /** Looks again and again while somebody waits. */
  #watch(): void {
    this.#isWatched = true;
    let seen = -1;
    let silent = 0;
    let patience = 0;
    const look = () => {
      if (this.#waiting.size === 0) {
        this.#isWatched = false;
        return;
      }
      if (this.#beat === seen) silent += 1;
      else {
        seen = this.#beat;
        silent = 0;
        // No look comes while this thread computes, so this is how long it took for its own part.
        patience = LOOKS_BEFORE_LOST + Math.ceil((LOOKS_FOR_EACH * (this.clock.now() - this.#beatAt)) / LOOK);
      }
      if (silent >= patience) this.#end(`no answer for ${silent} s`);
      else this.clock.later(LOOK, look);
    };
    this.clock.later(LOOK, look);
  }

  /** What it knew is lost: those who wait are told, and it is not asked again. */
  #end(cause: string): void {
    this.#lost ??= cause;
    this.#stopIdling();
    this.#worker?.terminate();
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(new Error(cause));
    this.#waiting.clear();
  }
}

export interface Threads {
  /** Threads with the network of a new run, one for each of `specs`. */
  open(program: WebAssembly.Module, specs: readonly ShardSpec[]): ShardThread[];
}

export const createThreads = (spawn: () => ThreadLike, clock: ThreadClock): Threads => {
  const threads: Thread[] = [];
  let runs = 0;
  return {
    open: (program, specs) => {
      const run = ++runs;
      return specs.map((spec, k) => {
        if (threads.at(k)?.isAlive !== true) threads[k] = new Thread(spawn, program, clock);
        return threads[k].open(run, spec);
      });
    },
  };
};
