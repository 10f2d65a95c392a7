/** The store against a client that remembers what it was told: wishes, waiting changes, the address, the way back. */
import { describe, expect, it } from 'vitest';
import { FailureError, type Failure } from '../../src/model/failures';
import { fromUrlHash } from '../../src/model/links';
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import { NO_METRICS, type Sample } from '../../src/model/telemetry';
import { awaitsOwnText, OWN_TEXT, pendingChanges } from '../../src/store/state';
import type { Event as WorkerEvent } from '../../src/workers/protocol';
import { FACTS } from './facts';
import { createPage as start } from './page';

/** A page whose run has made steps. */
const trained = () => {
  const page = start();
  page.textReady();
  page.show(500);
  return page;
};

describe('the beginning', () => {
  it('asks for the text of the address and opens a run on it', () => {
    const { sent, textReady, last, show, get } = start('#v=2&corpus=play&units=32&engine=cpu');
    expect(sent.map(({ type }) => type)).toEqual(['start', 'survey', 'recall', 'load-text']);
    expect(last('load-text')?.source).toEqual({ kind: 'bundled', id: 'play' });
    textReady();
    expect(last('open')).toMatchObject({ replaces: null, when: 'ready', then: 'wait', settings: { units: 32 } });
    show();
    expect(get().run).toMatchObject({ phase: 'ready', description: { settings: { units: 32 } } });
    expect(get().opening).toBeNull();
    expect(pendingChanges(get())).toEqual([]);
  });

  it('says what was wrong with the address', () => {
    const { get } = start('#v=2&units=9999&nonsense=1&text=aaaaaaaaaaaaaaaa');
    expect(get().settings.units).toBe(512);
    expect(get().corrections).toEqual([
      { kind: 'clamped', name: 'units', given: '9999', used: '512' },
      { kind: 'unknown', key: 'nonsense' },
    ]);
    expect(get().linked).toEqual({ hash: 'aaaaaaaaaaaaaaaa', own: false });
  });

  it('opens with the default text where the named one is not there, and says why', () => {
    const { get, tell, last, textReady } = start('#v=2&corpus=missing');
    const failure = { code: 'corpus-unknown', id: 'missing' } as const;
    tell({ type: 'text-failed', textId: get().text?.textId ?? '', failure });
    expect(last('load-text')?.source).toEqual({ kind: 'bundled', id: DEFAULT_SETTINGS.corpus });
    textReady();
    expect(get().text).toMatchObject({ status: 'ready', failure });
    expect(last('open')?.settings.corpus).toBe(DEFAULT_SETTINGS.corpus);
  });

  it('corrects each setting of the address once, by its last value', () => {
    const { get } = start(
      '#v=2&units=9999&units=1&batch=0&batch=4&cell=tree&cell=bush&text=no&text=aaaaaaaaaaaaaaaa&x=1&x=2',
    );
    expect(get().settings).toMatchObject({ units: 4, batch: 4 });
    expect(get().corrections).toEqual([
      { kind: 'clamped', name: 'units', given: '1', used: '4' },
      { kind: 'invalid', name: 'cell', given: 'bush', used: 'lstm' },
      { kind: 'unknown', key: 'x' },
    ]);
    expect(get().linked?.hash).toBe('aaaaaaaaaaaaaaaa');
  });

  it('reads a decimal comma, and nothing that could be two numbers', () => {
    const { get } = start('#v=2&lr=0,005&every=20,000');
    expect(get().settings).toMatchObject({ learningRate: 0.005, scheduleSteps: DEFAULT_SETTINGS.scheduleSteps });
    expect(get().corrections).toEqual([
      { kind: 'ambiguous', name: 'scheduleSteps', given: '20,000', used: String(DEFAULT_SETTINGS.scheduleSteps) },
    ]);
  });

  it('is not called wrong any longer once its settings have been set', () => {
    const page = start('#v=2&units=9999&batch=0&length=1&cell=tree&nonsense=1');
    page.textReady();
    page.show();
    const named = () =>
      page.get().corrections.map((correction) => ('name' in correction ? correction.name : correction.key));
    expect(named()).toEqual(['units', 'batch', 'length', 'cell', 'nonsense']);
    page.get().actions.set('units', 20);
    expect(named()).toEqual(['batch', 'length', 'cell', 'nonsense']);
    // The value that was used in its place, taken by the reader.
    page.get().actions.set('batch', 1);
    expect(named()).toEqual(['length', 'cell', 'nonsense']);
    page.get().actions.set('length', 16);
    page.get().actions.set('length', 8);
    expect(named()).toEqual(['cell', 'nonsense']);
    page.address.hash = '#v=2&units=20';
    page.address.changed();
    expect(named()).toEqual([]);
  });

  it('knows an address that an earlier version of the page made, until the reader has taken note', () => {
    const { get, address } = start('#units=8');
    expect(get().linkAge).toMatchObject({ kind: 'earlier', sums: true });
    get().actions.dismissLinkAge();
    expect(get().linkAge).toBeNull();
    address.hash = '#units=16';
    address.changed();
    expect(get().linkAge).toMatchObject({ kind: 'earlier' });
    expect(start().get().linkAge).toBeNull();
  });

  it('trains as soon as it can where that was wished before', () => {
    const { get, textReady, last } = start();
    get().actions.train();
    textReady();
    expect(last('open')).toMatchObject({ then: 'train' });
  });
});

describe('a link to a text of one’s own', () => {
  const HASH = 'aaaaaaaaaaaaaaaa';
  const follow = () => {
    const page = start(`#v=2&corpus=${OWN_TEXT}&units=8&text=${HASH}`);
    page.textReady();
    page.show();
    page.flush();
    return page;
  };
  const give = ({ get, textReady, show, flush }: ReturnType<typeof follow>, hash: string) => {
    get().actions.useText({ kind: 'pasted', text: hash });
    textReady({ ...FACTS, hash });
    show();
    flush();
  };

  it('asks for that text, and goes on asking when the page is opened again', () => {
    const { get, address } = follow();
    expect(get().settings.corpus).toBe(DEFAULT_SETTINGS.corpus);
    expect(get().corrections).toEqual([]);
    expect(awaitsOwnText(get())).toBe(true);
    expect(fromUrlHash(address.hash)).toMatchObject({ settings: { corpus: OWN_TEXT, units: 8 }, textHash: HASH });
  });

  it('that names no text has no other put in its place', () => {
    const page = start(`#corpus=${OWN_TEXT}&units=8`);
    page.textReady();
    page.show();
    page.flush();
    expect(page.get().text?.facts?.hash).toBe(FACTS.hash);
    expect(fromUrlHash(page.address.hash)).toMatchObject({ settings: { corpus: OWN_TEXT }, textHash: null });
    page.get().actions.set('units', 12);
    page.flush();
    expect(fromUrlHash(page.address.hash)).toMatchObject({ settings: { units: 12 }, textHash: null });
    // What is given then is the link's text.
    give(page, HASH);
    expect(fromUrlHash(page.address.hash)).toMatchObject({ settings: { corpus: OWN_TEXT }, textHash: HASH });
  });

  it('knows another text from the one that it was made with', () => {
    const page = follow();
    give(page, 'bbbbbbbbbbbbbbbb');
    expect(awaitsOwnText(page.get())).toBe(false);
    expect(page.get().linked?.hash).toBe(HASH);
    expect(fromUrlHash(page.address.hash).textHash).toBe(HASH);
    give(page, HASH);
    expect(page.get().linked?.hash).toBe(page.get().text?.facts?.hash);
  });

  it('is let go when the reader accepts the text that is there', () => {
    const page = follow();
    give(page, 'bbbbbbbbbbbbbbbb');
    page.get().actions.acceptText();
    page.flush();
    expect(page.get().linked).toBeNull();
    expect(fromUrlHash(page.address.hash).textHash).toBe('bbbbbbbbbbbbbbbb');
  });

  it('is let go for a corpus chosen by hand, but not by choosing a text that is not there', () => {
    const { get, textReady } = follow();
    get().actions.set('corpus', OWN_TEXT);
    expect(awaitsOwnText(get())).toBe(true);
    get().actions.set('corpus', 'play');
    textReady();
    expect(get().linked).toBeNull();
  });

  it('stays asked for where the text that was given cannot serve', () => {
    const { get, tell } = follow();
    get().actions.useText({ kind: 'pasted', text: '' });
    tell({ type: 'text-failed', textId: get().text?.textId ?? '', failure: { code: 'text-empty' } });
    expect(awaitsOwnText(get())).toBe(true);
  });
});

describe('a link to a prompt', () => {
  it('keeps its line ends', () => {
    const page = start();
    page.textReady();
    page.show();
    page.get().actions.set('prompt', 'first\nsecond \n');
    page.flush();
    expect(fromUrlHash(page.address.hash)).toMatchObject({ settings: { prompt: 'first\nsecond \n' }, corrections: [] });
  });
});

describe('a link to a bundled corpus', () => {
  it('is let go when the reader gives a text of their own', () => {
    const { get, textReady, show, flush, address } = start('#v=2&corpus=play&text=aaaaaaaaaaaaaaaa');
    textReady();
    show();
    get().actions.useText({ kind: 'pasted', text: 'mine' });
    textReady({ ...FACTS, hash: 'bbbbbbbbbbbbbbbb' });
    flush();
    expect(get().linked).toBeNull();
    expect(fromUrlHash(address.hash).textHash).toBe('bbbbbbbbbbbbbbbb');
  });
});

describe('a structural change', () => {
  it('is a new run at once while nothing would be lost', () => {
    const { get, textReady, show, last, count } = start();
    textReady();
    show();
    get().actions.set('units', 20);
    expect(count('open')).toBe(2);
    expect(last('open')).toMatchObject({ replaces: 'run-1', when: 'ready', then: 'wait', settings: { units: 20 } });
    get().actions.set('units', 24);
    expect(last('open')).toMatchObject({ replaces: 'run-1', settings: { units: 24 } });
  });

  it('waits once the run has made a step, and then is a new run after its first step', () => {
    const { get, last, count } = trained();
    get().actions.set('units', 20);
    get().actions.set('cell', 'gru');
    expect(count('open')).toBe(1);
    expect(pendingChanges(get())).toEqual(['cell', 'units']);
    get().actions.train();
    expect(last('open')).toMatchObject({ replaces: 'run-1', when: 'first-step', then: 'train' });
    expect(pendingChanges(get())).toEqual([]);
  });

  it('can be taken back', () => {
    const { get } = trained();
    get().actions.set('units', 20);
    get().actions.set('learningRate', 0.1);
    get().actions.discardChanges();
    expect(pendingChanges(get())).toEqual([]);
    expect(get().settings).toMatchObject({ units: DEFAULT_SETTINGS.units, learningRate: 0.1 });
  });

  it('that cannot be made leaves the run and tells', () => {
    const { get, tell, last, count } = trained();
    get().actions.set('units', 512);
    get().actions.startNewRun();
    const runId = last('open')?.runId ?? '';
    const failure = {
      code: 'too-large-for-memory',
      bytes: 2,
      limit: 1,
      nearest: { units: 8, batch: 1, length: 8 },
    } as const;
    tell({ type: 'phase', runId, phase: 'failed', metrics: NO_METRICS, failure, resumable: null });
    expect(get().opening).toMatchObject({ runId, failure });
    expect(get().run?.runId).toBe('run-1');
    expect(pendingChanges(get())).toEqual(['units']);
    get().actions.discardChanges();
    expect(get().opening).toBeNull();
    get().actions.train();
    expect(count('open')).toBe(2);
    expect(last('train')).toEqual({ type: 'train', runId: 'run-1' });
  });
});

describe('live and page settings', () => {
  it('reach the run at once, and the one that is opening', () => {
    const { get, sent, last } = trained();
    get().actions.set('units', 20);
    get().actions.startNewRun();
    get().actions.set('learningRate', 0.02);
    const changes = sent.filter(({ type }) => type === 'change');
    expect(changes).toEqual([
      { type: 'change', runId: 'run-1', settings: { learningRate: 0.02 } },
      { type: 'change', runId: last('open')?.runId, settings: { learningRate: 0.02 } },
    ]);
  });

  it('are kept in their bounds, and said', () => {
    const { get } = trained();
    get().actions.set('temperature', 99);
    get().actions.set('temperature', 98);
    expect(get().settings.temperature).toBe(3);
    expect(get().corrections).toMatchObject([{ name: 'temperature', given: '98', used: '3' }]);
    get().actions.dismissCorrections();
    expect(get().corrections).toEqual([]);
  });
});

describe('texts', () => {
  it('of one’s own wait like any structural change', () => {
    const { get, last, textReady, show } = trained();
    get().actions.useText({ kind: 'pasted', text: 'mine' });
    expect(get().text).toMatchObject({ status: 'loading' });
    expect(pendingChanges(get())).toEqual([]);
    textReady({ ...FACTS, hash: 'fedcba9876543210' });
    expect(get().settings.corpus).toBe(OWN_TEXT);
    expect(pendingChanges(get())).toEqual(['text']);
    get().actions.step();
    expect(last('open')).toMatchObject({ textId: get().text?.textId, when: 'first-step', then: 'step' });
    show(1);
    expect(pendingChanges(get())).toEqual([]);
  });

  it('that cannot serve change nothing', () => {
    const { get, tell } = trained();
    const before = get();
    get().actions.useText({ kind: 'pasted', text: '' });
    tell({ type: 'text-failed', textId: get().text?.textId ?? '', failure: { code: 'text-empty' } });
    expect(get().text).toEqual({
      ...before.text,
      failure: { code: 'text-empty' },
      failedSource: { kind: 'pasted', text: '' },
    });
    expect(get().settings).toEqual(before.settings);
    expect(get().run).toEqual(before.run);
    expect(pendingChanges(get())).toEqual([]);
  });

  it('can be cancelled', () => {
    const { get, last } = trained();
    const before = get().text;
    get().actions.set('corpus', 'play');
    const wanted = get().text?.textId;
    get().actions.cancelText();
    expect(last('cancel-text')?.textId).toBe(wanted);
    expect(get().text).toEqual(before);
    expect(get().settings.corpus).toBe(DEFAULT_SETTINGS.corpus);
  });

  it('that the run has need no loading again', () => {
    const { get, textReady, count } = trained();
    get().actions.set('corpus', 'play');
    textReady();
    get().actions.set('corpus', DEFAULT_SETTINGS.corpus);
    expect(count('load-text')).toBe(2);
    expect(pendingChanges(get())).toEqual([]);
  });

  it('that did not come can be asked for again', () => {
    const { get, tell, count } = start();
    const failure = { code: 'corpus-unreachable', id: DEFAULT_SETTINGS.corpus, cause: 'offline' } as const;
    tell({ type: 'text-failed', textId: get().text?.textId ?? '', failure });
    expect(get().text).toMatchObject({ status: 'failed', failure });
    get().actions.set('corpus', DEFAULT_SETTINGS.corpus);
    expect(count('load-text')).toBe(2);
    expect(get().text).toMatchObject({ status: 'loading', failure: null });
  });

  it('out of a file are read again in another encoding, whatever failed since', () => {
    const { get, tell, textReady, last } = trained();
    const good = new File(['good'], 'good.txt');
    const bad = new File(['bad'], 'bad.txt');
    const failure = { code: 'text-undecodable', encoding: 'utf-8' } as const;
    get().actions.useText({ kind: 'file', file: good, encoding: null });
    textReady();
    get().actions.useText({ kind: 'file', file: bad, encoding: null });
    tell({ type: 'text-failed', textId: get().text?.textId ?? '', failure });
    expect(get().text).toMatchObject({ failure, failedSource: { file: bad }, source: { file: good } });
    get().actions.reread('big5');
    expect(last('load-text')?.source).toEqual({ kind: 'file', file: good, encoding: 'big5' });
  });

  it('of one’s own that were good come back after one that was not', () => {
    const { get, tell, textReady, last } = trained();
    get().actions.useText({ kind: 'pasted', text: 'good' });
    textReady();
    get().actions.useText({ kind: 'pasted', text: '' });
    tell({ type: 'text-failed', textId: get().text?.textId ?? '', failure: { code: 'text-empty' } });
    get().actions.set('corpus', 'play');
    textReady();
    get().actions.set('corpus', OWN_TEXT);
    expect(last('load-text')?.source).toEqual({ kind: 'pasted', text: 'good' });
  });

  it('asked for and trained at once train when they are there', () => {
    const { get, textReady, last } = trained();
    get().actions.useText({ kind: 'pasted', text: 'mine' });
    get().actions.train();
    expect(last('train')).toBeUndefined();
    textReady();
    expect(last('open')).toMatchObject({ textId: get().text?.textId, then: 'train' });
  });
});

describe('buttons', () => {
  it('reset with the same seed, ready and waiting', () => {
    const { get, last } = trained();
    get().actions.reset();
    expect(last('open')).toMatchObject({ when: 'ready', then: 'wait', replaces: 'run-1', settings: { seed: 1 } });
  });

  it('make a new seed', () => {
    const { get, last } = trained();
    get().actions.newSeed();
    expect(last('open')).toMatchObject({ settings: { seed: 77 } });
    expect(get().settings.seed).toBe(77);
  });

  it('go on after a failure', () => {
    const { get, sent, tell } = trained();
    tell({
      type: 'phase',
      runId: 'run-1',
      phase: 'failed',
      metrics: NO_METRICS,
      failure: { code: 'not-finite', step: 5, quantity: 'loss' },
      resumable: 4,
    });
    expect(get().run?.resumable).toBe(4);
    const told = sent.length;
    get().actions.train();
    expect(sent.slice(told).map(({ type }) => type)).toEqual(['resume', 'train']);
  });

  it('pause what runs and what is about to', () => {
    const { get, sent } = trained();
    get().actions.set('units', 20);
    get().actions.train();
    const told = sent.length;
    get().actions.pause();
    expect(sent.slice(told)).toMatchObject([
      { type: 'pause', runId: 'run-1' },
      { type: 'pause', runId: 'run-2' },
    ]);
  });
});

describe('keys', () => {
  it('go on with the run that is shown while changes wait', () => {
    const { get, last, count } = trained();
    get().actions.set('units', 20);
    get().actions.carryOn('train');
    expect(last('train')).toEqual({ type: 'train', runId: 'run-1' });
    get().actions.carryOn('step');
    expect(last('step')).toEqual({ type: 'step', runId: 'run-1' });
    expect(count('open')).toBe(1);
    expect(pendingChanges(get())).toEqual(['units']);
  });

  it('do as the buttons where there is nothing to lose', () => {
    const { get, textReady, show, last } = start();
    get().actions.carryOn('train');
    textReady();
    expect(last('open')).toMatchObject({ then: 'train' });
    show();
    get().actions.carryOn('train');
    expect(last('train')).toEqual({ type: 'train', runId: 'run-1' });
  });
});

describe('undo', () => {
  it('brings back the settings, the text and the samples of the run that comes back', () => {
    const { get, tell, last, show, textReady, phase, deed, tellDeeds, describe: description } = trained();
    const sample: Sample = {
      runId: 'run-1',
      step: 9,
      temperature: 1,
      prompt: '',
      unknown: [],
      text: 'a',
      complete: true,
    };
    tell({ type: 'sample', sample });
    get().actions.useText({ kind: 'pasted', text: 'mine' });
    textReady({ ...FACTS, hash: 'fedcba9876543210' });
    get().actions.set('units', 20);
    get().actions.set('temperature', 0.5);
    get().actions.startNewRun();
    show(1);
    expect(get().samples).toEqual([]);
    expect(get().undoable).toEqual([deed('run-1')]);
    get().actions.undo();
    expect(last('undo')).toEqual({ type: 'undo', runId: 'run-2' });
    tell({ type: 'replaced', runId: 'run-1', replaced: 'run-2' });
    tellDeeds('run-1', [], [deed('run-2')]);
    tell({ type: 'description', description: description('run-1', 'text-1', DEFAULT_SETTINGS) });
    phase('run-1', 500);
    expect(get().run).toMatchObject({ runId: 'run-1', metrics: { step: 500 } });
    expect(get().settings).toEqual({ ...DEFAULT_SETTINGS, temperature: 0.5 });
    expect(get().text?.textId).toBe('text-1');
    expect(get().samples).toEqual([{ ...sample, number: 1 }]);
    expect(pendingChanges(get())).toEqual([]);
    get().actions.undo();
    expect(last('undo')).toEqual({ type: 'undo', runId: 'run-2' });
    get().actions.redo();
    expect(last('redo')).toEqual({ type: 'redo', runId: 'run-1' });
  });

  it('brings back each of several runs with its samples and its text', () => {
    const { get, tell, textReady, show, deed, tellDeeds, describe: description } = trained();
    const sample = { runId: 'run-1', step: 9, temperature: 1, prompt: '', unknown: [], text: 'a', complete: true };
    tell({ type: 'sample', sample });
    get().actions.useText({ kind: 'pasted', text: 'mine' });
    textReady({ ...FACTS, hash: 'fedcba9876543210' });
    get().actions.startNewRun();
    show(1);
    get().actions.reset();
    show(1);
    expect(get().undoable).toEqual([deed('run-1'), deed('run-2')]);
    tell({ type: 'replaced', runId: 'run-2', replaced: 'run-3' });
    tellDeeds('run-2', [deed('run-1')], [deed('run-3')]);
    tell({ type: 'description', description: description('run-2', 'text-2', DEFAULT_SETTINGS) });
    expect(get().text?.textId).toBe('text-2');
    tell({ type: 'replaced', runId: 'run-1', replaced: 'run-2' });
    tellDeeds('run-1', [], [deed('run-3'), deed('run-2')]);
    tell({ type: 'description', description: description('run-1', 'text-1', DEFAULT_SETTINGS) });
    expect(get().text?.textId).toBe('text-1');
    expect(get().samples).toMatchObject([sample]);
  });

  it('of a live setting brings it back, and leaves alone what waits for a new run', () => {
    const { get, tell, last, phase, deed, tellDeeds, describe: description } = trained();
    const sample = { runId: 'run-1', step: 9, temperature: 1, prompt: '', unknown: [], text: 'a', complete: true };
    tell({ type: 'sample', sample });
    const textId = get().text?.textId ?? '';
    get().actions.set('units', 20);
    get().actions.set('speed', 2);
    get().actions.set('learningRate', 5);
    tellDeeds('run-1', [deed('run-1', { learningRate: 0.01 })]);
    get().actions.undo();
    expect(last('undo')).toEqual({ type: 'undo', runId: 'run-1' });
    tell({ type: 'replaced', runId: 'run-1', replaced: 'run-1' });
    tellDeeds('run-1', [], [deed('run-1', { learningRate: 5 })]);
    tell({ type: 'description', description: description('run-1', textId, { ...DEFAULT_SETTINGS, speed: 2 }) });
    phase('run-1', 500, 'running');
    expect(get().settings).toEqual({ ...DEFAULT_SETTINGS, speed: 2, units: 20 });
    expect(pendingChanges(get())).toEqual(['units']);
    expect(get().samples).toMatchObject([sample]);
  });

  it('of a live setting leaves what a link holds back', () => {
    const page = trained();
    page.get().actions.set('learningRate', 5);
    page.address.hash = '#v=2&units=12&lr=0.1&clip=2&speed=0';
    page.address.changed();
    expect(pendingChanges(page.get())).toEqual(['units', 'learningRate', 'clip', 'speed']);
    page.tell({ type: 'replaced', runId: 'run-1', replaced: 'run-1' });
    page.tell({ type: 'description', description: page.describe('run-1', 'text-1', DEFAULT_SETTINGS) });
    expect(page.get().settings).toMatchObject({ units: 12, learningRate: 0.1, clip: 2, speed: 0 });
    expect(page.get().heldBack).toMatchObject({ learningRate: DEFAULT_SETTINGS.learningRate });
    const { settings } = page.last('change') ?? {};
    expect(settings).toMatchObject({ speed: DEFAULT_SETTINGS.speed, learningRate: DEFAULT_SETTINGS.learningRate });
    page.get().actions.discardChanges();
    expect(page.get().settings).toEqual(DEFAULT_SETTINGS);
  });
});

describe('a run that has made no step', () => {
  it('does not take the place of the one that can come back', () => {
    const { get, tell, textReady, show, phase, deed, tellDeeds, describe: description } = trained();
    const sample = { runId: 'run-1', step: 9, temperature: 1, prompt: '', unknown: [], text: 'a', complete: true };
    tell({ type: 'sample', sample });
    get().actions.useText({ kind: 'pasted', text: 'mine' });
    textReady({ ...FACTS, hash: 'fedcba9876543210' });
    get().actions.reset();
    show();
    get().actions.set('units', 20);
    tell({ type: 'replaced', runId: 'run-3', replaced: 'run-2' });
    tellDeeds('run-3', [deed('run-1')]);
    tell({ type: 'description', description: description('run-3', 'text-2', { ...DEFAULT_SETTINGS, units: 20 }) });
    tell({ type: 'replaced', runId: 'run-1', replaced: 'run-3' });
    tellDeeds('run-1', [], [deed('run-3')]);
    tell({ type: 'description', description: description('run-1', 'text-1', DEFAULT_SETTINGS) });
    phase('run-1', 500);
    expect(get().settings).toEqual(DEFAULT_SETTINGS);
    expect(get().text?.textId).toBe('text-1');
    expect(get().samples).toMatchObject([sample]);
  });
});

describe('the address', () => {
  describe('that asks for nothing', () => {
    const CHINESE = { languages: ['zh-CN'] };
    const opened = (hash: string, o = {}) => {
      const page = start(hash, o);
      page.flush();
      const source = page.last('load-text')?.source;
      return { ...page, corpus: source?.kind === 'bundled' ? source.id : null };
    };

    it('opens a text in the language of the page', () => {
      expect(opened('').corpus).toBe('capslock');
      expect(opened('', CHINESE).corpus).toBe('jianfan');
      expect(opened('#', CHINESE).corpus).toBe('jianfan');
    });

    it('says which text that is, so that it is the same for a reader of another language', () => {
      const chinese = opened('', CHINESE).address.hash;
      expect(opened(chinese).corpus).toBe('jianfan');
      const english = start();
      english.get().actions.setLanguage('zh');
      english.flush();
      expect(opened(english.address.hash, CHINESE).corpus).toBe('capslock');
      const chosen = start('', CHINESE);
      chosen.get().actions.set('corpus', 'quotes');
      chosen.flush();
      expect(opened(chosen.address.hash, CHINESE).corpus).toBe('quotes');
    });

    it('is unlike one that asks for anything, which means the same in every language', () => {
      expect(opened('#v=2&units=16', CHINESE).corpus).toBe('capslock');
      // Before links had versions.
      expect(opened('#units=16', CHINESE).corpus).toBe('quotes');
    });
  });

  it('follows the settings and names the text, and reads back as the same', () => {
    const { get, textReady, show, flush, address } = start();
    textReady();
    show();
    get().actions.set('units', 33);
    get().actions.set('prompt', 'ROMEO & Ü');
    flush();
    const link = fromUrlHash(address.hash);
    expect(link).toEqual({ settings: get().settings, textHash: FACTS.hash, corrections: [], age: null });
  });

  it('of a run that was changed midway holds what it was begun with, until a new one is wished for', () => {
    const { get, tell, show, flush, address, describe: description } = trained();
    const linked = () => {
      flush();
      const { learningRate, clip, units } = fromUrlHash(address.hash).settings;
      return { learningRate, clip, units };
    };
    const { learningRate, clip, units } = DEFAULT_SETTINGS;
    get().actions.set('learningRate', 0.5);
    get().actions.set('learningRate', 0.2);
    const changes = [
      { step: 500, name: 'learningRate', from: String(learningRate), value: '0.5' },
      { step: 600, name: 'learningRate', from: '0.5', value: '0.2' },
    ];
    tell({ type: 'description', description: { ...description('run-1', 'text-1', get().settings), changes } });
    expect(linked()).toEqual({ learningRate, clip, units });
    expect(get().settings.learningRate).toBe(0.2);
    get().actions.set('units', 20);
    expect(linked()).toEqual({ learningRate: 0.2, clip, units: 20 });
    get().actions.discardChanges();
    expect(linked()).toEqual({ learningRate, clip, units });
    get().actions.reset();
    show();
    expect(linked()).toEqual({ learningRate: 0.2, clip, units });
  });

  it('that is changed by hand changes the settings', () => {
    const { get, textReady, show, address, last } = start();
    textReady();
    show();
    address.hash = '#v=2&units=12&lr=0.1&corpus=play';
    address.changed();
    expect(get().settings).toMatchObject({ units: 12, learningRate: 0.1, corpus: 'play' });
    expect(last('load-text')?.source).toEqual({ kind: 'bundled', id: 'play' });
    textReady();
    expect(last('open')?.settings).toMatchObject({ units: 12, learningRate: 0.1, corpus: 'play' });
  });

  it('that brings nothing structural changes a run midway', () => {
    const { address, last, get } = trained();
    address.hash = '#v=2&lr=0.1';
    address.changed();
    expect(last('change')).toEqual({ type: 'change', runId: 'run-1', settings: { learningRate: 0.1 } });
    expect(pendingChanges(get())).toEqual([]);
  });

  describe('that brings a new run midway', () => {
    const midway = () => {
      const page = trained();
      page.address.hash = '#v=2&units=12&lr=0.1&speed=0';
      page.address.changed();
      return page;
    };

    it('leaves the run as it is, and says all that waits', () => {
      const { get, count } = midway();
      expect(get().settings).toMatchObject({ units: 12, learningRate: 0.1, speed: 0 });
      expect(count('change')).toBe(0);
      expect(pendingChanges(get())).toEqual(['units', 'learningRate', 'speed']);
    });

    it('can be discarded whole', () => {
      const { get, count } = midway();
      get().actions.discardChanges();
      expect(get().settings).toEqual(DEFAULT_SETTINGS);
      expect(pendingChanges(get())).toEqual([]);
      expect(count('open')).toBe(1);
    });

    it('goes with the new run', () => {
      const { get, last, show } = midway();
      get().actions.startNewRun();
      expect(last('open')?.settings).toMatchObject({ units: 12, learningRate: 0.1, speed: 0 });
      expect(pendingChanges(get())).toEqual([]);
      show(1);
      expect(get().heldBack).toEqual({});
      expect(pendingChanges(get())).toEqual([]);
    });

    it('waits again where the new run cannot be made', () => {
      const { get, last, tell } = midway();
      get().actions.startNewRun();
      const runId = last('open')?.runId ?? '';
      const failure = { code: 'unexpected', cause: 'x' } as const;
      tell({ type: 'phase', runId, phase: 'failed', metrics: NO_METRICS, failure, resumable: null });
      expect(pendingChanges(get())).toEqual(['units', 'learningRate', 'speed']);
    });

    it('leaves to the reader what they change of the run themselves', () => {
      const { get, sent } = midway();
      get().actions.set('learningRate', 0.02);
      expect(sent.filter(({ type }) => type === 'change')).toEqual([
        { type: 'change', runId: 'run-1', settings: { learningRate: 0.02 } },
      ]);
      expect(pendingChanges(get())).toEqual(['units', 'speed']);
    });

    it('while another is on its way waits for that one', () => {
      const { get, address, count, show } = trained();
      get().actions.set('units', 20);
      get().actions.startNewRun();
      address.hash = '#v=2&units=12&lr=0.1';
      address.changed();
      expect(count('change')).toBe(0);
      show(1);
      expect(get().heldBack).toEqual({ learningRate: DEFAULT_SETTINGS.learningRate });
      expect(pendingChanges(get())).toEqual(['units', 'learningRate']);
    });
  });
});

describe('frames', () => {
  const none = new Float32Array(0);
  const points = { steps: new Float64Array(0), values: none };
  const frame = (step: number): Extract<WorkerEvent, { type: 'frame' }> => ({
    type: 'frame',
    runId: 'run-1',
    metrics: { ...NO_METRICS, step },
    probe: null,
    history: {
      loss: { width: 1, minimum: none, mean: none, maximum: none },
      smoothedLoss: points,
      heldOutLoss: points,
    },
    buffer: new ArrayBuffer(8),
  });

  it('give the buffer of the one before back only after the page has drawn', () => {
    const { get, tell, frames, returned } = trained();
    const [first, second] = [frame(1), frame(2)];
    tell(first);
    tell(second);
    expect(get().history).toBe(second.history);
    expect(get().run?.metrics.step).toBe(2);
    expect(returned).toEqual([]);
    frames.forEach((callback) => {
      callback();
    });
    expect(returned).toEqual([first.buffer]);
    expect(returned[0]).toBe(first.buffer);
  });
});

describe('a worker that is gone', () => {
  it('that is busy with a long step can be stopped: the settings stay', () => {
    const { get, tellBusy, last, restarts, textReady } = trained();
    get().actions.set('units', 40);
    tellBusy('worker');
    expect(get().busy).toBe('worker');
    get().actions.stopWaiting();
    expect(restarts()).toBe(1);
    textReady();
    expect(last('open')).toMatchObject({ settings: { units: 40 }, replaces: null });
    tellBusy(null);
    expect(get().busy).toBeNull();
  });

  it('is not ended where a device alone is waited for', () => {
    const { get, tellBusy, restarts, stops } = trained();
    tellBusy('device');
    get().actions.stopWaiting();
    expect([restarts(), stops()]).toEqual([0, 1]);
  });

  it('is said, and can be started again with settings and text kept', () => {
    const { get, die, last, restarts, textReady } = trained();
    get().actions.set('units', 20);
    die({ code: 'worker-died', cause: 'boom' });
    expect(get().workerFailure).toEqual({ code: 'worker-died', cause: 'boom' });
    get().actions.restartWorker();
    expect(restarts()).toBe(1);
    expect(get()).toMatchObject({ workerFailure: null, run: null });
    textReady();
    expect(last('open')).toMatchObject({ replaces: null, settings: { units: 20 } });
  });
});

describe('a run that has lost what it had learnt', () => {
  const ruined = (restores: { readonly learningRate?: number }) => {
    const story = trained();
    const runId = story.get().run?.runId ?? '';
    story.tell({ type: 'ruined', runId, ruin: { step: 7, loss: 1, restores } });
    return { ...story, runId };
  };

  it('goes back with the settings of then, which the controls show', () => {
    const { get, sent, runId } = ruined({ learningRate: 0.25 });
    get().actions.recover();
    expect(get().settings.learningRate).toBe(0.25);
    expect(sent.slice(-2)).toEqual([
      { type: 'change', runId, settings: { learningRate: 0.25 } },
      { type: 'recover', runId },
    ]);
  });

  it('goes back with half the learning rate where that is still the one of then', () => {
    const { get, last } = ruined({});
    const { learningRate } = get().settings;
    get().actions.recover();
    expect(get().settings.learningRate).toBe(learningRate / 2);
    expect(last('recover')).toBeDefined();
  });

  it('is left as it is where the reader says so, and by the run that takes its place', () => {
    const { get, tell, runId, sent } = ruined({});
    get().actions.dismissRuin();
    expect(get().run?.ruin).toBeNull();
    const { length } = sent;
    get().actions.recover();
    expect(sent).toHaveLength(length);
    tell({ type: 'ruined', runId, ruin: { step: 7, loss: 1, restores: {} } });
    tell({ type: 'replaced', runId: 'next', replaced: runId });
    expect(get().run?.ruin).toBeNull();
  });
});

describe('a problem that stops nothing', () => {
  const problem = (failure: Failure): WorkerEvent => ({ type: 'problem', runId: null, failure });

  it('is told once with all of its kind, and anew when it was dismissed', () => {
    const { get, tell } = trained();
    for (let k = 0; k < 11; k++) tell(problem({ code: 'unexpected', cause: `AbortError: ${k}` }));
    expect(get().problems).toEqual([{ id: 1, failure: { code: 'unexpected', cause: 'AbortError: 0' }, times: 11 }]);
    tell(problem({ code: 'engine-unavailable', engine: 'webgl', cause: 'x' }));
    tell(problem({ code: 'engine-unavailable', engine: 'webgpu', cause: 'x' }));
    expect(get().problems.map(({ id, times }) => [id, times])).toEqual([
      [1, 11],
      [2, 1],
      [3, 1],
    ]);
    get().actions.dismissProblem(1);
    tell(problem({ code: 'unexpected', cause: 'AbortError: 12' }));
    expect(get().problems.map(({ id, times }) => [id, times])).toEqual([
      [2, 1],
      [3, 1],
      [4, 1],
    ]);
  });
});

describe('what did not come', () => {
  it('is asked for again: the list of corpora', () => {
    const { get, tell, count } = start();
    tell({ type: 'catalogue-failed', failure: { code: 'catalogue-unreachable', cause: '503' } });
    expect(get().catalogueFailure).toEqual({ code: 'catalogue-unreachable', cause: '503' });
    get().actions.loadCatalogue();
    expect(get().catalogueFailure).toBeNull();
    expect(count('load-catalogue')).toBe(1);
    tell({ type: 'catalogue', entries: [] });
    expect(get().catalogueFailure).toBeNull();
  });

  it('is asked for again: an engine that is wished for already', () => {
    const { get, tell, describe: description, last, count } = trained();
    const before = count('change');
    get().actions.set('engine', 'auto');
    expect(count('change')).toBe(before);
    const { run, settings } = get();
    const made = description(run?.runId ?? '', run?.description?.textId ?? '', settings);
    tell({
      type: 'description',
      description: { ...made, engineFailure: { code: 'part-unreachable', cause: '503' } },
    });
    get().actions.set('engine', 'auto');
    expect(last('change')).toEqual({ type: 'change', runId: run?.runId, settings: { engine: 'auto' } });
  });
});

describe('leaving the page', () => {
  it('is asked about once a run has made steps, not before', () => {
    const { textReady, show, phase, asksBeforeLeaving } = start();
    textReady();
    show();
    expect(asksBeforeLeaving()).toBe(false);
    phase('run-1', 0, 'running');
    expect(asksBeforeLeaving()).toBe(false);
    phase('run-1', 1, 'running');
    expect(asksBeforeLeaving()).toBe(true);
    phase('run-1', 1);
    expect(asksBeforeLeaving()).toBe(true);
  });

  it('is asked about while such a run can come back', () => {
    const { get, show, tell, asksBeforeLeaving } = trained();
    get().actions.reset();
    show();
    expect(get().run?.metrics.step).toBe(0);
    expect(asksBeforeLeaving()).toBe(true);
    // The worker keeps only so many, and has let it go.
    tell({ type: 'deeds', runId: get().run?.runId ?? '', undo: [], redo: [] });
    expect(asksBeforeLeaving()).toBe(false);
  });

  it('is not asked about where the run is lost already', () => {
    const { get, die, asksBeforeLeaving } = trained();
    expect(asksBeforeLeaving()).toBe(true);
    die({ code: 'worker-died', cause: 'boom' });
    expect(asksBeforeLeaving()).toBe(false);
    get().actions.restartWorker();
    expect(asksBeforeLeaving()).toBe(false);
  });
});

describe('what nobody caught', () => {
  it('is told in words, once for the same', () => {
    const { get, throwUncaught } = start();
    throwUncaught(new TypeError('x is not a function'));
    throwUncaught(new TypeError('x is not a function'));
    throwUncaught(new FailureError({ code: 'browser-lacks', what: 'URL.createObjectURL' }));
    expect(get().problems.map(({ failure }) => failure)).toEqual([
      { code: 'unexpected', cause: 'TypeError: x is not a function' },
      { code: 'browser-lacks', what: 'URL.createObjectURL' },
    ]);
    get().actions.dismissProblem(1);
    throwUncaught(new TypeError('x is not a function'));
    expect(get().problems).toHaveLength(2);
  });
});

describe('what the reader chose of the page', () => {
  it('follows the browser until it is chosen, and is remembered', () => {
    const languages = ['fr-FR', 'zh-TW', 'en'];
    const { get, shelf } = start('', { languages });
    expect(get()).toMatchObject({ language: 'zh', theme: 'system', shortcuts: true });
    get().actions.setLanguage('en');
    get().actions.setTheme('dark');
    const again = start('', {
      languages,
      shelf: { getItem: (key) => shelf.get(key) ?? null, setItem: () => undefined },
    });
    expect(again.get()).toMatchObject({ language: 'en', theme: 'dark', shortcuts: true });
  });

  it('does without a storage', () => {
    const shelf = {
      getItem: () => {
        throw new Error('denied');
      },
      setItem: () => {
        throw new Error('denied');
      },
    };
    const { get } = start('', { shelf });
    get().actions.setShortcuts(false);
    expect(get().shortcuts).toBe(false);
  });

  it('keeps a pinned cursor against hovering', () => {
    const { get } = start();
    get().actions.moveCursor(3);
    get().actions.moveCursor(5, true);
    get().actions.moveCursor(7);
    expect(get().selection).toMatchObject({ cursor: 5, pinned: true });
    get().actions.moveCursor(7, false);
    expect(get().selection).toMatchObject({ cursor: 7, pinned: false });
  });

  it('tells the worker which layer is looked at', () => {
    const { get, last } = trained();
    get().actions.select({ layer: 1, unit: 4 });
    expect(last('watch')).toEqual({ type: 'watch', runId: 'run-1', layer: 1 });
  });
});
