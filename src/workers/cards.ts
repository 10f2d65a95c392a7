/** What a list of kept runs says of each without reading it: a card beside each of its generations, and its label. */
import { sha256 } from '@noble/hashes/sha2.js';
import type { RunCard } from '../model/telemetry';
import type { RunLabel } from './protocol';

export const NO_LABEL: RunLabel = { name: null, parent: null, isRemoved: false };

/** Of what stands in a card's record and in a label's. */
const VERSION = 1;

/** @returns 64 hexadecimal digits */
export const checksum = (said: string): string =>
  Array.from(sha256(new TextEncoder().encode(said)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** A value as JSON, sealed. */
interface Sealed {
  readonly version: number;
  readonly said: string;
  readonly checksum: string;
}

const sealed = (value: unknown): Sealed => {
  const said = JSON.stringify(value);
  return { version: VERSION, said, checksum: checksum(said) };
};

/** Null where it is not whole, or of another version. */
const unsealed = (record: unknown): unknown => {
  const { version, said, checksum: expected } = (record ?? {}) as Partial<Sealed>;
  return version === VERSION && typeof said === 'string' && checksum(said) === expected
    ? (JSON.parse(said) as unknown)
    : null;
};

/** A card, and what it says of the generation that it lies beside. */
export interface CardRecord {
  readonly number: number;
  readonly textHash: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  /** Of the run file. */
  readonly bytes: number;
  /** Version of the generation's own record; 1 where it is not said. */
  readonly form?: number;
  readonly card: RunCard;
}

export const writeCard = (record: CardRecord): unknown => sealed(record);
export const readCard = (record: unknown): CardRecord | null => unsealed(record) as CardRecord | null;
export const writeLabel = (label: RunLabel): unknown => sealed(label);
export const readLabel = (record: unknown): RunLabel => (unsealed(record) as RunLabel | null) ?? NO_LABEL;
