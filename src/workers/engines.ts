/** Engines that runs share: one device serves any number of runs and goes when the last of them has left it. */
import type { ShardSpec, ShardThread } from '../model/batchGradient';
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
  /** Further threads that can take shards of a run's batches, as many as are wished for (0: as many as suit). */
  readonly openThreads?: (spec: ShardSpec, wished: number) => ShardThread[];
}

export type OpenEngine = (choice: EngineChoice, onLost: (failure: Failure) => void) => Promise<OpenedEngine>;

export interface Lease extends OpenedEngine {
  release(): void;
}

interface Shared {
  readonly opened: Promise<OpenedEngine>;
  /** Null until it is open. */
  engine: OpenedEngine | null;
  /** One for each lease. */
  readonly users: Set<{ readonly tell: (failure: Failure) => void }>;
}

export interface Engines {
  /** `onLost` is told when the device goes before the lease is given back; it is worthless then. */
  acquire(choice: EngineChoice, onLost: (failure: Failure) => void): Promise<Lease>;
}

export const createEngines = (openEngine: OpenEngine): Engines => {
  const shared = new Map<EngineChoice, Shared>();

  const forget = (entry: Shared) => {
    for (const [choice, other] of shared) if (other === entry) shared.delete(choice);
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
      },
      () => {
        forget(entry);
      },
    );
    return entry;
  };

  /** An engine that 'auto' chose is the engine of its name, too. */
  const find = (choice: EngineChoice): Shared | undefined =>
    shared.get(choice) ??
    [...shared.values()].find(({ engine }) => engine?.failure === null && engine.info.name === choice);

  return {
    acquire: async (choice, onLost) => {
      const entry = find(choice) ?? open(choice);
      const user = { tell: onLost };
      entry.users.add(user);
      const engine = await entry.opened;
      let held = true;
      return {
        ...engine,
        release: () => {
          if (!held) return;
          held = false;
          entry.users.delete(user);
          if (entry.users.size > 0) return;
          forget(entry);
          engine.kernels.dispose();
        },
      };
    },
  };
};
