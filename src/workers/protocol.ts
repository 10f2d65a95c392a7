/** The wire between page and worker: types only. Commands in, events out; what belongs to a run carries its id. */
import type { EngineChoice, LiveSettings, Settings } from '../model/settings';
import type { Failure } from '../model/failures';
import type { Cost } from '../model/cost';
import type { Answer, FrameReadingName, FrameReadings, Question } from '../model/inspect/readings';
import type { EngineInfo, EngineName } from '../model/kernels/engines';
import type {
  Adjustment,
  Decided,
  History,
  Metrics,
  ProbeLabels,
  Ranking,
  RunCard,
  Sample,
  TunedFrom,
  StopReason,
} from '../model/telemetry';
import type { EngineTiming } from '../model/engineTimings';
import type { Baselines, CatalogueEntry, TextFacts, TextSource } from '../model/text/types';

export type { EngineInfo, StopReason };

/** What Undo or Redo does: the run that comes back, its text, and the step at which it stands. */
export interface Deed {
  readonly runId: string;
  readonly textId: string;
  readonly step: number;
  /** Live settings that change back with it; none where one run was replaced by another. */
  readonly restores: Partial<LiveSettings>;
}

export type RunPhase = 'loading' | 'ready' | 'running' | 'failed';

/** A state in good order that a run can go back to which has lost what it had learnt. */
export interface Ruin {
  readonly step: number;
  /** Nats a character at that step. */
  readonly loss: number;
  /** Live settings of then, where the steps have been changed since. */
  readonly restores: Partial<LiveSettings>;
}

/** What a new run does about the one it replaces. */
export interface OpenRun {
  readonly type: 'open';
  readonly runId: string;
  /** A text that `load-text` brought. */
  readonly textId: string;
  readonly settings: Settings;
  /** The run that is on the page now, if any: kept until this one is ready or has made its first step. */
  readonly replaces: string | null;
  readonly when: 'ready' | 'first-step';
  /** What it does once it is ready. */
  readonly then: 'wait' | 'step' | 'train';
  /** The saved run that it goes on from, as `run-read` named it; its text and settings are those. */
  readonly from?: string;
  /** It is a new run on another text, which begins with the network of the saved one; see fineTuning.ts. */
  readonly tunes?: boolean;
  /** It goes on from the run that it replaces as that was after so many steps. */
  readonly pastStep?: number;
}

/** A saved run that the worker has in hand: what the page has to know to open it. */
export interface ReadRun {
  readonly fileId: string;
  readonly settings: Settings;
  readonly step: number;
  /** Null where the file does not say. */
  readonly textName: string | null;
  readonly textHash: string;
  /** Where its text is to be had; null where nobody knows. */
  readonly source: TextSource | null;
  /**
   * Of a run that was kept: which it was, null where another page writes and this one is to go on with a run of its own;
   * and what the page had kept with it.
   */
  readonly kept: { readonly runId: string | null; readonly page: string | null } | null;
}

/** What the reader wishes of the kept runs; all but to see them waits for this page's turn to write. */
export type KeptOrder =
  | { readonly what: 'list' }
  /** `name` null: none. */
  | { readonly what: 'name'; readonly runId: string; readonly name: string | null }
  /** `as`: id of the copy. */
  | { readonly what: 'duplicate'; readonly runId: string; readonly as: string; readonly name: string }
  | { readonly what: 'remove' | 'put-back'; readonly runId: string };

/** What the reader has said of a run. */
export interface RunLabel {
  /** Null where it has none. */
  readonly name: string | null;
  /** Id of the run that it was made from. */
  readonly parent: string | null;
  /** Taken out of the list; what is kept of it goes with the visit. */
  readonly isRemoved: boolean;
}

/** A kept run as a list shows it. */
export interface ListedRun extends RunLabel {
  readonly runId: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  /** Of both generations. */
  readonly bytes: number;
  readonly card: RunCard;
}

/** Bytes of the browser's storage. */
export interface Space {
  readonly used: number;
  readonly most: number;
}

/** All runs that are kept. */
export interface KeptList {
  /** The newest first; those that were removed in this visit are among them. */
  readonly runs: readonly ListedRun[];
  /** Null where the browser does not say. */
  readonly space: Space | null;
  /** Whether this page may change them. */
  readonly isOurs: boolean;
}

/** What becomes of the runs that are to be kept for the next visit. */
export type Keeping =
  /** `every`: milliseconds of training that an interruption costs at the most. */
  | { readonly state: 'saved'; readonly runId: string; readonly step: number; readonly every: number }
  /** Another page of this browser saves its own. */
  | { readonly state: 'elsewhere' }
  | { readonly state: 'failed'; readonly failure: Failure };

export type Command =
  /** First of all: address of the page, below which `corpora/` lies. Answered by the catalogue. */
  | { readonly type: 'start'; readonly base: string }
  /** The catalogue once more, where it did not come. */
  | { readonly type: 'load-catalogue' }
  /** Which engines are there: answered by `engines`, each time that one more is known. */
  | { readonly type: 'survey' }
  | { readonly type: 'load-text'; readonly textId: string; readonly source: TextSource }
  | { readonly type: 'cancel-text'; readonly textId: string }
  | OpenRun
  | { readonly type: 'train' | 'pause' | 'step'; readonly runId: string }
  /** Live and page settings of a run; 'engine' moves the run to another engine. */
  | { readonly type: 'change'; readonly runId: string; readonly settings: Partial<Settings> }
  /** The layer whose bands the page looks at, and the step at which: null, the last one. */
  | { readonly type: 'watch'; readonly runId: string; readonly layer: number; readonly pastStep: number | null }
  /** Goes on from the last good state of a failed run, on the engine that its settings wish for. */
  | { readonly type: 'resume'; readonly runId: string }
  /** Goes back to the state that `ruined` named, with the settings of now; a run that trains goes on training. */
  | { readonly type: 'recover'; readonly runId: string }
  /** Gives up the step that something asked for waits for, and the engine that is at it: answered as a failure of the run. */
  | { readonly type: 'stop'; readonly runId: string }
  /** Goes to the nearest of the `deeds` of the run on the page; answered by `replaced` and other deeds. */
  | { readonly type: 'undo' | 'redo'; readonly runId: string }
  | { readonly type: 'sample'; readonly runId: string }
  /** The run as a file: answered by `run-file`. */
  | { readonly type: 'save-run'; readonly runId: string }
  /** Reads a saved run; it stays in hand until `open` takes it or `forget-run` lets it go. */
  | { readonly type: 'read-run'; readonly fileId: string; readonly file: File }
  /** The same of the newest run that is kept, or of that one. */
  | { readonly type: 'recollect'; readonly fileId: string; readonly runId: string | null }
  | { readonly type: 'forget-run'; readonly fileId: string }
  /** What the page wishes to have back with the run. */
  | { readonly type: 'keep-page'; readonly runId: string; readonly page: string }
  /** Answered by `kept-runs` or `kept-runs-failed`. */
  | { readonly type: 'kept'; readonly order: KeptOrder }
  /** The page does not offer any more what `run-kept` told of. */
  | { readonly type: 'let-go' }
  /** What earlier visits measured, as it was stored. */
  | { readonly type: 'recall'; readonly stored: string }
  /** Times every engine on the configuration of the run; it ends where a run begins to train. */
  | { readonly type: 'time-engines'; readonly runId: string }
  /** What frames are to hold, of whichever run, from now on; nothing before that. */
  | { readonly type: 'want'; readonly readings: readonly FrameReadingName[] }
  /** Answered once by `answer`, whatever becomes of the run. */
  | { readonly type: 'ask'; readonly runId: string; readonly id: number; readonly question: Question }
  /** An empty buffer: the worker may fill one frame. */
  | { readonly type: 'frame-buffer'; readonly buffer: ArrayBuffer }
  /** Answered by `alive`: how the page notices a worker that hangs. */
  | { readonly type: 'ping'; readonly id: number };

/** What is fixed for the life of a run. */
export interface RunOrigin {
  readonly runId: string;
  readonly textId: string;
  readonly adjustments: readonly Adjustment[];
  readonly facts: TextFacts;
  /** Characters of the training part and of the held-out part. */
  readonly trainLength: number;
  readonly heldOutLength: number;
  /** Code points of the symbols, -1 for the unknown symbol; see Vocabulary. */
  readonly symbols: Int32Array;
  readonly tunedFrom: TunedFrom | null;
  readonly cutDistinct: number;
  readonly cutCount: number;
  readonly unseenDistinct: number;
  readonly unseenCount: number;
}

/** What changes while it goes on: its settings that are not structural, where it computes, and what it reads. */
export interface RunStanding {
  readonly settings: Settings;
  readonly engine: EngineInfo;
  /** What the user asked for, where it could not be had. */
  readonly engineWished: EngineChoice;
  readonly engineFailure: Failure | null;
  /** The engine that is being opened; the run trains on until it is there. */
  readonly engineToCome: EngineChoice | null;
  readonly cost: Cost;
  /** The probe text in use: the user's, or the one chosen from the corpus. */
  readonly probe: string;
  /** Made midway: a link cannot reproduce them. */
  readonly changes: readonly {
    readonly step: number;
    readonly name: string;
    readonly from: string | null;
    readonly value: string;
  }[];
}

export type RunDescription = RunOrigin & RunStanding;

/**
 * A run says nothing but its failure until the page shows it: `replaced` comes first, then its description, phase and
 * frames.
 */
export type WorkerEvent =
  | { readonly type: 'catalogue'; readonly entries: readonly CatalogueEntry[] }
  | { readonly type: 'catalogue-failed'; readonly failure: Failure }
  | { readonly type: 'engines'; readonly engines: readonly EngineInfo[] }
  /** All that has been measured; `timedEngine` is the engine that is being timed. */
  | {
      readonly type: 'timings';
      readonly known: readonly EngineTiming[];
      readonly timedEngine: EngineName | null;
    }
  | {
      readonly type: 'text-progress';
      readonly textId: string;
      readonly stage: 'reading' | 'decoding' | 'counting';
      /** 0 to 1. */
      readonly done: number;
    }
  | { readonly type: 'text-ready'; readonly textId: string; readonly facts: TextFacts }
  | { readonly type: 'text-failed'; readonly textId: string; readonly failure: Failure }
  /** Once for each run that the page shows. */
  | { readonly type: 'description'; readonly description: RunDescription }
  /** Each time that it has changed since. */
  | { readonly type: 'standing'; readonly runId: string; readonly standing: RunStanding }
  | { readonly type: 'baselines'; readonly runId: string; readonly baselines: Baselines }
  /** Of a toy task. */
  | { readonly type: 'decisions'; readonly runId: string; readonly decided: Decided }
  /** Which units of a layer follow what, after so many steps. */
  | {
      readonly type: 'rankings';
      readonly runId: string;
      readonly step: number;
      readonly layer: number;
      readonly rankings: readonly Ranking[];
      /** Null where it is not known what is true of the probe's characters. */
      readonly probeLabels: ProbeLabels | null;
    }
  | {
      readonly type: 'phase';
      readonly runId: string;
      readonly phase: RunPhase;
      readonly metrics: Metrics;
      readonly failure: Failure | null;
      /** Step of the last good state that `resume` goes on from, where the run has failed and has one. */
      readonly resumable: number | null;
      /** Where it is ready because it has paused by itself. */
      readonly stopped: StopReason | null;
    }
  /** The run's device has gone; it will be back, paused, there or on another engine. */
  | { readonly type: 'returns'; readonly runId: string; readonly failure: Failure }
  /** The run's numbers are finite, but it has lost what it had learnt; null once it has not any more. */
  | { readonly type: 'ruined'; readonly runId: string; readonly ruin: Ruin | null }
  /** Whether something asked for has waited for seconds, because the run's device is still at a step. */
  | { readonly type: 'waiting'; readonly runId: string; readonly waiting: boolean }
  /** From now on the page shows `runId`; the same run as before where it has gone back to an earlier state. */
  | { readonly type: 'replaced'; readonly runId: string; readonly replaced: string | null }
  /** What can be undone and redone while the page shows `runId`; the nearest is the last. */
  | {
      readonly type: 'deeds';
      readonly runId: string;
      readonly undo: readonly Deed[];
      readonly redo: readonly Deed[];
    }
  | {
      readonly type: 'frame';
      readonly runId: string;
      readonly metrics: Metrics;
      /** Views into `buffer`. */
      readonly readings: FrameReadings;
      readonly history: History;
      readonly buffer: ArrayBuffer;
    }
  /** Null where the question has no answer, or its run is gone. */
  | { readonly type: 'answer'; readonly id: number; readonly answer: Answer | null }
  | { readonly type: 'sample'; readonly sample: Sample }
  | {
      readonly type: 'run-file';
      readonly runId: string;
      readonly step: number;
      readonly bytes: Uint8Array<ArrayBuffer>;
    }
  | { readonly type: 'run-read'; readonly run: ReadRun }
  /** `failure` is null where no run is kept. */
  | { readonly type: 'run-unread'; readonly fileId: string; readonly failure: Failure | null }
  /** A run of an earlier visit is kept that the page does not show. `savedAt`: milliseconds since 1970. */
  | { readonly type: 'run-kept'; readonly runId: string; readonly step: number; readonly savedAt: number }
  | { readonly type: 'keeping'; readonly keeping: Keeping }
  | { readonly type: 'kept-runs'; readonly list: KeptList }
  | { readonly type: 'kept-runs-failed'; readonly failure: Failure }
  /** The worker holds that lock as long as it lives. */
  | { readonly type: 'bound'; readonly lock: string }
  /** Something that stops nothing: a sample that could not be written, an unknown command. */
  | { readonly type: 'problem'; readonly runId: string | null; readonly failure: Failure }
  | { readonly type: 'alive'; readonly id: number };
