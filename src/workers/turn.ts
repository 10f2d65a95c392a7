/** Of several pages of one browser one keeps its runs; the next one does once that is gone, however it went. */

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
