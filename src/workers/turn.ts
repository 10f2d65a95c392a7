/**
 * Locks of the browser: of several pages one keeps its runs, and the next one does once that is gone, however it went; and a
 * page knows that its worker is gone.
 */

const NAME = 'lstm-playground';

/** Resolves when it is this page's turn, which lasts as long as its worker does. At once where the browser knows no locks. */
export const awaitTurn = (): Promise<void> =>
  new Promise((resolve) => {
    const withoutLocks = () => {
      resolve();
    };
    try {
      const locks = (navigator as Partial<Navigator>).locks;
      if (locks === undefined) {
        withoutLocks();
        return;
      }
      const held = locks.request(NAME, () => {
        resolve();
        return new Promise<never>(() => undefined);
      });
      held.catch(withoutLocks);
    } catch {
      withoutLocks();
    }
  });

/**
 * Tells of a lock that this worker holds as long as it lives, so that the page, which waits for it, knows at once where it
 * was ended: no event says so. Nothing is told where the browser knows no locks.
 */
export const bindLife = (tell: (lock: string) => void): void => {
  try {
    const lock = `${NAME}-${crypto.getRandomValues(new Uint32Array(4)).join('-')}`;
    const held = navigator.locks.request(lock, () => {
      tell(lock);
      return new Promise<never>(() => undefined);
    });
    held.catch(() => undefined);
  } catch {
    // The page notices in its silence that it is gone.
  }
};
