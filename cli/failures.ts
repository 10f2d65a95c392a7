/** What went wrong, for somebody at a terminal, and the exit code that a script sees. */
import { CommanderError } from 'commander';
import { toFailure } from '../src/model/failures';
import type { Failure, FailureCode, RunFileFault } from '../src/model/failures';
import { displayText } from '../src/model/text/display';

export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** The command cannot be carried out as it was given. */
export class UsageError extends Error {}

/** A file that cannot be read or written. */
export class FileError extends Error {}

/** What was found in a saved run, and what to do. */
const damageIn = (file: string, fault: RunFileFault): string => {
  if (fault.kind === 'foreign') return `${file} is no saved run. Give one that npm run train or the page has saved.`;
  const at = 'where' in fault ? JSON.stringify(fault.where) : '';
  const found: Readonly<Record<typeof fault.kind, string>> = {
    incomplete: 'a part of it is missing, or something was added to it',
    changed: 'its content has changed since it was saved',
    unreadable: `its part ${at} cannot be read`,
    missing: `its part ${at} is missing`,
    unknown: `it has a part ${at}, which no run has`,
    size: `its part ${at} is not of the size that its network has`,
    'not-finite': `its part ${at} holds what is no finite number`,
    bounds: `its ${at} is ${'value' in fault ? JSON.stringify(fault.value) : ''}, which cannot be`,
  };
  return `${file} is damaged: ${found[fault.kind]}. Copy it again, or take an earlier one.`;
};

const newerThan = (file: string, { version, known }: { readonly version: number; readonly known: number }): string =>
  `${file} was saved by a newer version of this program (its format is number ${String(version)}, this program ` +
  `reads up to ${String(known)}). Open it there, or bring this program up to date.`;

/** What is wrong with the saved run of that path; as it is where it was something else. */
export const asFileError = (path: string, caught: unknown): unknown => {
  const failure = toFailure(caught);
  if (failure.code === 'run-file-damaged') return new FileError(damageIn(path, failure.fault));
  return failure.code === 'run-file-newer' ? new FileError(newerThan(path, failure)) : caught;
};

type Words = { readonly [C in FailureCode]: (failure: Extract<Failure, { code: C }>) => string };

const WORDS: Words = {
  'text-empty': () => 'The text is empty. Give a file with at least 100 characters.',
  'text-too-short': ({ characters, needed }) =>
    `The text has ${String(characters)} characters; at least ${String(needed)} are needed.`,
  'text-one-character': ({ character }) =>
    `The text consists of the character ${JSON.stringify(character)} alone: there is nothing to predict.`,
  'text-binary': ({ name }) => `${name} is not a text. Give a plain text file.`,
  'text-undecodable': ({ encoding }) => `The text cannot be read as ${encoding}. Save it as UTF-8.`,
  'text-encoding-unclear': ({ name, readings }) =>
    [
      `It is not certain how ${name} is encoded. Say which of these reads right, or another:`,
      ...readings.map(
        ({ encoding, lines }) => `  --encoding ${encoding.padEnd(14)} ${lines.map(displayText).join(' | ')}`,
      ),
    ].join('\n'),
  'text-with-nuls': ({ count }) =>
    `The text holds NULs (${String(count)}), which no text has. With --remove-nuls it is read without them.`,
  'text-too-large': ({ bytes, limit }) => `The text has ${String(bytes)} bytes; at most ${String(limit)} can be read.`,
  'file-unreadable': ({ name }) => `${name} cannot be read.`,
  'file-folder': ({ name }) => `${name} is a folder. Give a text file.`,
  'files-several': ({ names }) => `Give one text file; these are ${String(names.length)}.`,
  'corpus-unknown': ({ id }) => `There is no corpus ${id}.`,
  'corpus-unreachable': ({ id, cause }) => `The corpus ${id} cannot be had (${cause}).`,
  'catalogue-unreachable': ({ cause }) => `The list of corpora cannot be had (${cause}).`,
  'too-large-for-memory': ({ bytes, limit, nearest }) =>
    `This network needs ${String(bytes)} bytes and ${String(limit)} can be had. The nearest that fits: ` +
    `--units ${String(nearest.units)} --batch ${String(nearest.batch)} --length ${String(nearest.length)}.`,
  'engine-unavailable': ({ engine, cause }) => `The engine ${engine} cannot be used here (${cause}).`,
  'device-lost': ({ engine, cause }) => `${engine} lost its device (${cause}).`,
  'device-error': ({ engine, cause }) => `${engine} reported an error (${cause}).`,
  'step-abandoned': ({ engine }) => `The step on ${engine} was given up.`,
  'thread-lost': ({ cause }) =>
    `A thread has stopped (${cause}). Training goes on with fewer: the same numbers, only slower.`,
  'not-finite': ({ step, quantity }) =>
    `At step ${String(step)} the ${quantity} was no longer a finite number. Try a smaller --lr or a smaller --clip.`,
  'run-file-damaged': ({ fault }) => damageIn('The saved run', fault),
  'run-file-newer': (versions) => newerThan('The saved run', versions),
  'storage-full': () => 'There is no room left.',
  'storage-refused': ({ cause }) => `Nothing can be kept here (${cause}).`,
  'part-unreachable': ({ cause }) => `A part of the program is missing (${cause}).`,
  'browser-lacks': ({ what }) => `This version of Node.js lacks ${what}.`,
  'worker-died': ({ cause }) => `A thread has stopped (${cause}).`,
  unexpected: ({ cause }) => `Something happened that should not: ${cause}`,
};

/** One sentence or two. The option parser has said its own already. */
export const wordsOf = (caught: unknown): string => {
  if (caught instanceof CommanderError) return '';
  if (caught instanceof UsageError || caught instanceof FileError) return caught.message;
  const failure = toFailure(caught);
  return (WORDS[failure.code] as (failure: Failure) => string)(failure);
};

export const exitCodeOf = (caught: unknown): number => {
  if (caught instanceof CommanderError) return caught.exitCode === 0 ? EXIT.done : EXIT.usage;
  return caught instanceof UsageError ? EXIT.usage : EXIT.failed;
};
