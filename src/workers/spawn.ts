/** How workers are started so that the page's content security policy binds them, whichever host serves the page. */
import { FailureError } from '../model/failures';

/** What `make` gives, which uses a part of the browser called `what`. @throws FailureError `browser-lacks` */
const given = <T>(what: string, make: () => T): T => {
  try {
    return make();
  } catch {
    throw new FailureError({ code: 'browser-lacks', what });
  }
};

/**
 * A worker that is loaded from a network address has the security policy of that answer's headers, which a static host
 * does not send; one that is loaded from a blob inherits that of whoever starts it. So a worker begins as a blob that
 * imports the rest.
 * @param href of a module
 * @throws FailureError `browser-lacks`
 */
export const spawnInheriting = (href: string): Worker => {
  const url = given('URL.createObjectURL', () =>
    URL.createObjectURL(new Blob([`import ${JSON.stringify(href)};`], { type: 'text/javascript' })),
  );
  const asked: string[] = [];
  const worker = given(
    'Worker',
    () =>
      new Worker(url, {
        // Who does not know of modules does not ask.
        get type(): WorkerType {
          asked.push('type');
          return 'module';
        },
      }),
  );
  if (asked.length === 0) throw new FailureError({ code: 'browser-lacks', what: 'Worker({ type: "module" })' });
  const revoke = () => {
    URL.revokeObjectURL(url);
  };
  worker.addEventListener('message', revoke, { once: true });
  worker.addEventListener('error', revoke, { once: true });
  return worker;
};
