/** Makes the store: wishes go to the worker as commands, its events come back as facts, and the address keeps the wishes. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { toFailure, type Failure } from '../model/failures';
import {
  fromUrlHash,
  parseSetting,
  SETTING_NAMES,
  SETTINGS,
  structuralDifferences,
  toUrlHash,
  type Correction,
  type Effect,
  type Settings,
} from '../model/settings';
import type { Sample } from '../model/telemetry';
import type { CatalogueEntry } from '../model/text/types';
import type { Client } from '../workers/client';
import type { Event as WorkerEvent, OpenRun } from '../workers/protocol';
import { reduceEvent } from './events';
import { readPreferences, writePreference, type Shelf } from './preferences';
import { INITIAL_FACTS, isFresh, OWN_TEXT, pendingChanges, type Actions, type PlaygroundState } from './state';
import { createTextWishes } from './texts';

/** What the store needs of the browser; tests give their own. */
export interface Environment {
  readonly connect: (onEvent: (event: WorkerEvent) => void, onDeath: (failure: Failure) => void) => Client;
  /** Address of the folder that the page lies in. */
  readonly base: () => string;
  readonly address: {
    readonly read: () => string;
    /** Without a new entry in the browser's history. */
    readonly write: (hash: string) => void;
    readonly onChange: (callback: () => void) => void;
  };
  readonly shelf: Shelf | null;
  readonly languages: readonly string[];
  readonly loadCatalogue: () => Promise<readonly CatalogueEntry[]>;
  /** Calls back in the next animation frame; never while the page is hidden. */
  readonly nextFrame: (callback: () => void) => void;
  /** Calls back once, unless the returned function is called before. */
  readonly later: (milliseconds: number, callback: () => void) => () => void;
  readonly newSeed: () => number;
}

export interface Playground {
  readonly store: StoreApi<PlaygroundState>;
  /** Reads the address, starts the worker and opens the first run. */
  readonly start: () => void;
}

/** Browsers throw when an address is rewritten a hundred times in a few seconds; a slider would. */
const ADDRESS_MILLISECONDS = 300;

type Wish = Pick<OpenRun, 'when' | 'then'>;

/** The settings of one effect. */
const only = (settings: Settings, effect: Effect): Partial<Settings> =>
  Object.fromEntries(
    SETTING_NAMES.filter((name) => SETTINGS[name].effect === effect).map((name) => [name, settings[name]]),
  );

export const createPlayground = (environment: Environment): Playground => {
  const { address, shelf } = environment;
  let client: Client | null = null;
  let runs = 0;
  /** What the run that is being opened does once it is there. */
  let openingThen: OpenRun['then'] = 'wait';
  /** What was asked for while the wanted text was still loading. */
  let intent: Wish | null = null;
  /** Holds the newest frame, which the views may be reading. */
  let frameBuffer: ArrayBuffer | null = null;
  let cancelAddress: () => void = () => undefined;
  /** What the worker does not keep of the run that the shown one replaced. */
  let replaced: { readonly runId: string; readonly textId: string; readonly samples: readonly Sample[] } | null = null;
  /** A run that came back by `undo` and has not described itself yet. */
  let returning: string | null = null;

  const post: Client['post'] = (command) => client?.post(command);
  const get = () => store.getState();
  const set = (patch: Partial<PlaygroundState>) => {
    store.setState(patch);
  };

  const activeOpening = () => {
    const { opening } = get();
    return opening?.failure === null ? opening : null;
  };
  /** Runs that a wish concerns: the one on the page and the one that is to take its place. */
  const concerned = (): string[] =>
    [get().run?.runId, activeOpening()?.runId].filter((runId): runId is string => runId !== undefined);

  const saveAddress = () => {
    cancelAddress();
    cancelAddress = environment.later(ADDRESS_MILLISECONDS, () => {
      const { settings, text, linkedTextHash } = get();
      address.write(toUrlHash(settings, text?.status === 'ready' ? (text.facts?.hash ?? null) : linkedTextHash));
    });
  };

  const open = ({ when, then }: Wish) => {
    const { text, settings, run, opening, selection } = get();
    if (text?.status !== 'ready') {
      intent = { when, then };
      return;
    }
    const runId = `run-${++runs}`;
    intent = null;
    openingThen = then;
    set({ opening: { runId, textId: text.textId, settings, failure: null } });
    const replaces = run?.runId ?? opening?.runId ?? null;
    post({ type: 'open', runId, textId: text.textId, settings, replaces, when, then });
    if (selection.layer > 0) post({ type: 'watch', runId, layer: selection.layer });
  };

  /** While there is nothing to lose, the run follows the controls. */
  const follow = () => {
    const state = get();
    if (state.text?.status !== 'ready' || !isFresh(state)) return;
    const active = activeOpening();
    if (pendingChanges(state).length > 0 || (state.run === null && active === null)) {
      open({ when: 'ready', then: active === null ? 'wait' : openingThen });
    } else if (active === null) set({ opening: null });
  };

  const texts = createTextWishes({
    get,
    set,
    post,
    isKept: (textId) => [get().run?.description?.textId, activeOpening()?.textId, replaced?.textId].includes(textId),
    settled: () => {
      const wish = intent;
      intent = null;
      if (wish !== null && get().text?.failure === null) open(wish);
      else follow();
      saveAddress();
    },
  });

  const apply = (next: Settings) => {
    const before = get().settings;
    set({ settings: next });
    const changed = SETTING_NAMES.filter(
      (name) => SETTINGS[name].effect !== 'structural' && before[name] !== next[name],
    );
    if (changed.length > 0) {
      const settings: Partial<Settings> = Object.fromEntries(changed.map((name) => [name, next[name]]));
      for (const runId of concerned()) post({ type: 'change', runId, settings });
    }
    if (structuralDifferences(before, next).length > 0) follow();
    saveAddress();
  };

  /** A run that came back brings its settings and its text; how the reader looks at it stays. */
  const takeOver = (runId: string) => {
    const { run, settings } = get();
    if (!run?.description) return;
    const looks = only(settings, 'page');
    texts.adopt(run.description.textId);
    set({ settings: { ...run.description.settings, ...looks } });
    post({ type: 'change', runId, settings: looks });
    post({ type: 'watch', runId, layer: get().selection.layer });
    saveAddress();
  };

  const holdFrame = (buffer: ArrayBuffer | null) => {
    const old = frameBuffer;
    frameBuffer = buffer;
    if (old === null) return;
    const owner = client;
    environment.nextFrame(() => owner?.returnFrame(old));
  };

  const hear = (event: WorkerEvent) => {
    const before = get();
    set(reduceEvent(before, event));
    switch (event.type) {
      case 'text-ready':
      case 'text-failed':
        if (before.text?.textId === event.textId) texts.heard();
        break;
      case 'frame':
        holdFrame(event.buffer);
        break;
      case 'replaced': {
        holdFrame(null);
        if (replaced?.runId === event.runId) {
          returning = event.runId;
          set({ samples: replaced.samples });
        }
        const { run, samples } = before;
        replaced = run?.description ? { runId: run.runId, textId: run.description.textId, samples } : null;
        break;
      }
      case 'description':
        if (returning === event.description.runId) {
          returning = null;
          takeOver(event.description.runId);
        }
        break;
      default:
    }
  };

  const die = (failure: Failure) => {
    const { run } = get();
    frameBuffer = null;
    set({
      workerFailure: failure,
      opening: null,
      undoable: false,
      ...(run && { run: { ...run, phase: 'failed', failure } }),
    });
  };

  const begin = () => {
    post({ type: 'start', base: environment.base() });
    post({ type: 'survey' });
    texts.askAgain();
  };

  /** Another text than the one that the address named, by the reader's own choice. */
  const takeText = (take: () => unknown) => {
    intent = null;
    set({ linkedTextHash: null });
    take();
    saveAddress();
  };

  /** Does to the run on the page what its buttons say, or makes the new run that waits. */
  const act = (then: 'train' | 'step') => {
    const state = get();
    const active = activeOpening();
    if (state.text?.status === 'loading') intent = { when: 'first-step', then };
    else if (pendingChanges(state).length > 0 || (state.run === null && active === null)) {
      open({ when: 'first-step', then });
    } else if (active !== null) {
      openingThen = then;
      post({ type: then, runId: active.runId });
    } else if (state.run !== null) {
      set({ opening: null });
      if (state.run.phase === 'failed') post({ type: 'resume', runId: state.run.runId });
      post({ type: then, runId: state.run.runId });
    }
  };

  const choose = (chosen: Partial<Pick<PlaygroundState, 'language' | 'theme' | 'shortcuts'>>) => {
    set(chosen);
    writePreference(shelf, chosen);
  };

  const noteCorrection = (correction: Correction) => {
    const others = get().corrections.filter(
      (old) => old.kind === 'unknown' || correction.kind === 'unknown' || old.name !== correction.name,
    );
    set({ corrections: [...others, correction] });
  };

  const actions: Actions = {
    set: (name, value) => {
      const { value: used, correction } = parseSetting(name, String(value));
      if (correction !== null) noteCorrection(correction);
      if (get().settings[name] === used) return;
      if (name === 'corpus') takeText(() => texts.wantCorpus(String(used)));
      else apply({ ...get().settings, [name]: used });
    },
    discardChanges: () => {
      const { run, settings } = get();
      if (!run?.description) return;
      texts.adopt(run.description.textId);
      set({ opening: null });
      apply({ ...settings, ...only(run.description.settings, 'structural') });
    },
    useText: (source) => {
      takeText(() => {
        texts.take(source);
      });
    },
    cancelText: () => {
      takeText(texts.cancel);
    },
    reread: (encoding) => {
      takeText(() => {
        texts.reread(encoding);
      });
    },
    train: () => {
      act('train');
    },
    step: () => {
      act('step');
    },
    reset: () => {
      open({ when: 'ready', then: 'wait' });
    },
    pause: () => {
      intent = null;
      openingThen = 'wait';
      for (const runId of concerned()) post({ type: 'pause', runId });
    },
    newSeed: () => {
      set({ settings: { ...get().settings, seed: environment.newSeed() } });
      open({ when: 'ready', then: 'wait' });
      saveAddress();
    },
    startNewRun: () => {
      open({ when: 'first-step', then: 'train' });
    },
    resume: () => {
      const { run } = get();
      if (run?.phase === 'failed') post({ type: 'resume', runId: run.runId });
    },
    undo: () => {
      const { run, undoable } = get();
      if (run !== null && undoable && activeOpening() === null) post({ type: 'undo', runId: run.runId });
    },
    sample: () => {
      const { run } = get();
      if (run !== null) post({ type: 'sample', runId: run.runId });
    },
    dismissProblem: (id) => {
      set({ problems: get().problems.filter((problem) => problem.id !== id) });
    },
    dismissCorrections: () => {
      set({ corrections: [] });
    },
    restartWorker: () => {
      intent = null;
      replaced = null;
      frameBuffer = null;
      set({ workerFailure: null, run: null, opening: null, undoable: false, history: null, frame: null, samples: [] });
      client?.restart();
      begin();
    },
    moveCursor: (column, pinned) => {
      const { selection } = get();
      if (selection.pinned && pinned === undefined) return;
      set({ selection: { ...selection, cursor: Math.max(0, column), pinned: pinned ?? selection.pinned } });
    },
    select: (change) => {
      const { selection } = get();
      const next = { ...selection, ...change };
      set({ selection: next });
      if (next.layer !== selection.layer) {
        for (const runId of concerned()) post({ type: 'watch', runId, layer: next.layer });
      }
    },
    setLanguage: (language) => {
      choose({ language });
    },
    setTheme: (theme) => {
      choose({ theme });
    },
    setShortcuts: (shortcuts) => {
      choose({ shortcuts });
    },
  };

  const store = createStore<PlaygroundState>()(() => ({
    ...INITIAL_FACTS,
    ...readPreferences(shelf, environment.languages),
    actions,
  }));

  /** What the address says, with a text of one's own that is not there taken back. */
  const readAddress = () => {
    const link = fromUrlHash(address.read());
    set({ corrections: link.corrections, linkedTextHash: link.textHash });
    return link;
  };
  const noOwnText = () => {
    noteCorrection({ kind: 'invalid', name: 'corpus', given: OWN_TEXT, used: get().settings.corpus });
  };

  return {
    store,
    start: () => {
      const { settings } = readAddress();
      const owned = settings.corpus === OWN_TEXT;
      set({ settings: owned ? { ...settings, corpus: SETTINGS.corpus.default } : settings });
      if (owned) noOwnText();
      client = environment.connect(hear, die);
      begin();
      address.onChange(() => {
        const next = readAddress().settings;
        if (next.corpus !== get().settings.corpus && !texts.wantCorpus(next.corpus)) noOwnText();
        apply({ ...next, corpus: get().settings.corpus });
      });
      environment.loadCatalogue().then(
        (catalogue) => {
          set({ catalogue });
        },
        (caught: unknown) => {
          const { code } = toFailure(caught);
          const cause = caught instanceof Error ? caught.message : code;
          const failure: Failure = { code: 'corpus-unreachable', id: 'index.json', cause };
          set(reduceEvent(get(), { type: 'problem', runId: null, failure }));
        },
      );
    },
  };
};
