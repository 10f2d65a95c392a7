/** Bytes of every encoding are read as the text that was written, or the reader is asked; never silently as another. */
import { describe, expect, it } from 'vitest';
import { FailureError, type Reading } from '../../../src/model/failures';
import { createDecoder } from '../../../src/model/text/decoders';
import { decode } from '../../../src/model/text/decode';
import { detectEncoding } from '../../../src/model/text/detect';
import { ENCODINGS, type Encoding, type DecodedText } from '../../../src/model/text/types';
import { asWritten, encode, SINGLE_BYTE_TABLES } from '../support/encode';
import { PROSE } from '../support/prose';

const toString = ({ codePoints }: DecodedText): string =>
  Array.from(codePoints, (c) => String.fromCodePoint(c)).join('');

const readAs = (bytes: Uint8Array, encoding: Encoding): string => toString(decode(bytes, { name: '', encoding }));

/** What becomes of bytes: the text that is read, or the readings that are offered. */
const outcome = (bytes: Uint8Array): { readonly text: string } | { readonly readings: readonly Reading[] } => {
  try {
    return { text: toString(decode(bytes, { name: 'a file', encoding: detectEncoding })) };
  } catch (error) {
    if (error instanceof FailureError && error.failure.code === 'text-encoding-unclear') return error.failure;
    throw error;
  }
};

/** 'read', 'asked' where the right reading is offered; anything else is a fault. */
const verdict = (text: string, encoding: Encoding): string => {
  const written = asWritten(text, encoding);
  const bytes = encode(text, encoding);
  const result = outcome(bytes);
  if ('text' in result)
    return result.text === written ? 'read' : `taken for ${JSON.stringify(result.text.slice(0, 60))}`;
  const offered = result.readings.map((reading) => reading.encoding);
  return offered.some((candidate) => readAs(bytes, candidate) === written) ? 'asked' : `asked: ${offered.join(', ')}`;
};

/** The names that the Encoding standard has, but for those that decode nothing. */
const STANDARD =
  'utf-8 ibm866 iso-8859-2 iso-8859-3 iso-8859-4 iso-8859-5 iso-8859-6 iso-8859-7 iso-8859-8 iso-8859-8-i iso-8859-10 ' +
  'iso-8859-13 iso-8859-14 iso-8859-15 iso-8859-16 koi8-r koi8-u macintosh windows-874 windows-1250 windows-1251 ' +
  'windows-1252 windows-1253 windows-1254 windows-1255 windows-1256 windows-1257 windows-1258 x-mac-cyrillic gbk gb18030 ' +
  'big5 euc-jp iso-2022-jp shift_jis euc-kr utf-16be utf-16le';
/** Those that decode as another does. */
const ALIASES: Readonly<Record<string, string>> = { gbk: 'gb18030', 'iso-8859-8-i': 'iso-8859-8' };

describe('the encodings', () => {
  it('are all of the standard’s, and UTF-32', () => {
    const wanted = new Set(STANDARD.split(' ').map((name) => ALIASES[name] ?? name));
    expect(new Set<string>(ENCODINGS)).toEqual(new Set([...wanted, 'utf-32le', 'utf-32be']));
  });

  it.each(Object.keys(SINGLE_BYTE_TABLES) as Encoding[])('are decoded as a browser decodes them: %s', (encoding) => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const ascii = String.fromCharCode(...bytes.subarray(0, 128));
    expect(createDecoder(encoding).push(bytes)).toBe(ascii + SINGLE_BYTE_TABLES[encoding]);
  });

  it('of four bytes a character are read with characters beyond the first plane', () => {
    for (const encoding of ['utf-32le', 'utf-32be'] as const) {
      const bytes = encode('a水𝄞\u{10ffff}', encoding);
      const decoder = createDecoder(encoding);
      // In pieces that end within characters.
      const pieces = [bytes.subarray(0, 3), bytes.subarray(3, 9), bytes.subarray(9)];
      expect(pieces.map((piece) => decoder.push(piece)).join('')).toBe('a水𝄞\u{10ffff}');
      expect(decoder.end()).toBe(false);
    }
  });
});

/** Texts in which a byte or two leave a doubt: s and t of Romanian with a cedilla or a comma, o and u of Hungarian, a capital. */
const DOUBTFUL = new Set([
  'Romanian windows-1250',
  'Romanian iso-8859-2',
  'Hungarian windows-1250',
  'Hungarian iso-8859-2',
  'Greek windows-1253',
]);

describe.each(PROSE)('$language', ({ language, encodings, text }) => {
  const all: readonly Encoding[] = [...encodings, 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be', 'utf-8'];

  it.each(all)('in %s is read, or asked about where it leaves a doubt', (encoding) => {
    expect(verdict(text, encoding)).toBe(DOUBTFUL.has(`${language} ${encoding}`) ? 'asked' : 'read');
  });

  it.each(encodings)('in %s is never silently taken for another text, sentence by sentence', (encoding) => {
    for (const sentence of text.match(/[^.?!。？\n]+[.?!。？\n]+/gu) ?? []) {
      expect(verdict(sentence, encoding)).toMatch(/^(read|asked)$/);
    }
  });
});

describe('texts that are hard to tell', () => {
  it('are English with a few typographic apostrophes in the midst of much ASCII', () => {
    const plain = 'the old clock waits for an open door and nobody remembers the long road.\n';
    const text = `${plain.repeat(40)}nobody’s here, and it isn’t late.\n${plain.repeat(40)}don’t wait.\n`;
    expect(outcome(encode(text, 'windows-1252'))).toEqual({ text });
  });

  it('are those whose telling characters stand far from the beginning', () => {
    const plain = 'plain words and nothing else\n'.repeat(20_000);
    const [russian] = PROSE.filter(({ language }) => language === 'Russian');
    expect(outcome(encode(plain + russian.text, 'koi8-r'))).toEqual({ text: plain + russian.text });
  });

  it('are UTF-8 that was damaged', () => {
    for (const { language, text } of PROSE.filter((prose) => prose.encodings.length > 0)) {
      const bytes = encode(text, 'utf-8');
      bytes[Math.floor(bytes.length / 2)] = 0xff;
      const result = decode(bytes, { name: language, encoding: detectEncoding });
      expect(result, language).toMatchObject({ encoding: 'utf-8' });
      expect(result.replaced, language).toBeGreaterThan(0);
    }
  });

  it('are mixed with another language, or with markup', () => {
    const items = PROSE.filter(({ encodings }) => encodings.includes('windows-1251')).flatMap(({ text }) =>
      text.split(/(?<=\.)\s/).map((sentence) => `<item class="entry"><title>${sentence}</title></item>\n`),
    );
    const russian = items.slice(0, 5).join('');
    expect(outcome(encode(russian, 'windows-1251'))).toEqual({ text: russian });
  });
});

describe('a question', () => {
  /** German in DOS code page 850, which browsers do not read. */
  const DOS: ReadonlyMap<string, number> = new Map(
    Object.entries({ ä: 0x84, ö: 0x94, ü: 0x81, ß: 0xe1, Ä: 0x8e, Ö: 0x99, Ü: 0x9a }),
  );
  const dos = (text: string): Uint8Array =>
    Uint8Array.from(text, (character) => DOS.get(character) ?? character.charCodeAt(0));

  it('is asked where nothing that can be read makes sense', () => {
    const german = PROSE.find(({ language }) => language === 'German')?.text ?? '';
    expect(outcome(dos(german))).toHaveProperty('readings');
  });

  it('is asked where one byte is all that tells', () => {
    // An accent in Mac Roman, an apostrophe in windows-1252.
    expect(outcome(Uint8Array.of(...encode('the words of R', 'utf-8'), 0x92, 0x6f))).toHaveProperty('readings');
  });

  it('shows the lines that the readings differ in, each as its encoding reads it', () => {
    const romanian = PROSE.find(({ language }) => language === 'Romanian')?.text ?? '';
    const bytes = encode(`No accents in this line.\n${romanian}`, 'windows-1250');
    const result = outcome(bytes);
    if (!('readings' in result)) throw new Error('nothing was asked');
    const { readings } = result;
    expect(readings.length).toBeGreaterThan(1);
    expect(readings.length).toBeLessThan(7);
    const [first, second] = readings;
    expect(first.lines.length).toBe(second.lines.length);
    expect(first.lines.length).toBeGreaterThan(0);
    first.lines.forEach((line, k) => {
      expect(line).not.toBe(second.lines[k]);
      expect(Array.from(line).length).toBeLessThanOrEqual(42);
      expect(readAs(bytes, first.encoding)).toContain(line.replace(/^…|…$/g, ''));
    });
  });
});
