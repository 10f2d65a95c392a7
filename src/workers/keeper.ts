/**
 * Keeps runs from visit to visit, and reads saved ones. The browser's storage is opened once it is wanted: training neither
 * waits for it nor ends where there is none.
 */
import { FailureError, toFailure, unreadable, type Failure } from '../model/failures';
import { fineTune } from '../model/fineTuning';
import { damaged } from '../model/formats/damage';
import { cardOf } from '../model/formats/runCard';
import { readRunFile, writeRunFile, type RunToSave, type SavedRun } from '../model/formats/runFile';
import type { RunSnapshot } from '../model/snapshot';
import type { RunCard } from '../model/telemetry';
import type { CatalogueEntry, Dataset, TextSource } from '../model/text/types';
import { within, type Clock } from './clock';
import type { KeptOrder, Keeping, Space, WorkerEvent } from './protocol';
import { Saving, type Keeps, type RunToKeep, type Saved } from './saving';
import type { KeptText } from './textRecord';
import { readWritten, type Pause } from './writtenText';
import { openVault, storageFailure, type Cabinet, type KeptRun, type Vault } from './vault';

/** Whose turn it is to write, of several pages of one browser: resolves once, when it is this one's. */
export type Turn = () => Promise<void>;

interface KeeperHost {
  readonly clock: Clock;
  readonly post: (event: WorkerEvent, transfer?: Transferable[]) => void;
  /** Opens the browser's storage; `onClosed` is called where the browser takes it away. */
  readonly openCabinet: (onClosed: () => void) => Promise<Cabinet>;
  readonly turn: Turn;
  /** What this origin uses of the browser's storage and what it may use, in bytes; null where the browser does not say. */
  readonly space: () => Promise<Space | null>;
  /** Milliseconds since 1970. */
  readonly today: () => number;
  readonly catalogue: () => Promise<readonly CatalogueEntry[]>;
  /** Whether the page shows that run. */
  readonly isShown: (runId: string) => boolean;
  /** What pages wish to have back, by run. */
  readonly pages: Map<string, string>;
}

/** Milliseconds that the browser may take to open its storage and for each answer of it, and another page to give way as it ends. */
const PATIENCE = 5000;
const ANSWER_PATIENCE = 30_000;
const TURN_PATIENCE = 500;
/** Milliseconds until what has failed is tried again. */
const RETRY = 30_000;

/** The same cabinet, each of whose answers is waited for so long and no longer. */
const bounded = (cabinet: Cabinet, clock: Clock): Cabinet => {
  const inTime = <T>(answer: Promise<T>): Promise<T> => within(clock, ANSWER_PATIENCE, answer);
  return {
    keys: () => inTime(cabinet.keys()),
    get: (key) => inTime(cabinet.get(key)),
    put: (key, value) => inTime(cabinet.put(key, value)),
    remove: (keys) => inTime(cabinet.remove(keys)),
  };
};

export class Keeper implements Keeps {
  #vault: Vault | null = null;
  #opening: Promise<Vault> | null = null;
  #turn: Promise<void> | null = null;
  #isTurn = false;
  #isWriting = false;
  #retryAt = -Infinity;
  #saidNewer = false;
  /** Runs that were read and not opened yet. */
  readonly #inHand = new Map<string, SavedRun>();
  /** The run that the page offers to go on with: it stays until that is settled. */
  #offered: string | null = null;

  constructor(private readonly o: KeeperHost) {}

  /** What was read by that name, once. */
  take(fileId: string): SavedRun | null {
    const saved = this.#inHand.get(fileId) ?? null;
    this.#inHand.delete(fileId);
    return saved;
  }

  /** What a new run on another text goes on from, which begins with the network of that one. */
  tune({ snapshot, vocabulary }: SavedRun, dataset: Dataset): RunSnapshot {
    if (vocabulary === null) throw damaged({ kind: 'missing', where: 'vocabulary.codePoints' });
    return fineTune(snapshot, vocabulary.codePoints, dataset);
  }

  forget(fileId: string): void {
    this.#inHand.delete(fileId);
  }

  /** What the page wishes to have back with the run. */
  pageOf(runId: string): string | null {
    return this.o.pages.get(runId) ?? null;
  }

  savingOf(run: Saved): Saving {
    return new Saving(this, run);
  }

  /** Reads a saved run out of a file; answered by `run-read` or `run-unread`. */
  async readFile(fileId: string, file: File): Promise<void> {
    try {
      const buffer = await file.arrayBuffer().catch((caught: unknown) => {
        throw unreadable(file.name, caught);
      });
      await this.#hand(fileId, readRunFile(new Uint8Array(buffer)), null);
    } catch (caught) {
      this.o.post({ type: 'run-unread', fileId, failure: toFailure(caught) });
    }
  }

  /** Reads the newest run that is kept, or that one; answered by `run-read` or `run-unread`. */
  async recollect(fileId: string, runId: string | null): Promise<void> {
    const { post } = this.o;
    try {
      const vault = await this.#open();
      await this.#waitForTurn();
      const kept = await vault.newest(runId);
      this.#offered = null;
      if (kept === null) post({ type: 'run-unread', fileId, failure: null });
      else {
        if (this.#isTurn && kept.page !== null) this.o.pages.set(kept.runId, kept.page);
        await this.#hand(fileId, kept.saved, kept);
      }
    } catch (caught) {
      const failure = toFailure(caught);
      post({ type: 'run-unread', fileId, failure });
      if (this.#vault === null) this.#fail(failure);
    }
  }

  /** Opens what keeps runs, and tells of one that is kept and is not `shown`. */
  async begin(): Promise<void> {
    if (this.#vault !== null) return;
    try {
      const vault = await this.#open();
      await this.#waitForTurn();
      const kept = await vault.newest(null);
      if (kept === null || this.o.isShown(kept.runId)) return;
      this.#offered = kept.runId;
      const { runId, savedAt, saved } = kept;
      this.o.post({ type: 'run-kept', runId, savedAt, step: saved.snapshot.metrics.step });
    } catch (caught) {
      this.#fail(toFailure(caught));
    }
  }

  /** The page does not offer it any more: it goes when its time has come. */
  letGo(): void {
    this.#offered = null;
  }

  /** A long text that was pasted, which is read as those that are kept. */
  readonly written = readWritten;

  /** A text of an earlier visit, by the hash of its content. @throws FailureError `storage-refused`, `run-file-newer` */
  async text(hash: string, pause: Pause): Promise<KeptText> {
    const kept = await (await this.#open()).text(hash, pause);
    if (kept === null) throw new FailureError({ code: 'storage-refused', cause: 'the text is not there any more' });
    return kept;
  }

  /** Whether a run can be kept now. What has failed is tried again now and then. */
  isReady(): boolean {
    if (this.#isWriting || this.o.clock.now() < this.#retryAt) return false;
    const hasFailed = this.#retryAt > -Infinity;
    if (this.#vault === null && hasFailed && this.#opening === null) void this.begin();
    return this.#vault !== null && this.#isTurn;
  }

  /** Keeps it, beside training; answered by `keeping`. Resolves to whether it is kept. */
  async keep({ runId, step, loaded: { name, text, entry }, bytes, card, every }: RunToKeep): Promise<boolean> {
    const vault = this.#vault;
    if (vault === null) return false;
    this.#isWriting = true;
    const page = this.pageOf(runId);
    try {
      if (entry === null && !vault.hasText(text.hash))
        await vault.keepText({ name, text }, [runId, this.#offered], () => this.o.clock.breathe());
      // A run that has left the page before it could be kept is older than the one that is there, whichever is kept first.
      const isBefore = (other: string) => !this.o.isShown(runId) && this.o.isShown(other);
      await vault.keep({ runId, textHash: text.hash, bytes, page, card }, this.#offered, isBefore);
      this.#retryAt = -Infinity;
      this.#tell({ state: 'saved', runId, step, every });
      return true;
    } catch (caught) {
      this.#fail(toFailure(caught));
      return false;
    } finally {
      this.#isWriting = false;
    }
  }

  fileOf(run: RunToSave): Uint8Array<ArrayBuffer> {
    return writeRunFile(run);
  }

  cardOf(run: RunToSave): RunCard {
    return cardOf(run);
  }

  /** Does what the reader wishes of the list; answered by `kept-runs` or `kept-runs-failed`. */
  async obey(order: KeptOrder): Promise<void> {
    const { post, space } = this.o;
    try {
      let vault = await this.#open();
      await this.#waitForTurn();
      // What another page has written.
      if (!this.#isTurn) vault = this.#vault = await this.#unlock();
      else await this.#change(vault, order);
      const room = await space().catch(() => null);
      post({ type: 'kept-runs', list: { runs: vault.list(), space: room, isOurs: this.#isTurn } });
    } catch (caught) {
      post({ type: 'kept-runs-failed', failure: storageFailure(caught).failure });
    }
  }

  async #change(vault: Vault, order: KeptOrder): Promise<void> {
    switch (order.what) {
      case 'list':
        break;
      case 'name':
        await vault.label(order.runId, { name: order.name });
        break;
      case 'duplicate':
        await vault.duplicate(order.runId, order.as, order.name);
        break;
      case 'remove':
      case 'put-back':
        await vault.label(order.runId, { isRemoved: order.what === 'remove' });
        break;
    }
  }

  #fail(failure: Failure): void {
    this.#retryAt = this.o.clock.now() + RETRY;
    this.#tell({ state: 'failed', failure });
  }

  #tell(keeping: Keeping): void {
    this.o.post({ type: 'keeping', keeping });
  }

  /** @throws FailureError */
  #open(): Promise<Vault> {
    if (this.#vault !== null) return Promise.resolve(this.#vault);
    this.#opening ??= this.#openNow().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #openNow(): Promise<Vault> {
    this.#turn ??= this.o.turn().then(async () => {
      // What another page has written until now.
      if (this.#vault !== null) this.#vault = await this.#unlock();
      this.#isTurn = true;
    });
    this.#turn.catch((caught: unknown) => {
      this.#fail(toFailure(caught));
    });
    return (this.#vault = await this.#unlock());
  }

  async #unlock(): Promise<Vault> {
    try {
      const opened = this.o.openCabinet(() => {
        this.#vault = null;
        this.#fail({ code: 'storage-refused', cause: 'the browser has taken it away' });
      });
      const cabinet = bounded(await within(this.o.clock, PATIENCE, opened), this.o.clock);
      const vault = await openVault(cabinet, { read: readRunFile, today: this.o.today });
      if (vault.newer !== null && !this.#saidNewer) {
        this.#saidNewer = true;
        this.o.post({ type: 'problem', runId: null, failure: vault.newer.failure });
      }
      return vault;
    } catch (caught) {
      throw storageFailure(caught);
    }
  }

  /** Another page that is just being closed may hold it for a moment. */
  async #waitForTurn(): Promise<void> {
    if (this.#isTurn || this.#turn === null) return;
    await within(this.o.clock, TURN_PATIENCE, this.#turn).catch(() => {
      if (!this.#isTurn) this.#tell({ state: 'elsewhere' });
    });
  }

  async #hand(fileId: string, saved: SavedRun, kept: KeptRun | null): Promise<void> {
    const { snapshot, textName } = saved;
    const { settings, textHash, metrics } = snapshot;
    const source = await this.#sourceOf(saved);
    this.#inHand.set(fileId, saved);
    this.o.post({
      type: 'run-read',
      run: {
        fileId,
        settings,
        step: metrics.step,
        textName,
        textHash,
        source,
        // A page that may not write goes on with a run of its own.
        kept: kept && { runId: this.#isTurn ? kept.runId : null, page: kept.page },
      },
    });
  }

  /** Where its text is to be had without asking for it. */
  async #sourceOf({ snapshot: { settings, textHash } }: SavedRun): Promise<TextSource | null> {
    const entries = await this.o.catalogue().catch(() => []);
    // A text that is made on the spot has no hash before it is.
    const entry =
      entries.find(({ hash }) => hash === textHash) ??
      entries.find(({ id, hash }) => id === settings.corpus && hash === null);
    if (entry !== undefined) return { kind: 'bundled', id: entry.id };
    const vault = await this.#open().catch(() => null);
    return vault?.hasText(textHash) === true ? { kind: 'kept', hash: textHash } : null;
  }
}
