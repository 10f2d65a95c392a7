/**
 * Runs as a browser keeps them: of each run two generations, written in turn and each with a checksum, so that a write that
 * is cut off costs no more than itself; beside them what a list says of it; and each text once, under the hash of its
 * content.
 */
import type { FailureError } from '../model/failures';
import { cardOf } from '../model/formats/runCard';
import type { SavedRun } from '../model/formats/runFile';
import type { RunCard } from '../model/telemetry';
import { checksum, NO_LABEL, readCard, readLabel, writeCard, writeLabel, type CardRecord } from './cards';
import type { ListedRun, RunLabel } from './protocol';
import { createRoom } from './room';
import { told } from './storageFailure';
import { newerThanKnown, readRecord, versionIn, versionOf, type Form, type Record } from './records';
import { fromTextRecord, TEXTS, toTextRecord, type KeptText } from './textRecord';
import type { Pause } from './writtenText';

/** What keeps values by name. Any call may reject; a value is there whole or as it was, but nobody relies on that. */
export interface Cabinet {
  readonly keys: () => Promise<readonly string[]>;
  readonly get: (key: string) => Promise<unknown>;
  readonly put: (key: string, value: unknown) => Promise<void>;
  readonly remove: (keys: readonly string[]) => Promise<void>;
}

/** A run to be kept. */
export interface RunToKeep {
  readonly runId: string;
  readonly textHash: string;
  /** As `writeRunFile` gives it. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What the page wishes to have back with the run; this program does not look into it. */
  readonly page: string | null;
  readonly card: RunCard;
}

export interface KeptRun {
  readonly runId: string;
  readonly page: string | null;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly saved: SavedRun;
}

export interface Vault {
  /**
   * The newest run that has not been removed, or that one, in its newest generation that is whole; null where none is kept.
   * @throws {FailureError} what is wrong with the newest generation, where no other one is whole
   */
  readonly newest: (runId: string | null) => Promise<KeptRun | null>;
  /**
   * In place of the older generation of that run, which is in the list again if it was removed. Runs without a name that
   * are too many, or for which there is no room, go, the oldest first, but never `needed`. Those of which `isBefore` is true
   * stay newer than it.
   * @throws FailureError `storage-full`, `storage-refused`
   */
  readonly keep: (run: RunToKeep, needed: string | null, isBefore?: (runId: string) => boolean) => Promise<void>;
  /** The newest first. */
  readonly list: () => readonly ListedRun[];
  /** @throws FailureError `storage-full`, `storage-refused` */
  readonly label: (runId: string, label: Partial<RunLabel>) => Promise<void>;
  /**
   * The same run once more, by another id and a name. Nothing where it is not kept whole.
   * @throws FailureError `storage-full`, `storage-refused`
   */
  readonly duplicate: (runId: string, as: string, name: string) => Promise<void>;
  readonly hasText: (hash: string) => boolean;
  /** @throws FailureError `storage-full`, `storage-refused` */
  readonly keepText: (kept: KeptText, needed: readonly (string | null)[], pause: Pause) => Promise<void>;
  /**
   * Null where it is not kept, or not as it was.
   * @throws FailureError `storage-refused`, `run-file-newer`
   */
  readonly text: (hash: string, pause: Pause) => Promise<KeptText | null>;
  /** What is to be said where a later version of this program has kept a run: that is left alone, and in no list. */
  readonly newer: FailureError | null;
}

/** What is to be older than another generation, whatever comes after that, has a number that is smaller by so much. */
const BEHIND = 0.5;

interface Generation extends Omit<RunToKeep, 'card'>, Record {
  /** Larger with each write, of whichever run. */
  readonly number: number;
  readonly savedAt: number;
}

const RUNS: Form<Generation> = {
  migrations: [],
  // Of all but the run file's inside, which has a checksum of its own at its end.
  checksumOf: ({ number, runId, savedAt, textHash, page, bytes }) =>
    checksum(JSON.stringify([number, runId, savedAt, textHash, page, bytes.length, [...bytes.subarray(-32)]])),
};

const runKey = (runId: string, slot: number) => `run/${runId}/${slot}`;
const slotsOf = (runId: string) => [0, 1].map((slot) => runKey(runId, slot));
const cardKey = (key: string) => `card/${key}`;
const labelKey = (runId: string) => `label/${runId}`;
const textKey = (hash: string) => `text/${hash}`;
const hashOfTextKey = (key: string): string | null => (key.startsWith('text/') ? key.slice(5) : null);

/** What stands in a place of the cabinet. */
interface Place extends Omit<CardRecord, 'card' | 'form'> {
  readonly runId: string;
  /** Of the generation; 0 where it is damaged, so that it is written over first. */
  readonly number: number;
  /** Null where it says too little to be listed. */
  readonly card: RunCard | null;
}

const NOTHING: Omit<Place, 'runId'> = { number: 0, textHash: '', savedAt: 0, bytes: 0, card: null };

/**
 * @param o.read `readRunFile`
 * @param o.today milliseconds since 1970
 * @throws FailureError `storage-refused`
 */
export const openVault = async (
  cabinet: Cabinet,
  o: { readonly read: (bytes: Uint8Array<ArrayBuffer>) => SavedRun; readonly today: () => number },
): Promise<Vault> => {
  const places = new Map<string, Place>();
  const labels = new Map<string, RunLabel>();
  const texts = new Set<string>();
  /** Places in which programs of the future have kept something: they are left alone. */
  const newer = new Map<string, FailureError>();

  /** Of a generation that has no card, or none that this program knows: it was kept by another version. */
  const placeWithoutCard = async (key: string): Promise<Omit<Place, 'runId'> & { readonly form: number }> => {
    const value = await told(cabinet.get(key));
    const form = versionIn(value);
    const generation = readRecord(RUNS, value);
    if (generation === null) return { ...NOTHING, form };
    const { number, textHash, savedAt, bytes } = generation;
    let card: RunCard | null = null;
    try {
      card = cardOf(o.read(bytes));
    } catch {
      // What is wrong with it is said once it is opened.
    }
    return { number, textHash, savedAt, bytes: bytes.length, card, form };
  };

  for (const key of await told(cabinet.keys())) {
    const hash = hashOfTextKey(key);
    if (hash !== null) texts.add(hash);
    const labelled = /^label\/(.+)$/.exec(key)?.[1];
    if (labelled !== undefined) labels.set(labelled, readLabel(await told(cabinet.get(key))));
    const runId = /^run\/(.+)\/[01]$/.exec(key)?.[1];
    if (runId === undefined) continue;
    const { form = 1, ...place } = readCard(await told(cabinet.get(cardKey(key)))) ?? (await placeWithoutCard(key));
    const unread = newerThanKnown(RUNS, form);
    if (unread === null) places.set(key, { runId, ...place });
    else newer.set(key, unread);
  }
  /** Those of an earlier visit cannot be put back any more. */
  const goners = new Set([...labels].filter(([, { isRemoved }]) => isRemoved).map(([runId]) => runId));

  const labelOf = (runId: string): RunLabel => labels.get(runId) ?? NO_LABEL;
  const placesOf = (runId: string) => [...places].filter(([, place]) => place.runId === runId);
  const numberOf = (runId: string) => Math.max(0, ...placesOf(runId).map(([, { number }]) => number));
  const bytesOf = (runId: string) => placesOf(runId).reduce((sum, [, { bytes }]) => sum + bytes, 0);
  /** The newest first. */
  const runIds = () =>
    [...new Set([...places.values()].map(({ runId }) => runId))].sort((one, other) => numberOf(other) - numberOf(one));

  const removeRuns = async (gone: readonly string[]): Promise<void> => {
    const keys = gone.flatMap((runId) => placesOf(runId).map(([key]) => key));
    const labelled = gone.filter((runId) => labels.has(runId));
    const read = new Set([...places].filter(([key]) => !keys.includes(key)).map(([, { textHash }]) => textHash));
    const unread: string[] = [];
    for (const hash of texts) {
      // What runs of the future read, nobody knows.
      if (read.has(hash) || newer.size > 0) continue;
      if (newerThanKnown(TEXTS, versionIn(await cabinet.get(textKey(hash)))) === null) unread.push(hash);
    }
    const all = [...keys, ...keys.map(cardKey), ...labelled.map(labelKey), ...unread.map(textKey)];
    if (all.length === 0) return;
    await cabinet.remove(all);
    for (const key of keys) places.delete(key);
    for (const runId of labelled) labels.delete(runId);
    for (const hash of unread) texts.delete(hash);
  };

  const { tidy, withRoom } = createRoom({
    runIds,
    isNamed: (runId) => labelOf(runId).name !== null,
    isGone: (runId) => goners.has(runId),
    bytesOf,
    remove: removeRuns,
  });

  const put = async (key: string, run: Omit<Generation, keyof Record>, card: RunCard): Promise<void> => {
    const { runId, number, textHash, savedAt, bytes } = run;
    const unsigned = { ...run, version: versionOf(RUNS), checksum: '' };
    const record = { number, textHash, savedAt, bytes: bytes.length, card };
    // Until it is known to be whole, it is the first to be written over.
    places.set(key, { runId, ...record, number: 0 });
    await cabinet.put(key, { ...unsigned, checksum: RUNS.checksumOf(unsigned) } satisfies Generation);
    await cabinet.put(cardKey(key), writeCard({ ...record, form: versionOf(RUNS) }));
    places.set(key, { runId, ...record });
  };

  const label = async (runId: string, said: Partial<RunLabel>): Promise<void> => {
    const whole = { ...labelOf(runId), ...said };
    await told(cabinet.put(labelKey(runId), writeLabel(whole)));
    labels.set(runId, whole);
    // What this visit says of it, also what it says again to another worker, this visit can take back.
    goners.delete(runId);
  };

  /** Generations of these runs that are whole, the newest first, as far as they are wanted. */
  async function* generations(wanted: (runId: string) => boolean): AsyncGenerator<Generation & Pick<Place, 'card'>> {
    const inOrder = [...places].filter(([, { runId }]) => wanted(runId)).sort(([, a], [, b]) => b.number - a.number);
    for (const [key, { card }] of inOrder) {
      const generation = readRecord(RUNS, await told(cabinet.get(key)));
      if (generation !== null) yield { ...generation, card };
    }
  }

  return {
    newest: async (wanted) => {
      const slots = wanted === null ? [] : slotsOf(wanted);
      let wrong: unknown = slots.map((slot) => newer.get(slot)).find((failure) => failure !== undefined) ?? null;
      const isWanted = (runId: string) => (wanted === null ? !labelOf(runId).isRemoved : runId === wanted);
      for await (const { runId, page, savedAt, bytes } of generations(isWanted)) {
        try {
          return { runId, page, savedAt, saved: o.read(bytes) };
        } catch (caught) {
          wrong ??= caught;
        }
      }
      if (wrong !== null) throw wrong as Error;
      return null;
    },
    keep: async ({ card, ...run }, needed, isBefore = () => false) => {
      const { runId } = run;
      const [key] = slotsOf(runId)
        .filter((slot) => !newer.has(slot))
        .sort((a, b) => (places.get(a)?.number ?? -1) - (places.get(b)?.number ?? -1));
      const newest = runIds().at(0);
      const highest = newest === undefined ? 0 : numberOf(newest);
      const number = newest !== undefined && isBefore(newest) ? highest - BEHIND : Math.floor(highest) + 1;
      const generation = { ...run, number, savedAt: o.today() };
      await withRoom([runId, needed], () => put(key, generation, card));
      if (labelOf(runId).isRemoved) await label(runId, { isRemoved: false });
      await told(tidy([runId, needed]));
    },
    list: () =>
      runIds().flatMap((runId) => {
        const inOrder = placesOf(runId).sort(([, a], [, b]) => b.number - a.number);
        const newest = inOrder.find(([, { card }]) => card !== null)?.[1];
        if (newest === undefined || newest.card === null) return [];
        const { savedAt, card } = newest;
        return { runId, savedAt, bytes: bytesOf(runId), card, ...labelOf(runId) };
      }),
    label,
    duplicate: async (runId, as, name) => {
      for await (const generation of generations((id) => id === runId)) {
        const { number, textHash, savedAt, page, bytes, card } = generation;
        if (card === null) continue;
        await label(as, { name, parent: runId, isRemoved: false });
        // The original stays before its copy.
        const copy = { runId: as, textHash, savedAt, page, bytes, number: number - BEHIND };
        await withRoom([runId, as], () => put(runKey(as, 0), copy, card));
        return;
      }
    },
    hasText: (hash) => texts.has(hash),
    keepText: async (kept, needed, pause) => {
      const { hash } = kept.text;
      const record = await toTextRecord(kept, pause);
      await withRoom(needed, () => cabinet.put(textKey(hash), record));
      texts.add(hash);
    },
    text: async (hash, pause) => {
      const found = await told(cabinet.get(textKey(hash)));
      const unread = newerThanKnown(TEXTS, versionIn(found));
      if (unread !== null) throw unread;
      const record = readRecord(TEXTS, found);
      return record && told(fromTextRecord(record, hash, pause));
    },
    newer: [...newer.values()].at(0) ?? null,
  };
};
