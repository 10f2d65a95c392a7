/** A saved run out of its file. */
import { readRunFile } from '../src/model/formats/runFile';
import type { SavedRun } from '../src/model/formats/runFile';
import { asFileError, FileError } from './failures';
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

/** What is said of a file of the first version, where its text is not there, and the way out of it. */
export const lacksVocabulary = (path: string, way: string): FileError =>
  new FileError(`${path} is of the first version, which does not hold the vocabulary. ${way}`);
