/** Which encoding do these bytes have, and are they a text at all? Decided on bounded samples. */
import type { AnalyseResult } from 'chardet';
import { FailureError } from '../failures';
import type { Encoding } from './types';

export interface Detected {
  readonly encoding: Encoding;
  /** Length of the byte order mark, 0 where there is none. */
  readonly markBytes: number;
}

/** Bytes that a decision is based on. */
const SAMPLE = 1 << 16;
/** Share of control characters from which a file is no text. Compressed data has about 0.1. */
const CONTROL_SHARE = 0.02;

const MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
  ['gb18030', [0x84, 0x31, 0x95, 0x33]],
];

/** The byte order mark that the bytes begin with. */
export const byteOrderMark = (bytes: Uint8Array): Detected | null => {
  for (const [encoding, mark] of MARKS) {
    if (mark.every((byte, i) => bytes[i] === byte)) return { encoding, markBytes: mark.length };
  }
  return null;
};

/** Code units of the sample as text, or null where they are not valid; a character cut off at the end is forgiven. */
const tryDecode = (encoding: Encoding, sample: Uint8Array): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(sample, { stream: true });
  } catch {
    return null;
  }
};

/** Characters that a text never has many of: C0 controls but tab, line feed, form feed, carriage return and escape. */
const isControl = (unit: number): boolean =>
  (unit < 0x20 && unit !== 9 && unit !== 10 && unit !== 12 && unit !== 13 && unit !== 27) || unit === 0x7f;

/** Whether the bytes (not UTF-16) are no text: they hold NULs or many control characters at the start, middle or end. */
export const isBinary = (bytes: Uint8Array): boolean => {
  const middle = Math.max(0, (bytes.length >> 1) - (SAMPLE >> 1));
  const end = Math.max(0, bytes.length - SAMPLE);
  return [...new Set([0, middle, end])].some((start) => {
    const sample = bytes.subarray(start, start + SAMPLE);
    let controls = 0;
    for (const byte of sample) {
      if (byte === 0) return true;
      if (isControl(byte)) controls++;
    }
    return controls > sample.length * CONTROL_SHARE;
  });
};

/**
 * The stretches of the bytes that say something about the encoding: those around bytes above 0x7F, at most SAMPLE bytes
 * in all. They begin and end at a space or control character where there is one, which is never part of a longer
 * character.
 */
const tellingSample = (bytes: Uint8Array): Uint8Array => {
  const sample = new Uint8Array(SAMPLE);
  let used = 0;
  let position = 0;
  while (used < SAMPLE) {
    while (position < bytes.length && bytes[position] < 0x80) position++;
    if (position === bytes.length) break;
    let start = position;
    while (start > 0 && position - start < 64 && bytes[start - 1] > 0x20) start--;
    let end = Math.min(bytes.length, position + 1024);
    const limit = Math.min(bytes.length, end + (1 << 14));
    while (end < limit && bytes[end] > 0x20) end++;
    const stretch = bytes.subarray(start, Math.min(end, start + SAMPLE - used));
    sample.set(stretch, used);
    used += stretch.length;
    position = end;
  }
  return sample.subarray(0, used);
};

const isEverydayInUtf16 = (unit: number): boolean =>
  (unit >= 0x20 && unit < 0x250) ||
  unit === 9 ||
  unit === 10 ||
  unit === 13 ||
  (unit >= 0x370 && unit < 0x530) ||
  (unit >= 0x2010 && unit < 0x2040) ||
  (unit >= 0x3000 && unit < 0x3100) ||
  (unit >= 0x4e00 && unit < 0xa000) ||
  (unit >= 0xff00 && unit < 0xff70);

/**
 * UTF-16 without a mark: nearly all code units lie in everyday blocks, and spaces, newlines or Chinese punctuation stand
 * among them. (Without the second condition Latin text read in pairs would pass as Chinese.)
 */
const utf16Without = (bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null => {
  if (bytes.length % 2 !== 0) return null;
  const sample = bytes.subarray(0, SAMPLE);
  let best: 'utf-16le' | 'utf-16be' | null = null;
  let bestShare = 0.97;
  for (const encoding of ['utf-16le', 'utf-16be'] as const) {
    const text = tryDecode(encoding, sample);
    if (text === null || text.length === 0) continue;
    let everyday = 0;
    let separators = 0;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (isEverydayInUtf16(unit)) everyday++;
      if (unit === 0x20 || unit === 10 || (unit >= 0x3000 && unit < 0x3003) || unit === 0xff0c) separators++;
    }
    const share = everyday / text.length;
    if (share > bestShare && separators * 100 >= text.length) {
      best = encoding;
      bestShare = share;
    }
  }
  return best;
};

type MultiByte = 'gb18030' | 'big5' | 'shift_jis';

/**
 * Whether a two-byte character is an everyday one: punctuation, kana, or the first level of the character set, which
 * holds the frequent characters (GB 2312 rows 16-55, Big5 A440-C67E, JIS X 0208 rows 16-47).
 */
const isEveryday: Readonly<Record<MultiByte, (lead: number, trail: number) => boolean>> = {
  gb18030: (lead, trail) =>
    trail >= 0xa1 && (lead === 0xa1 || lead === 0xa3 || lead === 0xa4 || (lead >= 0xb0 && lead <= 0xd7)),
  big5: (lead) => lead === 0xa1 || (lead >= 0xa4 && lead <= 0xc6),
  shift_jis: (lead, trail) =>
    lead === 0x81 || (lead === 0x82 && trail >= 0x4f) || lead === 0x83 || (lead >= 0x88 && lead <= 0x97),
};

/** Share of the characters beyond ASCII that are everyday ones under `encoding`. */
const everydayShare = (encoding: MultiByte, sample: Uint8Array): number => {
  let all = 0;
  let everyday = 0;
  for (let i = 0; i < sample.length; i++) {
    const lead = sample[i];
    if (lead < 0x80) continue;
    all++;
    // JIS X 0201 half-width katakana are single bytes, and rare in texts.
    if (encoding === 'shift_jis' && lead >= 0xa1 && lead <= 0xdf) continue;
    if (isEveryday[encoding](lead, sample[i + 1])) everyday++;
    i++;
  }
  return all === 0 ? 0 : everyday / all;
};

/** Encodings that chardet knows and this program does not read, in scripts that none of ours could stand for. */
const FOREIGN = new Set(['EUC-KR', 'EUC-JP', 'KOI8-R', 'windows-1251', 'windows-1253', 'windows-1255', 'windows-1256']);

/** Share of well-formed sequences from which bytes are UTF-8 that was damaged. */
const DAMAGED_UTF8 = 0.9;

const isDamagedUtf8 = (sample: Uint8Array): boolean => {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(sample);
  let good = 0;
  let bad = 0;
  for (const character of text) {
    if (character === '\ufffd') bad++;
    else if (character > '\x7f') good++;
  }
  return good > DAMAGED_UTF8 * (good + bad);
};

/** chardet's statistics of frequent characters, handed in because few texts need them and they are large. */
export type Analyse = (sample: Uint8Array) => AnalyseResult;

/** An encoding other than UTF, by the sample's everyday characters and the statistics of frequent ones. */
const legacyEncoding = (sample: Uint8Array, analyse: Analyse): Encoding => {
  const matches = analyse(sample);
  const confidence = (name: string): number =>
    matches.find((match) => match.name.toLowerCase() === name)?.confidence ?? 0;
  let best: Encoding = 'windows-1252';
  let bestScore = 0;
  for (const encoding of ['gb18030', 'big5', 'shift_jis'] as const) {
    const share = everydayShare(encoding, sample);
    if (share < 0.6 || tryDecode(encoding, sample) === null) continue;
    const score = share + confidence(encoding) / 100;
    if (score > bestScore) {
      best = encoding;
      bestScore = score;
    }
  }
  const first = matches.at(0);
  if (first && FOREIGN.has(first.name) && first.confidence > Math.max(50, confidence(best))) {
    throw new FailureError({ code: 'text-undecodable', encoding: first.name });
  }
  return best;
};

/**
 * The encoding of a text's bytes, by its mark or by what they look like.
 *
 * @throws FailureError `text-binary`; `text-undecodable` where the encoding is recognised and is none of ours.
 */
export const detectEncoding = (bytes: Uint8Array, name: string, analyse: Analyse): Detected => {
  const marked = byteOrderMark(bytes);
  if (marked) return marked;
  const sample = tellingSample(bytes);
  const validUtf8 = tryDecode('utf-8', sample) !== null;
  const binary = isBinary(bytes);
  if (!validUtf8 || binary) {
    const wide = utf16Without(bytes);
    if (wide) return { encoding: wide, markBytes: 0 };
  }
  if (binary) throw new FailureError({ code: 'text-binary', name });
  const encoding = validUtf8 || isDamagedUtf8(sample) ? 'utf-8' : legacyEncoding(sample, analyse);
  return { encoding, markBytes: 0 };
};
