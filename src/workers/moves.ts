/** A run's way to another engine: got ready beside the training, so that nothing waits for it. */
import { toFailure, type Failure } from '../model/failures';
import type { RunSnapshot } from '../model/run';
import type { EngineChoice } from '../model/settings';
import { moveBody, type RunBody, type BodyPlan } from './body';
import type { Lease } from './engines';

/** The engine that was wished for, or why it could not be had. */
export interface Arrival {
  readonly choice: EngineChoice;
  readonly result: Lease | Failure;
}

const isLease = (result: Lease | Failure): result is Lease => 'kernels' in result;

/**
 * Where an arrival leads the run that `snapshot` was taken of: its body from now on, and why that is not on the engine that
 * was wished for. A lease is used up or given back.
 */
export const follow = (
  body: RunBody,
  { result }: Arrival,
  snapshot: RunSnapshot | null,
  plan: Pick<BodyPlan, 'breathe' | 'onProblem'>,
): { readonly body: RunBody; readonly failure: Failure | null } => {
  if (!isLease(result)) return { body, failure: result };
  const { failure, kernels } = result;
  if (snapshot === null || failure !== null || kernels === body.lease.kernels) {
    result.release();
    return { body, failure };
  }
  try {
    return { body: moveBody(body, result, snapshot, plan), failure: null };
  } catch (caught) {
    return { body, failure: toFailure(caught) };
  }
};

interface Move {
  readonly choice: EngineChoice;
  readonly abort: AbortController;
  result: Lease | Failure | null;
  isTaken: boolean;
}

export class EngineMove {
  #current: Move | null = null;

  constructor(
    /** Brings the engine; `onLost` is told when its device goes. */
    private readonly prepare: (onLost: (failure: Failure) => void, signal: AbortSignal) => Promise<Lease>,
    /** There is an arrival to be taken. */
    private readonly arrived: () => void,
    /** An engine that was taken has lost its device. */
    private readonly onLost: (failure: Failure) => void,
  ) {}

  /** What is on its way, or has arrived and was not taken. */
  get choice(): EngineChoice | null {
    return this.#current?.choice ?? null;
  }

  get isReady(): boolean {
    return this.#current !== null && this.#current.result !== null;
  }

  /** Whether what is to be taken is an engine, not a failure. */
  get isEngine(): boolean {
    const result = this.#current?.result ?? null;
    return result !== null && isLease(result);
  }

  /** What is on its way is not wished for any more: `choice` is. */
  begin(choice: EngineChoice): void {
    this.cancel();
    const move: Move = { choice, abort: new AbortController(), result: null, isTaken: false };
    this.#current = move;
    const settle = (result: Lease | Failure) => {
      if (this.#current !== move || move.result !== null) {
        if (isLease(result)) result.release();
        return;
      }
      move.result = result;
      this.arrived();
    };
    const hear = (failure: Failure) => {
      if (move.isTaken) {
        this.onLost(failure);
        return;
      }
      // What has arrived is worth nothing any more.
      if (move.result !== null && isLease(move.result)) move.result.release();
      move.result = null;
      settle(failure);
    };
    this.prepare(hear, move.abort.signal).then(settle, (caught: unknown) => {
      settle(toFailure(caught));
    });
  }

  cancel(): void {
    const move = this.#current;
    this.#current = null;
    if (move === null) return;
    move.abort.abort();
    if (move.result !== null && isLease(move.result)) move.result.release();
  }

  /** What has arrived, once; the caller gives a lease back. */
  take(): Arrival | null {
    const move = this.#current;
    if (!move?.result) return null;
    this.#current = null;
    move.isTaken = true;
    return { choice: move.choice, result: move.result };
  }
}
