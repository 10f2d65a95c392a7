/** Bytes become a text, or a failure that says why not. */
import { createHash } from 'node:crypto';
import { analyse } from 'chardet';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../src/model/failures';
import type { FailureCode } from '../../../src/model/failures';
import { decode, decodeInSteps, fromString, LIMIT_BYTES } from '../../../src/model/text/decode';
import type { Encoding, Text } from '../../../src/model/text/types';

const fixture = (name: string): Uint8Array =>
  readFileSync(new URL(`../../fixtures/encodings/${name}.txt`, import.meta.url));

const toString = ({ codePoints }: Text): string => Array.from(codePoints, (c) => String.fromCodePoint(c)).join('');

const detect = (bytes: Uint8Array): Text => decode(bytes, { name: 'a file', encoding: analyse });

const failureOf = (action: () => unknown): FailureCode | null => {
  try {
    action();
  } catch (error) {
    if (error instanceof FailureError) return error.failure.code;
    throw error;
  }
  return null;
};

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

const utf16 = (text: string, isBig: boolean): Uint8Array => {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(2 * i, text.charCodeAt(i), !isBig);
  return bytes;
};

describe('detection of encodings', () => {
  it.each<[string, string, Encoding]>([
    ['gbk', 'chinese.utf-8', 'gb18030'],
    ['big5', 'traditional.utf-8', 'big5'],
    ['shift_jis', 'japanese.utf-8', 'shift_jis'],
    ['windows-1252', 'french.utf-8', 'windows-1252'],
    ['utf-16le', 'chinese.utf-8', 'utf-16le'],
    ['utf-16be', 'french.utf-8', 'utf-16be'],
    ['japanese.utf-8', 'japanese.utf-8', 'utf-8'],
  ])('reads %s.txt as its twin in UTF-8', (name, twin, encoding) => {
    const text = detect(fixture(name));
    expect(text.encoding).toBe(encoding);
    expect(toString(text)).toBe(new TextDecoder().decode(fixture(twin)));
    expect(text.hash).toBe(detect(fixture(twin)).hash);
    expect(text.byteOrderMark).toBe(false);
  });

  it.each<[string, string, Encoding]>([
    ['gbk', 'chinese.utf-8', 'gb18030'],
    ['big5', 'traditional.utf-8', 'big5'],
    ['shift_jis', 'japanese.utf-8', 'shift_jis'],
  ])('needs no more than the first sentence of %s.txt', (name, twin, encoding) => {
    const [sentence] = new TextDecoder().decode(fixture(twin)).split('。');
    const bytes = fixture(name).subarray(0, 2 * sentence.length);
    const text = detect(bytes);
    expect(text.encoding).toBe(encoding);
    expect(toString(text)).toBe(sentence);
  });

  it('finds the encoding of a long text that begins in ASCII', () => {
    const bytes = Buffer.concat([Buffer.from('plain words\n'.repeat(30_000)), fixture('gbk')]);
    expect(detect(bytes).encoding).toBe('gb18030');
  });

  it('takes the byte order mark away and says so', () => {
    const bytes = Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0x62);
    expect(detect(bytes)).toMatchObject({ encoding: 'utf-8', byteOrderMark: true, bytes: 5 });
    expect(toString(detect(bytes))).toBe('ab');
    const wide = Uint8Array.of(0xff, 0xfe, ...utf16('水 ab', false));
    expect(detect(wide)).toMatchObject({ encoding: 'utf-16le', byteOrderMark: true });
    expect(toString(detect(wide))).toBe('水 ab');
    expect(toString(decode(wide, { name: '', encoding: 'utf-16le' }))).toBe('水 ab');
  });

  it('reads whatever UTF-8 and UTF-16 with a mark hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (raw) => {
        const text = `${raw.replaceAll(/\p{Cc}/gu, '')}.`;
        expect(toString(decode(utf8(text), { name: '', encoding: 'utf-8' }))).toBe(text.replace(/^\ufeff/, ''));
        const marked = Uint8Array.of(0xfe, 0xff, ...utf16(text, true));
        expect(toString(detect(marked))).toBe(text);
      }),
    );
  });

  it('obeys the encoding that it is told', () => {
    const bytes = fixture('gbk');
    expect(decode(bytes, { name: '', encoding: 'windows-1252' }).codePoints).toHaveLength(bytes.length);
    expect(failureOf(() => decode(bytes, { name: '', encoding: 'utf-8' }))).toBe('text-undecodable');
  });

  it('reads the characters of four bytes of GB18030', () => {
    const bytes = Buffer.concat([fixture('gbk'), Uint8Array.of(0x95, 0x34, 0xb2, 0x35)]);
    expect(detect(bytes).codePoints.at(-1)).toBe('𠮷'.codePointAt(0));
  });

  it('decodes all of windows-1252', () => {
    const bytes = Uint8Array.of(0x80, 0x85, 0x93, 0x94, 0x9f, 0xa0, 0xe9, 0xff);
    expect(toString(decode(bytes, { name: '', encoding: 'windows-1252' }))).toBe('€…“”Ÿ\u00a0éÿ');
  });
});

describe('decoding', () => {
  it('makes every newline LF and counts those it changed', () => {
    const text = detect(utf8('a\r\nb\rc\nd\r\r\n'));
    expect(toString(text)).toBe('a\nb\nc\nd\n\n');
    expect(text.newlinesChanged).toBe(4);
    expect(fromString('a\r\nb\rc\nd\r\r\n')).toMatchObject({ hash: text.hash, newlinesChanged: 4 });
  });

  it('is not disturbed by where its pieces end', () => {
    // Characters of 1 to 4 bytes and CR LF, longer than a piece, in every alignment.
    const unit = 'aé水𝄞\r\n';
    for (let shift = 0; shift < 6; shift++) {
      const text = 'x'.repeat(shift) + unit.repeat(100_000);
      const expected = text.replaceAll('\r\n', '\n');
      const decoded = detect(utf8(text));
      expect(decoded.codePoints).toHaveLength(Array.from(expected).length);
      expect(decoded.hash).toBe(createHash('sha256').update(expected).digest('hex').slice(0, 16));
      expect(fromString(text).hash).toBe(decoded.hash);
    }
  });

  it('says how far it is', () => {
    const steps = [...decodeInSteps(new Uint8Array(5_000_000).fill(97), { name: '', encoding: analyse })];
    expect(steps.length).toBeGreaterThan(3);
    expect(steps.at(-1)).toBe(1);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });

  it('names a text by the SHA-256 of its UTF-8', () => {
    expect(fromString('水 ½ 𝄞\n').hash).toBe(createHash('sha256').update('水 ½ 𝄞\n').digest('hex').slice(0, 16));
  });

  it('puts a replacement character for half a surrogate pair', () => {
    expect(toString(fromString('a\ud800b'))).toBe('a\ufffdb');
  });
});

describe('what is no text', () => {
  it.each<[string, Uint8Array]>([
    ['zeros', new Uint8Array(500)],
    ['a compressed file', gzipSync(Buffer.from(Array.from({ length: 5000 }, (_, i) => String(i * i)).join(' ')))],
    ['the header of a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82)],
    ['a text with a NUL', utf8(`${'some words '.repeat(20)}\0`)],
  ])('refuses %s as binary', (_, bytes) => {
    expect(failureOf(() => detect(bytes))).toBe('text-binary');
    expect(failureOf(() => decode(bytes, { name: '', encoding: 'utf-8' }))).toBe('text-binary');
  });

  it('refuses UTF-8 that was damaged, by name, instead of reading it as something else', () => {
    const bytes = Buffer.from('水流心不競，雲在意俱遲。'.repeat(50));
    bytes[600] = 0xff;
    expect(() => detect(bytes)).toThrow(
      expect.objectContaining({ failure: { code: 'text-undecodable', encoding: 'utf-8' } }) as Error,
    );
  });

  it('refuses nothing at all, and too much', () => {
    expect(failureOf(() => detect(new Uint8Array(0)))).toBe('text-empty');
    expect(failureOf(() => detect(Uint8Array.of(0xef, 0xbb, 0xbf)))).toBe('text-empty');
    expect(failureOf(() => fromString(''))).toBe('text-empty');
    expect(failureOf(() => detect(new Uint8Array(LIMIT_BYTES + 1)))).toBe('text-too-large');
    expect(failureOf(() => fromString('水'.repeat(Math.ceil(LIMIT_BYTES / 3) + 1)))).toBe('text-too-large');
    expect(failureOf(() => fromString('a\0b'))).toBe('text-binary');
  });
});
