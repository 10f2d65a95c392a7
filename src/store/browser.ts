/** What the store needs, as the browser has it. Tolerates the absence of a page, so that views can be tested without one. */
import { createClient, spawnTrainingWorker } from '../workers/client';
import type { Environment } from './playground';

const storageOrNull = (): Storage | null => {
  try {
    return typeof window === 'undefined' ? null : window.localStorage;
  } catch {
    return null;
  }
};

const pageBase = () => new URL('.', document.baseURI).href;

export const browserEnvironment = (): Environment => ({
  connect: (onEvent, onDeath, onBusy) =>
    createClient({
      spawn: spawnTrainingWorker,
      onEvent,
      onDeath,
      onBusy,
      every: (milliseconds, callback) => {
        const timer = setInterval(callback, milliseconds);
        return () => {
          clearInterval(timer);
        };
      },
    }),
  base: pageBase,
  address: {
    read: () => location.hash,
    write: (hash) => {
      try {
        history.replaceState(history.state, '', `#${hash}`);
      } catch {
        // A browser that has had enough of it for now; the next change tries again.
      }
    },
    onChange: (callback) => {
      addEventListener('hashchange', callback);
    },
  },
  shelf: storageOrNull(),
  languages: typeof window === 'undefined' ? [] : navigator.languages,
  nextFrame: (callback) => {
    requestAnimationFrame(callback);
  },
  later: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
  newSeed: () => new DataView(crypto.getRandomValues(new Uint8Array(4)).buffer).getUint32(0),
});
