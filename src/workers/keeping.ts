/** Keeps runs from visit to visit and reads saved ones, by a part of the program that is fetched once it is wanted. */
import { toFailure, type Failure } from '../model/failures';
import type { Clock } from './clock';
import type { Keeper } from './keeper';
import type * as Part from './keepingPart';
import type { WorkerEvent } from './protocol';

export type KeepingPart = typeof Part;

interface KeepingHost {
  readonly clock: Pick<Clock, 'later'>;
  readonly post: (event: WorkerEvent) => void;
  /** @throws FailureError `part-unreachable` */
  readonly load: () => Promise<Keeper>;
  /** It has come. */
  readonly came: () => void;
}

/** Milliseconds after the first run is there: it is not to wait for what keeps it. */
const REST = 2000;
/** Milliseconds until what did not come is asked for again. */
const RETRY = 30_000;
/** Runs that wait to be kept, and milliseconds that they do: more would only be memory. */
const MOST_OWED = 3;
const LONGEST_OWED = 60_000;

export class Keeping {
  /** Null until it has been wanted and has come. */
  keeper: Keeper | null = null;
  #loading: Promise<Keeper> | null = null;
  #begun = false;
  /** What the page wishes to have back, by run; this program does not look into it. */
  readonly pages = new Map<string, string>();
  /** Runs that left the page before what keeps them was there, the oldest first; each says whether it is kept now. */
  readonly #owed = new Map<string, () => Promise<boolean>>();

  constructor(private readonly o: KeepingHost) {}

  /** Once the first run is there: looks for runs of earlier visits, and keeps those of this one from then on. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.o.clock.later(REST, () => {
      this.#beginNow();
    });
  }

  /** @throws FailureError `part-unreachable` */
  load(): Promise<Keeper> {
    if (this.keeper !== null) return Promise.resolve(this.keeper);
    this.#loading ??= this.o
      .load()
      .then((keeper) => {
        this.keeper = keeper;
        this.o.came();
        return keeper;
      })
      .finally(() => {
        this.#loading = null;
      });
    return this.#loading;
  }

  /** Has it done once it is there; tells why it did not come, or what `work` was rejected with. */
  with(work: (keeper: Keeper) => Promise<void> | void, failed: (failure: Failure) => void): void {
    this.load()
      .then(work)
      .catch((caught: unknown) => {
        failed(toFailure(caught));
      });
  }

  /** The run has left the page: it is kept once what keeps runs is there. */
  owe(runId: string, keep: () => Promise<boolean>): void {
    if (this.#owed.size === 0) this.o.clock.later(REST, () => void this.#settle());
    this.#owed.set(runId, keep);
    this.o.clock.later(LONGEST_OWED, () => this.#owed.delete(runId));
    for (const oldest of [...this.#owed.keys()].slice(0, -MOST_OWED)) this.#owed.delete(oldest);
  }

  /** The run is on the page again, and is saved there. */
  release(runId: string): void {
    this.#owed.delete(runId);
  }

  async #settle(): Promise<void> {
    for (const [runId, keep] of [...this.#owed]) if (await keep()) this.#owed.delete(runId);
    if (this.#owed.size > 0) this.o.clock.later(REST, () => void this.#settle());
  }

  #beginNow(): void {
    this.with(
      (keeper) => keeper.begin(),
      (failure) => {
        this.o.post({ type: 'keeping', keeping: { state: 'failed', failure } });
        this.o.clock.later(RETRY, () => {
          this.#beginNow();
        });
      },
    );
  }
}
