/** Nothing that is shown is invisible or moves the text around it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayCharacter, displayText, quotation } from '../../../src/model/text/display';

describe('displayCharacter', () => {
  it.each([
    [-1, '□'],
    [0x25a1, 'U+25A1'],
    [0x0a, '↵'],
    [0x20, '␣'],
    [0x09, '⇥'],
    [0x00, '␀'],
    [0x1b, '␛'],
    [0x7f, '␡'],
    [0x85, 'U+0085'],
    [0xa0, 'U+00A0'],
    [0xad, 'U+00AD'],
    [0x200b, 'U+200B'],
    [0x202e, 'U+202E'],
    [0x2067, 'U+2067'],
    [0x3000, 'U+3000'],
    [0xfe0f, 'U+FE0F'],
    [0xd800, 'U+D800'],
    [0xe000, 'U+E000'],
    [0xfffd, 'U+FFFD'],
    [0x301, '◌\u0301'],
    [0x41, 'A'],
    [0x6c34, '水'],
    [0x1d11e, '𝄞'],
  ])('shows %i as %s', (codePoint, shown) => {
    expect(displayCharacter(codePoint)).toBe(shown);
  });

  it('tells any two characters apart', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1, max: 0x10ffff }), fc.integer({ min: -1, max: 0x10ffff }), (a, b) => {
        // The signs themselves are shown as they are.
        const isSign = (c: number): boolean => (c >= 0x2400 && c <= 0x2423) || [0x21b5, 0x21e5].includes(c);
        fc.pre(a !== b && !isSign(a) && !isSign(b));
        expect(displayCharacter(a)).not.toBe(displayCharacter(b));
      }),
    );
  });
});

describe('displayText', () => {
  it('keeps running text as it is', () => {
    const text = 'Ein Wort,\n\tmit Tab – 水，👩‍🚀 नमस्ते';
    expect(displayText(text)).toBe(text);
  });

  it('escapes controls, bidirectional and invisible characters', () => {
    expect(displayText('a\u202eb\u2066c\u200bd\u0007e\u0085')).toBe('a⟨U+202E⟩b⟨U+2066⟩c⟨U+200B⟩d␇e⟨U+0085⟩');
  });

  it('leaves no character that reorders text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const shown = displayText(text).replaceAll(/[\t\n]/g, '');
        expect(shown).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/u);
      }),
    );
  });
});

describe('quotation', () => {
  it('keeps what is short', () => {
    expect(quotation('quotes & 引语 👩‍🚀')).toBe('quotes & 引语 👩‍🚀');
  });

  it('is one line without hidden characters', () => {
    expect(quotation('a\u202eb\nc\td\0')).toBe('a⟨U+202E⟩b↵c⇥d␀');
  });

  it('is cut at forty characters, whatever they are', () => {
    expect(quotation('x'.repeat(40))).toBe('x'.repeat(40));
    expect(quotation('x'.repeat(3000))).toBe(`${'x'.repeat(40)}…`);
    expect(quotation('\u202e'.repeat(3000)).length).toBeLessThanOrEqual(41);
  });
});
