/** The address of the page: it keeps the wishes as a link, and says what a link wishes. */
import { fromUrlHash, toUrlHash } from '../model/links';
import { parseSetting } from '../model/parseSetting';
import { LIVE_NAMES, SETTINGS, type Settings } from '../model/settings';
import { awaitsOwnText, OWN_TEXT, pendingChanges, shownRun, type Language, type PlaygroundState } from './state';

export interface Address {
  readonly read: () => string;
  /** Without a new entry in the browser's history. */
  readonly write: (hash: string) => void;
}

/** Calls back once, unless the returned function is called before. */
export type Later = (milliseconds: number, callback: () => void) => () => void;

interface LinkAccess {
  readonly environment: { readonly address: Address; readonly later: Later };
  readonly get: () => PlaygroundState;
  readonly set: (patch: Partial<PlaygroundState>) => void;
}

export interface Links {
  /**
   * The settings that the address wishes, and whether it wishes any; what was wrong with it, and its text, go into the
   * state.
   */
  readonly read: () => { readonly settings: Settings; readonly isEmpty: boolean };
  /** Writes the wishes into the address, a little later. */
  readonly save: () => void;
}

/** Browsers throw when an address is rewritten a hundred times in a few seconds; a slider would. */
const SAVE_MILLISECONDS = 300;

/**
 * The corpus that the page opens on where its address asks for nothing: one in the page's language. Any other address means
 * the same in every language.
 */
const FIRST_CORPUS: Readonly<Record<Language, string>> = { en: SETTINGS.corpus.default, zh: 'jianfan' };

/**
 * What the run on the page was begun with, where it was changed midway: a link to it gives the same run up to there.
 * With changes that wait for a new run, or one that is on its way, the link is to that one.
 */
const atFirst = (state: PlaygroundState): Partial<Settings> => {
  const isOnItsWay = state.opening !== null && state.opening.failure === null;
  if (isOnItsWay || pendingChanges(state).length > 0) return {};
  const first: Partial<Settings> = {};
  for (const { name, from } of shownRun(state)?.description?.changes ?? []) {
    const live = LIVE_NAMES.find((candidate) => candidate === name);
    if (live !== undefined && from !== null) first[live] ??= parseSetting(live, from).value;
  }
  return first;
};

export const createLinks = ({ environment: { address, later }, get, set }: LinkAccess): Links => {
  let cancel: () => void = () => undefined;
  const save = () => {
    cancel();
    cancel = later(SAVE_MILLISECONDS, () => {
      const state = get();
      const { settings, text, linked } = state;
      // A link whose text has not been given yet asks for it again when the page is opened anew.
      const corpus = awaitsOwnText(state) ? OWN_TEXT : settings.corpus;
      // The hash of the text that is there, unless that only stands in for the link's own.
      const isThere = text?.status === 'ready' && corpus === settings.corpus;
      const there = isThere ? (text.facts?.hash ?? null) : null;
      address.write(toUrlHash({ ...settings, ...atFirst(state), corpus }, linked?.hash ?? there, state.selection));
    });
  };
  return {
    save,
    read: () => {
      const hash = address.read();
      const { settings, textHash, view, corrections, age } = fromUrlHash(hash);
      const { selection } = get();
      // A cursor of the link's own stands in whatever text comes.
      const text = view.cursor === undefined ? selection.text : null;
      const isEmpty = /^#?$/.test(hash);
      if (isEmpty) {
        settings.corpus = FIRST_CORPUS[get().language];
        // Whoever is sent the address may read another language.
        if (settings.corpus !== SETTINGS.corpus.default) save();
      }
      const own = settings.corpus === OWN_TEXT;
      const linked = own || textHash !== null ? { hash: textHash, own } : null;
      set({ corrections, linkAge: age, linked, selection: { ...selection, ...view, text } });
      return { settings, isEmpty };
    },
  };
};
