/** The store against a client that remembers what it was told: wishes, waiting changes, facts. */
import { describe, expect, it } from 'vitest';
import { HistoryRecorder } from '../../src/model/history';
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import { NO_METRICS } from '../../src/model/telemetry';
import { pendingChanges, samplesOf, shownRun } from '../../src/store/state';
import type { WorkerEvent } from '../../src/workers/protocol';
import { FACTS, SAMPLE } from './facts';
import { createPage as start, trainedPage as trained } from './page';

describe('the beginning', () => {
  it('asks for the text of the address and opens a run on it', () => {
    const { sent, textReady, last, show, get } = start('#v=2&corpus=play&units=32&engine=cpu');
    expect(sent.map(({ type }) => type)).toEqual(['start', 'want', 'survey', 'load-text']);
    expect(last('load-text')?.source).toEqual({ kind: 'bundled', id: 'play' });
    textReady();
    expect(last('open')).toMatchObject({ replaces: null, when: 'ready', then: 'wait', settings: { units: 32 } });
    show();
    expect(shownRun(get())).toMatchObject({ phase: 'ready', description: { settings: { units: 32 } } });
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
    tell({ type: 'phase', runId, phase: 'failed', metrics: NO_METRICS, failure, resumable: null, stopped: null });
    expect(get().opening).toMatchObject({ runId, failure });
    expect(shownRun(get())?.runId).toBe('run-1');
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
      stopped: null,
    });
    expect(shownRun(get())?.resumable).toBe(4);
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

describe('a run that has made no step', () => {
  it('does not take the place of the one that can come back', () => {
    const { get, tell, textReady, show, phase, deed, tellDeeds, describe: description } = trained();
    tell({ type: 'sample', sample: SAMPLE });
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
    expect(samplesOf(get())).toMatchObject([SAMPLE]);
  });
});

describe('frames', () => {
  const none = new Float32Array(0);
  const points = { steps: new Float64Array(0), values: none };
  const frame = (step: number): Extract<WorkerEvent, { type: 'frame' }> => ({
    type: 'frame',
    runId: 'run-1',
    metrics: { ...NO_METRICS, step },
    readings: {},
    history: {
      loss: { width: 1, minimum: none, mean: none, maximum: none },
      smoothedLoss: points,
      heldOutLoss: points,
      milestones: new HistoryRecorder().view().milestones,
    },
    buffer: new ArrayBuffer(8),
  });

  it('give the buffer of the one before back only after the page has drawn', () => {
    const { get, tell, frames, returned } = trained();
    const [first, second] = [frame(1), frame(2)];
    tell(first);
    tell(second);
    expect(shownRun(get())?.history).toBe(second.history);
    expect(shownRun(get())?.metrics.step).toBe(2);
    expect(returned).toEqual([]);
    frames.forEach((callback) => {
      callback();
    });
    expect(returned).toEqual([first.buffer]);
    expect(returned[0]).toBe(first.buffer);
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
    expect(last('watch')).toEqual({ type: 'watch', runId: 'run-1', layer: 1, pastStep: null });
  });
});
