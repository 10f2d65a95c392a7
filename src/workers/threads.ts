/** Threads that take shards of the training worker's batches: started when a run first wants them, shared by all runs. */
import type { Parcel, ShardSpec, ShardThread } from '../model/batchGradient';
import { memoryOf } from './shardProtocol';
import type { ShardCommand, ShardEvent } from './shardProtocol';

/** What is needed of a Worker; tests give their own. */
export interface ThreadLike {
  postMessage(message: ShardCommand, transfer: ArrayBuffer[]): void;
  addEventListener(type: 'message' | 'error', listener: (event: Event) => void): void;
  terminate(): void;
}

interface Waiting {
  readonly resolve: (parcel: Parcel) => void;
  readonly reject: (error: Error) => void;
}

/** One thread, and who waits for its answers, oldest first. */
class Thread {
  isAlive = true;
  readonly #waiting: Waiting[] = [];

  constructor(
    private readonly worker: ThreadLike,
    program: WebAssembly.Module,
  ) {
    worker.addEventListener('message', (event) => {
      const answer = (event as MessageEvent<ShardEvent>).data;
      if (answer.type === 'computed') this.#waiting.shift()?.resolve(answer.parcel);
      else this.#end(answer.cause);
    });
    worker.addEventListener('error', (event) => {
      this.#end((event as ErrorEvent).message);
    });
    worker.postMessage({ type: 'program', program }, []);
  }

  open(run: number, spec: ShardSpec): ShardThread {
    this.worker.postMessage({ type: 'open', run, spec }, []);
    return {
      compute: (parcel: Parcel) =>
        new Promise((resolve, reject) => {
          if (!this.isAlive) {
            reject(new Error('A thread has ended'));
            return;
          }
          this.#waiting.push({ resolve, reject });
          this.worker.postMessage({ type: 'compute', run, parcel }, memoryOf(parcel));
        }),
      close: () => {
        this.worker.postMessage({ type: 'close', run }, []);
      },
    };
  }

  /** What it knew is lost: those who wait are told, and it is not asked again. */
  #end(cause: string): void {
    this.isAlive = false;
    this.worker.terminate();
    for (const { reject } of this.#waiting.splice(0)) reject(new Error(`A thread ended: ${cause}`));
  }
}

export interface Threads {
  /** `count` threads with the network of a new run. */
  open(program: WebAssembly.Module, spec: ShardSpec, count: number): ShardThread[];
}

export const createThreads = (spawn: () => ThreadLike): Threads => {
  const threads: Thread[] = [];
  let runs = 0;
  return {
    open: (program, spec, count) => {
      const run = ++runs;
      return Array.from({ length: count }, (_, k) => {
        if (threads.at(k)?.isAlive !== true) threads[k] = new Thread(spawn(), program);
        return threads[k].open(run, spec);
      });
    },
  };
};
