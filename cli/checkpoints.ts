/** Checkpoints: the run in a file of its own each so many steps, none of which can cost the run or another file. */
import { readdirSync } from 'node:fs';
import { basename, format, join, parse } from 'node:path';
import { UsageError, wordsOf } from './failures';
import { assertWritable, destinationOf, isSameFile, writeBytes } from './files';

/** Digits of a step in a name: names in order are steps in order. */
const DIGITS = 8;

/** The file of the checkpoint of that step: `run-00000500.safetensors` beside `run.safetensors`. */
export const checkpointPath = (out: string, step: number): string => {
  const { dir, name, ext } = parse(out);
  return format({ dir, name: `${name}-${String(step).padStart(DIGITS, '0')}`, ext });
};

/** Which checkpoints are to be written. */
export interface CheckpointPlan {
  /** The file of the run, after which they are named. */
  readonly out: string;
  readonly every: number;
  /** Steps that are made already, and the last one. */
  readonly from: number;
  readonly to: number;
}

const isDue = (step: number, { every, from, to }: CheckpointPlan): boolean =>
  step > from && step <= to && step % every === 0;

/** The step of which a file of that name would be a checkpoint; null where it would be none. */
const stepOf = (name: string, plan: CheckpointPlan): number | null => {
  const { name: stem, ext } = parse(plan.out);
  // Some file systems tell no capitals from small letters.
  const [given, before, after] = [name, `${stem}-`, ext].map((part) => part.toLowerCase());
  if (!given.startsWith(before) || !given.endsWith(after)) return null;
  const digits = given.slice(before.length, given.length - after.length);
  const step = /^\d+$/.test(digits) ? Number(digits) : NaN;
  return isDue(step, plan) && digits.length === Math.max(DIGITS, String(step).length) ? step : null;
};

const namesIn = (folder: string): readonly string[] => {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
};

const destinationName = (path: string): string => {
  try {
    return basename(destinationOf(path));
  } catch {
    return basename(path);
  }
};

/**
 * Looks at what is there and at the names of what will be, by whatever links.
 * @param others files that are read or written, by what they are called in a sentence
 * @throws {UsageError} where a checkpoint would take the place of one of them
 * @throws {FileError} where the first of them could not be written
 */
export const assertCheckpoints = (plan: CheckpointPlan, others: Readonly<Record<string, string | null>>): void => {
  const first = (Math.floor(plan.from / plan.every) + 1) * plan.every;
  if (first > plan.to) return;
  const folder = parse(plan.out).dir;
  const there = namesIn(folder === '' ? '.' : folder);
  for (const [what, path] of Object.entries(others)) {
    if (path === null) continue;
    const taken = [...there, destinationName(path)].find(
      (name) => stepOf(name, plan) !== null && isSameFile(join(folder, name), path),
    );
    if (taken === undefined) continue;
    throw new UsageError(
      `The checkpoint of step ${String(stepOf(taken, plan))} would be written over ${what} (${path}). Give another --out.`,
    );
  }
  assertWritable(checkpointPath(plan.out, first));
};

/** Writes them while training goes on. */
export interface Checkpoints {
  /** The newest one that is whole, or the file that the run was resumed from; null where there is neither. */
  readonly newest: { readonly path: string; readonly step: number } | null;
  readonly isDue: (step: number) => boolean;
  /** One that cannot be written is said, and training goes on. `bytes` makes the file of the run at that step. */
  readonly write: (step: number, bytes: () => Promise<Uint8Array>) => Promise<void>;
}

/** @param plan null where none are wished for */
export const createCheckpoints = (plan: CheckpointPlan | null, resumed: Checkpoints['newest']): Checkpoints => {
  let newest = resumed;
  return {
    get newest() {
      return newest;
    },
    isDue: (step) => plan !== null && isDue(step, plan),
    write: async (step, bytes) => {
      if (plan === null) return;
      const path = checkpointPath(plan.out, step);
      try {
        writeBytes(path, await bytes());
        newest = { path, step };
      } catch (caught) {
        console.error(`${wordsOf(caught)} Training goes on without the checkpoint of step ${String(step)}.`);
      }
    },
  };
};
