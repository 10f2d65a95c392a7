/** Texts in encodings that nothing writes any more: the tables that decoders have, read backwards. */
import { readFileSync } from 'node:fs';
import type { Encoding } from '../../../src/model/text/types';

/** Characters of the bytes 80 to FF, as Chromium's decoders have them: an implementation of its own of the standard. */
const SINGLE_BYTE = JSON.parse(
  readFileSync(new URL('../../fixtures/encodings/single-byte.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, string>>;

export const SINGLE_BYTE_TABLES = SINGLE_BYTE;

const known = new Map<Encoding, Map<string, readonly number[]>>();

const singleByteTable = (characters: string): Map<string, readonly number[]> => {
  const table = new Map<string, readonly number[]>();
  for (let byte = 0; byte < 0x80; byte++) table.set(String.fromCharCode(byte), [byte]);
  Array.from(characters).forEach((character, k) => {
    if (character !== '\ufffd') table.set(character, [0x80 + k]);
  });
  return table;
};

/** Of encodings with characters of one and two bytes. */
const twoByteTable = (encoding: Encoding): Map<string, readonly number[]> => {
  const decoder = new TextDecoder(encoding, { fatal: true });
  const table = new Map<string, readonly number[]>();
  const add = (...bytes: number[]) => {
    try {
      const character = decoder.decode(Uint8Array.from(bytes));
      if (Array.from(character).length === 1 && !table.has(character)) table.set(character, bytes);
    } catch {
      // No character has these bytes.
    }
  };
  for (let byte = 0; byte < 0x100; byte++) add(byte);
  for (let lead = 0x81; lead < 0xff; lead++) for (let trail = 0x40; trail < 0xff; trail++) add(lead, trail);
  return table;
};

const tableOf = (encoding: Encoding): Map<string, readonly number[]> => {
  let table = known.get(encoding);
  if (table === undefined) {
    table = Object.hasOwn(SINGLE_BYTE, encoding) ? singleByteTable(SINGLE_BYTE[encoding]) : twoByteTable(encoding);
    known.set(encoding, table);
  }
  return table;
};

const encodeUtf16 = (text: string, isBig: boolean): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), !isBig);
  return bytes;
};

const encodeUtf32 = (text: string, isBig: boolean): Uint8Array<ArrayBuffer> => {
  const characters = Array.from(text);
  const bytes = new Uint8Array(characters.length * 4);
  const view = new DataView(bytes.buffer);
  characters.forEach((character, i) => {
    view.setUint32(4 * i, character.codePointAt(0) ?? 0, !isBig);
  });
  return bytes;
};

/** JIS X 0208 is what EUC-JP holds with the highest bits set (RFC 1468). */
const encodeIso2022Jp = (text: string): Uint8Array<ArrayBuffer> => {
  const bytes: number[] = [];
  let isWide = false;
  for (const character of text) {
    const code = tableOf('euc-jp').get(character);
    if (code === undefined) throw new Error(`iso-2022-jp has no ${character}`);
    if (code.length > 1 !== isWide) {
      isWide = !isWide;
      bytes.push(0x1b, ...(isWide ? [0x24, 0x42] : [0x28, 0x42]));
    }
    bytes.push(...code.map((byte) => byte & 0x7f));
  }
  if (isWide) bytes.push(0x1b, 0x28, 0x42);
  return Uint8Array.from(bytes);
};

/** In windows-1258 tones are marks of their own behind the letter. */
const toned = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/(.)(\u0323?)([\u0302\u0306\u031b])/gu, (_, letter: string, dot: string, shape: string) => {
      return `${(letter + shape).normalize('NFC')}${dot}`;
    });

/** What a text in that encoding says: windows-1258 writes accents apart, iso-8859-15 has no typographic apostrophe. */
export const asWritten = (text: string, encoding: Encoding): string => {
  if (encoding === 'iso-8859-15') return text.replaceAll('’', "'");
  return encoding === 'windows-1258' ? toned(text) : text;
};

/** @throws where the encoding does not have one of the characters */
export const encode = (text: string, encoding: Encoding): Uint8Array<ArrayBuffer> => {
  switch (encoding) {
    case 'utf-8':
      return new TextEncoder().encode(text);
    case 'utf-16le':
    case 'utf-16be':
      return encodeUtf16(text, encoding === 'utf-16be');
    case 'utf-32le':
    case 'utf-32be':
      return encodeUtf32(text, encoding === 'utf-32be');
    case 'iso-2022-jp':
      return encodeIso2022Jp(text);
    default: {
      const table = tableOf(encoding);
      return Uint8Array.from(
        Array.from(asWritten(text, encoding)).flatMap((character) => {
          const code = table.get(character);
          if (code === undefined) throw new Error(`${encoding} has no ${character}`);
          return code;
        }),
      );
    }
  }
};
