/** A saved run's network on another text: what was there stays as it was, what is new begins at random. */
import { describe, expect, it } from 'vitest';
import { fineTune } from '../../src/model/fineTuning';
import { readRunFile, writeRunFile } from '../../src/model/formats/runFile';
import { createReferenceKernels } from '../../src/model/kernels/reference';
import { createSimdKernels } from '../../src/model/kernels/simd';
import type { Kernels } from '../../src/model/kernels/kernels';
import { architectureOf, initialParameters, tensorsOf } from '../../src/model/parameters';
import { Run } from '../../src/model/run';
import type { RunSnapshot } from '../../src/model/run';
import type { Settings } from '../../src/model/settings';
import { fromString } from '../../src/model/text/decode';
import { UNKNOWN } from '../../src/model/text/symbols';
import { createDataset } from '../../src/model/text/vocabulary';
import { simdProgram } from '../kernels/simdProgram';
import { losses, SMALL } from './support/runs';

/** 'b', 'o', 'x' are in the first alone, 'z', 'k' in the second. */
const FIRST = 'abba box '.repeat(60);
const SECOND = 'zaza akkka  '.repeat(40);

const limit = { memoryLimit: 1e9 };

/** The saved run, and the run that begins with its network. */
const tuned = async (changes: Partial<Settings> = {}, texts = [FIRST, SECOND], kernels?: Kernels) => {
  const settings: Settings = { ...SMALL, ...changes };
  const old = createDataset(fromString(texts[0]), settings);
  const used = kernels ?? createReferenceKernels();
  const run = Run.create({ settings, dataset: old, kernels: used, ...limit });
  await losses(run, 9);
  const saved = await run.snapshot();
  const symbols = old.vocabulary.codePoints;
  const dataset = createDataset(fromString(texts[1]), { ...settings, before: symbols });
  return { saved, symbols, old, dataset, snapshot: fineTune(saved, symbols, dataset), kernels: used };
};

/** What belongs to each symbol in a flat buffer, and all that belongs to none, by name. */
const takenApart = ({ settings }: RunSnapshot, values: ArrayLike<number>, codePoints: Int32Array) => {
  const V = codePoints.length;
  const ofSymbols = new Map<number, number[]>(Array.from(codePoints, (codePoint) => [codePoint, []]));
  const others: Record<string, number[]> = {};
  for (const { name, offset, shape } of tensorsOf(architectureOf(settings, V))) {
    const axis = name.startsWith('output') ? shape.length - 1 : 0;
    const isBySymbol =
      /^(output\..*|embedding)$/.test(name) || (name === 'layers.0.input' && settings.input === 'onehot');
    const size = shape.reduce((product, n) => product * n, 1);
    for (let k = 0; k < size; k++) {
      const place = axis === shape.length - 1 ? k % V : Math.floor(k / (size / V));
      if (isBySymbol) ofSymbols.get(codePoints[place])?.push(values[offset + k]);
      else (others[name] ??= []).push(values[offset + k]);
    }
  }
  return { ofSymbols, others };
};

describe.each<Partial<Settings>>([
  {},
  { layers: 2, cell: 'gru', input: 'embedding', embeddingSize: 3, optimizer: 'rmsprop' },
  { cell: 'rnn', optimizer: 'sgd' },
])('with %o', (changes) => {
  it('keeps every number of a symbol that was there, and begins the others as a network begins', async () => {
    const { saved, symbols, dataset, snapshot } = await tuned(changes);
    const { codePoints } = dataset.vocabulary;
    expect(String.fromCodePoint(...codePoints)).toBe(`${String.fromCodePoint(...symbols)}kz`);
    const first = initialParameters(architectureOf(snapshot.settings, codePoints.length), snapshot.settings);
    const [before, after, fresh] = [
      takenApart(saved, saved.parameters, symbols),
      takenApart(snapshot, snapshot.parameters, codePoints),
      takenApart(snapshot, first, codePoints),
    ];
    expect(after.others).toEqual(before.others);
    for (const symbol of symbols) expect(after.ofSymbols.get(symbol)).toEqual(before.ofSymbols.get(symbol));
    for (const symbol of codePoints.subarray(symbols.length)) {
      expect(after.ofSymbols.get(symbol)).toEqual(fresh.ofSymbols.get(symbol));
      expect(after.ofSymbols.get(symbol)?.some((value) => value !== 0)).toBe(true);
    }
    expect(snapshot.moments).toHaveLength(saved.moments.length);
    snapshot.moments.forEach((moment, k) => {
      const [was, is] = [takenApart(saved, saved.moments[k], symbols), takenApart(snapshot, moment, codePoints)];
      expect(is.others).toEqual(was.others);
      for (const symbol of symbols) expect(is.ofSymbols.get(symbol)).toEqual(was.ofSymbols.get(symbol));
      for (const symbol of codePoints.subarray(symbols.length)) {
        expect(is.ofSymbols.get(symbol)?.every((value) => value === 0)).toBe(true);
      }
    });
  });

  it('is a run that begins: it trains, is saved, and goes on as if it had not been', async () => {
    const { dataset, snapshot, kernels, saved } = await tuned(
      { ...changes, seed: 5 },
      [FIRST, SECOND],
      await createSimdKernels(await simdProgram()),
    );
    expect(snapshot).toMatchObject({ changes: [], metrics: { step: 0 }, counters: { step: 0, position: 0 } });
    expect(snapshot.counters).toMatchObject({ power1: saved.counters.power1, power2: saved.counters.power2 });
    expect([...snapshot.h, ...(snapshot.c ?? [])].every((values) => values.every((value) => value === 0))).toBe(true);
    const run = Run.restore({ snapshot, dataset, kernels, ...limit });
    const made = await losses(run, 4);
    const file = writeRunFile({ snapshot: await run.snapshot(), textName: '', vocabulary: dataset.vocabulary });
    made.push(...(await losses(run, 20)));
    expect(made[23]).toBeLessThan(made[0]);
    expect(run.metrics.step).toBe(24);

    const read = readRunFile(file);
    expect(read.snapshot.tunedFrom).toEqual({ textHash: saved.textHash, step: 9, kept: 3, added: 2 });
    // Its vocabulary is more than that of its text.
    const before = read.vocabulary?.codePoints ?? null;
    const again = createDataset(fromString(SECOND), { ...read.snapshot.settings, before });
    expect(again).toEqual(dataset);
    const rest = Run.restore({ snapshot: read.snapshot, dataset: again, kernels, ...limit });
    expect(await losses(rest, 20)).toEqual(made.slice(4));
  });
});

it('on its own text begins anew with all that it has learnt', async () => {
  const { saved, dataset, old, snapshot } = await tuned({}, [FIRST, FIRST]);
  expect(dataset).toEqual(old);
  expect(snapshot.parameters).toEqual(saved.parameters);
  expect(snapshot.moments).toEqual(saved.moments);
  expect(snapshot.tunedFrom).toMatchObject({ kept: 0, added: 0 });
});

it('fits a batch to a text that is shorter', async () => {
  const { dataset, snapshot, kernels } = await tuned({ batch: 16 }, [FIRST.repeat(4), SECOND.slice(0, 240)]);
  const run = Run.restore({ snapshot, dataset, kernels, ...limit });
  expect(run.adjustments).toMatchObject([{ name: 'batch', wanted: 16 }]);
  await losses(run, 2);
});

describe('the vocabulary', () => {
  const symbolsOf = (text: string, vocabularyLimit: number, before: string | null, validation = 0.1) => {
    const { vocabulary, ids, trainLength } = createDataset(fromString(text), {
      validation,
      vocabularyLimit,
      before: before === null ? null : Int32Array.from(before, (c) => (c === '□' ? UNKNOWN : (c.codePointAt(0) ?? 0))),
    });
    const written = Array.from(vocabulary.codePoints, (c) => (c === UNKNOWN ? '□' : String.fromCodePoint(c)));
    expect(vocabulary.counts.reduce((sum, count) => sum + count, 0)).toBe(trainLength);
    vocabulary.counts.forEach((count, symbol) => {
      expect(ids.subarray(0, trainLength).filter((id) => id === symbol)).toHaveLength(count);
    });
    return written.join('');
  };

  it.each<[string, number, string | null, string]>([
    // What the text has: d most often, then c, b, a.
    ['none before it', 10, null, 'dcba'],
    ['those before it in their order', 10, 'xaby', 'xabydc'],
    ['all of them there already', 10, 'abcd', 'abcd'],
    ['an unknown symbol among them, which stays the last', 10, 'xa□', 'xadcb□'],
    ['more than the limit leaves', 4, 'xa', 'xad□'],
    ['no room for any other', 2, 'xa', 'xa□'],
    ['no room, and none needed', 4, 'dcba', 'dcba'],
  ])('with %s', (_, vocabularyLimit, before, expected) => {
    expect(symbolsOf('abbcccdddd'.repeat(20), vocabularyLimit, before)).toBe(expected);
  });

  it('needs no unknown symbol for what only the held-out part has, where the network knew it', () => {
    const text = `${'ab'.repeat(100)}${'x'.repeat(20)}`;
    expect(symbolsOf(text, 10, null)).toBe('ab□');
    expect(symbolsOf(text, 10, 'x')).toBe('xab');
  });

  it('is not larger than the settings of the run say', async () => {
    const { snapshot, dataset } = await tuned({ vocabularyLimit: 5 }, ['abcde'.repeat(60), 'fghij'.repeat(60)]);
    expect(dataset.vocabulary.codePoints).toHaveLength(6);
    expect(snapshot.settings.vocabularyLimit).toBe(6);
    const file = writeRunFile({ snapshot, textName: '', vocabulary: dataset.vocabulary });
    expect(readRunFile(file).snapshot).toEqual(snapshot);
    expect(
      createDataset(fromString('fghij'.repeat(60)), { ...snapshot.settings, before: dataset.vocabulary.codePoints }),
    ).toEqual(dataset);
  });
});
