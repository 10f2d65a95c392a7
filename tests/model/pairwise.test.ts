/** Sums in pairs: the same brackets, whoever adds up what. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addUp, deal, sparesFor, sumsWithin } from '../../src/model/pairwise';
import type { Span, Summation } from '../../src/model/pairwise';

interface Place {
  text: string;
}

/** Sums as texts: what was added to what, in brackets. */
const symbolic = (
  delivered: ReadonlyMap<string, string>,
  inPlace: boolean,
): { summation: Summation<Place>; spares: Place[] } => {
  const spares: Place[] = [];
  const put = (text: string, place: Place, adds: boolean) => {
    place.text = adds ? `(${place.text}+${text})` : text;
    return Promise.resolve(true);
  };
  return {
    spares,
    summation: {
      put: (span, place, adds) => {
        const whole = delivered.get(`${span.from}-${span.to}`);
        if (whole !== undefined) return put(whole, place, adds);
        const isPart = span.to - span.from === 1;
        return isPart && (inPlace || !adds) ? put(String(span.from), place, adds) : Promise.resolve(false);
      },
      add: (from, to) => {
        to.text = `(${to.text}+${from.text})`;
      },
      spare: (depth) => (spares[depth] ??= { text: '' }),
    },
  };
};

const sumOf = async (span: Span, delivered: ReadonlyMap<string, string> = new Map(), inPlace = true) => {
  const { summation, spares } = symbolic(delivered, inPlace);
  const place = { text: '' };
  await addUp(summation, span, place);
  return { text: place.text, spares: spares.length };
};

const counts = fc.integer({ min: 1, max: 9 });

describe('the sum over parts', () => {
  it('is made of pairs, and of pairs of pairs', async () => {
    expect((await sumOf({ from: 0, to: 8 })).text).toBe('(((0+1)+(2+3))+((4+5)+(6+7)))');
    expect((await sumOf({ from: 0, to: 5 })).text).toBe('(((0+1)+(2+3))+4)');
    expect((await sumOf({ from: 0, to: 1 })).text).toBe('0');
  });

  it('is the same with any number of hands, and whether or not a part is added in place', async () => {
    await fc.assert(
      fc.asyncProperty(counts, counts, fc.boolean(), async (count, wished, inPlace) => {
        const all = { from: 0, to: count };
        const expected = (await sumOf(all)).text;
        const delivered = new Map<string, string>();
        for (const hand of deal(count, Math.min(count, wished)).slice(1)) {
          for (const span of sumsWithin(all, hand)) {
            delivered.set(`${span.from}-${span.to}`, (await sumOf(span, new Map(), inPlace)).text);
          }
        }
        expect((await sumOf(all, delivered, inPlace)).text).toBe(expected);
      }),
    );
  });

  it('needs the spare places that are counted beforehand, and no more', async () => {
    await fc.assert(
      fc.asyncProperty(counts, fc.boolean(), async (count, inPlace) => {
        const span = { from: 0, to: count };
        expect((await sumOf(span, new Map(), inPlace)).spares).toBe(sparesFor(span, inPlace));
      }),
    );
  });
});

describe('a deal', () => {
  it('gives every part to one hand, and the first hand the fewest', () => {
    fc.assert(
      fc.property(counts, counts, (count, wished) => {
        const hands = deal(count, Math.min(count, wished));
        expect(hands.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, k) => from + k))).toEqual(
          Array.from({ length: count }, (_, k) => k),
        );
        const sizes = hands.map(({ from, to }) => to - from);
        expect(sizes[0]).toBe(Math.min(...sizes));
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('of halves and quarters is one sum each', () => {
    const all = { from: 0, to: 8 };
    for (const hands of [2, 4, 8]) {
      for (const hand of deal(8, hands)) expect(sumsWithin(all, hand)).toEqual([hand]);
    }
    expect(sumsWithin(all, { from: 2, to: 5 })).toEqual([
      { from: 2, to: 4 },
      { from: 4, to: 5 },
    ]);
  });
});
