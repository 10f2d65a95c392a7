/** Everything that can go wrong for a user, as values; the page turns them into sentences of the user's language. */

import type { Encoding } from './text/types';

/** One of the ways to read bytes that are close to each other. */
export interface Reading {
  readonly encoding: Encoding;
  /** The first lines that are read differently in each way. */
  readonly lines: readonly string[];
}

export type Failure =
  /** The text. */
  | { readonly code: 'text-empty'; /** Of the file. */ readonly name?: string }
  | { readonly code: 'text-too-short'; readonly characters: number; readonly needed: number }
  | { readonly code: 'text-one-character'; readonly character: string }
  | { readonly code: 'text-binary'; readonly name: string }
  | { readonly code: 'text-undecodable'; readonly encoding: string }
  /** `readings`: the likeliest first. */
  | { readonly code: 'text-encoding-unclear'; readonly name: string; readonly readings: readonly Reading[] }
  | { readonly code: 'text-with-nuls'; readonly count: number }
  | { readonly code: 'text-too-large'; readonly bytes: number; readonly limit: number }
  /** 'gone' may also be a folder; 'refused': changed since it was chosen, or not to be read by the browser. */
  | { readonly code: 'file-unreadable'; readonly name: string; readonly reason: 'gone' | 'refused' }
  | { readonly code: 'file-folder'; readonly name: string }
  | { readonly code: 'files-several'; readonly names: readonly string[] }
  | { readonly code: 'corpus-unknown'; readonly id: string }
  | { readonly code: 'corpus-unreachable'; readonly id: string; readonly cause: string }
  | { readonly code: 'catalogue-unreachable'; readonly cause: string }
  /** The configuration. `nearest` has the largest number of units (and batch) that fits. */
  | {
      readonly code: 'too-large-for-memory';
      readonly bytes: number;
      readonly limit: number;
      readonly nearest: { readonly units: number; readonly batch: number; readonly length: number };
    }
  /** The engine. */
  | { readonly code: 'engine-unavailable'; readonly engine: string; readonly cause: string }
  | { readonly code: 'device-lost'; readonly engine: string; readonly cause: string }
  | { readonly code: 'device-error'; readonly engine: string; readonly cause: string }
  /** The reader would not wait for a step any longer. */
  | { readonly code: 'step-abandoned'; readonly engine: string }
  /** A thread that took a part of each batch; the run goes on without it. */
  | { readonly code: 'thread-lost'; readonly cause: string }
  /** The numbers: the run stands at its last good parameters. */
  | { readonly code: 'not-finite'; readonly step: number; readonly quantity: 'loss' | 'gradient' }
  /** A saved run. */
  | { readonly code: 'run-file-damaged'; readonly fault: RunFileFault }
  /** Written by a later version of the format than this program knows. */
  | { readonly code: 'run-file-newer'; readonly version: number; readonly known: number }
  /** The browser's storage, in which runs are kept. */
  | { readonly code: 'storage-full' }
  | { readonly code: 'storage-refused'; readonly cause: string }
  /** A part of the program that is fetched when it is needed. */
  | { readonly code: 'part-unreachable'; readonly cause: string }
  /** The browser. */
  | { readonly code: 'browser-lacks'; readonly what: string }
  /** The program. */
  /** `times`: within a minute, where they are too many to start it again without being asked. */
  | { readonly code: 'worker-died'; readonly cause: string; readonly times?: number }
  | { readonly code: 'unexpected'; readonly cause: string };

/** What is wrong with a file that should be a saved run. `where`: the name of a tensor, or of a number or text in its record. */
export type RunFileFault =
  /** Nothing that this program has saved. */
  | { readonly kind: 'foreign' }
  /** A part is missing, or something was added. */
  | { readonly kind: 'incomplete' }
  /** Its bytes are not those that were saved. */
  | { readonly kind: 'changed' }
  | { readonly kind: 'unreadable' | 'missing' | 'unknown' | 'size' | 'not-finite'; readonly where: string }
  | { readonly kind: 'bounds'; readonly where: string; readonly value: string };

export type FailureCode = Failure['code'];

/** A failure of what computes, which goes on on another engine. */
export type DeviceFailure = Extract<Failure, { code: 'device-lost' | 'device-error' | 'step-abandoned' }>;

export const isOfDevice = (failure: Failure): failure is DeviceFailure =>
  failure.code === 'device-lost' || failure.code === 'device-error' || failure.code === 'step-abandoned';

/** A failure on its way up the stack. */
export class FailureError extends Error {
  override readonly name = 'FailureError';
  constructor(readonly failure: Failure) {
    super(failure.code);
  }
}

/** Why a file that was chosen or dropped could not be read, by what its reading was rejected with. */
export const unreadable = (name: string, caught: unknown): FailureError => {
  const isGone = caught instanceof Error && caught.name === 'NotFoundError';
  return new FailureError({ code: 'file-unreadable', name, reason: isGone ? 'gone' : 'refused' });
};

/** What a caught value says, as a failure. */
export const toFailure = (caught: unknown): Failure =>
  caught instanceof FailureError
    ? caught.failure
    : { code: 'unexpected', cause: caught instanceof Error ? `${caught.name}: ${caught.message}` : String(caught) };

/** What kept an engine from being opened, as a failure: a plain error is one of this program's, and its message says all. */
export const asUnavailable = (engine: string, caught: unknown): Failure => {
  const failure = toFailure(caught);
  if (failure.code !== 'unexpected') return failure;
  const isOurs = caught instanceof Error && caught.name === 'Error';
  return { code: 'engine-unavailable', engine, cause: isOurs ? caught.message : failure.cause };
};
