/** What shows in the bytes themselves, before anything is decoded: a byte order mark, or that they are no text. */
import type { Encoding } from './types';

export interface Detected {
  readonly encoding: Encoding;
  /** Length of the byte order mark, 0 where there is none. */
  readonly markBytes: number;
}

/** UTF-32 before UTF-16, whose mark is the beginning of its own. */
const MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-32le', [0xff, 0xfe, 0, 0]],
  ['utf-32be', [0, 0, 0xfe, 0xff]],
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

/** Bytes that are looked at in each of three places. */
const SAMPLE = 1 << 16;
/** Share of controls from which bytes are no text: compressed data has about 0.1. */
const CONTROLS = 0.02;
/** Share of NULs from which they are none: a text may have been joined with a few. */
const NULS = 0.25;

/** Controls that a text never has many of: those of C0 but NUL, tab, line feed, form feed, carriage return and escape. */
const isControl = (byte: number): boolean =>
  (byte < 0x20 && byte !== 0 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13 && byte !== 27) ||
  byte === 0x7f;

/** Whether bytes (not UTF-16 or UTF-32) are no text: many controls, or little but NULs, at the start, middle or end. */
export const isBinary = (bytes: Uint8Array): boolean => {
  const middle = Math.max(0, (bytes.length >> 1) - (SAMPLE >> 1));
  const end = Math.max(0, bytes.length - SAMPLE);
  return [...new Set([0, middle, end])].some((start) => {
    const sample = bytes.subarray(start, start + SAMPLE);
    let controls = 0;
    let nuls = 0;
    for (const byte of sample) {
      if (byte === 0) nuls++;
      else if (isControl(byte)) controls++;
    }
    return nuls > sample.length * NULS || controls > (sample.length - nuls) * CONTROLS;
  });
};
