/** The address: what a link asks for, and what the page writes into it. */
import { describe, expect, it } from 'vitest';
import { fromUrlHash } from '../../src/model/links';
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import { NO_METRICS } from '../../src/model/telemetry';
import { awaitsOwnText, OWN_TEXT, pendingChanges } from '../../src/store/state';
import { FACTS } from './facts';
import { createPage as start, trainedPage as trained } from './page';

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
    expect(link).toEqual({ settings: get().settings, textHash: FACTS.hash, view: {}, corrections: [], age: null });
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
      tell({ type: 'phase', runId, phase: 'failed', metrics: NO_METRICS, failure, resumable: null, stopped: null });
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

describe('where the reader looks', () => {
  it('stands in the address, once it is chosen', () => {
    const { get, address, flush } = trained();
    flush();
    const before = address.hash;
    get().actions.moveCursor(2);
    flush();
    expect(address.hash).toBe(before);
    get().actions.moveCursor(2, true);
    get().actions.select({ unit: 3 });
    flush();
    expect(fromUrlHash(address.hash).view).toEqual({ unit: 3, follows: null, cursor: 2, pinned: true });
  });

  it('is what the address says, in whichever text comes', () => {
    const page = start('#v=2&units=8&unit=5&at=3&colour=c&order=index');
    page.textReady();
    page.show();
    expect(page.get().selection).toMatchObject({
      unit: 5,
      follows: null,
      cursor: 2,
      pinned: true,
      colouring: 'c',
      order: 'index',
    });
  });
});
