/** Which text the reader wants: it becomes the text once the worker has it, and on failure the one before comes back. */
import { DEFAULT_SETTINGS, type Settings } from '../model/settings';
import type { Encoding, TextSource } from '../model/text/types';
import type { Client } from '../workers/client';
import { withCorpus } from './corpusSettings';
import { OWN_TEXT, type PlaygroundState, type WantedText } from './state';

interface TextAccess {
  readonly get: () => PlaygroundState;
  readonly set: (patch: Partial<PlaygroundState>) => void;
  post: Client['post'];
  /** Other settings; what of them could change in the run on the page waits for the new one. */
  readonly change: (settings: Settings) => void;
  /** Whether a run of that text is there or can come back, so that the worker still has it. */
  readonly isKept: (textId: string) => boolean;
  /** The wanted text is ready, or has failed and the one before is wanted again. */
  readonly settled: () => void;
}

export interface TextWishes {
  /** A corpus by its id; `OWN_TEXT` brings back the reader's own. Says whether there is such a text to ask for. */
  readonly wantCorpus: (id: string) => boolean;
  /** The text of that content, where it is at hand; says whether it is. */
  readonly wantHash: (hash: string) => boolean;
  readonly take: (source: TextSource) => void;
  readonly cancel: () => void;
  /** The text's file once more. Says whether it came from one. */
  readonly reread: (encoding: Encoding) => boolean;
  /** Makes the text of a run that came back the wanted one. */
  readonly adopt: (textId: string) => void;
  /** What the worker said of the wanted text has been taken into the state. */
  readonly heard: () => void;
  /** The worker is gone, and every text that it had. */
  readonly forget: () => void;
  /** Asks a new worker for the wanted text. */
  readonly askAgain: () => void;
}

interface Ready {
  readonly text: WantedText;
  readonly corpus: string;
}

export const createTextWishes = ({ get, set, post, change, isKept, settled }: TextAccess): TextWishes => {
  let asked = 0;
  /** Texts that have been ready, newest last. */
  let ready: readonly Ready[] = [];
  /** The ready text that a failure falls back to. */
  let before: Ready | null = null;
  /** The last text of one's own that has been ready. */
  let own: { readonly source: TextSource; readonly hash: string | null } | null = null;

  const current = (): Ready | null => {
    const { text, settings } = get();
    return text?.status === 'ready'
      ? { text: { ...text, failure: null, failedSource: null }, corpus: settings.corpus }
      : null;
  };

  const show = ({ text, corpus }: Ready) => {
    set({ text });
    change(withCorpus(get(), corpus));
  };

  const leave = () => {
    const { text } = get();
    if (text?.status === 'loading') post({ type: 'cancel-text', textId: text.textId });
    else before = current() ?? before;
  };

  const ask = (
    source: TextSource,
    corpus: string,
    failed: Pick<WantedText, 'failure' | 'failedSource'> = { failure: null, failedSource: null },
  ) => {
    leave();
    const textId = `text-${++asked}`;
    const { failure, failedSource } = failed;
    show({
      text: { textId, source, status: 'loading', stage: 'reading', done: 0, facts: null, failure, failedSource },
      corpus,
    });
    post({ type: 'load-text', textId, source });
  };

  /** A text that the worker still has needs no loading. */
  const again = (known: Ready) => {
    leave();
    show(known);
    settled();
  };

  const take = (source: TextSource) => {
    ask(source, OWN_TEXT);
  };

  return {
    take,
    wantCorpus: (id) => {
      const known = ready.findLast(({ corpus, text }) => corpus === id && isKept(text.textId));
      if (known !== undefined) again(known);
      else if (id !== OWN_TEXT) ask({ kind: 'bundled', id }, id);
      else if (own !== null) take(own.source);
      else return false;
      return true;
    },
    wantHash: (hash) => {
      const known = ready.findLast(({ text }) => text.facts?.hash === hash && isKept(text.textId));
      if (known !== undefined) again(known);
      else if (own?.hash === hash) take(own.source);
      else return false;
      return true;
    },
    cancel: () => {
      const { text } = get();
      if (text?.status !== 'loading' || before === null) return;
      post({ type: 'cancel-text', textId: text.textId });
      show(before);
      settled();
    },
    reread: (encoding) => {
      const source = get().text?.source;
      if (source?.kind !== 'file') return false;
      take({ ...source, encoding });
      return true;
    },
    adopt: (textId) => {
      const known = ready.find(({ text }) => text.textId === textId);
      if (known === undefined || get().text?.textId === textId) return;
      leave();
      show(known);
    },
    heard: () => {
      const { text, settings } = get();
      if (text === null || text.status === 'loading') return;
      if (text.status === 'ready') {
        if (settings.corpus === OWN_TEXT) own = { source: text.source, hash: text.facts?.hash ?? null };
        ready = [...ready.filter((old) => isKept(old.text.textId)), { text, corpus: settings.corpus }];
        settled();
      } else if (before !== null) {
        const { failure, failedSource } = text;
        show({ ...before, text: { ...before.text, failure, failedSource } });
        settled();
      } else if (settings.corpus !== DEFAULT_SETTINGS.corpus) {
        // A link may name a text that this copy does not have; the page opens all the same, and says so.
        ask({ kind: 'bundled', id: DEFAULT_SETTINGS.corpus }, DEFAULT_SETTINGS.corpus, text);
      }
    },
    forget: () => {
      const { text } = get();
      before = null;
      ready = [];
      if (text !== null) set({ text: { ...text, status: 'loading', stage: 'reading', done: 0, facts: null } });
    },
    askAgain: () => {
      const { text, settings } = get();
      ask(text?.source ?? { kind: 'bundled', id: settings.corpus }, settings.corpus);
    },
  };
};
