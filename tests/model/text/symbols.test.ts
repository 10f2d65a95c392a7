/** Short texts in the symbols of a network, in whichever normal form it knows. */
import { describe, expect, it } from 'vitest';
import { encode, openingSymbol } from '../../../src/model/text/symbols';

const symbolsOf = (characters: string): Int32Array =>
  Int32Array.from(characters, (character) => (character === '□' ? -1 : (character.codePointAt(0) ?? 0)));

const reading = (symbols: Int32Array, text: string): string =>
  Array.from(encode(symbols, text).ids, (id) => (symbols[id] < 0 ? '□' : String.fromCodePoint(symbols[id]))).join('');

describe('encode', () => {
  it('maps what is not known to the unknown symbol and names it once', () => {
    const { ids, unknown } = encode(symbolsOf('ab□'), 'abxcx');
    expect({ ids, unknown }).toEqual({ ids: Int32Array.of(0, 1, 2, 2, 2), unknown: ['x', 'c'] });
  });

  it('leaves it out where there is no such symbol', () => {
    const symbols = symbolsOf('ab\n');
    expect(reading(symbols, 'ax\r\nb')).toBe('a\nb');
    expect(encode(symbols, 'ax\r\nb').unknown).toEqual(['x']);
  });

  it.each<[string, string, string]>([
    ['composed letters to a text that writes them apart', 'café à', 'cafe\u0301 a\u0300'],
    ['letters apart to a text that composes them', 'cafe\u0301', 'café'],
    ['syllables to a text that writes their letters', '한국', '\u1112\u1161\u11ab\u1100\u116e\u11a8'],
    ['letters of syllables to a text that composes them', '\u1112\u1161\u11ab', '한'],
  ])('gives %s', (_, given, written) => {
    const symbols = symbolsOf([...new Set(written)].join(''));
    expect(reading(symbols, given)).toBe(written);
    expect(encode(symbols, given)).toMatchObject({ text: written, unknown: [] });
    expect(reading(symbols, written)).toBe(written);
  });

  it('keeps what is given where another form is no better', () => {
    expect(encode(symbolsOf('abc'), 'é')).toMatchObject({ text: 'é', unknown: ['é'] });
    expect(encode(symbolsOf('eé\u0301'), 'ée\u0301')).toMatchObject({ text: 'ée\u0301', unknown: [] });
  });
});

describe('what is read where nothing is given', () => {
  it('is a newline, or else the most frequent symbol', () => {
    expect(openingSymbol(symbolsOf('ab\nc'))).toBe(2);
    expect(openingSymbol(symbolsOf('abc'))).toBe(0);
  });
});
