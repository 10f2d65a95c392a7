/** How workers are started so that the page's content security policy binds them, whichever host serves the page. */

/**
 * A worker that is loaded from a network address has the security policy of that answer's headers, which a static host
 * does not send; one that is loaded from a blob inherits that of whoever starts it. So a worker begins as a blob that
 * imports the rest.
 * @param href of a module
 */
export const spawnInheriting = (href: string): Worker => {
  const url = URL.createObjectURL(new Blob([`import ${JSON.stringify(href)};`], { type: 'text/javascript' }));
  const worker = new Worker(url, { type: 'module' });
  const revoke = () => {
    URL.revokeObjectURL(url);
  };
  worker.addEventListener('message', revoke, { once: true });
  worker.addEventListener('error', revoke, { once: true });
  return worker;
};
