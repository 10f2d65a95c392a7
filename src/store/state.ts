/** What the page knows: wishes (settings), facts (what the worker reported), and where the reader looks. */
import type { Failure } from '../model/failures';
import type { Answer, AskedReadingName, FrameReadingName, FrameReadings, Question } from '../model/inspect/readings';
import {
  NO_METRICS,
  type Decided,
  type History,
  type Metrics,
  type ProbeLabels,
  type Ranking,
  type Sample,
} from '../model/telemetry';
import type { EngineName } from '../model/kernels/engines';
import type { LinkAge } from '../model/links';
import type { EngineTiming } from '../model/engineTimings';
import {
  DEFAULT_SETTINGS,
  isStructural,
  OWN_TEXT,
  SETTING_NAMES,
  structuralDifferences,
  type Correction,
  type SettingName,
  type Settings,
} from '../model/settings';
import type { Baselines, CatalogueEntry, Encoding, TextFacts, TextSource } from '../model/text/types';
import { DEFAULT_VIEW, type View } from '../model/view';
import { NOTHING_KEPT, type KeepingActions, type KeepingFacts } from './keepingState';
import type { Busy } from '../workers/client';
import type { Deed, EngineInfo, Ruin, RunDescription, RunPhase, StopReason } from '../workers/protocol';

export { OWN_TEXT };

export type Language = 'en' | 'zh';
export type Theme = 'light' | 'dark' | 'system';

/** The text that the settings ask for. */
export interface WantedText {
  readonly textId: string;
  readonly source: TextSource;
  readonly status: 'loading' | 'ready' | 'failed';
  readonly stage: 'reading' | 'decoding' | 'counting';
  /** 0 to 1. */
  readonly done: number;
  readonly facts: TextFacts | null;
  /** Why the text that was asked for last could not be had; this one is then the one before it. */
  readonly failure: Failure | null;
  /** What that text was to be read from. */
  readonly failedSource: TextSource | null;
}

/** The text that a link was made with. */
export interface LinkedText {
  /** Of its content. */
  readonly hash: string | null;
  /** It was one of someone's own, so the link cannot bring it. */
  readonly own: boolean;
}

/** A run, and what the page has been told of it. */
export interface RunState {
  readonly runId: string;
  readonly phase: RunPhase;
  readonly description: RunDescription | null;
  readonly metrics: Metrics;
  readonly failure: Failure | null;
  /** Step that `resume` goes on from, where the run has failed and has a good state left. */
  readonly resumable: number | null;
  /** Why it has paused by itself; null where it has not. */
  readonly stopped: StopReason | null;
  /** What it can go back to where it has lost what it had learnt, unless the reader would not hear of it. */
  readonly ruin: Ruin | null;
  readonly baselines: Baselines | null;
  /** Of a toy task; null until it has been looked at. */
  readonly decided: Decided | null;
  /** Characters a second when it was last let loose on the engine that it is on; 0 where it never was. */
  readonly fullSpeed: number;
  /** Newest of each; replaced as a whole with every frame, read by the drawing loop. */
  readonly history: History | null;
  readonly readings: FrameReadings;
  /** Newest last; at most 50. */
  readonly samples: readonly NumberedSample[];
  /** Null until the network of the run has been looked through. */
  readonly unitRankings: UnitRankings | null;
}

/** Of a run of which nothing has been told yet. */
export const newRunState = (runId: string): RunState => ({
  runId,
  phase: 'loading',
  description: null,
  metrics: NO_METRICS,
  failure: null,
  resumable: null,
  stopped: null,
  ruin: null,
  baselines: null,
  decided: null,
  fullSpeed: 0,
  history: null,
  readings: {},
  samples: [],
  unitRankings: null,
});

/** A run that is being made to replace the shown one; with a failure, it was not made and the shown one goes on. */
export interface OpeningRun {
  readonly runId: string;
  readonly textId: string;
  readonly settings: Settings;
  readonly failure: Failure | null;
}

/** Which units of a layer follow what. */
export interface UnitRankings {
  readonly layer: number;
  readonly step: number;
  readonly rankings: readonly Ranking[];
  readonly probeLabels: ProbeLabels | null;
}

export interface Selection extends View {
  /** The probe text that the cursor stands in; null where it is to stand in whichever comes first. */
  readonly text: string | null;
  /** Step at which the network is looked at; null: the last one. */
  readonly pastStep: number | null;
}

/** A sample with its place in the order of arrival, from 1: how two of the same step are told apart. */
export interface NumberedSample extends Sample {
  readonly number: number;
}

/** Something that stopped nothing. */
export interface Problem {
  readonly id: number;
  /** The first of its kind. */
  readonly failure: Failure;
  /** How many of its kind there were. */
  readonly times: number;
}

export interface PlaygroundState extends KeepingFacts {
  /** Bundled corpora; empty until the catalogue has come. */
  readonly catalogue: readonly CatalogueEntry[];
  /** Why it has not. */
  readonly catalogueFailure: Failure | null;
  readonly settings: Settings;
  readonly corrections: readonly Correction[];
  /** What another version of the page that made the link means for it; null once the reader has taken note. */
  readonly linkAge: LinkAge | null;
  /** What the link says of its text; the one that is there may differ. Null once the reader has settled on another. */
  readonly linked: LinkedText | null;
  /**
   * Settings that a link brought together with structural ones, as the run on the page goes on with them: it is not to
   * change before the new one takes its place.
   */
  readonly heldBack: Partial<Settings>;
  readonly text: WantedText | null;
  /** The run on the page, the one beside it, and those that can come back. */
  readonly runs: Readonly<Record<string, RunState>>;
  /** Id of the run on the page. */
  readonly shown: string | null;
  /** Id of the run whose curve stands beside its own, until the reader dismisses it or another one is replaced. */
  readonly earlier: string | null;
  /** The run that is being made to replace the shown one. */
  readonly opening: OpeningRun | null;
  /** What can be taken back, and what was: the nearest is the last. */
  readonly undoable: readonly Deed[];
  readonly redoable: readonly Deed[];
  readonly engines: readonly EngineInfo[];
  /** How fast the engines train, as far as it was measured here, now or in earlier visits. */
  readonly timings: readonly EngineTiming[];
  /** The engine that is being timed. */
  readonly timedEngine: EngineName | null;
  /** Offers of a faster engine that the reader has declined, as `offerKey` names them. */
  readonly declined: readonly string[];
  /** Newest last; the reader dismisses them. */
  readonly problems: readonly Problem[];
  /** Set when the worker is gone: nothing works until it is started again. */
  readonly workerFailure: Failure | null;
  /** What something that was asked for has waited for for a while: see Busy. */
  readonly busy: Busy | null;

  readonly selection: Selection;
  readonly language: Language;
  readonly theme: Theme;
  readonly shortcuts: boolean;

  readonly actions: Actions;
}

export interface Actions extends KeepingActions {
  /**
   * Changes a setting; 'live' and 'page' ones reach the run at once. Structural ones start a new run at once while the
   * shown one has not made a step, and wait for `startNewRun` afterwards.
   */
  readonly set: <N extends SettingName>(name: N, value: Settings[N]) => void;
  /** The settings that the corpus brings with it; for a text of one's own the general ones. */
  readonly useOwnSettings: () => void;
  /** Puts the settings that wait for a new run back to those of the run on the page. */
  readonly discardChanges: () => void;
  /** Takes a text of one's own; on failure the wanted text is the one before, and `text.failure` tells. */
  readonly useText: (source: TextSource) => void;
  readonly cancelText: () => void;
  /** Reads the text's file again with another encoding. */
  readonly reread: (encoding: Encoding) => void;
  /** With structural changes waiting, all three start the new run. A failed run goes on from its last good state. */
  readonly train: () => void;
  readonly step: () => void;
  readonly reset: () => void;
  /** Trains or steps the run on the page where it has made steps, even with changes waiting; else as `train` and `step`. */
  readonly carryOn: (then: 'train' | 'step') => void;
  readonly pause: () => void;
  /** A new run with another seed. */
  readonly newSeed: () => void;
  readonly startNewRun: () => void;
  /** A new run that goes on from the step that is looked at. */
  readonly fork: () => void;
  /** Goes on from the last good state of a failed run. */
  readonly resume: () => void;
  /**
   * Takes a run that has lost what it had learnt back to a state in good order, with the live settings of then; where they
   * are those of now, with half the learning rate.
   */
  readonly recover: () => void;
  readonly dismissRuin: () => void;
  /** Takes the run that was replaced off the page; Undo still brings it back. */
  readonly dismissEarlier: () => void;
  /** Goes back before the last change of a live setting, or to the run that was replaced. */
  readonly undo: () => void;
  /** Takes back what `undo` did. */
  readonly redo: () => void;
  readonly sample: () => void;
  /** Times every engine on the configuration of the run. */
  readonly timeEngines: () => void;
  readonly declineOffer: (key: string) => void;
  /** What a part of the page caught and cannot tell itself, as a problem that stops nothing. */
  readonly tellProblem: (caught: unknown) => void;
  readonly dismissProblem: (id: number) => void;
  readonly dismissCorrections: () => void;
  readonly dismissLinkAge: () => void;
  /** The text that is there will do, whatever the link was made with. */
  readonly acceptText: () => void;
  readonly restartWorker: () => void;
  /** Gives up what is waited for: the device's step where it is that, else the whole worker. */
  readonly stopWaiting: () => void;
  /** Asks for the catalogue again. */
  readonly loadCatalogue: () => void;
  /** What frames are to hold. */
  readonly want: (readings: readonly FrameReadingName[]) => void;
  /** Asks the run on the page; null where it cannot answer, or goes away first. */
  readonly ask: <N extends AskedReadingName>(question: Question<N>) => Promise<Answer<N> | null>;
  readonly moveCursor: (column: number, pinned?: boolean) => void;
  readonly select: (change: Partial<Selection>) => void;
  readonly setLanguage: (language: Language) => void;
  readonly setTheme: (theme: Theme) => void;
  readonly setShortcuts: (on: boolean) => void;
}

/** Everything but the actions. */
export type Facts = Omit<PlaygroundState, 'actions'>;

export const INITIAL_FACTS: Facts = {
  ...NOTHING_KEPT,
  catalogue: [],
  catalogueFailure: null,
  settings: DEFAULT_SETTINGS,
  corrections: [],
  linkAge: null,
  linked: null,
  heldBack: {},
  text: null,
  runs: {},
  shown: null,
  earlier: null,
  opening: null,
  undoable: [],
  redoable: [],
  engines: [],
  timings: [],
  timedEngine: null,
  declined: [],
  problems: [],
  workerFailure: null,
  busy: null,
  selection: { ...DEFAULT_VIEW, text: '', pastStep: null },
  language: 'en',
  theme: 'system',
  shortcuts: true,
};

/** The run on the page; null before there is one. */
export const shownRun = ({ runs, shown }: Pick<Facts, 'runs' | 'shown'>): RunState | null =>
  shown === null ? null : runs[shown];

/** The run beside it. */
export const earlierRun = ({ runs, earlier }: Pick<Facts, 'runs' | 'earlier'>): RunState | null =>
  earlier === null ? null : runs[earlier];

const NO_SAMPLES: readonly NumberedSample[] = [];

/** What the run on the page has written. */
export const samplesOf = (state: Pick<Facts, 'runs' | 'shown'>): readonly NumberedSample[] =>
  shownRun(state)?.samples ?? NO_SAMPLES;

/** Settings other than structural ones in which the controls differ from what the run that is on its way was told. */
export const untold = ({ opening, settings }: Facts): Partial<Settings> =>
  opening === null
    ? {}
    : Object.fromEntries(
        SETTING_NAMES.filter((name) => !isStructural(name) && opening.settings[name] !== settings[name]).map((name) => [
          name,
          opening.settings[name],
        ]),
      );

/**
 * Structural settings in which the controls differ from the run on the page, or from the one that is being made to
 * replace it; 'text' where the text differs; and what is held back from it.
 */
export const pendingChanges = (state: Facts): readonly (SettingName | 'text')[] => {
  const { opening, text, settings, heldBack } = state;
  const compared = opening !== null && opening.failure === null ? opening : (shownRun(state)?.description ?? null);
  if (compared === null) return [];
  // A corpus is its text: until that is there, nothing waits.
  const names: (SettingName | 'text')[] = structuralDifferences(settings, compared.settings).filter(
    (name) => name !== 'corpus',
  );
  if (text?.status === 'ready' && text.textId !== compared.textId) names.push('text');
  const held = compared === opening ? untold(state) : heldBack;
  return [...names, ...SETTING_NAMES.filter((name) => name in held && held[name] !== settings[name])];
};

/** Whether a link was made with a text of someone's own, and there is none yet. */
export const awaitsOwnText = ({ linked, settings }: Facts): boolean =>
  linked?.own === true && settings.corpus !== OWN_TEXT;

/** Whether a run is on its way: nothing else keeps the page without one, or replaces it. */
export const isPreparing = (state: Facts): boolean => {
  const { opening, text, workerFailure, opened } = state;
  const run = shownRun(state);
  return (
    workerFailure === null &&
    (run?.phase === 'loading' ||
      opening?.failure === null ||
      (run === null && (text?.status === 'loading' || opened?.status === 'reading')))
  );
};

/** Whether the shown run has done nothing yet that a new one would throw away. */
export const isFresh = (state: Facts): boolean => {
  const run = shownRun(state);
  return run === null || (run.metrics.step === 0 && run.phase !== 'running' && run.phase !== 'loading');
};
