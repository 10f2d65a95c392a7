/** Bytes become a text, or a failure that says why not. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../src/model/failures';
import type { FailureCode } from '../../../src/model/failures';
import { decode, decodeInSteps, fromString, LIMIT_BYTES } from '../../../src/model/text/decode';
import { detectEncoding } from '../../../src/model/text/detect';
import type { Encoding, DecodedText } from '../../../src/model/text/types';
import { createWrittenReader } from '../../../src/model/text/written';
import { encode } from '../support/encode';

const fixture = (name: string): Uint8Array =>
  readFileSync(new URL(`../../fixtures/encodings/${name}.txt`, import.meta.url));

const toString = ({ codePoints }: DecodedText): string =>
  Array.from(codePoints, (c) => String.fromCodePoint(c)).join('');

const detect = (bytes: Uint8Array): DecodedText => decode(bytes, { name: 'a file', encoding: detectEncoding });

const failureOf = (action: () => unknown): FailureCode | null => {
  try {
    action();
  } catch (error) {
    if (error instanceof FailureError) return error.failure.code;
    throw error;
  }
  return null;
};

const utf8 = (text: string): Uint8Array => encode(text, 'utf-8');

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
    const wide = Uint8Array.of(0xff, 0xfe, ...encode('水 ab', 'utf-16le'));
    expect(detect(wide)).toMatchObject({ encoding: 'utf-16le', byteOrderMark: true });
    expect(toString(detect(wide))).toBe('水 ab');
    expect(toString(decode(wide, { name: '', encoding: 'utf-16le' }))).toBe('水 ab');
  });

  it('reads whatever UTF-8 and UTF-16 with a mark hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (raw) => {
        const text = `${raw.replaceAll(/\p{Cc}/gu, '')}.`;
        expect(toString(decode(utf8(text), { name: '', encoding: 'utf-8' }))).toBe(text.replace(/^\ufeff/, ''));
        const marked = Uint8Array.of(0xfe, 0xff, ...encode(text, 'utf-16be'));
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
    const steps = [...decodeInSteps(new Uint8Array(5_000_000).fill(97), { name: '', encoding: detectEncoding })];
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

describe('a text that was written in UTF-8 from a string', () => {
  const readIn = (text: string, slice: number, o: { removeNuls?: boolean } = {}): DecodedText => {
    const bytes = utf8(text);
    const reader = createWrittenReader(bytes.length, o);
    for (let k = 0; k < bytes.length; k += slice) reader.push(bytes.subarray(k, k + slice));
    return reader.finish();
  };

  it('is the same as the string, wherever it is cut', () => {
    const text = '\ufeffnaïve 😀\r\n水山\r\ufffd end';
    for (const slice of [1, 2, 3, 5, 100]) expect(readIn(text, slice)).toEqual(fromString(text));
    expect(readIn('a\0b', 1, { removeNuls: true })).toEqual(fromString('a\0b', { removeNuls: true }));
  });

  it('is refused as the string is', () => {
    expect(failureOf(() => readIn('a\0b', 1))).toBe('text-with-nuls');
    expect(failureOf(() => readIn('', 1))).toBe('text-empty');
    expect(failureOf(() => createWrittenReader(LIMIT_BYTES + 1))).toBe('text-too-large');
  });
});

describe('what cannot be read whole', () => {
  const WATER = '水流心不競，雲在意俱遲。\n'.repeat(50);

  it('is read with U+FFFD in place of what makes no character, and counted', () => {
    const bytes = encode(WATER, 'utf-8');
    bytes[600] = 0xff;
    bytes[1200] = 0xff;
    const text = detect(bytes);
    expect(text).toMatchObject({ encoding: 'utf-8', cutOff: false });
    expect(text.replaced).toBe(toString(text).split('\ufffd').length - 1);
    // Two characters were hit, each in one of its three bytes.
    expect(text.replaced).toBeGreaterThanOrEqual(2);
    expect(toString(text).replaceAll('\ufffd', '')).toHaveLength(WATER.length - 2);
  });

  it('is read in every encoding alike, from the bytes to the count', () => {
    const big5 = encode(WATER, 'big5');
    big5[2 * 12 * 10] = 0xff;
    expect(decode(big5, { name: '', encoding: 'big5' }).replaced).toBeGreaterThan(0);
    const greek = Uint8Array.of(...encode('Ο παλιός μύλος. '.repeat(10), 'windows-1253'), 0xaa, 0xd2);
    expect(decode(greek, { name: '', encoding: 'windows-1253' }).replaced).toBe(2);
    const wide = encode('Ο παλιός μύλος. '.repeat(10), 'utf-32le');
    wide.set([0xff, 0xff, 0xff, 0xff], 40);
    expect(decode(wide, { name: '', encoding: 'utf-32le' }).replaced).toBe(1);
  });

  it('is not what was damaged before it came here', () => {
    const text = detect(utf8(`${'水 '.repeat(40)}\ufffd\ufffd`));
    expect(text.replaced).toBe(0);
    expect(toString(text).endsWith('\ufffd\ufffd')).toBe(true);
    expect(fromString('水\ufffd').replaced).toBe(0);
    expect(fromString('水\ud800').replaced).toBe(1);
  });

  it('keeps all that comes behind it, however much more that is than was expected', () => {
    // A byte that only goes on with a character is counted as none, and becomes one.
    const bytes = Uint8Array.of(...utf8('水'.repeat(3000)), ...new Array<number>(200).fill(0x80), ...utf8('山'));
    const text = decode(bytes, { name: '', encoding: 'utf-8' });
    expect(text.codePoints).toHaveLength(3201);
    expect(text.codePoints.at(-1)).toBe('山'.codePointAt(0));
  });

  it.each<Encoding>([
    'utf-8',
    'utf-16le',
    'utf-16be',
    'utf-32le',
    'utf-32be',
    'gb18030',
    'big5',
    'shift_jis',
    'euc-jp',
    'euc-kr',
  ])('leaves out the last character of %s where it was cut off, and says so', (encoding) => {
    const bytes = encode('山水一白花'.repeat(30), encoding);
    const text = decode(bytes.subarray(0, -1), { name: '', encoding });
    expect(text).toMatchObject({ cutOff: true, replaced: 0 });
    expect(toString(text)).toBe('山水一白花'.repeat(30).slice(0, -1));
    expect(decode(bytes, { name: '', encoding }).cutOff).toBe(false);
  });

  it('is refused where hardly anything makes sense', () => {
    expect(failureOf(() => decode(encode(WATER, 'big5'), { name: '', encoding: 'utf-8' }))).toBe('text-undecodable');
    expect(failureOf(() => decode(encode(WATER, 'utf-8'), { name: '', encoding: 'utf-32le' }))).toBe(
      'text-undecodable',
    );
  });
});

describe('NULs', () => {
  const WORDS = 'some plain words\n'.repeat(20_000);
  const at = (place: number) => `${WORDS.slice(0, place)}\0${WORDS.slice(place)}`;

  it.each([0, 1000, WORDS.length / 2, 100_000, WORDS.length])(
    'are refused by one rule wherever they stand, and taken out where that is asked: at %i',
    (place) => {
      for (const encoding of [detectEncoding, 'utf-8', 'windows-1252', 'gb18030'] as const) {
        const bytes = utf8(at(place));
        expect(() => decode(bytes, { name: '', encoding })).toThrow(
          expect.objectContaining({ failure: { code: 'text-with-nuls', count: 1 } }) as Error,
        );
        const text = decode(bytes, { name: '', encoding, removeNuls: true });
        expect(text).toMatchObject({ nulsRemoved: 1, hash: fromString(WORDS).hash });
      }
      expect(failureOf(() => fromString(at(place)))).toBe('text-with-nuls');
      expect(fromString(at(place), { removeNuls: true }).hash).toBe(fromString(WORDS).hash);
    },
  );

  it('are refused in UTF-16 and UTF-32 alike', () => {
    for (const encoding of ['utf-16le', 'utf-32be'] as const) {
      const bytes = encode('水\0'.repeat(3) + '雲在意俱遲。'.repeat(40), encoding);
      expect(failureOf(() => decode(bytes, { name: '', encoding }))).toBe('text-with-nuls');
      expect(decode(bytes, { name: '', encoding, removeNuls: true }).nulsRemoved).toBe(3);
    }
  });

  it('between lines of a list are no reason to call it binary', () => {
    const list = utf8(Array.from({ length: 300 }, (_, k) => `./folder/file ${String(k)}\0`).join(''));
    expect(failureOf(() => detect(list))).toBe('text-with-nuls');
    expect(decode(list, { name: '', encoding: detectEncoding, removeNuls: true }).nulsRemoved).toBe(300);
  });
});

describe('what is no text', () => {
  it.each<[string, Uint8Array]>([
    ['zeros', new Uint8Array(500)],
    ['a compressed file', gzipSync(Buffer.from(Array.from({ length: 5000 }, (_, i) => String(i * i)).join(' ')))],
    ['the header of a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82)],
  ])('refuses %s as binary', (_, bytes) => {
    expect(failureOf(() => detect(bytes))).toBe('text-binary');
    expect(failureOf(() => decode(bytes, { name: '', encoding: 'utf-8' }))).toBe('text-binary');
  });

  it('refuses nothing at all, and too much', () => {
    expect(failureOf(() => detect(new Uint8Array(0)))).toBe('text-empty');
    expect(failureOf(() => detect(Uint8Array.of(0xef, 0xbb, 0xbf)))).toBe('text-empty');
    expect(failureOf(() => fromString(''))).toBe('text-empty');
    expect(failureOf(() => detect(new Uint8Array(LIMIT_BYTES + 1)))).toBe('text-too-large');
    expect(failureOf(() => fromString('水'.repeat(Math.ceil(LIMIT_BYTES / 3) + 1)))).toBe('text-too-large');
  });
});
