/**
 * The vault of this browser: opened once it is wanted, given up where the browser takes it away, and written to by one of
 * several pages at a time.
 */
import { toFailure, type Failure } from '../model/failures';
import { readRunFile } from '../model/formats/runFile';
import { within, type Clock } from './clock';
import type { WorkerEvent } from './protocol';
import { storageFailure } from './storageFailure';
import { openVault, type Cabinet, type Vault } from './vault';

/** Whose turn it is to write, of several pages of one browser: resolves once, when it is this one's. */
export type Turn = () => Promise<void>;

export interface VaultHost {
  readonly clock: Clock;
  readonly post: (event: WorkerEvent, transfer?: Transferable[]) => void;
  /** Opens the browser's storage; `onClosed` is called where the browser takes it away. */
  readonly openCabinet: (onClosed: () => void) => Promise<Cabinet>;
  readonly turn: Turn;
  /** Milliseconds since 1970. */
  readonly today: () => number;
}

/** Milliseconds that the browser may take to open its storage and for each answer of it, and another page to give way as it ends. */
const PATIENCE = 5000;
const ANSWER_PATIENCE = 30_000;
const TURN_PATIENCE = 500;

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

export class VaultAccess {
  /** Null where it is not open. */
  vault: Vault | null = null;
  /** Whether this page is the one that writes. */
  isTurn = false;
  #opening: Promise<Vault> | null = null;
  #turn: Promise<void> | null = null;
  #saidNewer = false;

  /** @param fail told where the browser takes the storage away, or never lets this page write */
  constructor(
    private readonly o: VaultHost,
    private readonly fail: (failure: Failure) => void,
  ) {}

  get isOpening(): boolean {
    return this.#opening !== null;
  }

  /** @throws FailureError `storage-refused` */
  open(): Promise<Vault> {
    if (this.vault !== null) return Promise.resolve(this.vault);
    this.#opening ??= this.#openNow().finally(() => {
      this.#opening = null;
    });
    return this.#opening;
  }

  async #openNow(): Promise<Vault> {
    this.#turn ??= this.o.turn().then(async () => {
      // What another page has written until now.
      if (this.vault !== null) await this.openAnew();
      this.isTurn = true;
    });
    this.#turn.catch((caught: unknown) => {
      this.fail(toFailure(caught));
    });
    return this.openAnew();
  }

  /** With what another page has written until now. @throws FailureError `storage-refused` */
  async openAnew(): Promise<Vault> {
    return (this.vault = await this.#unlock());
  }

  async #unlock(): Promise<Vault> {
    try {
      const opened = this.o.openCabinet(() => {
        this.vault = null;
        this.fail({ code: 'storage-refused', cause: 'the browser has taken it away' });
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
  async waitForTurn(): Promise<void> {
    if (this.isTurn || this.#turn === null) return;
    await within(this.o.clock, TURN_PATIENCE, this.#turn).catch(() => {
      if (!this.isTurn) this.o.post({ type: 'keeping', keeping: { state: 'elsewhere' } });
    });
  }
}
