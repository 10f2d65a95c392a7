/** `npm start`: installs what is missing, builds the page and serves it on localhost. */
import { requireNode } from './node-version.mjs';

requireNode();
import('./serve.mjs').then((module) => module.serve());
