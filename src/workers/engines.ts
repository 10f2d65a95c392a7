/** Engines that runs share: one device serves any number of runs and goes when the last of them has left it. */
import type { ThreadSource } from '../model/run';
import type { Failure } from '../model/failures';
import type { Kernels } from '../model/kernels/kernels';
import type { EngineChoice } from '../model/settings';
import type { EngineInfo } from './protocol';

export interface OpenedEngine {
  readonly kernels: Kernels;
  readonly info: EngineInfo;
  /** Why it is not the engine that was wished for. */
  readonly failure: Failure | null;
  /** Bytes that a run may take. */
  readonly memoryLimit: number;
  /** Other threads that can take parts of a run's batches. */
  readonly threads?: Omit<ThreadSource, 'onLost'>;
}

export type OpenEngine = (choice: EngineChoice, onLost: (failure: Failure) => void) => Promise<OpenedEngine>;

export interface Lease extends OpenedEngine {
  release(): void;
}

interface Shared {
  readonly opened: Promise<OpenedEngine>;
  /** Null until it is open. */
  engine: OpenedEngine | null;
  /** One for each lease, and for each that is waited for. */
  readonly users: Set<{ readonly tell: (failure: Failure) => void }>;
}

export interface Engines {
  /**
   * `onLost` is told when the device goes before the lease is given back; it is worthless then. An abort gives up the
   * wish; what is opened for it all the same is freed.
   *
   * @throws FailureError where not even what starts at once can be opened; the signal's reason
   */
  acquire(choice: EngineChoice, onLost: (failure: Failure) => void, signal?: AbortSignal): Promise<Lease>;
}

/** Settles with `promise`, or rejects as soon as nobody waits for it any more. */
const unlessAborted = <T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> =>
  signal === undefined
    ? promise
    : new Promise((resolve, reject) => {
        const abort = () => {
          reject(signal.reason as Error);
        };
        if (signal.aborted) abort();
        signal.addEventListener('abort', abort, { once: true });
        promise.then(resolve, reject).finally(() => {
          signal.removeEventListener('abort', abort);
        });
      });

export const createEngines = (openEngine: OpenEngine): Engines => {
  /** Engines by their names, and by the wishes that they are opened for. */
  const shared = new Map<EngineChoice, Shared>();

  const forget = (entry: Shared) => {
    for (const [choice, other] of shared) if (other === entry) shared.delete(choice);
  };

  const leave = (entry: Shared, user: { readonly tell: (failure: Failure) => void }) => {
    if (!entry.users.delete(user) || entry.users.size > 0 || entry.engine === null) return;
    forget(entry);
    entry.engine.kernels.dispose();
  };

  const open = (choice: EngineChoice): Shared => {
    const entry: Shared = {
      engine: null,
      users: new Set(),
      opened: openEngine(choice, (failure) => {
        forget(entry);
        for (const { tell } of [...entry.users]) tell(failure);
      }),
    };
    shared.set(choice, entry);
    entry.opened.then(
      (engine) => {
        entry.engine = engine;
        const { failure, info, kernels } = engine;
        // What was opened in place of a wish serves those who ask for it; who has that wish again, tries again.
        if (failure !== null && shared.get(choice) === entry) shared.delete(choice);
        if (!shared.has(info.name)) shared.set(info.name, entry);
        if (entry.users.size > 0) return;
        forget(entry);
        kernels.dispose();
      },
      () => {
        forget(entry);
      },
    );
    return entry;
  };

  return {
    acquire: async (choice, onLost, signal) => {
      const known = shared.get(choice);
      const isOpen = known !== undefined && known.engine !== null;
      const entry = known ?? open(choice);
      const user = { tell: onLost };
      entry.users.add(user);
      try {
        const engine = await unlessAborted(entry.opened, signal);
        return {
          ...engine,
          failure: isOpen ? null : engine.failure,
          release: () => {
            leave(entry, user);
          },
        };
      } catch (caught) {
        leave(entry, user);
        throw caught;
      }
    },
  };
};
