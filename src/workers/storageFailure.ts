/** What goes wrong with a browser's storage, as failures. */
import { FailureError, toFailure } from '../model/failures';

/** Why something could not be kept, or got back. */
export const storageFailure = (caught: unknown): FailureError => {
  if (caught instanceof FailureError) return caught;
  const name = caught instanceof Error || caught instanceof DOMException ? caught.name : '';
  if (name === 'QuotaExceededError') return new FailureError({ code: 'storage-full' });
  const failure = toFailure(caught);
  return new FailureError({ code: 'storage-refused', cause: 'cause' in failure ? failure.cause : failure.code });
};

/** What `work` resolves to. @throws FailureError `storage-full`, `storage-refused`, or the one that it was rejected with */
export const told = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (caught) {
    throw storageFailure(caught);
  }
};
