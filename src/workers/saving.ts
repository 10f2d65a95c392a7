/** When a run is saved: for the next visit in a rhythm, and as a file once that is asked for. */
import { liveOf, type Settings } from '../model/settings';
import type { RunToSave } from '../model/formats/runFile';
import type { RunCard } from '../model/telemetry';
import type { RunBody } from './body';
import type { Clock } from './clock';
import type { HostCopies } from './copies';
import { Rhythm } from './pacing';
import type { WorkerEvent } from './protocol';
import type { LoadedText } from './texts';

/** While it trains each five seconds, for no more than a fiftieth of the time; at rest soon, and once. */
const TRAINING = { share: 0.02, atLeast: 5000, atMost: Infinity };
const RESTING = { share: 0.2, atLeast: 1000, atMost: Infinity };
/** Milliseconds from one look to the next whether a run at rest can be saved. */
const LOOK = 1000;

/** The part of the keeper that is used. */
export interface Keeps {
  readonly isReady: () => boolean;
  readonly pageOf: (runId: string) => string | null;
  readonly fileOf: (run: RunToSave) => Uint8Array<ArrayBuffer>;
  readonly cardOf: (run: RunToSave) => RunCard;
  readonly keep: (run: RunToKeep) => Promise<boolean>;
}

/** A run as it is about to be kept. */
export interface RunToKeep {
  readonly runId: string;
  readonly step: number;
  readonly loaded: LoadedText;
  /** As `fileOf` gives it. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly card: RunCard;
  /** Milliseconds until the next time, while it trains. */
  readonly every: () => number;
}

/** The text that a run reads. */
type Readable = Pick<RunBody, 'loaded' | 'dataset'>;

/** The run that is saved, and what that needs. */
export interface Saved {
  readonly runId: string;
  readonly settings: () => Settings;
  readonly copies: HostCopies;
  readonly clock: Pick<Clock, 'now'>;
  readonly post: (event: WorkerEvent, transfer?: Transferable[]) => void;
}

export class Saving {
  readonly #training = new Rhythm(TRAINING);
  readonly #resting = new Rhythm(RESTING);
  /** Whether the page waits for a file. */
  #isAsked = false;
  #isWriting = false;
  /** What was saved last. */
  #saved: { readonly step: number; readonly settings: Settings; readonly page: string | null } | null = null;

  constructor(
    private readonly keeper: Keeps,
    private readonly o: Saved,
  ) {}

  /** A file of the run as it stands. */
  ask(): void {
    this.#isAsked = true;
  }

  isDue(training: boolean, step: number): boolean {
    if (this.#isAsked) return true;
    const rhythm = training ? this.#training : this.#resting;
    return this.isUnsaved(step) && rhythm.isDue(this.o.clock.now()) && this.keeper.isReady();
  }

  /** Whether the run, which leaves the page, is worth saving once more. */
  isOwed(step: number): boolean {
    return this.isUnsaved(step) && this.keeper.isReady();
  }

  /** Milliseconds until it is worth looking again; null where the run is saved. What is being written may fail yet. */
  until(step: number): number | null {
    if (!this.isUnsaved(step)) return this.#isWriting ? LOOK : null;
    const rest = this.#resting.until(this.o.clock.now());
    return rest > 0 ? rest : LOOK;
  }

  async save({ run, ...text }: RunBody): Promise<void> {
    const began = this.o.clock.now();
    await this.o.copies.take(run);
    void this.#saveCopy(text, began);
  }

  /** Saves the newest copy of the run, which has left the page; whether it is kept. */
  saveLeft(text: Readable): Promise<boolean> {
    return this.keeper.isReady() ? this.#saveCopy(text, this.o.clock.now()) : Promise.resolve(false);
  }

  #saveCopy({ loaded, dataset: { vocabulary } }: Readable, began: number): Promise<boolean> {
    const { keeper } = this;
    const { runId, clock, copies, post } = this.o;
    const copy = copies.newest;
    if (copy === null) return Promise.resolve(false);
    const settings = this.o.settings();
    const { step } = copy.metrics;
    const snapshot = { ...copy, settings: { ...settings, ...liveOf(copy.settings) } };
    const saving = { snapshot, textName: loaded.name, vocabulary };
    const bytes = keeper.fileOf(saving);
    if (this.#isAsked) {
      this.#isAsked = false;
      post({ type: 'run-file', runId, step, bytes }, [bytes.buffer]);
      return Promise.resolve(false);
    }
    const saved = { step, settings, page: keeper.pageOf(runId) };
    this.#saved = saved;
    this.#isWriting = true;
    let every = 0;
    const kept = keeper.keep({ runId, step, loaded, bytes, card: keeper.cardOf(saving), every: () => every });
    // By now the browser has copied it, too, while nothing else was done.
    const now = clock.now();
    every = this.#training.done(began, now) + this.#training.until(now);
    this.#resting.done(began, now);
    return kept.then((isKept) => {
      this.#isWriting = false;
      if (!isKept && this.#saved === saved) this.#saved = null;
      return isKept;
    });
  }

  /** A run that has made no step is made anew as fast as it is read. */
  isUnsaved(step: number): boolean {
    const { runId, settings } = this.o;
    if (step === 0) return false;
    const saved = this.#saved;
    return saved?.step !== step || saved.settings !== settings() || saved.page !== this.keeper.pageOf(runId);
  }
}
