/** The address of the page: it keeps the wishes as a link, and says what a link wishes. */
import { fromUrlHash, toUrlHash, type Settings } from '../model/settings';
import { awaitsOwnText, OWN_TEXT, type PlaygroundState } from './state';

export interface Address {
  readonly read: () => string;
  /** Without a new entry in the browser's history. */
  readonly write: (hash: string) => void;
}

/** Calls back once, unless the returned function is called before. */
export type Later = (milliseconds: number, callback: () => void) => () => void;

interface Hands {
  readonly environment: { readonly address: Address; readonly later: Later };
  readonly get: () => PlaygroundState;
  readonly set: (patch: Partial<PlaygroundState>) => void;
}

export interface Links {
  /** The settings that the address wishes; what was wrong with it, and its text, go into the state. */
  readonly read: () => Settings;
  /** Writes the wishes into the address, a little later. */
  readonly save: () => void;
}

/** Browsers throw when an address is rewritten a hundred times in a few seconds; a slider would. */
const SAVE_MILLISECONDS = 300;

export const createLinks = ({ environment: { address, later }, get, set }: Hands): Links => {
  let cancel: () => void = () => undefined;
  return {
    read: () => {
      const { settings, textHash, corrections } = fromUrlHash(address.read());
      const own = settings.corpus === OWN_TEXT;
      set({ corrections, linked: own || textHash !== null ? { hash: textHash, own } : null });
      return settings;
    },
    save: () => {
      cancel();
      cancel = later(SAVE_MILLISECONDS, () => {
        const state = get();
        const { settings, text, linked } = state;
        // A link whose text has not been given yet asks for it again when the page is opened anew.
        const corpus = awaitsOwnText(state) ? OWN_TEXT : settings.corpus;
        const there = text?.status === 'ready' ? (text.facts?.hash ?? null) : null;
        address.write(toUrlHash({ ...settings, corpus }, linked?.hash ?? there));
      });
    },
  };
};
