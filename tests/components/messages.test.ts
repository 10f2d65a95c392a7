/** The catalogues: both languages say everything, and say it with the numbers they were given. */
import { describe, expect, it } from 'vitest';
import { failureText, en as english } from '../../src/components/messages/failures';
import { numbersOf } from '../../src/components/messages/numbers';
import * as controls from '../../src/components/messages/controls';
import * as corpus from '../../src/components/messages/corpus';
import { explanations } from '../../src/components/messages/explanations';
import * as notices from '../../src/components/messages/notices';
import * as settings from '../../src/components/messages/settings';
import { stepWords } from '../../src/components/messages/step';
import * as stage from '../../src/components/messages/stage';
import { zh } from '../../src/components/messages/zh';
import { surpriseBits } from '../../src/components/score/numbers';
import { DESCRIBED } from '../../scripts/corpora/entries';
import type { Failure } from '../../src/model/failures';

const FAILURES: readonly Failure[] = [
  { code: 'text-empty' },
  { code: 'text-empty', name: 'blank.txt' },
  { code: 'text-too-short', characters: 12, needed: 100 },
  { code: 'text-one-character', character: 'x' },
  { code: 'text-binary', name: 'cat.png' },
  { code: 'text-undecodable', encoding: 'big5' },
  { code: 'text-too-large', bytes: 123_000_000, limit: 100_000_000 },
  { code: 'file-unreadable', name: 'moved.txt', reason: 'gone' },
  { code: 'file-unreadable', name: 'locked.txt', reason: 'refused' },
  { code: 'file-folder', name: 'letters' },
  { code: 'files-several', names: ['one.txt', 'two.txt'] },
  { code: 'corpus-unknown', id: 'atlantis' },
  { code: 'corpus-unreachable', id: 'quotes', cause: 'HTTP 404' },
  { code: 'too-large-for-memory', bytes: 3.2e9, limit: 1e9, nearest: { units: 128, batch: 16, length: 48 } },
  { code: 'engine-unavailable', engine: 'WebGPU', cause: 'no adapter' },
  { code: 'device-lost', engine: 'WebGPU', cause: 'unplugged' },
  { code: 'device-error', engine: 'WebGL', cause: 'context lost' },
  { code: 'not-finite', step: 1285, quantity: 'gradient' },
  { code: 'storage-full' },
  { code: 'storage-refused', cause: 'SecurityError' },
  { code: 'run-file-damaged', fault: { kind: 'foreign' } },
  { code: 'run-file-damaged', fault: { kind: 'incomplete' } },
  { code: 'run-file-damaged', fault: { kind: 'changed' } },
  { code: 'run-file-damaged', fault: { kind: 'unreadable', where: 'header' } },
  { code: 'run-file-damaged', fault: { kind: 'missing', where: 'output.weight' } },
  { code: 'run-file-damaged', fault: { kind: 'unknown', where: 'settings.attention' } },
  { code: 'run-file-damaged', fault: { kind: 'size', where: 'state.h.0' } },
  { code: 'run-file-damaged', fault: { kind: 'not-finite', where: 'moment.1.output.bias' } },
  { code: 'run-file-damaged', fault: { kind: 'bounds', where: 'settings.units', value: '100000' } },
  { code: 'run-file-newer', version: 7, known: 2 },
  { code: 'part-unreachable', cause: 'no connection' },
  { code: 'browser-lacks', what: 'Worker' },
  { code: 'worker-died', cause: 'out of memory' },
  { code: 'unexpected', cause: 'TypeError: x' },
];

describe.each([
  ['en', english],
  ['zh', zh.failures],
] as const)('failures in %s', (language, texts) => {
  it.each(FAILURES)('tell what was found and what to do: $code', (failure) => {
    const { found, remedy } = failureText(texts, failure, numbersOf(language));
    for (const sentence of [found, remedy]) {
      expect(sentence).toMatch(language === 'zh' ? /\p{Script=Han}.*。$/u : /^[\p{L}“].*\.$/u);
      expect(sentence).not.toMatch(/undefined|NaN|\[object/);
    }
  });

  it('speak of NULs as such, since they may stand in a pasted text', () => {
    const { found, remedy } = failureText(texts, { code: 'text-with-nuls', count: 3 }, numbersOf(language));
    expect(found).toMatch(/3.*NUL|NUL.*3/);
    expect(`${found}${remedy}`).not.toMatch(/file|文件|PDF/);
  });

  it('never call a size too large and allowed at once', () => {
    const failure = { code: 'text-too-large', bytes: 100_000_001, limit: 100_000_000 } as const;
    expect(failureText(texts, failure, numbersOf(language)).found).toMatch(/100\.000001\s?\S+.*\D100\s?\D/);
  });

  it('write encodings and engines as they are written', () => {
    const of = (failure: Failure) => failureText(texts, failure, numbersOf(language)).found;
    expect(of({ code: 'text-undecodable', encoding: 'shift_jis' })).toContain('Shift_JIS');
    expect(of({ code: 'text-undecodable', encoding: 'EUC-KR' })).toContain('EUC-KR');
    expect(of({ code: 'device-lost', engine: 'webgpu', cause: 'x' })).toContain('WebGPU');
  });

  it('show foreign names escaped and cut', () => {
    const { found } = failureText(
      texts,
      { code: 'text-binary', name: `\u202e${'x'.repeat(300)}` },
      numbersOf(language),
    );
    expect(found).not.toContain('\u202e');
    expect(found.length).toBeLessThan(120);
  });

  it('name what the failure names', () => {
    const told = FAILURES.map((failure) => Object.values(failureText(texts, failure, numbersOf(language))).join(' '));
    const all = told.join('\n');
    for (const fact of [
      '12',
      '100',
      'blank.txt',
      'cat.png',
      'moved.txt',
      'locked.txt',
      'letters',
      'two.txt',
      'no connection',
      'Worker',
      'Big5',
      '123',
      'atlantis',
      'HTTP 404',
      '3.2',
      '128',
      '1,285',
      'unplugged',
    ]) {
      expect(all).toContain(fact);
    }
  });
});

/** Every text of a catalogue, with the path to it; functions are not called. */
const texts = (node: unknown, path = ''): [string, string][] =>
  typeof node === 'string'
    ? [[path, node]]
    : typeof node === 'object' && node !== null
      ? Object.entries(node).flatMap(([key, child]) => texts(child, `${path}.${key}`))
      : [];

describe('the catalogues', () => {
  it('are written in the language they are for', () => {
    // Names that are the same in both, and each language's button to the other.
    const shared = /^\.(bar\.language|gap|run\.engineNames|options\.(cell|optimizer|engine))/;
    const chineseTexts = [zh.controls, zh.corpus, zh.notices, zh.settings, zh.stage, explanations.zh, stepWords.zh]
      .flatMap((catalogue) => texts(catalogue))
      .filter(([path]) => !shared.test(path));
    for (const [path, text] of chineseTexts) expect(`${path}: ${text}`).toMatch(/\p{Script=Han}/u);
    const englishTexts = [controls.en, corpus.en, notices.en, settings.en, stage.en, explanations.en, stepWords.en]
      .flatMap((catalogue) => texts(catalogue))
      .filter(([path]) => !shared.test(path));
    for (const [path, text] of englishTexts) expect(`${path}: ${text}`).not.toMatch(/\p{Script=Han}/u);
    expect(englishTexts.length).toBe(chineseTexts.length);
  });

  it('use one Chinese word for one thing, the one of the field', () => {
    // Words that were used beside another one for the same, or that say something else.
    const retired =
      /您|批大小|验证部分|验证比例|意外度|总谱|激活前值|记忆状态|记忆单元|它写|现在写|奈特每字符|小程序|引语|整数之前|守着|将尽/u;
    const notes = DESCRIBED.flatMap(({ title, made, look }) => [title.zh, made.zh, look.zh]);
    const all = [zh.controls, zh.corpus, zh.notices, zh.settings, zh.stage, explanations.zh, stepWords.zh].flatMap(
      (catalogue) => texts(catalogue),
    );
    for (const text of [...notes, ...all.map(([, text]) => text)]) expect(text).not.toMatch(retired);
    for (const failure of FAILURES) {
      const { found, remedy } = failureText(zh.failures, failure, numbersOf('zh'));
      expect(found + remedy).not.toMatch(retired);
    }
  });

  it('count one thing as one', () => {
    expect([1, 30].map((steps) => controls.en.bar.speedLimit(String(steps)))).toEqual(['1 step / s', '30 steps / s']);
    expect(corpus.en.newlines('1')).toMatch(/^1 line end was/);
    expect([stage.en.curve.at('7', '7'), stage.en.curve.at('7', '8')]).toEqual(['step 7', 'steps 7–8']);
  });

  it('give shares a range that reads as a sentence', () => {
    const { range, units } = settings.en;
    expect(range('0.01', '0.5', units.share)).toBe('From 0.01 to 0.5 (1 is all of it).');
    expect(zh.settings.range('0.01', '0.5', zh.settings.units.share)).toBe('取值从 0.01 到 0.5（1 为全部）。');
  });

  it('say of the first character that it is not predicted, not that its surprise is a dash', () => {
    const surprise = Float32Array.of(NaN, 2.5);
    for (const { score } of [stage.en, zh.stage]) {
      expect(score.surpriseAt(surpriseBits({ surprise }, 0))).not.toMatch(/–|null|NaN/);
      expect(score.surpriseAt(surpriseBits({ surprise }, 1))).toContain('2.50');
    }
  });

  it('keep the names that links, tests and embedding pages rely on', () => {
    const { bar, run } = controls.en;
    expect([bar.train, bar.pause, bar.step, bar.reset, corpus.en.yourText, corpus.en.use, run.label]).toEqual([
      'Train',
      'Pause',
      'Step',
      'Reset',
      'Your text',
      'Use this text',
      'Run',
    ]);
    const { names } = settings.en;
    expect([names.corpus.label, names.cell.label, names.engine.label, names.units.label]).toEqual([
      'Corpus',
      'Cell',
      'Engine',
      'Units',
    ]);
  });
});

describe('numbers', () => {
  it('are written as the language writes them', () => {
    expect(numbersOf('en').integer(1_115_394)).toBe('1,115,394');
    expect(numbersOf('en').compact(78_123)).toMatch(/^78\.1k$/i);
    expect(numbersOf('zh').compact(78_123)).toBe('7.81\u00a0万');
    expect(numbersOf('en').percent(0.482, 1)).toBe('48.2%');
    expect(numbersOf('en').plain(0.000001)).toBe('0.000001');
  });

  it('part digits from Chinese characters by a space, and characters from characters by none', () => {
    const speeds = [800, 28_000].map((speed) => zh.controls.cost.speed(numbersOf('zh').rough(speed)));
    expect(speeds).toEqual(['约 800 字符/秒', '约 2.8\u00a0万字符/秒']);
    expect(zh.controls.run.speedValue(numbersOf('zh').compact(78_123))).toBe('7.81\u00a0万字符/秒');
  });

  it('fit their place when a loss has run away', () => {
    expect(numbersOf('en').fixed(99_999.5, 1)).toBe('99,999.5');
    expect(numbersOf('en').fixed(2.6964e126, 3)).toBe('2.7E126');
    expect([0.0071234, 5e-6, 1500, 2e300, 0].map(numbersOf('en').significant)).toEqual([
      '0.00712',
      '5E-6',
      '1,500',
      '2E300',
      '0',
    ]);
    expect([3.9061, 23.391, 772.61, 9_998.94, 9_999.5, 1.23e10, 4.5e300].map(numbersOf('en').brief)).toEqual([
      '3.906',
      '23.39',
      '772.6',
      '9,998.9',
      '1E4',
      '1.2E10',
      '4.5E300',
    ]);
  });

  it('carry bytes to the unit that suits', () => {
    expect(numbersOf('en').bytes(512)).toBe('512 byte');
    expect(numbersOf('en').bytes(1_115_394)).toMatch(/^1\.12\sMB$/);
    expect(numbersOf('en').bytes(3.2e9)).toMatch(/^3\.2\sGB$/);
  });

  it('are a dash where there is none', () => {
    for (const write of [numbersOf('en').integer, numbersOf('en').bytes, numbersOf('en').compact]) {
      expect(write(NaN)).toBe('–');
      expect(write(Infinity)).toBe('–');
    }
    expect(numbersOf('zh').fixed(NaN, 3)).toBe('–');
  });
});
