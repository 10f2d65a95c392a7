/** Whether the browser may take away what is saved where space runs short: asked for once, by the reader's own deed. */
import { OWN_TEXT, shownRun, type PlaygroundState } from '../../store';

/** The part of `navigator.storage` that is used; browsers have more or less of it. */
export type Persisting = Partial<Pick<StorageManager, 'persist' | 'persisted'>>;
export type Memory = Pick<Storage, 'getItem' | 'setItem'>;

/** 'open': it has not been asked for yet; 'unknown': there is nobody to ask. */
export type Persistence = 'kept' | 'open' | 'refused' | 'unknown';

/** Seconds of training at full speed that are worth asking for. */
const WORTH = 60;
const KEY = 'lstm-playground-evictable';

/** Whether a run is saved that could not be had again within a minute: one with a text of the reader's own, or a long one. */
export const isSavedWorth = (state: PlaygroundState): boolean => {
  const run = shownRun(state);
  const { keeping } = state;
  if (run === null || keeping?.state !== 'saved' || keeping.runId !== run.runId) return false;
  const isLong = run.fullSpeed > 0 && run.metrics.characters / run.fullSpeed > WORTH;
  return isLong || run.description?.settings.corpus === OWN_TEXT;
};

/** Never rejects. `memory` null: the browser keeps none. */
export const lookAtPersistence = async (
  storage: Persisting | undefined,
  memory: Memory | null,
): Promise<Persistence> => {
  try {
    if (typeof storage?.persist !== 'function' || typeof storage.persisted !== 'function') return 'unknown';
    if (await storage.persisted()) return 'kept';
    return memory?.getItem(KEY) === 'refused' ? 'refused' : 'open';
  } catch {
    return 'unknown';
  }
};

/** Some browsers ask the reader, others decide by themselves; what they say holds. Never rejects. */
export const askForPersistence = async (
  storage: Persisting | undefined,
  memory: Memory | null,
): Promise<Persistence> => {
  try {
    if ((await storage?.persist?.()) === true) return 'kept';
  } catch {
    return 'unknown';
  }
  try {
    memory?.setItem(KEY, 'refused');
  } catch {
    // It will be offered once more by the next visit.
  }
  return 'refused';
};
