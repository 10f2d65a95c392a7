/** Files that are read whole and written whole. */
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { FileError } from './failures';

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** @throws {FileError} */
export const readBytes = (path: string): Uint8Array<ArrayBuffer> => {
  try {
    return Uint8Array.from(readFileSync(path));
  } catch (error) {
    throw new FileError(`Cannot read ${path} (${wordsOf(error)}).`);
  }
};

/** @throws {FileError} where nothing could be written to that path, while there is nothing yet to be lost */
export const assertWritable = (path: string): void => {
  try {
    mkdirSync(dirname(path), { recursive: true });
    accessSync(existsSync(path) ? path : dirname(path), constants.W_OK);
    if (existsSync(path) && statSync(path).isDirectory()) throw new Error('it is a folder');
  } catch (error) {
    throw new FileError(`Cannot write ${path} (${wordsOf(error)}).`);
  }
};

/** Either the whole file is there afterwards or the one before. @throws {FileError} */
export const writeBytes = (path: string, bytes: Uint8Array): void => {
  const beside = `${path}.${String(process.pid)}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(beside, bytes);
    renameSync(beside, path);
  } catch (error) {
    throw new FileError(`Cannot write ${path} (${wordsOf(error)}).`);
  }
};
