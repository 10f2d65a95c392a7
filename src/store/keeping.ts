/** Saved runs: the one that is kept from visit to visit, and files; each is opened once its text is there. */
import type { Failure } from '../model/failures';
import { fromUrlHash } from '../model/links';
import { DEFAULT_SETTINGS, OWN_TEXT } from '../model/settings';
import { DEFAULT_VIEW } from '../model/view';
import type { Client } from '../workers/client';
import type { WorkerEvent, ReadRun } from '../workers/protocol';
import { NOTHING_KEPT, type KeepingActions, type OpenedRun } from './keepingState';
import type { Later } from './links';
import { isSameRun, readMarker, writeMarker } from './marker';
import type { Shelf } from './preferences';
import { isFresh, shownRun, type NumberedSample, type PlaygroundState } from './state';
import type { TextWishes } from './texts';

interface KeepingAccess {
  readonly environment: {
    readonly shelf: Shelf | null;
    readonly later: Later;
    readonly address: { readonly read: () => string };
    readonly newRunId: () => string;
    readonly today: () => number;
  };
  readonly get: () => PlaygroundState;
  readonly set: (patch: Partial<PlaygroundState>) => void;
  readonly post: Client['post'];
  readonly texts: Pick<TextWishes, 'wantCorpus' | 'wantHash' | 'take' | 'askAgain'>;
  /** Another text by the reader's own choice. */
  readonly takeText: (take: () => boolean, own: boolean) => void;
  /** Opens the saved run with the controls as they are. */
  readonly openRun: (fileId: string, runId: string | null, tunes: boolean) => void;
}

export interface KeepingWishes {
  readonly actions: KeepingActions;
  /**
   * Has the run that is kept come back: that one, where it was saved since the page was opened, else the last one, where
   * the address asks for it or for nothing. Says whether it does.
   */
  readonly recall: (runId: string | null) => boolean;
  /** The run on the page was taken from what computed it: it will be back, as it is kept or from its seed. */
  readonly returns: (failure: Failure) => void;
  readonly heard: (event: WorkerEvent) => void;
  /** The wanted text has settled. Says whether a saved run waited for it, and is opened now. */
  readonly textSettled: () => boolean;
  readonly addressWritten: (hash: string) => void;
  /** Whether nothing is lost by leaving: a run that trains may lose its last ten seconds. */
  readonly isSafe: () => boolean;
  /** The worker is gone, and what it was asked for. */
  readonly forget: () => void;
}

/** An interruption that costs more is asked about first. */
const MOST_LOST = 10_000;
/** Milliseconds until the page's part is told: a slider moves it many times. */
const REST = 500;

/** What the page has back with a run: where the reader looked, as a link says it, and what the network wrote. */
interface Page {
  /** Another one is of another version of this page. */
  readonly version: 1;
  readonly hash: string;
  readonly samples: readonly NumberedSample[];
}
const VERSION = 1;

/** It has come with a checksum: what says that it is such a page is one. */
const readPage = (json: string | null): Pick<Page, 'hash' | 'samples'> => {
  const page = JSON.parse(json ?? 'null') as Page | null;
  return page?.version === VERSION ? page : { hash: '', samples: [] };
};

export const createKeeping = ({
  environment,
  get,
  set,
  post,
  texts,
  takeText,
  openRun,
}: KeepingAccess): KeepingWishes => {
  const { shelf, later, address } = environment;
  let files = 0;
  /** The page has no other run to show before this one is there or known not to come; its address may say how to look at it. */
  let recalled: { readonly fileId: string; readonly hasView: boolean } | null = null;
  /** What comes with the run of that id once it is shown. */
  let coming: { readonly samples: readonly NumberedSample[] } | null = null;
  const takers = new Map<string, (file: Blob, name: string) => void>();
  /** Runs that were saved since the page was opened. */
  const saved = new Set<string>();
  /** Runs that were removed since then: they can be put back, whatever becomes of the worker. */
  const removed = new Set<string>();
  let isMarked = false;
  let cancelTelling: () => void = () => undefined;

  const addressNow = () => address.read().replace(/^#/, '');

  const mark = (hash: string | null) => {
    isMarked = hash !== null;
    writeMarker(shelf, hash);
  };

  const read = (opened: Pick<OpenedRun, 'name'>): string => {
    const fileId = `file-${++files}`;
    const before = get().opened;
    if (before !== null) post({ type: 'forget-run', fileId: before.fileId });
    set({ opened: { ...opened, fileId, status: 'reading', run: null, failure: null } });
    return fileId;
  };

  /** The page begins as if nothing had been kept. */
  const beginWithout = (fileId: string) => {
    if (recalled?.fileId !== fileId) return;
    recalled = null;
    texts.askAgain();
  };

  /** Its text is there: it takes the page. */
  const open = (opened: OpenedRun, run: ReadRun) => {
    const page = readPage(run.kept?.page ?? null);
    const { selection, settings } = get();
    const { view } = fromUrlHash(page.hash);
    const looks = { ...DEFAULT_VIEW, ...view, ...(view.cursor !== undefined && { text: null }) };
    coming = { samples: page.samples };
    set({
      opened: null,
      settings: { ...run.settings, corpus: settings.corpus },
      heldBack: {},
      linked: null,
      linkAge: null,
      corrections: [],
      ...(run.kept !== null && recalled?.hasView !== true && { selection: { ...selection, ...looks } }),
    });
    recalled = null;
    openRun(opened.fileId, run.kept?.runId ?? null, false);
  };

  /** The text of the page is another one: a new run on it begins with the network of the saved one. */
  const tune = (opened: OpenedRun, run: ReadRun) => {
    const { corpus } = get().settings;
    coming = null;
    recalled = null;
    set({
      opened: null,
      settings: { ...run.settings, corpus },
      heldBack: {},
      linked: null,
      linkAge: null,
      corrections: [],
    });
    openRun(opened.fileId, null, true);
  };

  const textSettled = (): boolean => {
    const { opened, text } = get();
    const run = opened?.run ?? null;
    if (opened === null || run === null || text === null || text.status === 'loading') return false;
    if (text.status === 'ready' && text.facts?.hash === run.textHash) {
      open(opened, run);
      return true;
    }
    if (opened.status === 'text') {
      set({ opened: { ...opened, status: 'asks' } });
      recalled = null;
    }
    return false;
  };

  const fail = (opened: OpenedRun, failure: Failure | null) => {
    set({ opened: failure === null ? null : { ...opened, status: 'failed', failure } });
    beginWithout(opened.fileId);
  };

  const heardRun = (run: ReadRun) => {
    const { opened } = get();
    if (opened?.fileId !== run.fileId) {
      post({ type: 'forget-run', fileId: run.fileId });
      return;
    }
    const { source } = run;
    set({ opened: { ...opened, run, status: 'text' } });
    if (textSettled()) return;
    // A file was opened where the reader has chosen another text, or trained on it: which one it is to read, they say.
    const { text, settings } = get();
    const isChosen = settings.corpus !== DEFAULT_SETTINGS.corpus || !isFresh(get());
    if (opened.name !== null && source !== null && text?.status === 'ready' && isChosen)
      set({ opened: { ...opened, run, status: 'either' } });
    else takeItsText(opened, run);
  };

  /** Makes the run's own text the wanted one, where it is at hand; else asks for it. */
  const takeItsText = (opened: OpenedRun, run: ReadRun) => {
    const { source } = run;
    set({ opened: { ...opened, run, status: 'text' } });
    // What is at hand at once has been heard of by `textSettled` when these return.
    const { name } = opened;
    const isTaken = (take: () => boolean, own: boolean): boolean => {
      // The reader looks at a run that comes back as before.
      if (name === null) return take();
      let taken = false;
      takeText(() => (taken = take()), own);
      return taken;
    };
    if (isTaken(() => texts.wantHash(run.textHash), true)) return;
    if (source?.kind === 'bundled' && isTaken(() => texts.wantCorpus(source.id), false)) return;
    const takeKept = () => {
      if (source?.kind === 'kept') texts.take(source);
      return source?.kind === 'kept';
    };
    if (isTaken(takeKept, true)) return;
    set({ opened: { ...opened, run, status: 'asks' } });
    beginWithout(run.fileId);
  };

  const tellPage = () => {
    cancelTelling();
    cancelTelling = later(REST, () => {
      const run = shownRun(get());
      if (!run?.description) return;
      const { samples } = run;
      const page: Page = {
        version: VERSION,
        hash: addressNow(),
        samples: samples.filter(({ complete }) => complete),
      };
      post({ type: 'keep-page', runId: run.runId, page: JSON.stringify(page) });
    });
  };

  const heardReplaced = (runId: string) => {
    if (isMarked && !saved.has(runId)) mark(null);
    if (coming === null) return;
    const { samples } = coming;
    coming = null;
    const { runs } = get();
    set({ runs: { ...runs, [runId]: { ...runs[runId], samples: samples.map((sample) => ({ ...sample, runId })) } } });
    if (samples.length === 0) post({ type: 'sample', runId });
  };

  const heard = (event: WorkerEvent) => {
    const { opened } = get();
    switch (event.type) {
      case 'run-file': {
        const { runId, step, bytes } = event;
        const take = takers.get(runId);
        takers.delete(runId);
        const { corpus } = get().settings;
        take?.(new Blob([bytes]), `lstm-${corpus === OWN_TEXT ? 'text' : corpus}-step-${String(step)}.safetensors`);
        break;
      }
      case 'run-read':
        heardRun(event.run);
        break;
      case 'run-unread':
        if (opened?.fileId === event.fileId) fail(opened, event.failure);
        break;
      case 'run-kept':
        set({ offered: { runId: event.runId, step: event.step, savedAt: event.savedAt } });
        break;
      case 'keeping': {
        const { keeping } = event;
        set({ keeping: { ...keeping, at: environment.today() } });
        if (keeping.state !== 'saved') break;
        saved.add(keeping.runId);
        if (get().shown === keeping.runId) mark(addressNow());
        break;
      }
      case 'kept-runs':
        set({ keptRuns: event.list });
        break;
      case 'kept-runs-failed':
        set({ keptRuns: event.failure });
        break;
      case 'replaced':
        heardReplaced(event.runId);
        tellPage();
        break;
      case 'returns':
        returns(event.failure);
        break;
      case 'phase': {
        const { returned } = get();
        const { phase, metrics } = event;
        if (phase === 'running') set({ returned: null });
        else if (phase === 'ready' && returned?.step === null) {
          const engine = shownRun(get())?.description?.engine.name ?? null;
          set({ returned: { ...returned, step: metrics.step, engine } });
        }
        break;
      }
      case 'sample':
        if (event.sample.complete) tellPage();
        break;
      default:
    }
  };

  const returns = (failure: Failure) => {
    set({ returned: { failure, from: shownRun(get())?.metrics.step ?? 0, step: null, engine: null } });
  };

  const dismissOffered = () => {
    set({ offered: null });
    post({ type: 'let-go' });
  };

  const actions: KeepingActions = {
    saveRun: (take) => {
      const { shown } = get();
      if (shown === null) return;
      takers.set(shown, take);
      post({ type: 'save-run', runId: shown });
    },
    openRun: (file) => {
      const fileId = read({ name: file.name });
      post({ type: 'read-run', fileId, file });
    },
    dismissOpened: () => {
      const { opened } = get();
      if (opened === null) return;
      post({ type: 'forget-run', fileId: opened.fileId });
      set({ opened: null });
      beginWithout(opened.fileId);
    },
    goOn: (runId) => {
      set({ offered: null });
      const fileId = read({ name: null });
      post({ type: 'recollect', fileId, runId });
    },
    orderKept: (order) => {
      if (order.what === 'remove') removed.add(order.runId);
      else if (order.what === 'put-back') removed.delete(order.runId);
      post({ type: 'kept', order });
    },
    duplicateKept: (runId, name) => {
      post({ type: 'kept', order: { what: 'duplicate', runId, as: environment.newRunId(), name } });
    },
    dismissOffered,
    fineTune: () => {
      const { opened, text } = get();
      if (opened?.run && opened.status !== 'text' && text?.status === 'ready') tune(opened, opened.run);
    },
    openWithItsText: () => {
      const { opened } = get();
      if (opened?.run && opened.status === 'either') takeItsText(opened, opened.run);
    },
    dismissReturned: () => {
      set({ returned: null });
    },
  };

  return {
    heard,
    textSettled,
    recall: (runId) => {
      for (const gone of removed) actions.orderKept({ what: 'remove', runId: gone });
      const known = runId !== null && saved.has(runId) ? runId : null;
      const marker = readMarker(shelf);
      const hash = addressNow();
      if (known === null && (marker === null || (hash !== '' && !isSameRun(marker, hash)))) return false;
      const fileId = read({ name: null });
      recalled = { fileId, hasView: hash !== '' };
      post({ type: 'recollect', fileId, runId: known });
      return true;
    },
    returns,
    addressWritten: (hash) => {
      if (isMarked) mark(hash);
      tellPage();
    },
    isSafe: () => {
      const { keeping, undoable } = get();
      const run = shownRun(get());
      if (keeping?.state !== 'saved' || run === null) return false;
      const { step } = run.metrics;
      if (step === 0) return undoable.every(({ runId, step: left }) => left === 0 || saved.has(runId));
      if (keeping.runId !== run.runId) return false;
      return run.phase === 'running' ? keeping.every <= MOST_LOST : keeping.step === step;
    },
    forget: () => {
      takers.clear();
      coming = null;
      recalled = null;
      cancelTelling();
      set({ ...NOTHING_KEPT, returned: get().returned });
    },
    actions,
  };
};
