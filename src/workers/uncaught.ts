/** What went wrong in the worker and nobody caught: told to the page, for the console is not where its reader looks. */
import { toFailure } from '../model/failures';
import type { WorkerEvent } from './protocol';

/**
 * Posts each rejection that nobody handles as a problem. An exception that nobody catches needs nothing: the browser
 * itself tells the page's Worker object, and the worker is given up.
 */
export const reportRejections = (scope: EventTarget, post: (event: WorkerEvent) => void): void => {
  scope.addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    post({ type: 'problem', runId: null, failure: toFailure((event as PromiseRejectionEvent).reason) });
  });
};
