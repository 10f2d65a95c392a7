/**
 * Damaged run files, one after the other. Of each: nothing is thrown but a failure that says what is wrong, the arrays that
 * are made are no larger than twice the file, it is read within a limit of time, and it is accepted only where it is the very
 * run that was saved, or where its checksum was made to fit and it says exactly what is read out of it.
 */
import { bytesMadeBy } from './meter';
import assert from 'node:assert/strict';
import { Script } from 'node:vm';
import { CHECKSUM } from '../../../../src/model/formats/checksum';
import { CHECKSUM_SINCE, defaultsOf, VERSION } from '../../../../src/model/formats/runVersions';
import { readRunFile, writeRunFile } from '../../../../src/model/formats/runFile';
import type { RunToSave, SavedRun } from '../../../../src/model/formats/runFile';
import { createReferenceKernels } from '../../../../src/model/kernels/reference';
import { milestonesUpTo } from '../../../../src/model/milestones';
import { Run } from '../../../../src/model/run';
import { complaintOf } from '../complaint';
import { Chance } from './chance';
import { placesIn, recordOf, takeApart } from './container';
import type { Bytes } from './container';
import { mutate } from './mutations';
import { seedFiles } from './seeds';
import type { SeedFile } from './seeds';

/** Milliseconds that a batch of trials may take before it counts as one that never ends, and trials of a batch. */
const HANGS = 120_000;
const BATCH = 500;
/** One in so many trials begins with a file of an older version, which is larger. */
const SELDOM = 16;

/**
 * What a reader may make beside the file's own numbers, whatever the file: the state of a checksum, and five columns of
 * milestones that a file without them does not know, of as many rows as the largest step has.
 */
const ALWAYS = 4096 + 5 * Float32Array.BYTES_PER_ELEMENT * milestonesUpTo(Number.MAX_SAFE_INTEGER);

const isSame = (a: Bytes, b: Bytes): boolean => Buffer.compare(a, b) === 0;

/** Where the file does not say what the text was called, none is made up. */
const saveable = (saved: SavedRun, { datasetFor }: SeedFile): RunToSave =>
  ({ ...saved, vocabulary: saved.vocabulary ?? datasetFor(saved.snapshot.settings).vocabulary }) as RunToSave;

/** A value of JSON in one order, and without the sign of a zero, which JSON's writer drops. */
const normal = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  );

/** Everything that a file says, by name: each tensor bit for bit, each part of the record; settings that it lacks by default. */
const saidBy = (file: Bytes): ReadonlyMap<string, string> => {
  const parts = takeApart(file);
  const { settings, ...record } = recordOf(parts);
  const said = Object.entries({ ...record, settings: { ...defaultsOf(VERSION), ...(settings as object) } });
  const tensors = [...placesIn(parts)].map(([name, [from, to]]): [string, string] => {
    const { dtype, shape } = parts.header[name] as { dtype: string; shape: readonly number[] };
    return [name, `${dtype} [${shape.join()}] ${Buffer.from(parts.body.subarray(from, to)).toString('hex')}`];
  });
  return new Map([
    ...tensors.filter(([name]) => name !== CHECKSUM),
    ...said.map(([name, value]): [string, string] => [`run.${name}`, normal(value)]),
  ]);
};

/** What was read says what the file says. */
const assertFaithful = (bytes: Bytes, written: Bytes): void => {
  const [given, read] = [bytes, written].map(saidBy);
  for (const name of new Set([...given.keys(), ...read.keys()])) {
    assert(given.get(name) === read.get(name), `${name} was read as something else than the file says`);
  }
};

/** It can be written and read again, and goes on where it has the sizes that its text leaves it. */
const assertSound = (saved: SavedRun, file: SeedFile, written: Bytes): void => {
  assert(
    isSame(written, writeRunFile(readRunFile(written) as RunToSave)),
    'it is read in another way than it is written',
  );
  const { snapshot } = saved;
  const restored = complaintOf(() => {
    const dataset = file.datasetFor(snapshot.settings);
    const known = { ...snapshot, textHash: dataset.textHash };
    Run.restore({ snapshot: known, dataset, kernels: createReferenceKernels(), memoryLimit: 1e9 }).dispose();
  });
  assert.match(restored, /^(none|size )/);
};

/** @returns the first word of what was said against it */
const tryOne = (chance: Chance, files: readonly SeedFile[]): string => {
  const small = files.slice(0, -VERSION);
  const file = chance.pick(chance.oneIn(SELDOM) ? files : small);
  const { bytes: mutated, sealed } = mutate(
    file.bytes,
    chance,
    files.map(({ bytes }) => bytes),
  );
  // Wherever it lies in its memory.
  const askew = chance.below(8);
  const bytes = new Uint8Array(mutated.length + askew).subarray(askew);
  bytes.set(mutated);

  const accepted: SavedRun[] = [];
  let complaint = '';
  const taken = bytesMadeBy(() => {
    complaint = complaintOf(() => accepted.push(readRunFile(bytes)));
  });
  assert(taken <= 2 * bytes.length + ALWAYS, `${String(taken)} bytes were taken for ${String(bytes.length)}`);
  assert(isSame(bytes, mutated), 'the file itself was changed');
  const kind = complaint.split(' ', 1)[0];
  if (accepted.length === 0) return kind;
  const [saved] = accepted;

  const written = writeRunFile(saveable(saved, file));
  // The beginning of one file and the end of another may be a whole one.
  if (files.some((whole) => isSame(mutated, whole.bytes))) return 'none';
  if (!sealed && file.version >= CHECKSUM_SINCE) assert.fail('it was accepted with other bytes than were saved');
  if (file.version === VERSION) assertFaithful(bytes, written);
  assertSound(saved, file, written);
  return 'none';
};

export interface Trials {
  readonly seed: number;
  /** The first trial, and how many. */
  readonly from: number;
  readonly count: number;
  /** Told now and then how many are done. */
  readonly progress?: (done: number) => void;
}

/**
 * @returns how often each thing was said
 * @throws where a file did what none may, with the number of its trial
 */
export const fuzz = async ({ seed, from, count, progress }: Trials): Promise<ReadonlyMap<string, number>> => {
  const files = await seedFiles();
  const met = new Map<string, number>();
  let trial = from;
  const end = from + count;
  const batch = () => {
    for (const last = Math.min(end, trial + BATCH); trial < last; trial++) {
      const kind = tryOne(new Chance(seed, trial), files);
      met.set(kind, (met.get(kind) ?? 0) + 1);
    }
  };
  // Alone of all ways to run a function this one ends it where it would not end itself.
  const name = '__fuzzed';
  Object.defineProperty(globalThis, name, { value: batch, configurable: true });
  const script = new Script(`${name}()`);
  try {
    while (trial < end) {
      script.runInThisContext({ timeout: HANGS });
      progress?.(trial - from);
    }
  } catch (caught) {
    throw new Error(`Trial ${String(trial)} of seed ${String(seed)}: ${String(caught)}`, { cause: caught });
  } finally {
    Reflect.deleteProperty(globalThis, name);
  }
  return met;
};
