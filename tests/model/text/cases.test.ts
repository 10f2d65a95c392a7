/** Files as readers bring them, made on the spot: what is read of each, and what there is to say of it. */
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../src/model/failures';
import { decode } from '../../../src/model/text/decode';
import { detectEncoding } from '../../../src/model/text/detect';
import type { DecodedText } from '../../../src/model/text/types';
import { createDataset } from '../../../src/model/text/vocabulary';
import { encode } from '../support/encode';
import { PROSE } from '../support/prose';

const prose = (language: string): string => {
  const found = PROSE.find((some) => some.language === language);
  if (found === undefined) throw new Error(`no prose in ${language}`);
  return found.text;
};

const ENGLISH = 'the old clock waits for an open door.\nmy sister remembers the long road.\n'.repeat(40);
const CONTRACTED = `isn’t remember the long road.\ncouldn’t follow a quiet house.\n${ENGLISH}don’t wait.\n`;

/** NFD, as some systems write names and notes. */
const APART = 'le café fermé à côté\n'.normalize('NFD').repeat(40);

const withByte = (bytes: Uint8Array, at: number, byte: number): Uint8Array => {
  const damaged = Uint8Array.from(bytes);
  damaged[at] = byte;
  return damaged;
};

interface Case {
  readonly file: string;
  readonly bytes: Uint8Array;
  readonly text: string;
  readonly facts: Partial<DecodedText>;
}

const CASES: readonly Case[] = [
  {
    file: 'accents that are characters of their own',
    bytes: encode(APART, 'utf-8'),
    text: APART,
    facts: { encoding: 'utf-8', replaced: 0 },
  },
  {
    file: 'English with a few typographic apostrophes',
    bytes: encode(CONTRACTED, 'windows-1252'),
    text: CONTRACTED,
    facts: { encoding: 'windows-1252', replaced: 0 },
  },
  {
    file: 'Japanese in EUC',
    bytes: encode(prose('Japanese'), 'euc-jp'),
    text: prose('Japanese'),
    facts: { encoding: 'euc-jp', replaced: 0 },
  },
  {
    file: 'Hebrew in UTF-8',
    bytes: encode(prose('Hebrew'), 'utf-8'),
    text: prose('Hebrew'),
    facts: { encoding: 'utf-8', replaced: 0 },
  },
  {
    file: 'Greek of which two encodings say the same',
    bytes: encode(prose('Greek').replaceAll('Ά', 'Α'), 'iso-8859-7'),
    text: prose('Greek').replaceAll('Ά', 'Α'),
    facts: { replaced: 0 },
  },
  {
    file: 'Russian of Windows',
    bytes: encode(prose('Russian'), 'windows-1251'),
    text: prose('Russian'),
    facts: { encoding: 'windows-1251', replaced: 0 },
  },
  {
    file: 'UTF-32 with its mark, which begins as that of UTF-16 does',
    bytes: encode(`\ufeff${ENGLISH}`, 'utf-32le'),
    text: ENGLISH,
    facts: { encoding: 'utf-32le', byteOrderMark: true },
  },
  {
    file: 'the first bytes of a Chinese text, ending within a character',
    bytes: encode(prose('Chinese, simplified'), 'utf-8').subarray(0, 200),
    // 66 characters of three bytes, a newline, and a byte.
    text: prose('Chinese, simplified').slice(0, 67),
    facts: { encoding: 'utf-8', cutOff: true, replaced: 0 },
  },
  {
    file: 'French in UTF-8 with a bad byte',
    bytes: withByte(encode(prose('French'), 'utf-8'), 3, 0xff),
    text: `Le �${prose('French').slice(4)}`,
    facts: { encoding: 'utf-8', cutOff: false, replaced: 1 },
  },
];

const detect = (bytes: Uint8Array): DecodedText => decode(bytes, { name: 'a file', encoding: detectEncoding });

describe('a reader’s file', () => {
  it.each(CASES)('is read right: $file', ({ bytes, text, facts }) => {
    const read = detect(bytes);
    expect(String.fromCodePoint(...read.codePoints)).toBe(text);
    expect(read).toMatchObject(facts);
  });

  it('with a NUL at its thousandth byte is refused, with the offer to take it out', () => {
    const bytes = encode(`${ENGLISH.slice(0, 1000)}\0${ENGLISH.slice(1000)}`, 'utf-8');
    expect(() => detect(bytes)).toThrow(new FailureError({ code: 'text-with-nuls', count: 1 }));
    const text = decode(bytes, { name: 'a file', encoding: detectEncoding, removeNuls: true });
    expect(String.fromCodePoint(...text.codePoints)).toBe(ENGLISH);
    expect(text.nulsRemoved).toBe(1);
  });

  it('that goes on in another script has characters that were never seen, and no rare ones', () => {
    const chinese = prose('Chinese, simplified').replaceAll('\n', '');
    const text = detect(encode(ENGLISH.slice(0, 9 * chinese.length) + chinese, 'utf-8'));
    const dataset = createDataset(text, { validation: 0.1, vocabularyLimit: 1024 });
    expect(dataset.vocabulary).toMatchObject({ cutDistinct: 0, cutCount: 0 });
    expect(dataset).toMatchObject({ unseenDistinct: new Set(chinese).size, unseenCount: chinese.length });
  });
});
