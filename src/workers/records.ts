/**
 * What the vault writes: records, each with the number of its form and a checksum, and how those that older programs wrote
 * become ones of today. Records of any of these forms are read by all later programs; one of a later form is left alone.
 */
import { FailureError } from '../model/failures';

export interface Record {
  readonly version: number;
  readonly checksum: string;
}

/** A record as it was found. */
export type Found = Readonly<globalThis.Record<string, unknown>>;

/** The forms of one kind of record. */
export interface Form<T extends Record> {
  /** The first makes a record of version 2 out of one of version 1, which says no version, and so on; published ones stay. */
  readonly migrations: readonly ((older: Found) => Found)[];
  /** What its checksum has to be. */
  readonly checksumOf: (record: T) => string;
}

/** The version that is written. */
export const versionOf = <T extends Record>({ migrations }: Form<T>): number => migrations.length + 1;

/** The version of whatever lies there. */
export const versionIn = (value: unknown): number => {
  const version = typeof value === 'object' && value !== null ? (value as Found)['version'] : undefined;
  return typeof version === 'number' ? version : 1;
};

/** Why a record of that version is not read; null where it can be. */
export const newerThanKnown = <T extends Record>(form: Form<T>, version: number): FailureError | null => {
  const known = versionOf(form);
  return version > known ? new FailureError({ code: 'run-file-newer', version, known }) : null;
};

/**
 * The record as one of today; null where it is not whole: what somebody else has put there, or what is left of a write, has
 * not its checksum, or nothing to make one of.
 */
export const readRecord = <T extends Record>(form: Form<T>, value: unknown): T | null => {
  if (newerThanKnown(form, versionIn(value))) return null;
  try {
    const found = form.migrations
      .slice(versionIn(value) - 1)
      .reduce<Found>((older, migrate) => migrate(older), value as Found);
    const record = { ...found, version: versionOf(form) } as unknown as T;
    return form.checksumOf(record) === record.checksum ? record : null;
  } catch {
    return null;
  }
};
