/** Makes the store: wishes go to the worker as commands, its events come back as facts, and the address keeps the wishes. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { toFailure, type Failure } from '../model/failures';
import type { FrameReadingName } from '../model/inspect/readings';
import { parseSetting } from '../model/parseSetting';
import {
  isStructural,
  pickSettings,
  SETTING_NAMES,
  SETTINGS,
  structuralDifferences,
  type Correction,
  type SettingName,
  type Settings,
} from '../model/settings';
import type { Busy, Client } from '../workers/client';
import type { WorkerEvent } from '../workers/protocol';
import { ownSettings, withCorpus } from './corpusSettings';
import { createDeaths } from './deaths';
import { reduceEvent } from './events';
import { selectFollowed } from './following';
import { createKeeping } from './keeping';
import { createLinks, type Address, type Later } from './links';
import { storedTimings, writeTimings } from './timings';
import { readPreferences, writePreference, type Shelf } from './preferences';
import { createReturns } from './returns';
import { createRunWishes } from './runs';
import { INITIAL_FACTS, isFresh, OWN_TEXT, shownRun, type Actions, type PlaygroundState } from './state';
import { createTextWishes } from './texts';

/** What the store needs of the browser; tests give their own. */
export interface Environment {
  readonly connect: (
    onEvent: (event: WorkerEvent) => void,
    onDeath: (failure: Failure) => void,
    onBusy: (busy: Busy | null) => void,
  ) => Client;
  /** Address of the folder that the page lies in. */
  readonly base: () => string;
  readonly address: Address & { readonly onChange: (callback: () => void) => void };
  readonly shelf: Shelf | null;
  readonly languages: readonly string[];
  /** Calls back once the page has drawn what there is to draw and has rested from it; never while it is hidden. */
  readonly whenRested: (callback: () => void) => void;
  readonly later: Later;
  readonly newSeed: () => number;
  /** A name that no other run has, of this visit or another one. */
  readonly newRunId: () => string;
  /** Milliseconds since 1970. */
  readonly today: () => number;
  /** Tells what was thrown or rejected and nobody caught. */
  readonly onUncaught: (told: (caught: unknown) => void) => void;
  /** Whether closing or reloading the page is to be confirmed. */
  readonly askBeforeLeaving: (asks: boolean) => void;
}

export interface Playground {
  readonly store: StoreApi<PlaygroundState>;
  /** Reads the address, starts the worker and opens the first run. */
  readonly start: () => void;
}

export const createPlayground = (environment: Environment): Playground => {
  const { shelf } = environment;
  let client: Client | null = null;
  /** Holds the newest frame, which the views may be reading. */
  let frameBuffer: ArrayBuffer | null = null;
  /** What the views want, of whichever worker. */
  let wanted: readonly FrameReadingName[] = [];
  /** The page was opened without a wish, and the catalogue has not come yet. */
  let asksForNothing = false;
  const post: Client['post'] = (command) => client?.post(command);
  const get = () => store.getState();
  const set = (patch: Partial<PlaygroundState>) => {
    const before = get();
    store.setState(patch);
    const { settings, corrections } = get();
    // What was made of a link's value is of the past once that value has gone.
    const standing = corrections.filter(
      (correction) =>
        correction.kind === 'unknown' ||
        String(before.settings[correction.name]) !== correction.used ||
        String(settings[correction.name]) === correction.used,
    );
    if (standing.length < corrections.length) store.setState({ corrections: standing });
  };

  const links = createLinks({
    environment: {
      later: environment.later,
      address: {
        read: environment.address.read,
        write: (hash) => {
          environment.address.write(hash);
          keeping.addressWritten(hash);
        },
      },
    },
    get,
    set,
  });

  const runs = createRunWishes({ get, set, post, newRunId: environment.newRunId });

  /** What could change in the run on the page waits for the new one. */
  const changeForNewRun = (next: Settings) => {
    const { settings, shown, heldBack } = get();
    const gone = SETTING_NAMES.filter((name) => !isStructural(name) && settings[name] !== next[name]);
    const held = Object.fromEntries(gone.map((name) => [name, settings[name]]));
    set({ settings: next, ...(shown !== null && { heldBack: { ...held, ...heldBack } }) });
  };

  const texts = createTextWishes({
    get,
    set,
    post,
    change: changeForNewRun,
    isKept: (textId) =>
      [shownRun(get())?.description, runs.active()].some((kept) => kept?.textId === textId) || returns.isKept(textId),
    settled: () => {
      if (!keeping.textSettled()) runs.textSettled();
      links.save();
    },
  });

  const returns = createReturns({
    get,
    set,
    post,
    adopt: (textId) => {
      texts.adopt(textId);
    },
  });

  const apply = (next: Settings) => {
    const before = get().settings;
    set({ settings: next });
    runs.tell(before, next);
    if (structuralDifferences(before, next).length > 0) runs.follow();
    links.save();
  };

  const holdFrame = (buffer: ArrayBuffer | null) => {
    const old = frameBuffer;
    frameBuffer = buffer;
    if (old === null) return;
    const owner = client;
    environment.whenRested(() => owner?.returnFrame(old));
  };

  /** Leaving loses the steps of the run on the page, and those of what can come back. */
  const guardLeaving = () => {
    const hasLearnt = (shownRun(get())?.metrics.step ?? 0) > 0 || returns.haveLearnt();
    environment.askBeforeLeaving(get().workerFailure === null && hasLearnt && !keeping.isSafe());
  };

  /** An address that asks for nothing gets the corpus' own settings; which those are, the catalogue tells. */
  const withOwnSettings = (settings: Settings): Settings =>
    withCorpus({ catalogue: get().catalogue, settings: { ...settings, corpus: OWN_TEXT } }, settings.corpus);

  const hear = (event: WorkerEvent) => {
    const before = get();
    set(reduceEvent(before, event));
    switch (event.type) {
      case 'catalogue':
        if (asksForNothing) changeForNewRun(withOwnSettings(get().settings));
        asksForNothing = false;
        break;
      case 'text-ready':
      case 'text-failed':
        if (before.text?.textId === event.textId) texts.heard();
        break;
      case 'timings':
        writeTimings(shelf, event.known);
        break;
      case 'frame':
        holdFrame(event.buffer);
        break;
      case 'replaced':
        deaths.lived();
        holdFrame(null);
        returns.replaced(event);
        break;
      case 'deeds':
        returns.heardDeeds(event);
        break;
      case 'description':
        returns.described(event.description.runId);
        links.save();
        break;
      case 'standing':
        links.save();
        break;
      default:
    }
    keeping.heard(event);
    guardLeaving();
  };

  const deaths = createDeaths(environment.today);

  const die = (failure: Failure) => {
    const lasting = deaths.heard(failure);
    if (lasting === null) {
      keeping.returns(failure);
      actions.restartWorker();
      return;
    }
    const run = shownRun(get());
    frameBuffer = null;
    set({
      workerFailure: lasting,
      returned: null,
      opening: null,
      undoable: [],
      redoable: [],
      ...(run && {
        runs: { ...get().runs, [run.runId]: { ...run, phase: 'failed', failure: null, resumable: null } },
      }),
    });
    guardLeaving();
  };

  const tellProblem = (caught: unknown) => {
    set(reduceEvent(get(), { type: 'problem', runId: null, failure: toFailure(caught) }));
  };

  const begin = (runId: string | null) => {
    post({ type: 'start', base: environment.base() });
    post({ type: 'want', readings: wanted });
    post({ type: 'survey' });
    const stored = storedTimings(shelf);
    if (stored !== null) post({ type: 'recall', stored });
    if (keeping.recall(runId)) asksForNothing = false;
    else texts.askAgain();
  };

  /** Another text by the reader's own choice. One's own may be the one that a link to such a text was made with. */
  const takeText = (take: () => boolean, own: boolean) => {
    runs.forget();
    // In another text another unit is of interest.
    set({ selection: { ...get().selection, follows: 'promised' } });
    if (take() && !(own && get().linked?.own === true)) set({ linked: null });
    links.save();
  };

  const keeping = createKeeping({ environment, get, set, post, texts, takeText, openRun: runs.openSaved });

  const choose = (chosen: Partial<Pick<PlaygroundState, 'language' | 'theme' | 'shortcuts'>>) => {
    set(chosen);
    writePreference(shelf, chosen);
  };

  /** What was said of that setting is answered by the value that has been given now. */
  const noteCorrection = (name: SettingName, correction: Correction | null) => {
    const { corrections } = get();
    const others = corrections.filter((old) => old.kind === 'unknown' || old.name !== name);
    if (correction !== null) set({ corrections: [...others, correction] });
    else if (others.length < corrections.length) set({ corrections: others });
  };

  const travel = (direction: 'undo' | 'redo') => {
    const { shown, undoable, redoable } = get();
    const deeds = direction === 'undo' ? undoable : redoable;
    if (shown !== null && deeds.length > 0 && runs.active() === null) post({ type: direction, runId: shown });
  };

  const actions: Actions = {
    ...keeping.actions,
    set: (name, value) => {
      const { value: used, correction } = parseSetting(name, String(value));
      noteCorrection(name, correction);
      // A text that did not come can be asked for again.
      const { text, settings, catalogueFailure } = get();
      const run = shownRun(get());
      const isMissing = name === 'corpus' && text?.status === 'failed';
      // Nor has an engine that could not be had to be given up for good.
      const unmet = name === 'engine' && (run?.description?.engineFailure ?? null) !== null ? run : null;
      if (settings[name] === used && !isMissing) {
        if (unmet !== null) post({ type: 'change', runId: unmet.runId, settings: { engine: settings.engine } });
        return;
      }
      if (name === 'corpus' && catalogueFailure !== null) actions.loadCatalogue();
      if (name === 'corpus') takeText(() => texts.wantCorpus(String(used)), used === OWN_TEXT);
      else apply({ ...get().settings, [name]: used });
    },
    useOwnSettings: () => {
      const { settings, catalogue } = get();
      apply({ ...settings, ...ownSettings(catalogue, settings.corpus) });
    },
    discardChanges: () => {
      const made = runs.active() ?? shownRun(get())?.description;
      if (!made) return;
      texts.adopt(made.textId);
      if (runs.active() === null) set({ opening: null });
      const { settings, heldBack } = get();
      const nowhere = runs.active() === null;
      apply({
        ...settings,
        ...(nowhere
          ? { ...pickSettings(made.settings, SETTING_NAMES.filter(isStructural)), ...heldBack }
          : made.settings),
      });
    },
    useText: (source) => {
      takeText(() => {
        texts.take(source);
        return true;
      }, true);
    },
    cancelText: () => {
      runs.forget();
      texts.cancel();
      links.save();
    },
    reread: (encoding) => {
      takeText(() => texts.reread(encoding), true);
    },
    train: () => {
      runs.act('train');
    },
    step: () => {
      runs.act('step');
    },
    reset: () => {
      runs.open({ when: 'ready', then: 'wait' });
    },
    carryOn: runs.carryOn,
    pause: runs.pause,
    newSeed: () => {
      set({ settings: { ...get().settings, seed: environment.newSeed() } });
      runs.open({ when: 'ready', then: 'wait' });
      links.save();
    },
    fork: runs.fork,
    startNewRun: () => {
      runs.open({ when: 'first-step', then: 'train' });
    },
    resume: () => {
      const run = shownRun(get());
      if (run?.phase === 'failed') post({ type: 'resume', runId: run.runId });
    },
    recover: () => {
      const { settings } = get();
      const run = shownRun(get());
      if (!run?.ruin) return;
      const { restores } = run.ruin;
      const half = { learningRate: Math.max(SETTINGS.learningRate.min, settings.learningRate / 2) };
      apply({ ...settings, ...(Object.keys(restores).length > 0 ? restores : half) });
      post({ type: 'recover', runId: run.runId });
    },
    dismissRuin: () => {
      const run = shownRun(get());
      if (run !== null) set({ runs: { ...get().runs, [run.runId]: { ...run, ruin: null } } });
    },
    dismissEarlier: () => {
      set({ earlier: null });
    },
    undo: () => {
      travel('undo');
    },
    redo: () => {
      travel('redo');
    },
    sample: () => {
      const { shown } = get();
      if (shown !== null) post({ type: 'sample', runId: shown });
    },
    timeEngines: () => {
      const { shown } = get();
      if (shown !== null) post({ type: 'time-engines', runId: shown });
    },
    declineOffer: (key) => {
      set({ declined: [...get().declined, key] });
    },
    tellProblem,
    dismissProblem: (id) => {
      set({ problems: get().problems.filter((problem) => problem.id !== id) });
    },
    dismissCorrections: () => {
      set({ corrections: [] });
    },
    dismissLinkAge: () => {
      set({ linkAge: null });
    },
    acceptText: () => {
      set({ linked: null });
      links.save();
    },
    restartWorker: () => {
      const { shown } = get();
      runs.forget();
      returns.forget();
      keeping.forget();
      texts.forget();
      frameBuffer = null;
      set({
        workerFailure: null,
        runs: {},
        shown: null,
        earlier: null,
        opening: null,
        heldBack: {},
        undoable: [],
        redoable: [],
        timedEngine: null,
      });
      guardLeaving();
      client?.restart();
      begin(shown);
    },
    stopWaiting: () => {
      if (get().busy === 'device') {
        client?.stop();
        // What was asked of it is not for the run that takes its place either.
        runs.pause();
      } else actions.restartWorker();
    },
    loadCatalogue: () => {
      set({ catalogueFailure: null });
      post({ type: 'load-catalogue' });
    },
    want: (readings) => {
      wanted = readings;
      post({ type: 'want', readings });
    },
    ask: (question) => {
      const { shown } = get();
      return shown === null || client === null ? Promise.resolve(null) : client.ask(shown, question);
    },
    moveCursor: (column, pinned) => {
      const { selection } = get();
      if (selection.pinned && pinned === undefined) return;
      const next = { ...selection, cursor: Math.max(0, column), pinned: pinned ?? selection.pinned };
      set({ selection: next });
      // A link holds the cursor where it is pinned.
      if (next.pinned || selection.pinned) links.save();
    },
    select: (change) => {
      const { selection } = get();
      // A unit of the reader's own choice stays.
      const own = change.unit === undefined ? {} : { follows: null };
      const next = { ...selection, ...own, ...change };
      set({ selection: next });
      set({ selection: selectFollowed(get()) });
      if (next.layer !== selection.layer || next.pastStep !== selection.pastStep) runs.watch(next);
      links.save();
    },
    setLanguage: (language) => {
      choose({ language });
      links.save();
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

  /** Another link in place of the one before. A run that has made steps stays as it is where the link asks for a new one. */
  const followLink = () => {
    const before = get();
    const { settings: linked, isEmpty } = links.read();
    const wished = isEmpty ? withOwnSettings(linked) : linked;
    const { selection } = get();
    if (selection.layer !== before.selection.layer) runs.watch(selection);
    const holds = !isFresh(before) && structuralDifferences(before.settings, wished).length > 0;
    if (wished.corpus !== before.settings.corpus) texts.wantCorpus(wished.corpus);
    const next = { ...wished, corpus: get().settings.corpus };
    if (!holds) {
      apply(next);
      return;
    }
    changeForNewRun(next);
    links.save();
  };

  return {
    store,
    start: () => {
      environment.onUncaught(tellProblem);
      const { settings, isEmpty } = links.read();
      asksForNothing = isEmpty;
      const { corpus } = settings;
      set({ settings: { ...settings, corpus: corpus === OWN_TEXT ? SETTINGS.corpus.default : corpus } });
      client = environment.connect(hear, die, (busy) => {
        set({ busy });
      });
      begin(null);
      environment.address.onChange(followLink);
    },
  };
};
