/** A prompt as it is shown: what of it the network read, and what it could not. */
import { describe, expect, it } from 'vitest';
import { promptParts, readPart, unknownIn } from '../../src/components/sample/prompt';

const symbolsOf = (characters: string, ...others: number[]): Int32Array =>
  Int32Array.from([...Array.from(characters, (character) => character.codePointAt(0) ?? 0), ...others]);
const UNKNOWN = -1;

describe('unknownIn', () => {
  it('says each character once, made visible', () => {
    const symbols = symbolsOf('a b', UNKNOWN);
    expect(unknownIn('ab€€a\n😀', symbols)).toEqual(['€', '↵', '😀']);
    expect(unknownIn('a b', symbols)).toEqual([]);
    expect(unknownIn('zzz', null)).toEqual([]);
  });

  it('knows an accented letter in the normal form that the text is not in', () => {
    expect(unknownIn('café', symbolsOf('cafe\u0301'))).toEqual([]);
    expect(unknownIn('cafe\u0301', symbolsOf('café'))).toEqual([]);
    expect(unknownIn('café', symbolsOf('cafe'))).toEqual(['é']);
  });
});

describe('promptParts', () => {
  it('tells what was read from what was not, and makes that visible', () => {
    expect(promptParts('ab€€a\n\tb', ['€', '\t'])).toEqual([
      { isRead: true, text: 'ab' },
      { isRead: false, text: '€€' },
      { isRead: true, text: 'a\n' },
      { isRead: false, text: '⇥' },
      { isRead: true, text: 'b' },
    ]);
  });

  it('is one part where all was read, and none where nothing was given', () => {
    expect(promptParts('two\nlines', [])).toEqual([{ isRead: true, text: 'two\nlines' }]);
    expect(promptParts('', [])).toEqual([]);
  });
});

describe('readPart', () => {
  it('leaves out what was not read', () => {
    expect(readPart('a€b', ['€'], symbolsOf('ab'))).toBe('ab');
  });

  it('has the unknown symbol in its place where the network read that', () => {
    expect(readPart('a€b', ['€'], symbolsOf('ab', UNKNOWN))).toBe('a□b');
  });
});
