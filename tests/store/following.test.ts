/** The unit that follows what is promised is selected, until the reader chooses another; a corpus brings its settings. */
import { describe, expect, it } from 'vitest';
import type { Ranking } from '../../src/model/telemetry';
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import type { CatalogueEntry } from '../../src/model/text/types';
import { pendingChanges, shownRun } from '../../src/store/state';
import { createPage } from './page';

const ranking = (label: Ranking['label'], unit: number, score: number, kind: number | null = null): Ranking => ({
  label,
  kind,
  unit,
  band: 'c',
  score,
  isHigh: true,
  order: [unit],
});

const entry = (id: string, o: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
  id,
  kind: 'generated',
  file: `${id}.txt`,
  title: { en: id, zh: id },
  language: 'zxx',
  made: { en: '-', zh: '-' },
  look: { en: '-', zh: '-' },
  settings: {},
  promises: [],
  bytes: 1,
  hash: null,
  grammar: null,
  ...o,
});

const CATALOGUE = [
  entry('capslock', { settings: { units: 8, learningRate: 0.02 }, promises: [{ label: 'capitals', characters: 1 }] }),
  entry('depth', { settings: { units: 12, activationPenalty: 0 } }),
  entry('tale'),
];

/** A page that was opened without a wish, with its run. */
const opened = (step = 0) => {
  const page = createPage('');
  page.tell({ type: 'catalogue', entries: CATALOGUE });
  page.textReady();
  page.show(step);
  const rank = (rankings: readonly Ranking[], layer = 0) => {
    page.tell({
      type: 'rankings',
      runId: shownRun(page.get())?.runId ?? '',
      step: 1,
      layer,
      rankings,
      probeLabels: null,
    });
  };
  return { ...page, rank };
};

describe('the selected unit', () => {
  it('is the one that follows what the corpus promises, however well others follow other things', () => {
    const { rank, get } = opened();
    rank([ranking('word', 3, 0.99), ranking('capitals', 5, 0.97)]);
    expect(get().selection.unit).toBe(5);
    rank([ranking('word', 3, 0.99), ranking('capitals', 1, 0.98)]);
    expect(get().selection.unit).toBe(1);
  });

  it('follows best of all where nothing is promised', () => {
    const { rank, get, tell, describe } = opened();
    tell({ type: 'description', description: describe('run-1', 'text-1', { ...DEFAULT_SETTINGS, corpus: 'tale' }) });
    rank([ranking('bracketed', 2, NaN), ranking('word', 3, 0.9), ranking('quoted', 5, 0.95)]);
    expect(get().selection.unit).toBe(5);
  });

  it('is the reader’s own once one has been chosen, and follows again where that is chosen', () => {
    const { rank, get } = opened();
    const rankings = [ranking('line', 3, 0.9, 1), ranking('capitals', 5, 0.95)];
    rank(rankings);
    get().actions.select({ unit: 2 });
    rank(rankings);
    expect(get().selection).toMatchObject({ unit: 2, follows: null });
    get().actions.select({ follows: { label: 'line', kind: 1 } });
    expect(get().selection.unit).toBe(3);
    rank([ranking('line', 6, 0.9, 1), ranking('capitals', 5, 0.95)]);
    expect(get().selection.unit).toBe(6);
  });

  it('is not taken from another layer than the one that is looked at', () => {
    const { rank, get } = opened();
    rank([ranking('capitals', 5, 0.95)], 1);
    expect(get().selection.unit).toBe(0);
    get().actions.select({ layer: 1 });
    expect(get().selection.unit).toBe(5);
  });

  it('follows what the next text promises, whatever was chosen in this one', () => {
    const { rank, get } = opened();
    rank([ranking('capitals', 5, 0.95)]);
    get().actions.select({ unit: 2 });
    get().actions.set('corpus', 'depth');
    expect(get().selection.follows).toBe('promised');
  });
});

describe('the cursor', () => {
  it('begins in the middle of a text, and stays where it is put while the text stays', () => {
    const { get, tell, describe } = opened();
    const told = (probe: string) => {
      const { runId = '', description } = shownRun(get()) ?? {};
      tell({
        type: 'description',
        description: { ...describe(runId, 'text-1', description?.settings ?? DEFAULT_SETTINGS), probe },
      });
    };
    told('0123456789');
    expect(get().selection.cursor).toBe(5);
    get().actions.moveCursor(2, true);
    told('0123456789');
    expect(get().selection).toMatchObject({ cursor: 2, pinned: true });
    told('简体繁體');
    expect(get().selection).toMatchObject({ cursor: 2, pinned: false });
  });
});

describe('the settings of a corpus', () => {
  it('are those of a page that was opened without a wish', () => {
    const { get, last } = opened();
    expect(get().settings).toMatchObject({ corpus: 'capslock', units: 8, learningRate: 0.02 });
    expect(last('open')?.settings).toMatchObject({ units: 8, learningRate: 0.02 });
  });

  it('are not taken by a link that asks for anything: what it leaves out is as by default', () => {
    const page = createPage('#v=2&corpus=capslock');
    page.tell({ type: 'catalogue', entries: CATALOGUE });
    expect(page.get().settings).toEqual({ ...DEFAULT_SETTINGS, corpus: 'capslock' });
  });

  it('come with the choice of the corpus, and go with the next one', () => {
    const { get } = opened();
    get().actions.set('corpus', 'depth');
    expect(get().settings).toMatchObject({
      units: 12,
      activationPenalty: 0,
      learningRate: DEFAULT_SETTINGS.learningRate,
    });
    get().actions.set('corpus', 'tale');
    expect(get().settings).toEqual({ ...DEFAULT_SETTINGS, corpus: 'tale' });
  });

  it('wait to be asked for where the reader has settings of another kind', () => {
    const { get } = opened();
    get().actions.set('units', 20);
    get().actions.set('corpus', 'depth');
    expect(get().settings).toMatchObject({ corpus: 'depth', units: 20, learningRate: 0.02 });
    get().actions.useOwnSettings();
    expect(get().settings).toMatchObject({
      units: 12,
      activationPenalty: 0,
      learningRate: DEFAULT_SETTINGS.learningRate,
    });
  });

  it('do not change the run that trains: they wait for the new one', () => {
    const { get, sent, textReady } = opened(500);
    get().actions.set('corpus', 'depth');
    textReady();
    expect(sent.filter(({ type }) => type === 'change')).toEqual([]);
    expect(pendingChanges(get())).toEqual(
      expect.arrayContaining(['units', 'activationPenalty', 'text', 'learningRate']),
    );
    get().actions.discardChanges();
    expect(get().settings).toMatchObject({ corpus: 'capslock', units: 8, learningRate: 0.02 });
    expect(pendingChanges(get())).toEqual([]);
  });

  it('go back with a corpus that did not come', () => {
    const { get, tell } = opened();
    get().actions.set('corpus', 'depth');
    const failure = { code: 'corpus-unreachable', id: 'depth', cause: 'HTTP 404' } as const;
    tell({ type: 'text-failed', textId: get().text?.textId ?? '', failure });
    expect(get().settings).toMatchObject({ corpus: 'capslock', units: 8, learningRate: 0.02 });
  });
});
