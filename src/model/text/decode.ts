/** From bytes, or a string, to a text: decoded strictly, newlines normalised, hashed. */
import { FailureError } from '../failures';
import { byteOrderMark, detectEncoding, isBinary } from './encoding';
import type { Analyse } from './encoding';
import { createTextHash } from './hash';
import type { Encoding, Text } from './types';

/** Largest text, in bytes. */
export const LIMIT_BYTES = 100_000_000;

/** Bytes decoded, or code units read, at a time. */
const CHUNK = 1 << 20;

const CR = 13;
const LF = 10;

/**
 * Bytes 0x80 to 0x9F of windows-1252 (the Encoding standard's index); the others are their own code points. Kept here
 * because some versions of Node decode them as ISO-8859-1.
 */
const WINDOWS_1252 =
  '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f' +
  '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

type ChunkDecoder = (bytes: Uint8Array, last: boolean) => string;

const windows1252: ChunkDecoder = (bytes) => {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += 4096) {
    const units = Array.from(bytes.subarray(start, start + 4096), (byte) =>
      byte >= 0x80 && byte < 0xa0 ? WINDOWS_1252.charCodeAt(byte - 0x80) : byte,
    );
    parts.push(String.fromCharCode(...units));
  }
  return parts.join('');
};

const createDecoder = (encoding: Encoding): ChunkDecoder => {
  if (encoding === 'windows-1252') return windows1252;
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  return (bytes, last) => {
    try {
      return decoder.decode(bytes, { stream: !last });
    } catch {
      throw new FailureError({ code: 'text-undecodable', encoding });
    }
  };
};

/** Number of characters that `bytes` hold at most: exact for UTF-8, where a character's first byte tells itself. */
const mostCharacters = (encoding: Encoding, bytes: Uint8Array): number => {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return Math.ceil(bytes.length / 2);
  if (encoding !== 'utf-8') return bytes.length;
  let characters = 0;
  for (const byte of bytes) if ((byte & 0xc0) !== 0x80) characters++;
  return characters;
};

/** Collects strings into code points, turning CR LF and CR into LF. */
const createCollector = (capacity: number) => {
  const codePoints = new Uint32Array(capacity);
  const hash = createTextHash();
  let length = 0;
  let hashed = 0;
  let newlinesChanged = 0;
  let afterCR = false;
  return {
    add(part: string): void {
      for (let i = 0; i < part.length; i++) {
        let codePoint = part.charCodeAt(i);
        if (codePoint >= 0xd800 && codePoint < 0xe000) {
          codePoint = part.codePointAt(i) ?? 0;
          if (codePoint >= 0x10000) i++;
          // Half of a pair on its own is no character: what the Encoding standard puts in its place.
          else codePoint = 0xfffd;
        }
        if (codePoint === LF && afterCR) {
          afterCR = false;
          continue;
        }
        afterCR = codePoint === CR;
        if (afterCR) newlinesChanged++;
        codePoints[length++] = afterCR ? LF : codePoint;
      }
      hash.update(codePoints.subarray(hashed, length));
      hashed = length;
    },
    finish(encoding: Encoding, hasMark: boolean, bytes: number): Text {
      if (length === 0) throw new FailureError({ code: 'text-empty' });
      return {
        // A view would keep a buffer alive that is up to four times as long.
        codePoints: length > 0.9 * capacity ? codePoints.subarray(0, length) : codePoints.slice(0, length),
        hash: hash.digest(),
        encoding,
        byteOrderMark: hasMark,
        newlinesChanged,
        bytes,
      };
    },
  };
};

/**
 * Decodes a file in steps, so that the caller can breathe between them: yields the share done, 0 to 1.
 *
 * `encoding`: what it is, or the statistics to detect it by. Code units above the limit are not read at all.
 *
 * @throws FailureError `text-empty`, `text-binary`, `text-undecodable`, `text-too-large`
 */
export function* decodeInSteps(
  bytes: Uint8Array,
  o: { readonly name: string; readonly encoding: Encoding | Analyse },
): Generator<number, Text> {
  if (bytes.length > LIMIT_BYTES) {
    throw new FailureError({ code: 'text-too-large', bytes: bytes.length, limit: LIMIT_BYTES });
  }
  if (bytes.length === 0) throw new FailureError({ code: 'text-empty' });
  const mark = byteOrderMark(bytes);
  const isWide = o.encoding === 'utf-16le' || o.encoding === 'utf-16be';
  if (typeof o.encoding === 'string' && !isWide && isBinary(bytes))
    throw new FailureError({ code: 'text-binary', name: o.name });
  const { encoding, markBytes } =
    typeof o.encoding === 'function'
      ? detectEncoding(bytes, o.name, o.encoding)
      : { encoding: o.encoding, markBytes: mark?.encoding === o.encoding ? mark.markBytes : 0 };

  const content = bytes.subarray(markBytes);
  const decode = createDecoder(encoding);
  const collector = createCollector(mostCharacters(encoding, content));
  for (let start = 0; start < content.length; start += CHUNK) {
    const end = start + CHUNK;
    collector.add(decode(content.subarray(start, end), end >= content.length));
    yield Math.min(1, end / content.length);
  }
  return collector.finish(encoding, markBytes > 0, bytes.length);
}

/** Decodes a file at once; see `decodeInSteps`. */
export const decode = (bytes: Uint8Array, o: Parameters<typeof decodeInSteps>[1]): Text => {
  const steps = decodeInSteps(bytes, o);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
};

/** Characters and UTF-8 bytes of a string. */
const measure = (text: string): { characters: number; bytes: number } => {
  let characters = 0;
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    characters++;
    bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3;
    if (unit >= 0xd800 && unit < 0xdc00 && (text.codePointAt(i) ?? 0) >= 0x10000) {
      bytes++;
      i++;
    }
  }
  return { characters, bytes };
};

/**
 * A text out of a string, as if it had come in UTF-8.
 *
 * @throws FailureError `text-empty`, `text-binary` (NULs), `text-too-large`
 */
export const fromString = (text: string): Text => {
  const { characters, bytes } = measure(text);
  if (bytes > LIMIT_BYTES) throw new FailureError({ code: 'text-too-large', bytes, limit: LIMIT_BYTES });
  if (text.includes('\0')) throw new FailureError({ code: 'text-binary', name: '' });
  const collector = createCollector(characters);
  for (let start = 0; start < text.length;) {
    let end = Math.min(text.length, start + CHUNK);
    // Not between the halves of a pair.
    if (end < text.length && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800) end++;
    collector.add(text.slice(start, end));
    start = end;
  }
  return collector.finish('utf-8', false, bytes);
};
