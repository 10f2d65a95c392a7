/** Where the repository is, whatever directory a script is called from. */
import { fileURLToPath } from 'node:url';

/** Absolute path of a file given by its path in the repository. */
export const inRoot = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
