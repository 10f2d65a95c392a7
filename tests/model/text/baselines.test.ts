/** Counting models give probabilities, and the figures that are known of a known text. */
import { analyse } from 'chardet';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { baselinesOf } from '../../../src/model/text/baselines';
import { decode, fromString } from '../../../src/model/text/decode';
import { NgramTree, ORDERS } from '../../../src/model/text/ngrams';
import type { Baselines, Dataset } from '../../../src/model/text/types';
import { createDataset } from '../../../src/model/text/vocabulary';
import { corpusPath } from './corporaFolder';
import { finish } from './steps';

const measure = (dataset: Dataset, o?: { maxCounted: number; measuredEnd: number }): Baselines =>
  finish(baselinesOf(dataset, o));

const dataset = (text: string): Dataset => createDataset(fromString(text), { validation: 0.1, vocabularyLimit: 64 });

const natsOf = (baselines: Baselines): Record<string, number> =>
  Object.fromEntries(baselines.values.map(({ name, nats }) => [name, nats]));

describe('NgramTree', () => {
  it('gives probabilities that sum to one, in every order and context', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 200 }),
        fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 8 }),
        fc.array(fc.double({ min: 0.01, max: 100, noNaN: true }), { minLength: ORDERS, maxLength: ORDERS }),
        (counted, before, weights) => {
          const tree = new NgramTree(5);
          counted.forEach((symbol) => {
            tree.add(symbol);
          });
          const contexts = new Int32Array(ORDERS).fill(-1).fill(0, 0, 1);
          before.forEach((symbol) => {
            tree.advance(contexts, symbol);
          });
          const sums = weights.map(() => 0);
          for (let symbol = 0; symbol < 5; symbol++) {
            let p = 1 / 5;
            weights.forEach((weight, n) => {
              p = tree.probability(n + 1, contexts, symbol, p, weight);
              expect(p).toBeGreaterThan(0);
              sums[n] += p;
            });
          }
          for (const sum of sums) expect(sum).toBeCloseTo(1, 12);
        },
      ),
    );
  });

  it('follows the formula', () => {
    const tree = new NgramTree(3);
    // a b a c a b: b follows a twice, c once.
    for (const symbol of [0, 1, 0, 2, 0, 1]) tree.add(symbol);
    const contexts = new Int32Array(ORDERS).fill(-1).fill(0, 0, 1);
    tree.advance(contexts, 0);
    const unigram = (2 + 0.5 * 3 * (1 / 3)) / (6 + 0.5 * 3);
    expect(tree.probability(1, contexts, 1, 1 / 3, 0.5)).toBeCloseTo(unigram, 15);
    expect(tree.probability(2, contexts, 1, unigram, 2)).toBeCloseTo((2 + 2 * 2 * unigram) / (3 + 2 * 2), 15);
    // A context that was not seen says nothing new.
    expect(tree.probability(3, contexts, 1, 0.4, 1)).toBe(0.4);
  });

  it('does not count across the beginning of a stretch', () => {
    const tree = new NgramTree(2);
    tree.add(0);
    tree.begin();
    tree.add(1);
    expect(tree.child(tree.child(0, 0), 1)).toBe(-1);
    expect(tree.size).toBe(3);
  });

  it('keeps its counts while it grows', () => {
    const tree = new NgramTree(1000);
    let state = 1;
    const symbols = Array.from({ length: 20_000 }, () => (state = (state * 48271) % 2147483647) % 1000);
    symbols.forEach((symbol) => {
      tree.add(symbol);
    });
    const pairs = new Set(symbols.slice(1).map((symbol, i) => symbols[i] * 1000 + symbol));
    const found = [...pairs].filter((pair) => tree.child(tree.child(0, Math.floor(pair / 1000)), pair % 1000) >= 0);
    expect(found).toHaveLength(pairs.size);
    expect(tree.child(tree.child(0, symbols[0]), 1001)).toBe(-1);
  });
});

describe('baselinesOf', () => {
  it('names every baseline', () => {
    expect(measure(dataset('abcd'.repeat(100))).values.map(({ name }) => name)).toEqual([
      'uniform',
      'unigram',
      '2-gram',
      '3-gram',
      '4-gram',
      '5-gram',
    ]);
  });

  it('is the logarithm of the vocabulary for the uniform distribution', () => {
    expect(natsOf(measure(dataset('abcd'.repeat(100))))['uniform']).toBe(Math.log(4));
  });

  it('finds the order at which a text becomes certain', () => {
    const nats = natsOf(measure(dataset('aab'.repeat(2000))));
    // In "aab" the last character leaves two ways after an a: 2/3 ln 2; the last two leave one.
    expect(nats['2-gram']).toBeCloseTo((2 / 3) * Math.LN2, 2);
    expect(nats['3-gram']).toBeLessThan(0.01);
  });

  it('stays finite where the held-out part has characters of its own', () => {
    const nats = natsOf(measure(dataset(`${'ab'.repeat(95)}xyxyxyxyxy`)));
    for (const value of Object.values(nats)) expect(value).toBeGreaterThan(0);
    for (const value of Object.values(nats)) expect(value).toBeLessThan(20);
  });

  it('serves the shortest text that can be trained on', () => {
    for (const value of measure(dataset('ab'.repeat(50))).values) expect(Number.isFinite(value.nats)).toBe(true);
  });

  it('says how much of a large text it took', () => {
    const text = dataset('some words that come again and again, '.repeat(1000));
    const whole = { counted: text.trainLength, measured: text.ids.length - text.trainLength };
    expect(measure(text)).toMatchObject(whole);
    const sampled = measure(text, { maxCounted: 3200, measuredEnd: text.trainLength + 640 });
    expect(sampled).toMatchObject({ counted: 3200, measured: 640 });
    expect(natsOf(sampled)['5-gram']).toBeCloseTo(natsOf(measure(text))['5-gram'], 1);
  });

  const path = corpusPath('text/tiny-shakespeare.txt');
  it.skipIf(path === null)('agrees with what is known of tiny Shakespeare (CORPORA_DIR)', () => {
    const text = decode(readFileSync(path ?? ''), { name: 'tiny-shakespeare.txt', encoding: analyse });
    const whole = createDataset(text, { validation: 0.1, vocabularyLimit: 1024 });
    expect(whole.vocabulary.codePoints).toHaveLength(65);
    expect(whole.trainLength).toBe(1_003_854);
    const nats = natsOf(measure(whole));
    expect(nats['uniform']).toBeCloseTo(Math.log(65), 10);
    expect(nats['unigram']).toBeCloseTo(3.35, 1);
    expect(nats['2-gram']).toBeCloseTo(2.48, 1);
    expect(nats['3-gram']).toBeCloseTo(2.04, 1);
    expect(nats['4-gram']).toBeLessThan(nats['3-gram'] - 0.2);
    expect(nats['5-gram']).toBeLessThan(nats['4-gram'] - 0.1);
  });
});
