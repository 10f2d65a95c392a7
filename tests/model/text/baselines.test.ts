/** Counting models give probabilities, and the figures that are known of a known text. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measuredStretches } from '../../../src/model/batches';
import { baselinesOf } from '../../../src/model/text/baselines';
import { decode, fromString } from '../../../src/model/text/decode';
import { detectEncoding } from '../../../src/model/text/detect';
import { generate, grammarLossInSteps } from '../../../src/model/text/grammars';
import { NgramTree, ORDERS } from '../../../src/model/text/ngrams';
import type { Baselines, Dataset } from '../../../src/model/text/types';
import { createDataset } from '../../../src/model/text/vocabulary';
import { corpusPath } from './corporaFolder';
import { finish } from './steps';

const measure = (dataset: Dataset, o?: Parameters<typeof baselinesOf>[1]): Baselines => finish(baselinesOf(dataset, o));
/** All that is held out, as one stretch. */
const heldOutOf = ({ trainLength, ids }: Dataset, most = ids.length) => [
  { known: trainLength, start: trainLength, end: Math.min(ids.length, trainLength + most) },
];

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
    const whole = measure(text, { measured: heldOutOf(text) });
    expect(whole).toMatchObject({ counted: text.trainLength, measured: text.ids.length - text.trainLength });
    const sampled = measure(text, { maxCounted: 3200, measured: heldOutOf(text, 640) });
    expect(sampled).toMatchObject({ counted: 3200, measured: 640 });
    expect(natsOf(sampled)['5-gram']).toBeCloseTo(natsOf(whole)['5-gram'], 1);
  });

  it('measures what the held-out loss is measured on: no more characters, and no more known of them', () => {
    const text = dataset('some words that come again and again, '.repeat(1000));
    const stretches = measuredStretches(text.trainLength, text.ids.length - text.trainLength);
    const before = measure(text);
    expect(before.measured).toBe(stretches.reduce((sum, { start, end }) => sum + end - start, 0));
    // The first of the held-out part and what lies between two stretches is known; the characters around may be any.
    const ids = text.ids.slice();
    const used = new Set(
      stretches.flatMap(({ known, end }) => Array.from({ length: end - known }, (_, k) => known + k)),
    );
    for (let i = text.trainLength; i < ids.length; i++) if (!used.has(i)) ids[i] = 0;
    expect(measure({ ...text, ids })).toEqual(before);
    // What a stretch is measured at does not depend on the one before it, and all have the same length.
    const alone = stretches.map((stretch) => natsOf(measure(text, { measured: [stretch] }))['5-gram']);
    expect(alone.reduce((a, b) => a + b) / alone.length).toBeCloseTo(natsOf(before)['5-gram'], 10);
  });

  it('has nothing but the uniform distribution where nothing is measured', () => {
    const text = dataset('ab'.repeat(50));
    expect(measure(text, { measured: [] })).toEqual({
      values: [{ name: 'uniform', nats: Math.log(2) }],
      counted: text.trainLength,
      measured: 0,
    });
  });

  const path = corpusPath('text/tiny-shakespeare.txt');
  it.skipIf(path === null)('agrees with what is known of tiny Shakespeare (CORPORA_DIR)', () => {
    const text = decode(readFileSync(path ?? ''), { name: 'tiny-shakespeare.txt', encoding: detectEncoding });
    const whole = createDataset(text, { validation: 0.1, vocabularyLimit: 1024 });
    expect(whole.vocabulary.codePoints).toHaveLength(65);
    expect(whole.trainLength).toBe(1_003_854);
    const nats = natsOf(measure(whole, { measured: heldOutOf(whole) }));
    expect(nats['uniform']).toBeCloseTo(Math.log(65), 10);
    expect(nats['unigram']).toBeCloseTo(3.35, 1);
    expect(nats['2-gram']).toBeCloseTo(2.48, 1);
    expect(nats['3-gram']).toBeCloseTo(2.04, 1);
    expect(nats['4-gram']).toBeLessThan(nats['3-gram'] - 0.2);
    expect(nats['5-gram']).toBeLessThan(nats['4-gram'] - 0.1);
  });
});

/** A grammar as a machine. */
interface Machine {
  /** How often each state is visited in the long run, up to a factor. */
  readonly visits: ReadonlyMap<string, number>;
  /** Where a state goes when it writes `character`, and how likely it is to do so. */
  readonly write: (state: string, character: string) => readonly (readonly [next: string, p: number])[];
  /** Where a text begins. */
  readonly first: ReadonlyMap<string, number>;
}

/** A line of "ab"s and a line of "aabb"s in turn, each period followed by another one with probability `again`. */
const abab = (again: number): Machine => {
  const periods = ['ab', 'aabb'];
  // A state is its kind of line and what it has written of a period; at the beginning of a line nothing, not even a line.
  const visits = new Map<string, number>();
  periods.forEach((period, kind) => {
    visits.set(`${kind} line`, 1);
    for (let k = 1; k <= period.length; k++) visits.set(`${kind} ${period.slice(0, k)}`, 1 / (1 - again));
  });
  return {
    visits,
    first: new Map([['0 line', 1]]),
    write: (state, character) => {
      const [kind, written] = [Number(state[0]), state.slice(2)];
      const period = periods[kind];
      if (written === 'line') return character === 'a' ? [[`${kind} a`, 1]] : [];
      if (written !== period)
        return character === period[written.length] ? [[`${kind} ${written}${character}`, 1]] : [];
      if (character === '\n') return [[`${1 - kind} line`, 1 - again]];
      return character === 'a' ? [[`${kind} a`, again]] : [];
    },
  };
};

/** Ten numbers a line, the first one chance. */
const counting = (): Machine => {
  const lines = Array.from(
    { length: 991 },
    (_, first) => `${Array.from({ length: 10 }, (_, k) => String(first + k).padStart(3, '0')).join(' ')}\n`,
  );
  const begun = lines.map((_, line) => [`${line} 0`, 1 / lines.length] as const);
  return {
    visits: new Map(lines.flatMap((text, line) => Array.from(text, (_, place) => [`${line} ${place}`, 1] as const))),
    first: new Map(begun),
    write: (state, character) => {
      const [line, place] = state.split(' ').map(Number);
      if (lines[line][place] !== character) return [];
      return character === '\n' ? begun : [[`${line} ${place + 1}`, 1]];
    },
  };
};

/** Mean −ln p of the stretches of `text` for who knows the machine and has read nothing before each: Bayes' rule. */
const blankLoss = (
  { write }: Machine,
  prior: ReadonlyMap<string, number>,
  text: string,
  stretches: ReturnType<typeof measuredStretches>,
): number => {
  let nats = 0;
  for (const { known, start, end } of stretches) {
    let belief = prior;
    let all = Array.from(prior.values()).reduce((a, b) => a + b);
    for (let i = known; i < end; i++) {
      const next = new Map<string, number>();
      let written = 0;
      for (const [state, mass] of belief) {
        for (const [to, p] of write(state, text[i])) {
          next.set(to, (next.get(to) ?? 0) + mass * p);
          written += mass * p;
        }
      }
      if (i >= start) nats -= Math.log(written / all);
      belief = next;
      all = written;
      // The masses fall as probabilities of whole stretches do.
      if (all < 1e-200) belief = new Map(Array.from(belief, ([state, mass]) => [state, mass / all]));
      if (all < 1e-200) all = 1;
    }
  }
  return nats / stretches.reduce((sum, { start, end }) => sum + end - start, 0);
};

describe('the loss of the grammar', () => {
  const told = (id: 'abab' | 'counting', text: string, spans: ReturnType<typeof measuredStretches>): number =>
    finish(grammarLossInSteps(id, fromString(text), spans)) ?? NaN;

  it.each([
    { id: 'abab', machine: abab(15 / 16), characters: 40_000, grammar: 0.0897, blank: 0.0955 },
    { id: 'counting', machine: counting(), characters: 100_000, grammar: 0.1732, blank: 0.1882 },
  ] as const)(
    'is that of one who is told what stands before a stretch: of $id, who is not pays a little more',
    ({ id, machine, characters, grammar, blank }) => {
      const text = generate(id, { seed: 1, characters });
      const { trainLength, ids } = dataset(text);
      const stretches = measuredStretches(trainLength, ids.length - trainLength);
      expect(told(id, text, stretches)).toBeCloseTo(grammar, 4);
      expect(blankLoss(machine, machine.visits, text, stretches)).toBeCloseTo(blank, 4);
      // From the beginning of the text on, both know the same.
      const beginning = [{ known: 0, start: 0, end: 2000 }];
      expect(blankLoss(machine, machine.first, text, beginning)).toBeCloseTo(told(id, text, beginning), 9);
    },
    30_000,
  );

  it('is no bound: another model may be below it on one text by luck, on average it is not', () => {
    // One who takes lines to be twice as long as they are.
    const other = abab(31 / 32);
    const spans = [{ known: 0, start: 0, end: 300 }];
    const differences = Array.from({ length: 400 }, (_, seed) => {
      const text = generate('abab', { seed, characters: 1000 });
      return blankLoss(other, other.first, text, spans) - told('abab', text, spans);
    });
    expect(Math.min(...differences)).toBeLessThan(-0.005);
    expect(differences.reduce((a, b) => a + b) / differences.length).toBeGreaterThan(0.002);
  });
});
