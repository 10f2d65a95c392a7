/** Builds the page and serves it on localhost until it is interrupted. */
import { ensureInstalled } from './install.mjs';
import { inRoot } from './root.mjs';

const FIRST_PORT = 4173;

export const serve = async () => {
  await ensureInstalled();
  // Only now is Vite certain to be there.
  const { build, preview } = await import('vite');
  const root = inRoot('.');
  await build({ root, logLevel: 'warn' });
  const server = await preview({ root, preview: { port: FIRST_PORT, strictPort: false } });
  const address = server.resolvedUrls?.local[0] ?? `http://localhost:${String(FIRST_PORT)}/`;
  console.log(`\nLSTM Playground is at ${address}\nCtrl+C ends it.`);
};
