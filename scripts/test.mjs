/** `npm test`: sets up what is missing, then every gate. */
import { requireNode } from './node-version.mjs';

requireNode();
import('./verify.mjs').then((module) => module.verify({ browser: true }));
