/** A text as the vault keeps it: what is known of it, and its characters as UTF-8 in a blob, which no memory has to hold. */
import { UTF8_BYTES, writeUtf8 } from '../model/text/hash';
import type { DecodedText } from '../model/text/types';
import { checksum } from './cards';
import { readWritten, type Pause } from './writtenText';
import { versionOf, type Form, type Found, type Record } from './records';

export interface KeptText {
  readonly name: string;
  readonly text: DecodedText;
}

export interface TextRecord extends Record {
  /** What is known of it beside its content, as JSON; the checksum is of that, since the content has its hash. */
  readonly facts: string;
  readonly content: Blob;
}

/** Code points that are written at a time. */
const PART = 1 << 18;

export const TEXTS: Form<TextRecord> = {
  migrations: [
    // The text was a list of strings, which no string can hold together where they are long.
    ({ parts, ...older }: Found): Found => ({ ...older, content: new Blob(parts as string[]) }),
  ],
  checksumOf: ({ facts }) => checksum(facts),
};

export const toTextRecord = async ({ name, text }: KeptText, pause: Pause): Promise<TextRecord> => {
  const { codePoints, encoding, byteOrderMark, newlinesChanged, replaced, cutOff, nulsRemoved, bytes } = text;
  const { length } = codePoints;
  const parts: Blob[] = [];
  const buffer = new Uint8Array(UTF8_BYTES * PART);
  for (let start = 0; start < length; start += PART) {
    // The browser keeps blobs, in files where they are large; all of it at once would stay in this program's memory.
    parts.push(new Blob([writeUtf8(codePoints.slice(start, start + PART), buffer)]));
    await pause(Math.min(1, (start + PART) / length));
  }
  const facts = JSON.stringify({
    name,
    facts: { encoding, byteOrderMark, newlinesChanged, replaced, cutOff, nulsRemoved, bytes },
  });
  return { version: versionOf(TEXTS), facts, checksum: checksum(facts), content: new Blob(parts) };
};

/** Null where the content is not the one of that hash. Rejects where the browser cannot read it. */
export const fromTextRecord = async (
  { facts: json, content }: TextRecord,
  hash: string,
  pause: Pause,
): Promise<KeptText | null> => {
  const { name, facts } = JSON.parse(json) as { name: string; facts: Omit<DecodedText, 'codePoints' | 'hash'> };
  if (!(content instanceof Blob) || content.size === 0) return null;
  const found = await readWritten(content, {}, pause);
  return found.hash === hash ? { name, text: { ...found, ...facts } } : null;
};
