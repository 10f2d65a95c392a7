/** The folder of public-domain texts that CORPORA_DIR names; tests that want one are skipped, by name, without it. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Path of a file of that folder; null where there is none. */
export const corpusPath = (file: string): string | null => {
  const folder = process.env['CORPORA_DIR'];
  const path = folder === undefined ? null : join(folder, file);
  return path !== null && existsSync(path) ? path : null;
};
