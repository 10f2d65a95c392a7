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

/** There is no page, or the browser keeps them from it. */
const languagesOrNone = (): readonly string[] => {
  try {
    return [...navigator.languages];
  } catch {
    return [];
  }
};

/** Thrown by a program that an extension has put into the page. */
const isForeign = (caught: unknown): boolean =>
  caught instanceof Error && (caught.stack?.includes('-extension://') ?? false);

/** Has the browser ask whether to leave. */
const askFirst = (event: BeforeUnloadEvent) => {
  event.preventDefault();
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- Chrome before 119 asks for nothing else.
  event.returnValue = true;
};

/** Of a page that draws frames one after the other, so much more of the time is left to its reader. */
const REST = 2;
/** Milliseconds after which a page that never finds rest gets a frame all the same. */
const RESTLESS = 1000;

const whenIdle = (callback: () => void) => {
  try {
    requestIdleCallback(callback, { timeout: RESTLESS });
  } catch {
    // There is none: after the drawing at least.
    setTimeout(callback);
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
      whenFree: (lock, callback) => {
        try {
          const waits = new AbortController();
          navigator.locks.request(lock, { signal: waits.signal }, callback).catch(() => undefined);
          return () => {
            waits.abort();
          };
        } catch {
          // The browser knows none: the worker's silence will tell.
          return () => undefined;
        }
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
  languages: languagesOrNone(),
  whenRested: (callback) => {
    requestAnimationFrame((began) => {
      whenIdle(() => {
        setTimeout(callback, REST * Math.max(0, performance.now() - began));
      });
    });
  },
  later: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
  newSeed: () => Math.floor(Math.random() * 2 ** 32),
  newRunId: () => `run-${[0, 1].map(() => Math.random().toString(36).slice(2, 10)).join('')}`,
  today: () => Date.now(),
  onUncaught: (told) => {
    addEventListener('error', ({ error }: ErrorEvent) => {
      // What the browser itself complains of (a size that changes while it is observed) carries no exception.
      if (error !== null && error !== undefined && !isForeign(error)) told(error);
    });
    addEventListener('unhandledrejection', ({ reason }) => {
      if (!isForeign(reason)) told(reason);
    });
  },
  askBeforeLeaving: (asks) => {
    // Only while there is something to lose: some browsers keep no page in memory that listens.
    if (asks) addEventListener('beforeunload', askFirst);
    else removeEventListener('beforeunload', askFirst);
  },
});
