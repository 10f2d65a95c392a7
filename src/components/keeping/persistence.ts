/** Whether the browser may take away what is saved, where space runs short: asked for once, by the reader's own deed. */

/** What is asked: `navigator.storage`, of which browsers have more or less. */
export type Persisting = Partial<Pick<StorageManager, 'persist' | 'persisted'>>;

/** 'open': it has not been asked for yet; 'unknown': there is nobody to ask. */
export type Persistence = 'kept' | 'open' | 'refused' | 'unknown';

/** Of this page, as long as it is open: what was refused once is not asked for again. */
let isRefused = false;

/** Never rejects. */
export const lookAtPersistence = async (storage: Persisting | undefined): Promise<Persistence> => {
  try {
    if (typeof storage?.persist !== 'function' || typeof storage.persisted !== 'function') return 'unknown';
    if (await storage.persisted()) return 'kept';
    return isRefused ? 'refused' : 'open';
  } catch {
    return 'unknown';
  }
};

/** Some browsers ask the reader, others decide by themselves. Never rejects. */
export const askForPersistence = async (storage: Persisting | undefined): Promise<Persistence> => {
  try {
    const kept = (await storage?.persist?.()) ?? false;
    isRefused = !kept;
    return kept ? 'kept' : 'refused';
  } catch {
    return 'unknown';
  }
};
