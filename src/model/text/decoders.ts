/** From bytes to characters in every encoding: whatever makes no character becomes U+FFFD, as the Encoding standard has it. */
import { FailureError } from '../failures';
import type { Encoding } from './types';

export const REPLACEMENT = '\ufffd';

export interface Decoder {
  /** Characters of the next bytes, as far as they are complete. */
  push(bytes: Uint8Array): string;
  /** No more bytes come: says whether the last character was cut off; what there was of it is left out. */
  end(): boolean;
}

/**
 * Of encodings with a byte a character: what stands from a byte on where the decoder of some versions of Node differs
 * from the Encoding standard, by which browsers go.
 */
const CORRECTIONS: Partial<Readonly<Record<Encoding, Readonly<Record<number, string>>>>> = {
  ibm866: { 0x1a: '\u001a', 0x1c: '\u001c', 0x7f: '\u007f' },
  'iso-8859-16': {
    0x80: Array.from({ length: 0x21 }, (_, k) => String.fromCharCode(0x80 + k)).join(''),
    0xa1: 'ĄąŁ€„Š§š©Ș«Ź\u00adźŻ°±ČłŽ”¶·žčș»ŒœŸż',
    0xc0: 'ÀÁÂĂÄĆÆÇÈÉÊËÌÍÎÏĐŃÒÓÔŐÖŚŰÙÚÛÜĘȚßàáâăäćæçèéêëìíîïđńòóôőöśűùúûüęțÿ',
  },
  'koi8-u': { 0xae: 'ў', 0xbe: 'Ў' },
  'windows-874': { 0xdb: REPLACEMENT.repeat(4), 0xfc: REPLACEMENT.repeat(4) },
  'windows-1252': {
    0x80: '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f',
    0x90: '\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178',
  },
  'windows-1253': { 0xaa: REPLACEMENT },
  'windows-1255': { 0xca: '\u05ba' },
};

const MULTI_BYTE: ReadonlySet<Encoding> = new Set<Encoding>([
  'utf-8',
  'utf-16le',
  'utf-16be',
  'gb18030',
  'big5',
  'shift_jis',
  'euc-jp',
  'iso-2022-jp',
  'euc-kr',
]);

/** @throws FailureError `text-undecodable` where this browser does not know the encoding */
const open = (encoding: Encoding): TextDecoder => {
  try {
    return new TextDecoder(encoding, { ignoreBOM: true });
  } catch {
    throw new FailureError({ code: 'text-undecodable', encoding });
  }
};

/** UTF-16 code units as a string, which is faster than `String.fromCharCode`. */
const fromUnits = (units: Uint16Array): string => new TextDecoder('utf-16le', { ignoreBOM: true }).decode(units);

const multiByte = (encoding: Encoding): Decoder => {
  const decoder = open(encoding);
  return {
    push: (bytes) => decoder.decode(bytes, { stream: true }),
    end: () => decoder.decode() !== '',
  };
};

/** The characters of an encoding with a byte a character, as code units: [256]. */
const tableOf = (encoding: Encoding): Uint16Array => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
  // The one that some versions of Node do not have at all.
  const characters = encoding === 'iso-8859-16' ? null : open(encoding).decode(bytes);
  const units = Uint16Array.from(bytes, (byte) => characters?.charCodeAt(byte) ?? byte);
  for (const [from, corrected] of Object.entries(CORRECTIONS[encoding] ?? {})) {
    for (let k = 0; k < corrected.length; k++) units[Number(from) + k] = corrected.charCodeAt(k);
  }
  return units;
};

const singleByte = (encoding: Encoding): Decoder => {
  const table = tableOf(encoding);
  return {
    push: (bytes) => {
      const units = new Uint16Array(bytes.length);
      for (let i = 0; i < bytes.length; i++) units[i] = table[bytes[i]];
      return fromUnits(units);
    },
    end: () => false,
  };
};

/** UTF-32, which browsers do not read. */
const utf32 = (littleEndian: boolean): Decoder => {
  /** Bytes of a character that is not complete. */
  let rest = new Uint8Array(0);
  return {
    push: (bytes) => {
      const all = new Uint8Array(rest.length + bytes.length);
      all.set(rest);
      all.set(bytes, rest.length);
      const complete = all.length - (all.length % 4);
      rest = all.slice(complete);
      const view = new DataView(all.buffer);
      const units = new Uint16Array(complete / 2);
      let length = 0;
      for (let i = 0; i < complete; i += 4) {
        const codePoint = view.getUint32(i, littleEndian);
        if (codePoint > 0xffff && codePoint <= 0x10ffff) {
          units[length++] = 0xd7c0 + (codePoint >> 10);
          units[length++] = 0xdc00 + (codePoint & 0x3ff);
        } else {
          const isCharacter = codePoint < 0xd800 || (codePoint >= 0xe000 && codePoint <= 0xffff);
          units[length++] = isCharacter ? codePoint : 0xfffd;
        }
      }
      return fromUnits(units.subarray(0, length));
    },
    end: () => rest.length > 0,
  };
};

/** @throws FailureError `text-undecodable` where this browser does not know the encoding */
export const createDecoder = (encoding: Encoding): Decoder => {
  if (encoding === 'utf-32le' || encoding === 'utf-32be') return utf32(encoding === 'utf-32le');
  return MULTI_BYTE.has(encoding) ? multiByte(encoding) : singleByte(encoding);
};

/**
 * Whether so much of a text makes no character that it was not written in this encoding: of all its characters, and of
 * those beyond ASCII.
 */
export const isUndecodable = (replaced: number, all: number, beyondAscii: number): boolean =>
  replaced > 0.02 * all && replaced > 0.25 * beyondAscii;

/** The bytes that U+FFFD itself has, and a length that no character's place is off from. */
const ENCODED_REPLACEMENT: Partial<Readonly<Record<Encoding, readonly [step: number, bytes: readonly number[]]>>> = {
  'utf-8': [1, [0xef, 0xbf, 0xbd]],
  'utf-16le': [2, [0xfd, 0xff]],
  'utf-16be': [2, [0xff, 0xfd]],
  'utf-32le': [4, [0xfd, 0xff, 0, 0]],
  'utf-32be': [4, [0, 0, 0xff, 0xfd]],
  gb18030: [1, [0x84, 0x31, 0xa4, 0x37]],
};

/** How often U+FFFD itself is written from `start` on and before `end`: such a text was damaged before it came here. */
export const writtenReplacements = (encoding: Encoding, bytes: Uint8Array, start: number, end: number): number => {
  const [step, pattern] = ENCODED_REPLACEMENT[encoding] ?? [1, []];
  if (pattern.length === 0) return 0;
  let count = 0;
  for (let i = start; i < end; i += step) if (pattern.every((byte, k) => bytes[i + k] === byte)) count++;
  return count;
};

/** Number of characters that `bytes` are likely to hold: exact for UTF-8 that is well-formed and for characters of one width. */
export const expectedCharacters = (encoding: Encoding, bytes: Uint8Array): number => {
  if (encoding.startsWith('utf-16')) return Math.ceil(bytes.length / 2);
  if (encoding.startsWith('utf-32')) return Math.ceil(bytes.length / 4);
  if (!MULTI_BYTE.has(encoding)) return bytes.length;
  let characters = 0;
  if (encoding === 'utf-8') for (const byte of bytes) characters += (byte & 0xc0) === 0x80 ? 0 : 1;
  else for (const byte of bytes) characters += byte < 0x80 ? 2 : 1;
  return encoding === 'utf-8' ? characters : Math.ceil(characters / 2);
};
