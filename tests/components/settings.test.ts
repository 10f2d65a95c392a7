/** Which settings are shown, what a change would cost, how corpora are listed, and where a large file is cut. */
import { describe, expect, it } from 'vitest';
import { estimateOf, symbolsExpected, type Known } from '../../src/components/controls/estimate';
import { beginningOf } from '../../src/components/corpus/beginning';
import { byLanguage, corpusTitle } from '../../src/components/corpus/titles';
import { costOf, traitsOf } from '../../src/model/cost';
import { DEFAULT_SETTINGS, isRelevant, SETTING_NAMES } from '../../src/model/settings';
import type { CatalogueEntry } from '../../src/model/text/types';
import type { PlaygroundState } from '../../src/store';

describe('a setting', () => {
  it('is shown only where it means something', () => {
    expect(isRelevant('embeddingSize', DEFAULT_SETTINGS)).toBe(false);
    expect(isRelevant('embeddingSize', { ...DEFAULT_SETTINGS, input: 'embedding' })).toBe(true);
    expect(isRelevant('forgetBias', DEFAULT_SETTINGS)).toBe(true);
    expect(isRelevant('forgetBias', { ...DEFAULT_SETTINGS, cell: 'gru' })).toBe(false);
    expect(isRelevant('forgetBias', { ...DEFAULT_SETTINGS, forgetGate: 'coupled' })).toBe(false);
    const held = { ...DEFAULT_SETTINGS, forgetGate: 'held' } as const;
    expect(isRelevant('forgetGateValue', held)).toBe(true);
    expect(isRelevant('forgetGateValue', { ...held, cell: 'gru' })).toBe(false);
    expect(isRelevant('forgetGateValue', DEFAULT_SETTINGS)).toBe(false);
    expect(isRelevant('momentum', { ...DEFAULT_SETTINGS, optimizer: 'sgd' })).toBe(true);
    expect(isRelevant('scheduleFactor', { ...DEFAULT_SETTINGS, schedule: 'cosine' })).toBe(true);
    expect(isRelevant('topP', { ...DEFAULT_SETTINGS, temperature: 0 })).toBe(false);
  });

  it('is otherwise always shown', () => {
    const hidden = SETTING_NAMES.filter((name) => !isRelevant(name, DEFAULT_SETTINGS));
    const values = ['inputGateValue', 'forgetGateValue', 'outputGateValue'];
    const gru = ['resetGate', 'resetGateValue', 'updateGate', 'updateGateValue'];
    expect(hidden).toEqual(['embeddingSize', ...values, ...gru, 'momentum', 'scheduleSteps', 'scheduleFactor']);
  });
});

describe('an estimate', () => {
  const known: Known = {
    settings: DEFAULT_SETTINGS,
    adjustments: [],
    engine: { name: 'webgl', available: true, device: 'a device', software: false },
    cost: costOf(DEFAULT_SETTINGS, 65, traitsOf('webgl')),
  };

  it('expects what is known where nothing changes', () => {
    expect(estimateOf(DEFAULT_SETTINGS, 65, known, 80_000, 4)).toEqual({
      cost: known.cost,
      charactersPerSecond: 80_000,
    });
  });

  it('expects less of a larger network, in the ratio of the operations for each character', () => {
    const { cost, charactersPerSecond } = estimateOf({ ...DEFAULT_SETTINGS, units: 256 }, 65, known, 80_000, 4);
    expect(cost.parameters).toBeGreaterThan(known.cost.parameters);
    expect(charactersPerSecond).toBeCloseTo((80_000 * known.cost.flopsPerStep) / cost.flopsPerStep, 6);
    expect(charactersPerSecond).toBeLessThan(40_000);
  });

  it('keeps what a short text allows of batch and length', () => {
    const lowered = { ...DEFAULT_SETTINGS, batch: 2 };
    const short: Known = {
      ...known,
      adjustments: [{ name: 'batch', wanted: DEFAULT_SETTINGS.batch, used: 2 }],
      cost: costOf(lowered, 65, traitsOf('webgl')),
    };
    expect(estimateOf(DEFAULT_SETTINGS, 65, short, 80_000, 4)).toEqual({
      cost: short.cost,
      charactersPerSecond: 80_000,
    });
  });

  it('counts eight bytes a number on the float64 reference', () => {
    const cpu = { ...DEFAULT_SETTINGS, engine: 'cpu' } as const;
    const expected = costOf(cpu, 65, traitsOf('cpu'));
    expect(estimateOf(cpu, 65, known, 0, 4).cost).toEqual(expected);
    const reference: Known = { ...known, engine: { ...known.engine, name: 'cpu' } };
    expect(estimateOf(DEFAULT_SETTINGS, 65, reference, 0, 4).cost).toEqual(expected);
  });

  it('counts the threads that the next run would have', () => {
    const batch = { ...DEFAULT_SETTINGS, engine: 'simd', batch: 64 } as const;
    const bytes = (threads: number, cores: number) => estimateOf({ ...batch, threads }, 65, null, 0, cores).cost.bytes;
    expect(bytes(0, 1)).toBe(costOf({ ...batch, threads: 1 }, 65).bytes);
    expect(bytes(0, 4)).toBe(costOf({ ...batch, threads: 3 }, 65).bytes);
    expect(bytes(5, 4)).toBe(costOf({ ...batch, threads: 5 }, 65).bytes);
    expect(bytes(0, 64)).toBe(costOf({ ...batch, threads: 8 }, 65).bytes);
    const onGpu = estimateOf({ ...batch, engine: 'webgpu', threads: 5 }, 65, null, 0, 4).cost;
    expect(onGpu).toEqual(costOf(batch, 65, traitsOf('webgpu')));
  });

  it('expects no speed where none was measured, or of another engine', () => {
    expect(estimateOf(DEFAULT_SETTINGS, 65, null, 0, 4).charactersPerSecond).toBeNull();
    expect(estimateOf(DEFAULT_SETTINGS, 65, known, 0, 4).charactersPerSecond).toBeNull();
    expect(estimateOf({ ...DEFAULT_SETTINGS, engine: 'cpu' }, 65, known, 80_000, 4).charactersPerSecond).toBeNull();
  });

  it('counts the symbols that the text and the limit allow', () => {
    const state = { runs: {}, shown: null, text: { facts: { distinct: 4000 } }, settings: DEFAULT_SETTINGS };
    expect(symbolsExpected(state as PlaygroundState)).toBe(DEFAULT_SETTINGS.vocabularyLimit);
    expect(symbolsExpected({ ...state, text: null } as PlaygroundState)).toBeNull();
  });
});

describe('the list of corpora', () => {
  const entry = (id: string, language: string) =>
    ({ id, language, title: { en: id, zh: `${id}（中）` } }) as CatalogueEntry;
  const catalogue = [entry('abab', 'zxx'), entry('quotes', 'en'), entry('poems', 'zh'), entry('play', 'en')];

  it('has a group for each language, the page’s own first', () => {
    const ids = (language: 'en' | 'zh') =>
      byLanguage(catalogue, language).map(([tag, entries]) => [tag, ...entries.map(({ id }) => id)]);
    expect(ids('en')).toEqual([
      ['en', 'quotes', 'play'],
      ['zxx', 'abab'],
      ['zh', 'poems'],
    ]);
    expect(ids('zh')[0]).toEqual(['zh', 'poems']);
  });

  it('has a group of their own for toy tasks, whatever they are written in', () => {
    const withTasks = [...catalogue, { ...entry('anbn', 'zxx'), kind: 'task' as const }];
    expect(byLanguage(withTasks, 'en').map(([tag, entries]) => [tag, entries.length])).toContainEqual(['task', 1]);
    expect(
      byLanguage(withTasks, 'en')
        .find(([tag]) => tag === 'zxx')?.[1]
        .map(({ id }) => id),
    ).toEqual(['abab']);
  });

  it('knows titles in both languages, and none of a text that is not in it', () => {
    expect(corpusTitle(catalogue, 'poems', 'zh')).toBe('poems（中）');
    expect(corpusTitle(catalogue, 'own', 'en')).toBeNull();
  });
});

describe('the beginning of a file', () => {
  const bytesOf = async (file: File) => new Uint8Array(await file.arrayBuffer());

  it('is the file itself where that is small enough', async () => {
    const file = new File(['short'], 'a.txt');
    expect(await beginningOf(file, 100)).toBe(file);
  });

  it('ends after the last line that fits, so that no character is cut', async () => {
    const file = new File(['第一行\n第二行\n第三行'], 'a.txt');
    expect(await (await beginningOf(file, 25)).text()).toBe('第一行\n第二行\n');
  });

  it.each([
    ['UTF-16', [0xff, 0xfe, 0x41, 0, 0x0a, 0, 0x42, 0, 0x43, 0]],
    ['UTF-32 LE', [0xff, 0xfe, 0, 0, 0x0a, 0, 0, 0, 0x42, 0, 0, 0]],
    ['UTF-32 BE', [0, 0, 0xfe, 0xff, 0, 0, 0, 0x0a, 0, 0, 0, 0x42]],
  ])('keeps %s on whole characters', async (_, bytes) => {
    const file = new File([Uint8Array.from(bytes)], 'a.txt');
    expect([...(await bytesOf(await beginningOf(file, 7)))]).toEqual(bytes.slice(0, 4));
    expect([...(await bytesOf(await beginningOf(file, 9)))]).toEqual(bytes.slice(0, 8));
  });
});
