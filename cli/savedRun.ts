/** A saved run out of its file. */
import { readRunFile } from '../src/model/formats/runFile';
import type { SavedRun } from '../src/model/formats/runFile';
import { asFileError } from './failures';
import { readBytes } from './files';

/** @throws {FileError} where it cannot be read, or is none */
export const readSavedRun = (path: string): SavedRun => {
  const bytes = readBytes(path);
  try {
    return readRunFile(bytes);
  } catch (caught) {
    throw asFileError(path, caught);
  }
};
