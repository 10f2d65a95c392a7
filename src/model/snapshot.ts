/** A run as one plain value: what `restore` needs beside the text, on any engine. */
import type { HistorySnapshot } from './history';
import type { HostArray } from './kernels/kernels';
import type { Settings } from './settings';
import type { Metrics, TunedFrom } from './telemetry';
import type { Counters } from './trainer';

/** A change made midway. */
export interface Change {
  /** Steps done when it was made; it takes effect with the next one. */
  readonly step: number;
  readonly name: string;
  /** Null where nobody knows any more: the first files of saved runs did not say. */
  readonly from: string | null;
  readonly value: string;
}

/** Structured-cloneable. Arrays have the precision of the engine that they were read from. */
export interface RunSnapshot {
  readonly format: 1;
  /** Hash of the text that the run belongs to. */
  readonly textHash: string;
  /** Null where it began with a network at random. */
  readonly tunedFrom: TunedFrom | null;
  readonly settings: Settings;
  readonly counters: Counters;
  readonly metrics: Metrics;
  readonly changes: readonly Change[];
  readonly history: HistorySnapshot;
  /** Flat, in the order of `tensorsOf`. */
  readonly parameters: HostArray;
  /** As many as the optimizer keeps, each as long as the parameters. */
  readonly moments: readonly HostArray[];
  /** Carried states of each layer, [B, H]. */
  readonly h: readonly HostArray[];
  readonly c: readonly HostArray[] | null;
}

/** Bytes of every array in a value, however deep it lies. */
const arrayBytes = (value: unknown): number => {
  if (ArrayBuffer.isView(value)) return value.byteLength;
  if (typeof value !== 'object' || value === null) return 0;
  return Object.values(value).reduce<number>((sum, part) => sum + arrayBytes(part), 0);
};

/** Bytes that a snapshot takes in memory, but for a few numbers. */
export const snapshotBytes = (snapshot: RunSnapshot): number => arrayBytes(snapshot);
