/** The text on the command line: read in whatever encoding, asked about where that is in doubt. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EXIT, exitCodeOf, wordsOf } from '../../cli/failures';
import { parseCommand } from '../../cli/trainOptions';
import { readText } from '../../cli/text';
import type { Encoding } from '../../src/model/text/types';
import { encode } from '../model/support/encode';
import { PROSE } from '../model/support/prose';

const folder = mkdtempSync(join(tmpdir(), 'text-'));
const path = join(folder, 'text.txt');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

let said: string[] = [];
beforeEach(() => {
  said = [];
  vi.spyOn(console, 'error').mockImplementation((words: string) => {
    said.push(words);
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

const prose = (language: string): string => PROSE.find((some) => some.language === language)?.text ?? '';

/** What is read of these bytes with these options, and said on standard error. */
const read = (bytes: Uint8Array, ...options: string[]) => {
  writeFileSync(path, bytes);
  const text = readText(parseCommand([path, ...options]));
  return { text: String.fromCodePoint(...text.codePoints), said };
};

const refusal = (bytes: Uint8Array, ...options: string[]) => {
  try {
    read(bytes, ...options);
  } catch (error) {
    return { words: wordsOf(error), code: exitCodeOf(error) };
  }
  throw new Error('was read');
};

describe('the text of npm run train', () => {
  it('is read by what it looks like, which is said', () => {
    const russian = prose('Russian');
    expect(read(encode(russian, 'koi8-r'))).toEqual({ text: russian, said: ['Read as koi8-r.'] });
  });

  it('is read without a word where there is nothing to say', () => {
    expect(read(encode(prose('Russian'), 'utf-8'))).toEqual({ text: prose('Russian'), said: [] });
  });

  it('is asked about where that is in doubt, and read as is said then', () => {
    const romanian = prose('Romanian');
    const bytes = encode(romanian, 'iso-8859-2');
    const { words, code } = refusal(bytes);
    expect(code).toBe(EXIT.failed);
    expect(words).toMatch(/not certain how text\.txt is encoded.*\n.*--encoding \S+ +\S/);
    const offered = Array.from(words.matchAll(/--encoding (\S+)/g), ([, name]) => name as Encoding);
    expect(offered.length).toBeGreaterThan(1);
    expect(read(bytes, '--encoding', 'iso-8859-2')).toEqual({ text: romanian, said: [] });
  });

  it('is read with U+FFFD where it is damaged, which is counted', () => {
    const chinese = prose('Chinese, simplified');
    const bytes = encode(chinese, 'utf-8');
    bytes[30] = 0xff;
    const damaged = read(bytes.subarray(0, -2));
    expect(damaged.text).toContain('�');
    expect(damaged.said.join(' ')).toMatch(/U\+FFFD, \d+ times?\..*cut off/);
  });

  it('is refused with NULs, and read without them where that is asked', () => {
    const bytes = encode('some plain words\n\0'.repeat(20), 'utf-8');
    expect(refusal(bytes).words).toContain('--remove-nuls');
    expect(read(bytes, '--remove-nuls').text).toBe('some plain words\n'.repeat(20));
    expect(said.join(' ')).toContain('NULs taken out: 20');
  });
});
