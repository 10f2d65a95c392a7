/** `npm run check`: every gate that needs no browser. */
import { requireNode } from './node-version.mjs';

requireNode();
import('./verify.mjs').then((module) => module.verify({ browser: false }));
