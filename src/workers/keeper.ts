/**
 * Keeps runs from visit to visit, and reads saved ones. The browser's storage is opened once it is wanted: training neither
 * waits for it nor ends where there is none.
 */
import { FailureError, toFailure, unreadable, type Failure } from '../model/failures';
import { fineTune } from '../model/fineTuning';
import { damaged } from '../model/formats/damage';
import { cardOf } from '../model/formats/runCard';
import { readRunFile, writeRunFile, type RunToSave, type SavedRun } from '../model/formats/runFile';
import { OWN_TEXT } from '../model/settings';
import type { RunSnapshot } from '../model/snapshot';
import type { RunCard } from '../model/telemetry';
import type { CatalogueEntry, Dataset, TextSource } from '../model/text/types';
import type { KeptOrder, Keeping, Space } from './protocol';
import { Saving, type Keeps, type RunToKeep, type Saved } from './saving';
import type { KeptText } from './textRecord';
import { readWritten, type Pause } from './writtenText';
import { storageFailure } from './storageFailure';
import type { KeptRun, Vault } from './vault';
import { VaultAccess, type VaultHost } from './vaultAccess';

interface KeeperHost extends VaultHost {
  /** What this origin uses of the browser's storage and what it may use, in bytes; null where the browser does not say. */
  readonly space: () => Promise<Space | null>;
  readonly catalogue: () => Promise<readonly CatalogueEntry[]>;
  /** From here on the catalogue has the toy tasks too. */
  readonly addTasks: () => Promise<void>;
  /** Whether the page shows that run. */
  readonly isShown: (runId: string) => boolean;
  /** What pages wish to have back, by run. */
  readonly pages: Map<string, string>;
}

/** Milliseconds until what has failed is tried again. */
const RETRY = 30_000;

export class Keeper implements Keeps {
  #isWriting = false;
  #retryAt = -Infinity;
  /** Runs that were read and not opened yet. */
  readonly #inHand = new Map<string, SavedRun>();
  /** The run that the page offers to go on with: it stays until that is settled. */
  #offered: string | null = null;
  readonly #access: VaultAccess;

  constructor(private readonly o: KeeperHost) {
    this.#access = new VaultAccess(o, (failure) => {
      this.#fail(failure);
    });
  }

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
      const vault = await this.#access.open();
      await this.#access.waitForTurn();
      const kept = await vault.newest(runId);
      this.#offered = null;
      if (kept === null) post({ type: 'run-unread', fileId, failure: null });
      else {
        if (this.#access.isTurn && kept.page !== null) this.o.pages.set(kept.runId, kept.page);
        await this.#hand(fileId, kept.saved, kept);
      }
    } catch (caught) {
      const failure = toFailure(caught);
      post({ type: 'run-unread', fileId, failure });
      if (this.#access.vault === null) this.#fail(failure);
    }
  }

  /** Opens what keeps runs, and tells of one that is kept and is not `shown`. */
  async begin(): Promise<void> {
    if (this.#access.vault !== null) return;
    try {
      const vault = await this.#access.open();
      await this.#access.waitForTurn();
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
    const kept = await (await this.#access.open()).text(hash, pause);
    if (kept === null) throw new FailureError({ code: 'storage-refused', cause: 'the text is not there any more' });
    return kept;
  }

  /** Whether a run can be kept now. What has failed is tried again now and then. */
  isReady(): boolean {
    if (this.#isWriting || this.o.clock.now() < this.#retryAt) return false;
    const hasFailed = this.#retryAt > -Infinity;
    if (this.#access.vault === null && hasFailed && !this.#access.isOpening) void this.begin();
    return this.#access.vault !== null && this.#access.isTurn;
  }

  /** Keeps it, beside training; answered by `keeping`. Resolves to whether it is kept. */
  async keep({ runId, step, loaded: { name, text, entry }, bytes, card, every }: RunToKeep): Promise<boolean> {
    const vault = this.#access.vault;
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
      this.#tell({ state: 'saved', runId, step, every: every() });
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
      let vault = await this.#access.open();
      await this.#access.waitForTurn();
      // What another page has written.
      if (!this.#access.isTurn) vault = await this.#access.openAnew();
      else await this.#change(vault, order);
      const room = await space().catch(() => null);
      post({ type: 'kept-runs', list: { runs: vault.list(), space: room, isOurs: this.#access.isTurn } });
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
        kept: kept && { runId: this.#access.isTurn ? kept.runId : null, page: kept.page },
      },
    });
  }

  /** Where its text is to be had without asking for it. */
  async #sourceOf({ snapshot: { settings, textHash } }: SavedRun): Promise<TextSource | null> {
    // A text that is made on the spot has no hash before it is.
    const listed = async () => {
      const entries = await this.o.catalogue().catch(() => []);
      const entry =
        entries.find(({ hash }) => hash === textHash) ??
        entries.find(({ id, hash }) => id === settings.corpus && hash === null);
      return entry ? ({ kind: 'bundled', id: entry.id } as const) : null;
    };
    const source = await listed();
    if (source !== null) return source;
    const vault = await this.#access.open().catch(() => null);
    if (vault?.hasText(textHash) === true) return { kind: 'kept', hash: textHash };
    if (settings.corpus === OWN_TEXT) return null;
    // A toy task.
    await this.o.addTasks().catch(() => undefined);
    return listed();
  }
}
