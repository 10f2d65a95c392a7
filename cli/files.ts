/** Files that are read whole and written whole, never in the place of anything else. */
import {
  accessSync,
  closeSync,
  constants,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type { Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { FileError } from './failures';

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const cannotWrite = (path: string, why: string): FileError => new FileError(`Cannot write ${path} (${why}).`);

/** @throws {FileError} */
export const readBytes = (path: string): Uint8Array<ArrayBuffer> => {
  try {
    const { buffer, byteOffset, byteLength } = readFileSync(path);
    return new Uint8Array(buffer, byteOffset, byteLength);
  } catch (error) {
    throw new FileError(`Cannot read ${path} (${wordsOf(error)}).`);
  }
};

/** As many links in a row as Linux follows. */
const MOST_LINKS = 40;

/** Where a path leads when every link is followed, whether or not anything is there yet. @throws where it cannot be known */
export const destinationOf = (path: string, links = 0): string => {
  try {
    return realpathSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || links > MOST_LINKS) throw error;
  }
  const at = join(destinationOf(dirname(resolve(path)), links), basename(path));
  return lstatSync(at, { throwIfNoEntry: false })?.isSymbolicLink() === true
    ? destinationOf(resolve(dirname(at), readlinkSync(at)), links + 1)
    : at;
};

/** Whether two paths mean the same file, by whatever links. One that leads nowhere is told of where it is used. */
export const isSameFile = (a: string, b: string): boolean => {
  try {
    const [first, second] = [a, b].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
    if (first && second) return first.dev === second.dev && first.ino === second.ino;
    return first === second && destinationOf(a) === destinationOf(b);
  } catch {
    return false;
  }
};

/** What stands at a path, where it is no file; null for a file and where nothing is. */
const obstacleAt = (is: Stats | undefined): string | null => {
  if (is === undefined || is.isFile()) return null;
  if (is.isDirectory()) return 'it is a folder';
  return is.isFIFO() || is.isSocket() ? 'it is a pipe, not a file' : 'it is a device, not a file';
};

const besideOf = (destination: string): string => `${destination}.${String(process.pid)}.part`;

/** @throws {FileError} where a file could not be written whole to that path, while there is nothing yet to be lost */
export const assertWritable = (path: string): void => {
  try {
    const is = statSync(path, { throwIfNoEntry: false });
    const obstacle = obstacleAt(is);
    if (obstacle !== null) throw new Error(obstacle);
    if (is) accessSync(path, constants.W_OK);
    const destination = destinationOf(path);
    mkdirSync(dirname(destination), { recursive: true });
    const beside = besideOf(destination);
    closeSync(openSync(beside, 'wx'));
    rmSync(beside);
  } catch (error) {
    throw cannotWrite(path, wordsOf(error));
  }
};

/** @throws {FileError} where nothing could be written to that path line by line; devices and pipes take lines too */
export const assertAppendable = (path: string): void => {
  try {
    const is = statSync(path, { throwIfNoEntry: false });
    if (is?.isDirectory() === true) throw new Error('it is a folder');
    if (is) {
      accessSync(path, constants.W_OK);
      return;
    }
    const folder = dirname(destinationOf(path));
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw cannotWrite(path, wordsOf(error));
  }
};

/**
 * Either the whole file is there afterwards or the one before, at the end of the path's links.
 * @throws {FileError} where neither a file nor nothing is there, or it cannot be written; nothing is left of it then
 */
export const writeBytes = (path: string, bytes: Uint8Array): void => {
  let beside: string | null = null;
  try {
    const is = statSync(path, { throwIfNoEntry: false });
    const obstacle = obstacleAt(is);
    if (obstacle !== null) throw new Error(obstacle);
    const destination = destinationOf(path);
    mkdirSync(dirname(destination), { recursive: true });
    beside = besideOf(destination);
    const file = openSync(beside, 'w', is ? is.mode & 0o777 : 0o666);
    try {
      writeFileSync(file, bytes);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(beside, destination);
  } catch (error) {
    if (beside !== null) rmSync(beside, { force: true });
    throw cannotWrite(path, wordsOf(error));
  }
};
