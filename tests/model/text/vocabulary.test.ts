/** The symbols of a network come from the training part, and every character has one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../../src/model/failures';
import { fromString } from '../../../src/model/text/decode';
import { factsInSteps } from '../../../src/model/text/facts';
import type { Dataset } from '../../../src/model/text/types';
import { UNKNOWN } from '../../../src/model/text/symbols';
import { createDataset } from '../../../src/model/text/vocabulary';
import { finish } from './steps';

const make = (text: string, vocabularyLimit = 1024, validation = 0.1): Dataset =>
  createDataset(fromString(text), { validation, vocabularyLimit });

const symbols = ({ vocabulary }: Dataset): string =>
  Array.from(vocabulary.codePoints, (c) => (c === UNKNOWN ? '?' : String.fromCodePoint(c))).join('');

const read = ({ vocabulary, ids }: Dataset): string =>
  Array.from(ids, (id) => (vocabulary.codePoints[id] < 0 ? '?' : String.fromCodePoint(vocabulary.codePoints[id]))).join(
    '',
  );

describe('createDataset', () => {
  it('ranks symbols by frequency, ties by code point', () => {
    const dataset = make('cab'.repeat(30) + 'a'.repeat(60));
    expect(symbols(dataset)).toBe('abc');
    expect([...dataset.vocabulary.counts]).toEqual([75, 30, 30]);
    expect(dataset.vocabulary.cutDistinct).toBe(0);
  });

  it('holds out the end of the text', () => {
    expect(make('ab'.repeat(500)).trainLength).toBe(900);
    expect(make('ab'.repeat(500), 9, 0.25).trainLength).toBe(750);
    // A loss on one character says nothing.
    expect(make('ab'.repeat(50), 9, 0.01).trainLength).toBe(90);
  });

  it('cuts the rarest characters into the unknown symbol, the limit included', () => {
    const dataset = make('aaaabbbccd'.repeat(30), 3);
    expect(symbols(dataset)).toBe('ab?');
    expect(dataset.vocabulary).toMatchObject({ cutDistinct: 2, cutCount: 81 });
    expect([...dataset.vocabulary.counts]).toEqual([108, 81, 81]);
    expect(read(dataset)).toBe('aaaabbb???'.repeat(30));
  });

  it('has no unknown symbol where the limit is just met', () => {
    expect(symbols(make('aaaabbbccd'.repeat(30), 4))).toBe('abcd');
  });

  it('has one where a character stands in the held-out part only', () => {
    const dataset = make(`${'ab'.repeat(95)}xyxyxyxyxy`);
    expect(symbols(dataset)).toBe('ab?');
    expect(read(dataset).slice(-10)).toBe('??????????');
  });

  it('counts what the training part does not have apart from what is rare in it', () => {
    const unseen = make(`${'aaabb'.repeat(38)}cxyxyxyxyy`, 3);
    expect(symbols(unseen)).toBe('ab?');
    expect(unseen).toMatchObject({
      vocabulary: { cutDistinct: 0, cutCount: 0 },
      unseenDistinct: 3,
      unseenCount: 10,
    });
    const rare = make(`${'aaabbc'.repeat(30)}xyxyxyxyxyxyxyxyxyxy`, 3);
    expect(symbols(rare)).toBe('ab?');
    expect(rare).toMatchObject({ vocabulary: { cutDistinct: 1, cutCount: 30 }, unseenDistinct: 2, unseenCount: 20 });
  });

  it('counts code points, not code units', () => {
    const dataset = make('𝄞𝄢'.repeat(60));
    expect(dataset.ids).toHaveLength(120);
    expect(symbols(dataset)).toBe('𝄞𝄢');
  });

  it('takes a byte for each character of up to 256 symbols, and two beyond', () => {
    const textOf = (kinds: number) =>
      Array.from({ length: kinds * 4 }, (_, k) => String.fromCodePoint(0x4e00 + (k % kinds))).join('');
    expect(make(textOf(256)).ids).toBeInstanceOf(Uint8Array);
    expect(make(textOf(257)).ids).toBeInstanceOf(Uint16Array);
    // The unknown symbol is one of them.
    expect(make(textOf(257), 256).ids).toBeInstanceOf(Uint8Array);
    expect(read(make(textOf(257)))).toBe(textOf(257));
  });

  it('gives back every text, but for what was cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...Array.from('abcdefgh水山𝄞')), { minLength: 100, maxLength: 400 }),
        fc.integer({ min: 2, max: 14 }),
        (characters, limit) => {
          fc.pre(new Set(characters).size > 1);
          const dataset = make(characters.join(''), limit);
          const kept = new Set(Array.from(symbols(dataset)));
          expect(kept.size).toBeLessThanOrEqual(limit);
          expect(read(dataset)).toBe(characters.map((c) => (kept.has(c) ? c : '?')).join(''));
          const counted = dataset.vocabulary.counts.reduce((a, b) => a + b, 0);
          expect(counted).toBe(dataset.trainLength);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('refuses texts that are too short or of one character', () => {
    expect(() => make('ab'.repeat(49))).toThrow(
      new FailureError({ code: 'text-too-short', characters: 98, needed: 100 }),
    );
    expect(() => make('ab'.repeat(50))).not.toThrow();
    expect(() => make('a'.repeat(500))).toThrow(new FailureError({ code: 'text-one-character', character: 'a' }));
  });
});

describe('facts', () => {
  it('counts the whole text', () => {
    const facts = finish(factsInSteps(fromString(`${'ab'.repeat(200)}水`)));
    expect(facts).toMatchObject({ characters: 401, bytes: 403, distinct: 3, encoding: 'utf-8' });
    expect(facts.frequent).toEqual([
      { character: 'a', count: 200 },
      { character: 'b', count: 200 },
      { character: '水', count: 1 },
    ]);
    expect(facts.beginning).toBe('ab'.repeat(150));
  });
});
