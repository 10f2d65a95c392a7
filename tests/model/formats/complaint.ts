/** What a reader of files says against one. */
import { FailureError } from '../../../src/model/failures';

/**
 * The fault of its 'run-file-damaged' in a line, as 'missing output.weight', 'newer 7' for a 'run-file-newer', or 'none'.
 * @throws whatever else it throws
 */
export const complaintOf = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    const failure = error instanceof FailureError ? error.failure : null;
    if (failure?.code === 'run-file-damaged') return Object.values(failure.fault).join(' ');
    if (failure?.code === 'run-file-newer') return `newer ${String(failure.version)}`;
    throw error;
  }
  return 'none';
};
