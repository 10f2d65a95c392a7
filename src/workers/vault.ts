/**
 * Runs as a browser keeps them: of each run two generations, written in turn and each with a checksum, so that a write that
 * is cut off costs no more than itself; and each text once, under the hash of its content.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { FailureError, toFailure } from '../model/failures';
import type { SavedRun } from '../model/formats/runFile';
import { fromString } from '../model/text/decode';
import type { DecodedText } from '../model/text/types';

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
}

export interface KeptRun {
  readonly runId: string;
  readonly page: string | null;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly saved: SavedRun;
}

export interface KeptText {
  readonly name: string;
  readonly text: DecodedText;
}

export interface Vault {
  /**
   * The newest run, or that one, in its newest generation that is whole; null where none is kept.
   * @throws {FailureError} what is wrong with the newest generation, where no other one is whole
   */
  readonly newest: (runId: string | null) => Promise<KeptRun | null>;
  /**
   * In place of the older generation of that run. Runs that are too many go, but never `needed`.
   * @throws FailureError `storage-full`, `storage-refused`
   */
  readonly keep: (run: RunToKeep, needed: string | null) => Promise<void>;
  readonly hasText: (hash: string) => boolean;
  /** @throws FailureError `storage-full`, `storage-refused` */
  readonly keepText: (kept: KeptText, breathe: () => Promise<void>) => Promise<void>;
  /** Null where it is not kept, or not as it was. */
  readonly text: (hash: string) => Promise<KeptText | null>;
}

/** The run on the page, and the one before it. */
const MOST_RUNS = 2;
/** Code points of a text that are made a string at a time. */
const PART = 1 << 16;

interface Generation extends RunToKeep {
  /** Larger with each write, of whichever run. */
  readonly number: number;
  readonly savedAt: number;
  readonly checksum: string;
}

interface StoredText {
  /** What is known of it beside its content, as JSON, and a checksum of that; the content has its hash. */
  readonly facts: string;
  readonly checksum: string;
  readonly parts: readonly string[];
}

const runKey = (runId: string, slot: number) => `run/${runId}/${slot}`;
const textKey = (hash: string) => `text/${hash}`;
const hashOfTextKey = (key: string): string | null => (key.startsWith('text/') ? key.slice(5) : null);

const checksum = (said: string): string =>
  Array.from(sha256(new TextEncoder().encode(said)), (byte) => byte.toString(16).padStart(2, '0')).join('');

/** Of all but the run file's inside, which has a checksum of its own at its end. */
const checksumOf = ({ number, runId, savedAt, textHash, page, bytes }: Omit<Generation, 'checksum'>): string =>
  checksum(JSON.stringify([number, runId, savedAt, textHash, page, bytes.length, [...bytes.subarray(-32)]]));

/** What somebody else has put there, or what is left of a write, has not its checksum, or nothing to make one of. */
const whole = <T extends { readonly checksum: string }>(value: unknown, expected: (value: T) => string): T | null => {
  try {
    return expected(value as T) === (value as T).checksum ? (value as T) : null;
  } catch {
    return null;
  }
};
const asGeneration = (value: unknown): Generation | null => whole<Generation>(value, checksumOf);

/** Why something could not be kept, or got back. */
export const storageFailure = (caught: unknown): FailureError => {
  if (caught instanceof FailureError) return caught;
  const name = caught instanceof Error || caught instanceof DOMException ? caught.name : '';
  if (name === 'QuotaExceededError') return new FailureError({ code: 'storage-full' });
  const failure = toFailure(caught);
  return new FailureError({ code: 'storage-refused', cause: 'cause' in failure ? failure.cause : failure.code });
};

const told = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (caught) {
    throw storageFailure(caught);
  }
};

/** What stands in a place of the cabinet. */
interface Place {
  readonly runId: string;
  readonly textHash: string;
  /** Of the generation; 0 where it is damaged, so that it is written over first. */
  readonly number: number;
}

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
  const texts = new Set<string>();
  for (const key of await told(cabinet.keys())) {
    const hash = hashOfTextKey(key);
    if (hash !== null) texts.add(hash);
    const runId = /^run\/(.+)\/[01]$/.exec(key)?.[1] ?? null;
    if (runId === null) continue;
    const generation = asGeneration(await told(cabinet.get(key)));
    const { number, textHash } = generation ?? { number: 0, textHash: '' };
    places.set(key, { runId, textHash, number });
  }

  const newestNumber = (runId?: string) =>
    Math.max(0, ...[...places.values()].filter((p) => (runId ?? p.runId) === p.runId).map((p) => p.number));

  /** Runs that are too many go, and so do texts that no run reads. */
  const tidy = async (needed: string | null): Promise<void> => {
    const runIds = [...new Set([...places.values()].map(({ runId }) => runId))];
    const kept = new Set(runIds.sort((a, b) => newestNumber(b) - newestNumber(a)).slice(0, MOST_RUNS));
    if (needed !== null) kept.add(needed);
    const gone = [...places].filter(([, { runId }]) => !kept.has(runId)).map(([key]) => key);
    const read = new Set([...places.values()].filter(({ runId }) => kept.has(runId)).map(({ textHash }) => textHash));
    const unread = [...texts].filter((hash) => !read.has(hash));
    if (gone.length === 0 && unread.length === 0) return;
    await cabinet.remove([...gone, ...unread.map(textKey)]);
    for (const key of gone) places.delete(key);
    for (const hash of unread) texts.delete(hash);
  };

  return {
    newest: async (wanted) => {
      const inOrder = [...places]
        .filter(([, { runId }]) => wanted === null || runId === wanted)
        .sort(([, a], [, b]) => b.number - a.number);
      let wrong: unknown = null;
      for (const [key] of inOrder) {
        const generation = asGeneration(await told(cabinet.get(key)));
        if (generation === null) continue;
        const { runId, page, savedAt, bytes } = generation;
        try {
          return { runId, page, savedAt, saved: o.read(bytes) };
        } catch (caught) {
          wrong ??= caught;
        }
      }
      if (wrong !== null) throw wrong as Error;
      return null;
    },
    keep: async ({ runId, textHash, bytes, page }, needed) => {
      const slots = [0, 1].map((slot) => runKey(runId, slot));
      const [key] = slots.sort((a, b) => (places.get(a)?.number ?? -1) - (places.get(b)?.number ?? -1));
      const number = newestNumber() + 1;
      const unsigned = { number, runId, savedAt: o.today(), textHash, page, bytes };
      // Until it is known to be whole, it is the first to be written over.
      places.set(key, { runId, textHash, number: 0 });
      await told(cabinet.put(key, { ...unsigned, checksum: checksumOf(unsigned) } satisfies Generation));
      places.set(key, { runId, textHash, number });
      await told(tidy(needed));
    },
    hasText: (hash) => texts.has(hash),
    keepText: async ({ name, text }, breathe) => {
      const { codePoints, hash, encoding, byteOrderMark, newlinesChanged, replaced, cutOff, nulsRemoved, bytes } = text;
      const parts: string[] = [];
      for (let start = 0; start < codePoints.length; start += PART) {
        let part = '';
        for (const codePoint of codePoints.subarray(start, start + PART)) part += String.fromCodePoint(codePoint);
        parts.push(part);
        await breathe();
      }
      const facts = JSON.stringify({
        name,
        facts: { encoding, byteOrderMark, newlinesChanged, replaced, cutOff, nulsRemoved, bytes },
      });
      const stored: StoredText = { facts, checksum: checksum(facts), parts };
      await told(cabinet.put(textKey(hash), stored));
      texts.add(hash);
    },
    text: async (hash) => {
      const stored = whole<StoredText>(await told(cabinet.get(textKey(hash))), (value) => checksum(value.facts));
      if (stored === null) return null;
      const { name, facts } = JSON.parse(stored.facts) as {
        name: string;
        facts: Omit<DecodedText, 'codePoints' | 'hash'>;
      };
      const { codePoints, hash: found } = fromString(stored.parts.join(''));
      return found === hash ? { name, text: { ...facts, codePoints, hash } } : null;
    },
  };
};
