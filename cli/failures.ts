/** What went wrong, for somebody at a terminal, and the exit code that a script sees. */
import { CommanderError } from 'commander';
import { toFailure } from '../src/model/failures';
import type { Failure, FailureCode } from '../src/model/failures';

export const EXIT = { done: 0, failed: 1, usage: 2, interrupted: 130 } as const;

/** The command cannot be carried out as it was given. */
export class UsageError extends Error {}

/** A file that cannot be read or written. */
export class FileError extends Error {}

type Words = { readonly [C in FailureCode]: (failure: Extract<Failure, { code: C }>) => string };

const WORDS: Words = {
  'text-empty': () => 'The text is empty. Give a file with at least 100 characters.',
  'text-too-short': ({ characters, needed }) =>
    `The text has ${String(characters)} characters; at least ${String(needed)} are needed.`,
  'text-one-character': ({ character }) =>
    `The text consists of the character ${JSON.stringify(character)} alone: there is nothing to predict.`,
  'text-binary': ({ name }) => `${name} is not a text. Give a plain text file.`,
  'text-undecodable': ({ encoding }) => `The text cannot be read as ${encoding}. Save it as UTF-8.`,
  'text-too-large': ({ bytes, limit }) => `The text has ${String(bytes)} bytes; at most ${String(limit)} can be read.`,
  'corpus-unknown': ({ id }) => `There is no corpus ${id}.`,
  'corpus-unreachable': ({ id, cause }) => `The corpus ${id} cannot be had (${cause}).`,
  'too-large-for-memory': ({ bytes, limit, nearest }) =>
    `This network needs ${String(bytes)} bytes and ${String(limit)} can be had. The nearest that fits: ` +
    `--units ${String(nearest.units)} --batch ${String(nearest.batch)} --length ${String(nearest.length)}.`,
  'engine-unavailable': ({ engine, cause }) => `The engine ${engine} cannot be used here (${cause}).`,
  'device-lost': ({ engine, cause }) => `${engine} lost its device (${cause}).`,
  'device-error': ({ engine, cause }) => `${engine} reported an error (${cause}).`,
  'not-finite': ({ step, quantity }) =>
    `At step ${String(step)} the ${quantity} was no longer a finite number. Try a smaller --lr or a smaller --clip.`,
  'run-file-damaged': ({ cause }) => `The file is no saved run, or a damaged one: ${cause}.`,
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
