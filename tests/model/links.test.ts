/** Links: they read back as what was written, and mean for ever what they meant when they were made. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultsOf, fromUrlHash, LINK_VERSION, toUrlHash } from '../../src/model/links';
import type { LinkChange } from '../../src/model/links';
import { DEFAULT_SETTINGS, SETTING_NAMES, SETTINGS } from '../../src/model/settings';
import type { Setting, Settings } from '../../src/model/settings';

/** Of every setting in version 1: its key in the address, its default, and other values that it could have. */
const VERSION_1: Readonly<
  Record<string, readonly [key: string, value: string | number, ...others: (string | number)[]]>
> = {
  corpus: ['corpus', 'quotes', 'own', 'play'],
  vocabularyLimit: ['vocab', 1024, 2, 20000],
  validation: ['val', 0.1, 0.01, 0.5],
  cell: ['cell', 'lstm', 'gru', 'rnn'],
  layers: ['layers', 1, 2, 3],
  units: ['units', 64, 4, 512],
  input: ['input', 'onehot', 'embedding'],
  embeddingSize: ['embed', 32, 2, 256],
  forgetBias: ['fbias', 1, -10, 0],
  recurrentInit: ['init', 'uniform', 'orthogonal'],
  seed: ['seed', 1, 0, 4294967295],
  batch: ['batch', 8, 1, 128],
  length: ['length', 32, 8, 256],
  optimizer: ['opt', 'adam', 'rmsprop', 'sgd'],
  learningRate: ['lr', 0.01, 0.000001, 10],
  momentum: ['mom', 0.9, 0, 0.999],
  schedule: ['sched', 'constant', 'step', 'cosine'],
  scheduleSteps: ['every', 1000, 1, 1000000],
  scheduleFactor: ['factor', 0.5, 0.01, 1],
  warmup: ['warmup', 0, 7, 100000],
  clip: ['clip', 5, 0, 1000],
  dropout: ['drop', 0, 0.25, 0.9],
  weightDecay: ['decay', 0, 0.001, 1],
  evaluateEvery: ['eval', 100, 1, 100000],
  engine: ['engine', 'auto', 'simd', 'webgpu', 'webgl', 'tfjs', 'cpu'],
  threads: ['threads', 0, 1, 16],
  speed: ['speed', 6, 0, 5],
  probe: ['probe', '', 'a & b', '“一”'],
  prompt: ['prompt', '', '#=%'],
  temperature: ['temp', 0.8, 0.05, 3],
};

/** What a link without a version meant where it said nothing; what came later was not there. */
const DEFAULTS_1 = {
  ...Object.fromEntries(Object.entries(VERSION_1).map(([name, [, value]]) => [name, value])),
  activationPenalty: 0,
  topK: 0,
  topP: 1,
  sampleLength: 0,
  stopStep: 0,
  stopLoss: 0,
  stopPatience: 0,
  inputGate: 'learned',
  inputGateValue: 0.5,
  forgetGate: 'learned',
  forgetGateValue: 0.5,
  outputGate: 'learned',
  outputGateValue: 0.5,
  resetGate: 'learned',
  resetGateValue: 0.5,
  updateGate: 'learned',
  updateGateValue: 0.5,
} as Settings;

const NAMES_1 = Object.keys(VERSION_1);

/** Some settings of version 1 with values of theirs. */
const chosen1 = fc
  .subarray(NAMES_1)
  .chain((names) =>
    fc.record(Object.fromEntries(names.map((name) => [name, fc.constantFrom(...VERSION_1[name].slice(1))]))),
  );

/** As version 1 wrote links. */
const hash1 = (values: Readonly<Record<string, string | number>>, textHash?: string): string => {
  const query = new URLSearchParams();
  for (const name of NAMES_1) {
    const [key, value] = VERSION_1[name];
    if (name in values && values[name] !== value) query.set(key, String(values[name]));
  }
  if (textHash !== undefined) query.set('text', textHash);
  return query.toString();
};

const valueOf = (setting: Setting): fc.Arbitrary<string | number> => {
  switch (setting.kind) {
    case 'choice':
      return fc.constantFrom(...setting.options);
    case 'text':
      return fc
        .string({ maxLength: setting.maxLength, unit: 'grapheme' })
        .map((text) => Array.from(text).slice(0, setting.maxLength).join(''));
    case 'integer':
      return fc.integer({ min: setting.min, max: setting.max });
    case 'number':
      return fc.double({ min: setting.min, max: setting.max, noNaN: true }).map((x) => (x === 0 ? 0 : x));
  }
};
const settings = fc.record(
  Object.fromEntries(SETTING_NAMES.map((name) => [name, valueOf(SETTINGS[name])])),
) as fc.Arbitrary<Settings>;
const textHash = fc.stringMatching(/^[0-9a-f]{16}$/);

describe('a link', () => {
  it('reads back as what was written, in the version of now', () => {
    fc.assert(
      fc.property(settings, fc.option(textHash), (written, hash) => {
        const link = toUrlHash(written, hash);
        expect(fromUrlHash(`#${link}`)).toEqual({
          settings: written,
          textHash: hash,
          view: {},
          corrections: [],
          age: null,
        });
        expect(new URLSearchParams(link).get('v')).toBe(String(LINK_VERSION));
      }),
    );
  });

  it('that asks for nothing means the defaults of now', () => {
    for (const hash of ['', '#']) {
      expect(fromUrlHash(hash)).toEqual({
        settings: DEFAULT_SETTINGS,
        textHash: null,
        view: {},
        corrections: [],
        age: null,
      });
    }
  });

  it('of a later version means the defaults of now where it says nothing, which is said', () => {
    const { settings: read, corrections, age } = fromUrlHash(`#v=${String(LINK_VERSION + 1)}&units=8`);
    expect(read).toEqual({ ...DEFAULT_SETTINGS, units: 8 });
    expect(corrections).toEqual([]);
    expect(age).toEqual({ kind: 'later' });
  });

  it('with a version that is none means the defaults of now, which is said', () => {
    for (const version of ['', '0', '-1', '1.5', 'two', '99999999999999999999']) {
      const { settings: read, corrections, age } = fromUrlHash(`#v=${version}&units=8`);
      expect(read).toEqual({ ...DEFAULT_SETTINGS, units: 8 });
      expect(corrections).toEqual([{ kind: 'unknown', key: 'v' }]);
      expect(age).toBeNull();
    }
  });
});

describe('a link without a version', () => {
  it('means what it meant when it was made', () => {
    fc.assert(
      fc.property(chosen1, textHash, (values, hash) => {
        const link = fromUrlHash(`#${hash1(values, hash)}`);
        expect(link).toMatchObject({ settings: { ...DEFAULTS_1, ...values }, textHash: hash, corrections: [] });
        // As does one that says that it is of the first version.
        expect(fromUrlHash(`#v=1&${hash1(values, hash)}`)).toEqual(link);
      }),
    );
  });

  it('falls back on the defaults of then where it says what is no value', () => {
    const { settings: read, corrections } = fromUrlHash('#lr=fast&cell=tree&units=&batch=NaN');
    expect(read).toEqual(DEFAULTS_1);
    expect(corrections.map((correction) => correction.kind)).toEqual(['invalid', 'invalid', 'invalid', 'invalid']);
    expect(corrections).toMatchObject([{ used: '0.01' }, { used: 'lstm' }, { used: '64' }, { used: '8' }]);
  });

  it('tells which defaults it keeps that have changed, and that sums have', () => {
    const { age } = fromUrlHash('#units=12');
    const changed = SETTING_NAMES.filter((name) => name !== 'units' && DEFAULTS_1[name] !== DEFAULT_SETTINGS[name]);
    const kept = changed.map((name) => ({ name, value: DEFAULTS_1[name] }));
    expect(age).toEqual({ kind: 'earlier', kept, sums: true });
  });
});

describe('the defaults of a version', () => {
  it('are known of every version: a default that changes takes a row in the table of changes', () => {
    expect(defaultsOf(1)).toEqual(DEFAULTS_1);
    expect(defaultsOf(LINK_VERSION)).toEqual(DEFAULT_SETTINGS);
  });

  it('are the oldest that were changed since', () => {
    const changes: readonly LinkChange[] = [
      { before: { units: 16, batch: 2 }, sums: false },
      { before: { units: 32, layers: 3 }, sums: false },
    ];
    expect(defaultsOf(1, changes)).toEqual({ ...DEFAULT_SETTINGS, units: 16, batch: 2, layers: 3 });
    expect(defaultsOf(2, changes)).toEqual({ ...DEFAULT_SETTINGS, units: 32, layers: 3 });
    expect(defaultsOf(3, changes)).toEqual(DEFAULT_SETTINGS);
    expect(defaultsOf(9, changes)).toEqual(DEFAULT_SETTINGS);
  });
});
