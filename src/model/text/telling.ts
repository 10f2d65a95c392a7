/** The parts of a text's bytes that tell readings apart: those beyond ASCII, with what stands around them. */
import type { Reading } from '../failures';
import { createDecoder } from './decoders';
import type { Encoding } from './types';

/** The sample is made of so many stretches at most, spread over the text, each of so many bytes or up to the next space. */
const STRETCHES = 24;
const STRETCH = 1024;
/** How far a space is looked for: before a stretch, behind it, and where one may begin in the midst of a text. */
const BACK = 64;
const ON = 1 << 12;

const ESCAPE = 0x1b;
const NEWLINE = 0x0a;

/** A byte of a character beyond ASCII, or the escape that some encodings begin such characters with. */
const isTelling = (byte: number): boolean => byte > 0x7f || byte === ESCAPE;

/** Spaces and controls are never part of a longer character. */
const isSeparator = (byte: number): boolean => byte <= 0x20 && byte !== ESCAPE;

/** From `from` on, the next place behind a separator; null where there is none near. */
const behindSeparator = (bytes: Uint8Array, from: number): number | null => {
  for (let i = from; i < Math.min(bytes.length, from + ON); i++) if (isSeparator(bytes[i])) return i + 1;
  return null;
};

/** A bounded sample of the stretches around telling bytes, one a line; empty where all is ASCII. */
export const tellingSample = (bytes: Uint8Array): Uint8Array => {
  const sample: number[] = [];
  let position = 0;
  for (let stretch = 0; stretch < STRETCHES; stretch++) {
    const slot = Math.floor((stretch * bytes.length) / STRETCHES);
    if (slot > position) position = behindSeparator(bytes, slot) ?? position;
    while (position < bytes.length && !isTelling(bytes[position])) position++;
    if (position === bytes.length) break;
    let start = position;
    while (start > 0 && position - start < BACK && !isSeparator(bytes[start - 1])) start--;
    let end = Math.min(bytes.length, position + STRETCH);
    const limit = Math.min(bytes.length, end + ON);
    while (end < limit && !isSeparator(bytes[end])) end++;
    // Where a stretch has to end within a word, not within a character of UTF-8.
    for (let k = 0; k < 3 && end < bytes.length && (bytes[end] & 0xc0) === 0x80; k++) end--;
    for (let i = start; i < end; i++) sample.push(bytes[i]);
    sample.push(NEWLINE);
    position = end;
  }
  return Uint8Array.from(sample);
};

/** How many lines are shown, of how many characters, and how many of them stand before the first that tells. */
const LINES = 3;
const LINE = 40;
const LEAD = 14;

/** Index of the first character in which lines differ from the first of them; its length where there is none. */
const firstDifference = ([first, ...others]: readonly (readonly string[])[]): number => {
  let index = 0;
  while (index < first.length && others.every((other) => other[index] === first[index])) index++;
  return index;
};

const cut = (line: readonly string[], telling: number): string => {
  const start = telling > LEAD + 2 ? telling - LEAD : 0;
  const shown = line.slice(start, start + LINE).join('');
  return `${start > 0 ? '…' : ''}${shown}${start + LINE < line.length ? '…' : ''}`;
};

/** The first lines of a sample that the encodings read differently, as each reads them. */
export const tellingLines = (sample: Uint8Array, encodings: readonly Encoding[]): Reading[] => {
  const texts = encodings.map((encoding) => createDecoder(encoding).push(sample).split('\n'));
  const shown = encodings.map((): string[] => []);
  for (let k = 0; shown[0].length < LINES && texts.some((lines) => k < lines.length); k++) {
    const lines = texts.map((text) => Array.from(text[k]?.trim() ?? ''));
    const telling = firstDifference(lines);
    if (telling === lines[0].length && lines.every(({ length }) => length === telling)) continue;
    const cuts = lines.map((line) => cut(line, telling));
    if (!shown[0].includes(cuts[0])) cuts.forEach((line, e) => shown[e].push(line));
  }
  return encodings.map((encoding, e) => ({ encoding, lines: shown[e] }));
};
