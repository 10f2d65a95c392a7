/** What a reader of files says against one. */
import { FailureError } from '../../../src/model/failures';

/** The cause of its 'run-file-damaged', or 'none'. @throws whatever else it throws */
export const complaintOf = (read: () => unknown): string => {
  try {
    read();
  } catch (error) {
    if (error instanceof FailureError && error.failure.code === 'run-file-damaged') return error.failure.cause;
    throw error;
  }
  return 'none';
};
