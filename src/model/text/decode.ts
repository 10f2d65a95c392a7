/** From bytes, or a string, to a text: decoded, newlines normalised, hashed; what could not be read is counted. */
import { FailureError } from '../failures';
import { byteOrderMark, isBinary, type Detected } from './bytes';
import { CodePointCollector } from './codePoints';
import { createDecoder, expectedCharacters, isUndecodable, REPLACEMENT, writtenReplacements } from './decoders';
import { createTextHash } from './hash';
import type { Encoding, DecodedText } from './types';

/** Largest text, in bytes. */
export const LIMIT_BYTES = 100_000_000;

/** Bytes decoded, or code units read, at a time; a multiple of every width that characters have. */
const CHUNK = 1 << 20;
/** Bytes whose characters are counted at a time; a multiple of them too. */
const COUNTED = 1 << 24;

const LF = 10;
const CR = 13;
const NUL = 0;

interface Source {
  readonly encoding: Encoding;
  readonly byteOrderMark: boolean;
  readonly bytes: number;
  readonly cutOff: boolean;
  /** How many U+FFFD were in what was read, and stand for nothing else. */
  readonly written: number;
}

/** Collects strings into a text, turning CR LF and CR into LF; `removeNuls`: NULs are left out, else refused. */
export const createCollector = (expected: number, removeNuls: boolean) => {
  const collected = new CodePointCollector(expected);
  const hash = createTextHash();
  let newlinesChanged = 0;
  let nuls = 0;
  let replacements = 0;
  let beyondAscii = 0;
  let afterCR = false;
  /** Of a part's code points: memory anew for each of hundreds would be garbage of several times the text. */
  let room = new Uint32Array(0);

  return {
    /** How many U+FFFD, and how many characters beyond ASCII, there are so far. */
    counted: () => ({ replacements, beyondAscii }),
    add(part: string): void {
      if (part.length > room.length) room = new Uint32Array(part.length);
      let length = 0;
      for (let i = 0; i < part.length; i++) {
        let codePoint = part.charCodeAt(i);
        if (codePoint > 0x7f) {
          beyondAscii++;
          if (codePoint >= 0xd800 && codePoint < 0xe000) {
            codePoint = part.codePointAt(i) ?? 0;
            if (codePoint >= 0x10000) i++;
            // Half of a pair on its own is no character: what the Encoding standard puts in its place.
            else codePoint = 0xfffd;
          }
          if (codePoint === 0xfffd) replacements++;
        } else if (codePoint === NUL) {
          nuls++;
          if (removeNuls) continue;
        } else if (codePoint === LF && afterCR) {
          afterCR = false;
          continue;
        }
        afterCR = codePoint === CR;
        if (afterCR) newlinesChanged++;
        room[length++] = afterCR ? LF : codePoint;
      }
      const added = room.subarray(0, length);
      hash.update(added);
      collected.add(added);
    },
    /** @throws FailureError `text-empty`, `text-with-nuls` */
    finish({ written, ...source }: Source): DecodedText {
      if (nuls > 0 && !removeNuls) throw new FailureError({ code: 'text-with-nuls', count: nuls });
      if (collected.length === 0) throw new FailureError({ code: 'text-empty' });
      return {
        codePoints: collected.finish(),
        hash: hash.digest(),
        newlinesChanged,
        replaced: Math.max(0, replacements - written),
        nulsRemoved: nuls,
        ...source,
      };
    },
  };
};

/**
 * Finds the encoding of bytes that do not say it.
 *
 * @throws FailureError `text-binary`, `text-encoding-unclear`
 */
export type Detect = (bytes: Uint8Array, name: string) => Detected;

const encodingOf = (bytes: Uint8Array, { name, encoding }: Parameters<typeof decodeInSteps>[1]): Detected => {
  const mark = byteOrderMark(bytes);
  if (typeof encoding === 'function') return mark ?? encoding(bytes, name);
  if (!encoding.startsWith('utf-16') && !encoding.startsWith('utf-32') && isBinary(bytes)) {
    throw new FailureError({ code: 'text-binary', name });
  }
  return { encoding, markBytes: mark?.encoding === encoding ? mark.markBytes : 0 };
};

/**
 * Decodes a file in steps, so that the caller can breathe between them: yields the share done, 0 to 1.
 *
 * Bytes that make no character become U+FFFD, and are counted; of a character that the bytes end in, nothing stays.
 *
 * @param o.encoding what it is, or how to find out
 * @throws FailureError `text-empty`, `text-binary`, `text-with-nuls`, `text-undecodable`, `text-too-large`; what `Detect` throws
 */
export function* decodeInSteps(
  bytes: Uint8Array,
  o: { readonly name: string; readonly encoding: Encoding | Detect; readonly removeNuls?: boolean },
): Generator<number, DecodedText> {
  if (bytes.length > LIMIT_BYTES) {
    throw new FailureError({ code: 'text-too-large', bytes: bytes.length, limit: LIMIT_BYTES });
  }
  if (bytes.length === 0) throw new FailureError({ code: 'text-empty' });
  const { encoding, markBytes } = encodingOf(bytes, o);
  const content = bytes.subarray(markBytes);
  const decoder = createDecoder(encoding);
  let expected = 0;
  for (let start = 0; start < content.length; start += COUNTED) {
    expected += expectedCharacters(encoding, content.subarray(start, start + COUNTED));
    yield 0;
  }
  const collector = createCollector(expected, o.removeNuls === true);
  let written = 0;
  for (let start = 0; start < content.length; start += CHUNK) {
    const end = Math.min(content.length, start + CHUNK);
    const before = collector.counted().replacements;
    collector.add(decoder.push(content.subarray(start, end)));
    if (collector.counted().replacements > before) written += writtenReplacements(encoding, content, start, end);
    yield end / content.length;
  }
  const source = { encoding, byteOrderMark: markBytes > 0, bytes: bytes.length, cutOff: decoder.end(), written };
  const text = collector.finish(source);
  if (isUndecodable(text.replaced, text.codePoints.length, collector.counted().beyondAscii)) {
    throw new FailureError({ code: 'text-undecodable', encoding });
  }
  return text;
}

/** Decodes a file at once; see `decodeInSteps`. */
export const decode = (bytes: Uint8Array, o: Parameters<typeof decodeInSteps>[1]): DecodedText => {
  const steps = decodeInSteps(bytes, o);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
};

/** Characters and UTF-8 bytes of a string. */
const sizesOf = (text: string): { characters: number; bytes: number } => {
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
 * @throws FailureError `text-empty`, `text-with-nuls`, `text-too-large`
 */
export const fromString = (text: string, o: { readonly removeNuls?: boolean } = {}): DecodedText => {
  const { characters, bytes } = sizesOf(text);
  if (bytes > LIMIT_BYTES) throw new FailureError({ code: 'text-too-large', bytes, limit: LIMIT_BYTES });
  const collector = createCollector(characters, o.removeNuls === true);
  let written = 0;
  for (let start = 0; start < text.length;) {
    let end = Math.min(text.length, start + CHUNK);
    // Not between the halves of a pair.
    if (end < text.length && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800) end++;
    const part = text.slice(start, end);
    collector.add(part);
    written += part.split(REPLACEMENT).length - 1;
    start = end;
  }
  return collector.finish({ encoding: 'utf-8', byteOrderMark: false, bytes, cutOff: false, written });
};
