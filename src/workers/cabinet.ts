/** IndexedDB as a cabinet: values by name, each written whole or not at all. */
import { openDB } from 'idb';
import type { Space } from './protocol';
import type { Cabinet } from './vault';

const NAME = 'lstm-playground';
const VERSION = 1;
const STORE = 'kept';

/**
 * Opened anew for each visit of the worker. `onClosed` is called where the browser takes it away: storage was cleared, or
 * a later version of the page wants to change it.
 *
 * @throws where the browser has none, or does not let the page have it
 */
export const openCabinet = async (onClosed: () => void): Promise<Cabinet> => {
  const database = await openDB(NAME, VERSION, {
    upgrade: (created) => {
      created.createObjectStore(STORE);
    },
    blocking: () => {
      database.close();
      onClosed();
    },
    terminated: onClosed,
  });
  return {
    keys: async () => (await database.getAllKeys(STORE)).map(String),
    get: (key) => database.get(STORE, key),
    put: async (key, value) => {
      await database.put(STORE, value, key);
    },
    remove: async (keys) => {
      const { store, done } = database.transaction(STORE, 'readwrite');
      await Promise.all([...keys.map((key) => store.delete(key)), done]);
    },
  };
};

/** Of the whole origin: the browser lends it to all its pages together. */
export const spaceOf = async (): Promise<Space | null> => {
  const storage = (navigator as Partial<Navigator>).storage;
  const { usage, quota } = (await storage?.estimate()) ?? {};
  return usage === undefined || quota === undefined ? null : { used: usage, most: quota };
};
