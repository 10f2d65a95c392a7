/** What the page knows: wishes (settings), facts (what the worker reported), and where the reader looks. */
import type { StoreApi, UseBoundStore } from 'zustand';
import type { BandName } from './model/cells';
import type { Failure } from './model/failures';
import type { Correction, SettingName, Settings } from './model/settings';
import type { History, Metrics, ProbeFrame, Sample } from './model/telemetry';
import type { Baselines, CatalogueEntry, Encoding, TextFacts, TextSource } from './model/text/types';
import type { EngineInfo, RunDescription, RunPhase } from './workers/protocol';

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
  readonly failure: Failure | null;
}

/** The run on the page. */
export interface ShownRun {
  readonly runId: string;
  readonly phase: RunPhase;
  readonly description: RunDescription | null;
  readonly metrics: Metrics;
  readonly failure: Failure | null;
  readonly baselines: Baselines | null;
}

/** What colours the text: a band of the selected unit, or the surprise of each character. */
export type Colouring = BandName | 'surprise';

export interface Selection {
  /** Column of the probe text. */
  readonly cursor: number;
  /** Whether a click has fixed the cursor: hovering no longer moves it. */
  readonly pinned: boolean;
  readonly unit: number;
  readonly layer: number;
  readonly colouring: Colouring;
  /** Units whose trajectories stand out, the selected one not included. */
  readonly chosenUnits: readonly number[];
}

export interface PlaygroundState {
  /** Bundled corpora; empty until index.json has come. */
  readonly catalogue: readonly CatalogueEntry[];
  readonly settings: Settings;
  readonly corrections: readonly Correction[];
  /** Content hash that the link named; the text that is there may differ from it. */
  readonly linkedTextHash: string | null;
  readonly text: WantedText | null;
  readonly run: ShownRun | null;
  /** The run that is being made to replace the shown one. */
  readonly opening: { readonly runId: string; readonly failure: Failure | null } | null;
  /** Whether the last replacement can be taken back. */
  readonly undoable: boolean;
  /** Newest of each; replaced as a whole with every frame, read by the drawing loop. */
  readonly history: History | null;
  readonly frame: ProbeFrame | null;
  /** Newest last; at most 50. */
  readonly samples: readonly Sample[];
  readonly engines: readonly EngineInfo[];
  /** Problems that stopped nothing, newest last; the reader dismisses them. */
  readonly problems: readonly { readonly id: number; readonly failure: Failure }[];
  /** Set when the worker is gone: nothing works until it is started again. */
  readonly workerFailure: Failure | null;

  readonly selection: Selection;
  readonly language: Language;
  readonly theme: Theme;
  readonly shortcuts: boolean;

  readonly actions: Actions;
}

export interface Actions {
  /** Changes a setting; 'live' and 'page' ones reach the run at once, structural ones wait for `startNewRun` once the run has made a step. */
  set<N extends SettingName>(name: N, value: Settings[N]): void;
  /** Puts the structural settings back to those of the run on the page. */
  discardChanges(): void;
  /** Takes a text of one's own; on failure the wanted text is the one before, and `text.failure` tells. */
  useText(source: TextSource): void;
  cancelText(): void;
  /** Reads the file again with another encoding. */
  reread(encoding: Encoding): void;
  /** With structural changes waiting, all three start the new run. */
  train(): void;
  step(): void;
  reset(): void;
  pause(): void;
  newSeed(): void;
  startNewRun(): void;
  undo(): void;
  sample(): void;
  dismissProblem(id: number): void;
  dismissCorrections(): void;
  restartWorker(): void;
  moveCursor(column: number, pinned?: boolean): void;
  select(change: Partial<Selection>): void;
  setLanguage(language: Language): void;
  setTheme(theme: Theme): void;
  setShortcuts(on: boolean): void;
}

/** Structural settings in which the controls differ from the run on the page; 'text' where the text differs. */
export declare const pendingChanges: (state: PlaygroundState) => readonly (SettingName | 'text')[];

export declare const usePlayground: UseBoundStore<StoreApi<PlaygroundState>>;

/** Starts the worker, reads the link and asks for the first text; called once, by main.tsx. */
export declare const startPlayground: () => void;
