/** The run's file at the end: where it was wished for, else where there is room for it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Checkpoints } from './checkpoints';
import { FileError, wordsOf } from './failures';
import { writeBytes } from './files';

/** In a folder of its own, which nobody else may read. @throws where there is no room either; nothing is left of it then */
const writeElsewhere = (name: string, bytes: Uint8Array): string => {
  const folder = mkdtempSync(join(tmpdir(), 'lstm-playground-'));
  try {
    const path = join(folder, name);
    writeBytes(path, bytes);
    return path;
  } catch (caught) {
    rmSync(folder, { recursive: true, force: true });
    throw caught;
  }
};

/** @throws {FileError} where it could not be written to `out`: with where it stands instead, or what there is of the run */
export const saveRun = (out: string, bytes: Uint8Array, step: number, newest: Checkpoints['newest']): void => {
  const saved = `Saved step ${String(step)} to`;
  let failure: string;
  try {
    writeBytes(out, bytes);
    console.error(`${saved} ${out}.`);
    return;
  } catch (caught) {
    failure = wordsOf(caught);
  }
  let elsewhere: string;
  try {
    elsewhere = writeElsewhere(basename(out), bytes);
  } catch {
    const left =
      newest === null
        ? 'Nothing is saved of this run.'
        : `The newest that is saved of this run is step ${String(newest.step)}, in ${newest.path}.`;
    throw new FileError(`${failure} Nor is there room in ${tmpdir()}. ${left}`);
  }
  throw new FileError(`${failure} ${saved} ${elsewhere} instead.`);
};
