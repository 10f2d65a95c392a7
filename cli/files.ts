/** Files that are read whole and written whole. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
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
