/** Saved runs on the page: how one comes back, waits for its text, and gives way to a link. */
import { describe, expect, it } from 'vitest';
import { toUrlHash } from '../../src/model/links';
import { DEFAULT_SETTINGS, OWN_TEXT, type Settings } from '../../src/model/settings';
import { isPreparing, shownRun } from '../../src/store/state';
import type { ReadRun } from '../../src/workers/protocol';
import { FACTS, SAMPLE } from './facts';
import { createPage, trainedPage } from './page';

const KEY = 'lstm-playground-kept';
const SETTINGS: Settings = { ...DEFAULT_SETTINGS, units: 20 };
const HASH = toUrlHash(SETTINGS, FACTS.hash);

/** A browser in which the run of that address was kept. */
const withMarker = (hash: string) => {
  const values = new Map([[KEY, JSON.stringify(hash)]]);
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => values.set(key, value),
  };
};

const readRun = (fileId: string, o: Partial<ReadRun> = {}): ReadRun => ({
  fileId,
  settings: SETTINGS,
  step: 500,
  textName: 'tale.txt',
  textHash: FACTS.hash,
  source: { kind: 'bundled', id: SETTINGS.corpus },
  kept: { runId: 'run-kept', page: null },
  ...o,
});

const page = JSON.stringify({
  version: 1,
  hash: `${HASH}&unit=7&layer=1`,
  samples: [{ ...SAMPLE, runId: 'run-kept', number: 3, text: 'once upon' }],
});

describe('a run that was kept', () => {
  it('comes back where the address asks for it, and no other run is opened before', () => {
    const { get, last, count, tell, textReady, show } = createPage(`#${HASH}`, { shelf: withMarker(HASH) });
    expect(count('load-text')).toBe(0);
    expect(isPreparing(get())).toBe(true);
    const { fileId, runId } = last('recollect') ?? {};
    expect(runId).toBeNull();
    tell({ type: 'run-read', run: readRun(fileId ?? '', { kept: { runId: 'run-kept', page } }) });
    expect(last('load-text')?.source).toEqual({ kind: 'bundled', id: SETTINGS.corpus });
    expect(count('open')).toBe(0);
    textReady();
    expect(count('open')).toBe(1);
    expect(last('open')).toMatchObject({
      runId: 'run-kept',
      from: fileId,
      when: 'ready',
      then: 'wait',
      replaces: null,
    });
    show(500);
    expect(get().settings).toEqual(SETTINGS);
    expect(shownRun(get())).toMatchObject({ runId: 'run-kept', phase: 'ready' });
    expect(shownRun(get())?.samples).toMatchObject([{ number: 3, text: 'once upon' }]);
    expect(get().opened).toBeNull();
  });

  it('comes back where the address asks for nothing, to where the reader looked', () => {
    const { get, last, tell, textReady, show } = createPage('', { shelf: withMarker(HASH) });
    tell({ type: 'run-read', run: readRun(last('recollect')?.fileId ?? '', { kept: { runId: 'run-kept', page } }) });
    textReady();
    show(500);
    expect(get().selection).toMatchObject({ unit: 7, follows: null });
  });

  it('stays where it is if the address asks for another one, and can be gone on with', () => {
    const other = toUrlHash({ ...SETTINGS, units: 21 }, FACTS.hash);
    const { get, last, count, tell, textReady, show } = createPage(`#${other}`, { shelf: withMarker(HASH) });
    expect(count('recollect')).toBe(0);
    textReady();
    show();
    expect(shownRun(get())?.description?.settings.units).toBe(21);
    tell({ type: 'run-kept', runId: 'run-kept', step: 500, savedAt: 0 });
    expect(get().offered).toMatchObject({ step: 500 });
    get().actions.goOn('run-kept');
    expect(get().offered).toBeNull();
    expect(last('recollect')).toMatchObject({ runId: 'run-kept' });
    tell({ type: 'run-read', run: readRun(last('recollect')?.fileId ?? '') });
    expect(last('open')).toMatchObject({ runId: 'run-kept', from: last('recollect')?.fileId, replaces: 'run-1' });
  });

  it('with a text of one’s own brings it along', () => {
    const { last, tell, textReady, get } = createPage('', { shelf: withMarker(HASH) });
    const source = { kind: 'kept', hash: FACTS.hash } as const;
    tell({ type: 'run-read', run: readRun(last('recollect')?.fileId ?? '', { source }) });
    expect(last('load-text')?.source).toEqual(source);
    textReady();
    expect(last('open')).toMatchObject({ runId: 'run-kept', settings: { corpus: OWN_TEXT } });
    expect(get().settings.corpus).toBe(OWN_TEXT);
  });

  it('and cannot be read leaves the page as it would be without it, and says why', () => {
    const { get, last, tell, textReady } = createPage(`#${HASH}`, { shelf: withMarker(HASH) });
    const failure = { code: 'storage-refused', cause: 'denied' } as const;
    tell({ type: 'run-unread', fileId: last('recollect')?.fileId ?? '', failure });
    expect(get().opened).toMatchObject({ status: 'failed', failure });
    textReady();
    expect(last('open')).toMatchObject({ settings: { units: 20 } });
    expect(last('open')).not.toHaveProperty('from');
  });

  it('and is not there any more is no matter', () => {
    const { get, last, tell, textReady } = createPage(`#${HASH}`, { shelf: withMarker(HASH) });
    tell({ type: 'run-unread', fileId: last('recollect')?.fileId ?? '', failure: null });
    expect(get().opened).toBeNull();
    textReady();
    expect(last('open')).toMatchObject({ settings: { units: 20 } });
  });

  it('whose corpus has another text now waits for its own, and the page has a run', () => {
    const { get, last, tell, textReady } = createPage(`#${HASH}`, { shelf: withMarker(HASH) });
    tell({ type: 'run-read', run: readRun(last('recollect')?.fileId ?? '') });
    textReady({ ...FACTS, hash: 'fedcba9876543210' });
    expect(get().opened).toMatchObject({ status: 'asks' });
    expect(last('open')).not.toHaveProperty('from');
  });

  it('whose text is another one can lend its network to a run on the text that is here', () => {
    const { get, last, tell, textReady, show } = createPage(`#${HASH}`, { shelf: withMarker(HASH) });
    get().actions.fineTune();
    const { fileId } = last('recollect') ?? {};
    tell({ type: 'run-read', run: readRun(fileId ?? '', { settings: { ...SETTINGS, units: 33 } }) });
    textReady({ ...FACTS, hash: 'fedcba9876543210' });
    expect(get().opened).toMatchObject({ status: 'asks' });
    get().actions.fineTune();
    expect(get().opened).toBeNull();
    const opened = last('open');
    expect(opened).toMatchObject({ from: fileId, tunes: true, settings: { units: 33, corpus: SETTINGS.corpus } });
    // It is not the run that it comes from.
    expect(opened?.runId).not.toBe('run-kept');
    show(0);
    expect(shownRun(get())?.runId).toBe(opened?.runId);
    expect(shownRun(get())?.samples).toEqual([]);
  });

  it('comes back after the worker has died, with a text that the new one is asked for', () => {
    const { get, last, count, tell, textReady, show, phase, flush, die } = createPage(`#${HASH}`);
    textReady();
    show();
    phase('run-1', 3);
    tell({ type: 'keeping', keeping: { state: 'saved', runId: 'run-1', step: 3, every: 5000 } });
    flush();
    const asked = count('load-text');
    die({ code: 'worker-died', cause: 'killed' });
    expect(isPreparing(get())).toBe(true);
    tell({ type: 'run-read', run: readRun(last('recollect')?.fileId ?? '', { kept: { runId: 'run-1', page: null } }) });
    expect(count('load-text')).toBe(asked + 1);
    textReady();
    expect(last('open')).toMatchObject({ runId: 'run-1', textId: get().text?.textId, from: last('recollect')?.fileId });
  });

  it('comes back after the worker has died where the browser remembers nothing of its address', () => {
    const shelf = { getItem: () => null, setItem: () => undefined };
    const { get, last, tell, textReady, show, phase, die } = createPage(`#${HASH}`, { shelf });
    textReady();
    show();
    phase('run-1', 7);
    tell({ type: 'keeping', keeping: { state: 'saved', runId: 'run-1', step: 3, every: 5000 } });
    die({ code: 'worker-died', cause: 'killed' });
    expect(last('recollect')).toMatchObject({ runId: 'run-1' });
    tell({ type: 'run-read', run: readRun(last('recollect')?.fileId ?? '', { kept: { runId: 'run-1', page: null } }) });
    textReady();
    show(3);
    expect(get().returned).toMatchObject({ from: 7, step: 3 });
  });

  it('that was removed can be put back after the worker has died: the new one is told of it again', () => {
    const { get, sent, die, textReady, show, phase } = createPage(`#${HASH}`);
    const orders = () => sent.flatMap((command) => (command.type === 'kept' ? [command.order] : []));
    textReady();
    show();
    phase('run-1', 3);
    get().actions.orderKept({ what: 'remove', runId: 'one' });
    get().actions.orderKept({ what: 'remove', runId: 'two' });
    get().actions.orderKept({ what: 'put-back', runId: 'one' });
    const before = orders().length;
    die({ code: 'worker-died', cause: 'killed' });
    expect(orders().slice(before)).toEqual([{ what: 'remove', runId: 'two' }]);
  });

  it('is known under the address that the page has last', () => {
    const { get, shelf, tell, flush, textReady, show, phase, address } = createPage();
    textReady();
    show();
    phase('run-1', 3);
    expect(shelf.get(KEY)).toBeUndefined();
    tell({ type: 'keeping', keeping: { state: 'saved', runId: 'run-1', step: 3, every: 5000 } });
    get().actions.select({ unit: 5 });
    flush();
    expect(`#${String(JSON.parse(shelf.get(KEY) ?? ''))}`).toBe(address.hash);
    expect(address.hash).toContain('unit=5');
    // A new one is not kept yet.
    get().actions.reset();
    show();
    expect(JSON.parse(shelf.get(KEY) ?? '')).toBeNull();
  });

  it('has the page’s part told with what the network wrote', () => {
    const { last, tell, flush } = trainedPage();
    tell({ type: 'sample', sample: SAMPLE });
    flush();
    expect(last('keep-page')).toMatchObject({ runId: 'run-1' });
    expect(JSON.parse(last('keep-page')?.page ?? '')).toMatchObject({ samples: [{ text: SAMPLE.text }] });
  });
});

describe('a saved run in a file', () => {
  const file = new File(['x'], 'run.safetensors');

  it('is opened with the text that is there, in place of the run on the page', () => {
    const { get, last, tell, count } = trainedPage();
    get().actions.openRun(file);
    const { fileId } = last('read-run') ?? {};
    expect(get().opened).toMatchObject({ name: 'run.safetensors', status: 'reading' });
    tell({ type: 'run-read', run: readRun(fileId ?? '', { kept: null }) });
    expect(count('load-text')).toBe(1);
    expect(last('open')).toMatchObject({ from: fileId, replaces: 'run-1', settings: { units: 20 } });
    expect(last('open')?.runId).not.toBe('run-1');
  });

  it('asks for a text that nobody has, and is opened with it once it comes', () => {
    const { get, last, tell, textReady, count } = trainedPage();
    const before = shownRun(get());
    get().actions.openRun(file);
    const fileId = last('read-run')?.fileId ?? '';
    tell({ type: 'run-read', run: readRun(fileId, { kept: null, source: null, textHash: 'fedcba9876543210' }) });
    expect(get().opened).toMatchObject({ status: 'asks', run: { textName: 'tale.txt' } });
    expect(shownRun(get())).toEqual(before);
    get().actions.useText({ kind: 'pasted', text: 'another' });
    textReady({ ...FACTS, hash: '00000000000000aa' });
    expect(get().opened).toMatchObject({ status: 'asks' });
    get().actions.useText({ kind: 'pasted', text: 'the one' });
    textReady({ ...FACTS, hash: 'fedcba9876543210' });
    expect(get().opened).toBeNull();
    expect(last('open')).toMatchObject({ from: fileId, settings: { corpus: OWN_TEXT, units: 20 } });
    expect(count('open')).toBe(2);
  });

  it('whose text is at hand where the reader has trained on another one is opened with the one that they say', () => {
    for (const isTuned of [false, true]) {
      const { get, last, tell, textReady, count } = trainedPage();
      get().actions.openRun(file);
      const fileId = last('read-run')?.fileId ?? '';
      const other = { kept: null, textHash: 'fedcba9876543210', settings: { ...SETTINGS, corpus: 'play' } } as const;
      tell({ type: 'run-read', run: readRun(fileId, { ...other, source: { kind: 'bundled', id: 'play' } }) });
      expect(get().opened).toMatchObject({ status: 'either' });
      const [opened, loaded] = [count('open'), count('load-text')];
      if (isTuned) {
        get().actions.fineTune();
        expect(last('open')).toMatchObject({ from: fileId, tunes: true, settings: { units: 20 } });
        expect(count('load-text')).toBe(loaded);
      } else {
        get().actions.openWithItsText();
        expect(last('load-text')?.source).toEqual({ kind: 'bundled', id: 'play' });
        textReady({ ...FACTS, hash: 'fedcba9876543210' });
        expect(last('open')).toMatchObject({ from: fileId, tunes: false, settings: { corpus: 'play' } });
      }
      expect(count('open')).toBe(opened + 1);
      expect(get().opened).toBeNull();
    }
  });

  it('that cannot be read changes nothing else', () => {
    const { get, last, tell } = trainedPage();
    const { runs, text, settings } = get();
    get().actions.openRun(file);
    const failure = { code: 'run-file-damaged', fault: { kind: 'foreign' } } as const;
    tell({ type: 'run-unread', fileId: last('read-run')?.fileId ?? '', failure });
    expect(get()).toMatchObject({ runs, text, settings, opened: { status: 'failed', failure } });
    get().actions.dismissOpened();
    expect(get().opened).toBeNull();
  });

  it('is handed over once, with a name that says what it is', async () => {
    const { get, tell } = trainedPage();
    const taken: [Blob, string][] = [];
    get().actions.saveRun((blob, name) => taken.push([blob, name]));
    for (const bytes of [new Uint8Array([1, 2]), new Uint8Array([3])])
      tell({ type: 'run-file', runId: 'run-1', step: 40, bytes });
    expect(taken.map(([, name]) => name)).toEqual([`lstm-${DEFAULT_SETTINGS.corpus}-step-40.safetensors`]);
    expect(await taken[0][0].arrayBuffer()).toEqual(new Uint8Array([1, 2]).buffer);
  });
});

describe('leaving', () => {
  const saved = (step: number, every = 5000) =>
    ({ type: 'keeping', keeping: { state: 'saved', runId: 'run-1', step, every } }) as const;

  it('is asked about as long as something would be lost by it', () => {
    const { tell, phase, asksBeforeLeaving } = trainedPage();
    expect(asksBeforeLeaving()).toBe(true);
    tell(saved(500));
    expect(asksBeforeLeaving()).toBe(false);
    phase('run-1', 501);
    expect(asksBeforeLeaving()).toBe(true);
    phase('run-1', 501, 'running');
    expect(asksBeforeLeaving()).toBe(false);
    tell(saved(501, 40_000));
    expect(asksBeforeLeaving()).toBe(true);
    tell({ type: 'keeping', keeping: { state: 'failed', failure: { code: 'storage-full' } } });
    expect(asksBeforeLeaving()).toBe(true);
  });
});
