/** What goes where there is no room for all runs that are kept: the oldest of those without a name. */
import { storageFailure, told } from './storageFailure';

/** Runs without a name: the one on the page, and as many as were replaced that can be taken back. */
const MOST_UNNAMED = 11;
/** Of those, together. */
const MOST_UNNAMED_BYTES = 2 ** 28;

/** The runs that are kept. */
interface Lying {
  /** The newest first. */
  readonly runIds: () => readonly string[];
  readonly isNamed: (runId: string) => boolean;
  /** Whether it was removed and cannot be put back any more. */
  readonly isGone: (runId: string) => boolean;
  readonly bytesOf: (runId: string) => number;
  /** Removes them, and texts that no run reads then. */
  readonly remove: (runIds: readonly string[]) => Promise<void>;
}

/** Runs that are `needed` never go. */
export const createRoom = ({ runIds, isNamed, isGone, bytesOf, remove }: Lying) => {
  /** Those that go when there is no room, the newest first. */
  const spare = (needed: readonly (string | null)[]) =>
    runIds().filter((runId) => !isNamed(runId) && !needed.includes(runId));

  /** Runs that are too many go, and so do texts that no run reads. */
  const tidy = async (needed: readonly (string | null)[]): Promise<void> => {
    const unnamed = runIds().filter((runId) => !isNamed(runId));
    let bytes = 0;
    const kept = unnamed.filter((runId, k) => {
      bytes += bytesOf(runId);
      return k < MOST_UNNAMED && bytes <= MOST_UNNAMED_BYTES;
    });
    const gone = runIds().filter((runId) => isGone(runId) || (unnamed.includes(runId) && !kept.includes(runId)));
    await remove(gone.filter((runId) => !needed.includes(runId)));
  };

  /** Writes; where there is no room, runs that can be spared go for it, the oldest first. */
  const withRoom = async (needed: readonly (string | null)[], write: () => Promise<void>): Promise<void> => {
    for (;;) {
      try {
        await write();
        return;
      } catch (caught) {
        const full = storageFailure(caught);
        const oldest = full.failure.code === 'storage-full' ? spare(needed).at(-1) : undefined;
        if (oldest === undefined) throw full;
        await told(remove([oldest]));
      }
    }
  };

  return { tidy, withRoom };
};
