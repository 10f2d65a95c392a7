/** What nobody catches in the worker reaches the page. */
import { describe, expect, it } from 'vitest';
import type { WorkerEvent } from '../../src/workers/protocol';
import { reportRejections } from '../../src/workers/uncaught';

describe('a rejection that nobody handles', () => {
  it('is told to the page as unexpected, with its cause, and kept from the console', () => {
    const scope = new EventTarget();
    const told: WorkerEvent[] = [];
    reportRejections(scope, (event) => told.push(event));
    const rejection = Object.assign(new Event('unhandledrejection', { cancelable: true }), {
      reason: new TypeError('no such buffer'),
    });
    scope.dispatchEvent(rejection);
    const failure = { code: 'unexpected', cause: 'TypeError: no such buffer' };
    expect(told).toEqual([{ type: 'problem', runId: null, failure }]);
    expect(rejection.defaultPrevented).toBe(true);
  });
});
