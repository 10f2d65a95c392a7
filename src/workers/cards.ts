/** What a list of kept runs says of each without reading it: a card beside each of its generations, and its label. */
import { sha256 } from '@noble/hashes/sha2.js';
import type { SavedRun } from '../model/formats/runFile';
import type { CurveSnapshot } from '../model/history';
import type { Settings } from '../model/settings';

/** A run at a glance. Losses are in nats a character, null where there is none. */
export interface RunCard {
  readonly settings: Settings;
  /** Null where the file did not say. */
  readonly textName: string | null;
  readonly step: number;
  readonly smoothedLoss: number | null;
  readonly heldOutLoss: number | null;
  /** Mean losses of stretches of equal length, from the first step to the last. */
  readonly curve: readonly number[];
}

/** What the reader has said of a run. */
export interface RunLabel {
  /** Null where it has none. */
  readonly name: string | null;
  /** Id of the run that it was made from. */
  readonly parent: string | null;
  /** Taken out of the list; what is kept of it goes with the visit. */
  readonly isRemoved: boolean;
}

export const NO_LABEL: RunLabel = { name: null, parent: null, isRemoved: false };

/** Points of a card's curve. */
const POINTS = 48;
/** Of what stands in a card's record and in a label's. */
const VERSION = 1;

/** @returns 64 hexadecimal digits */
export const checksum = (said: string): string =>
  Array.from(sha256(new TextEncoder().encode(said)), (byte) => byte.toString(16).padStart(2, '0')).join('');

const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** At most POINTS means over neighbouring buckets. */
const thinned = ({ width, count, sum }: CurveSnapshot): number[] => {
  const together = Math.ceil(sum.length / POINTS);
  return Array.from({ length: Math.ceil(sum.length / together) }, (_, k) => {
    const first = k * together;
    const last = Math.min(sum.length, first + together);
    let total = 0;
    for (let bucket = first; bucket < last; bucket++) total += sum[bucket];
    return total / (Math.min(count, last * width) - first * width);
  }).filter(Number.isFinite);
};

export const cardOf = ({ snapshot, textName }: SavedRun): RunCard => {
  const { settings, metrics, history } = snapshot;
  return {
    settings,
    textName,
    step: metrics.step,
    smoothedLoss: orNull(metrics.smoothedLoss),
    heldOutLoss: orNull(metrics.heldOutLoss),
    curve: history.loss.count === 0 ? [] : thinned(history.loss),
  };
};

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
  readonly card: RunCard;
}

export const writeCard = (record: CardRecord): unknown => sealed(record);
export const readCard = (record: unknown): CardRecord | null => unsealed(record) as CardRecord | null;
export const writeLabel = (label: RunLabel): unknown => sealed(label);
export const readLabel = (record: unknown): RunLabel => (unsealed(record) as RunLabel | null) ?? NO_LABEL;
