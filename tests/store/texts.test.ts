/** Which text the page has: the wanted one, the one before it, and what does not come. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import { OWN_TEXT, pendingChanges, shownRun } from '../../src/store/state';
import { FACTS } from './facts';
import { createPage as start, trainedPage as trained } from './page';

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
    expect(shownRun(get())).toEqual(shownRun(before));
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
    const { settings } = get();
    const run = shownRun(get());
    const made = description(run?.runId ?? '', run?.description?.textId ?? '', settings);
    tell({
      type: 'description',
      description: { ...made, engineFailure: { code: 'part-unreachable', cause: '503' } },
    });
    get().actions.set('engine', 'auto');
    expect(last('change')).toEqual({ type: 'change', runId: run?.runId, settings: { engine: 'auto' } });
  });
});
