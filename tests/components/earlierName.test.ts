/** What the run that was replaced is called beside the one on the page. */
import { expect, it } from 'vitest';
import { earlierName } from '../../src/components/curve/earlierName';
import type { Messages } from '../../src/components/messages';
import * as corpus from '../../src/components/messages/corpus';
import * as settings from '../../src/components/messages/settings';
import * as stage from '../../src/components/messages/stage';
import { zh } from '../../src/components/messages/zh';
import { DEFAULT_SETTINGS, type Settings } from '../../src/model/settings';
import type { PlaygroundState } from '../../src/store';

const WORDS = {
  en: { settings: settings.en, stage: stage.en, corpus: corpus.en },
  zh,
};
const CATALOGUE = [{ id: 'play', title: { en: 'A play', zh: '一出戏' } }];

const nameOf = (
  before: Partial<Settings>,
  now: Partial<Settings> = {},
  { language = 'en', textId = 't' }: { readonly language?: 'en' | 'zh'; readonly textId?: string } = {},
) =>
  earlierName(
    {
      runs: {
        before: { description: { textId, settings: { ...DEFAULT_SETTINGS, ...before } }, metrics: { step: 1234 } },
        now: { description: { textId: 't', settings: { ...DEFAULT_SETTINGS, ...now } } },
      },
      earlier: 'before',
      shown: 'now',
      catalogue: CATALOGUE,
      language,
    } as unknown as PlaygroundState,
    WORDS[language] as unknown as Messages,
  );

it('says what the run had in place of what the one on the page has', () => {
  expect(nameOf({ cell: 'gru', units: 64 })).toBe('before: GRU, 64 units');
  expect(nameOf({ learningRate: 0.01 })).toBe('before: learning rate 0.01');
  expect(nameOf({}, { cell: 'rnn' })).toBe('before: LSTM');
  expect(nameOf({ cell: 'gru', units: 64 }, {}, { language: 'zh' })).toBe('之前：GRU，64 个单元');
});

it('names another text, and few of many differences', () => {
  expect(nameOf({ corpus: 'play' }, {}, { textId: 'other' })).toBe('before: “A play”');
  expect(nameOf({ corpus: 'own' }, {}, { textId: 'other' })).toBe('before: “Your own text”');
  expect(nameOf({ cell: 'gru', units: 64, seed: 2, batch: 8, length: 16 })).toMatch(/^before: GRU, 64 units, [^,]+ …$/);
});

it('leaves out what decided no number, and tells a run of the same settings by its length', () => {
  expect(nameOf({ momentum: 0.5, threads: 2, stopStep: 3, engine: 'cpu' })).toBe(
    'before: the same settings, 1,234 steps',
  );
  expect(nameOf({ optimizer: 'sgd', momentum: 0.5 })).toBe('before: SGD, momentum 0.5');
});
