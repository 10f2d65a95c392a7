/** The way back: to the run that was replaced, and before a change of a live setting. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import { pendingChanges, samplesOf, shownRun } from '../../src/store/state';
import { FACTS, SAMPLE } from './facts';
import { trainedPage as trained } from './page';

describe('undo', () => {
  it('brings back the settings, the text and the samples of the run that comes back', () => {
    const { get, tell, last, show, textReady, phase, deed, tellDeeds, describe: description } = trained();
    tell({ type: 'sample', sample: SAMPLE });
    get().actions.useText({ kind: 'pasted', text: 'mine' });
    textReady({ ...FACTS, hash: 'fedcba9876543210' });
    get().actions.set('units', 20);
    get().actions.set('temperature', 0.5);
    get().actions.startNewRun();
    show(1);
    expect(samplesOf(get())).toEqual([]);
    expect(get().undoable).toEqual([deed('run-1')]);
    get().actions.undo();
    expect(last('undo')).toEqual({ type: 'undo', runId: 'run-2' });
    tell({ type: 'replaced', runId: 'run-1', replaced: 'run-2' });
    tellDeeds('run-1', [], [deed('run-2')]);
    tell({ type: 'description', description: description('run-1', 'text-1', DEFAULT_SETTINGS) });
    phase('run-1', 500);
    expect(shownRun(get())).toMatchObject({ runId: 'run-1', metrics: { step: 500 } });
    expect(get().settings).toEqual({ ...DEFAULT_SETTINGS, temperature: 0.5 });
    expect(get().text?.textId).toBe('text-1');
    expect(samplesOf(get())).toEqual([{ ...SAMPLE, number: 1 }]);
    expect(pendingChanges(get())).toEqual([]);
    get().actions.undo();
    expect(last('undo')).toEqual({ type: 'undo', runId: 'run-2' });
    get().actions.redo();
    expect(last('redo')).toEqual({ type: 'redo', runId: 'run-1' });
  });

  it('brings back each of several runs with its samples and its text', () => {
    const { get, tell, textReady, show, deed, tellDeeds, describe: description } = trained();
    tell({ type: 'sample', sample: SAMPLE });
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
    expect(samplesOf(get())).toMatchObject([SAMPLE]);
  });

  it('of a live setting brings it back, and leaves alone what waits for a new run', () => {
    const { get, tell, last, phase, deed, tellDeeds, describe: description } = trained();
    tell({ type: 'sample', sample: SAMPLE });
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
    expect(samplesOf(get())).toMatchObject([SAMPLE]);
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

describe('a run that has lost what it had learnt', () => {
  const ruined = (restores: { readonly learningRate?: number }) => {
    const story = trained();
    const runId = shownRun(story.get())?.runId ?? '';
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
    expect(shownRun(get())?.ruin).toBeNull();
    const { length } = sent;
    get().actions.recover();
    expect(sent).toHaveLength(length);
    tell({ type: 'ruined', runId, ruin: { step: 7, loss: 1, restores: {} } });
    tell({ type: 'replaced', runId: 'next', replaced: runId });
    expect(shownRun(get())?.ruin).toBeNull();
  });
});
