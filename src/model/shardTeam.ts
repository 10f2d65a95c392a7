/**
 * The other threads of a run: parts are dealt to them, each step's parcels are packed and sent, and what comes back is
 * handed out. A thread that is lost takes no number with it: its parts are for the others from the next step on.
 */
import { fillBatch, partOf } from './batches';
import type { Part, Streams } from './batches';
import type { StateBuffers } from './buffers';
import { sizeOf } from './kernels/kernels';
import type { HostArray } from './kernels/kernels';
import type { Network, StepConditions } from './network';
import { deal, sizeOfSpan, sumsWithin } from './pairwise';
import type { Span } from './pairwise';
import { parameterCount } from './parameters';
import { rowsOfHand } from './shards';
import type { Parcel, ShardThread } from './shards';
import { carriedStates } from './states';
import type { States } from './states';
import type { Indices } from './text/codePoints';

export interface BatchWindow {
  readonly streams: Streams;
  /** Of the streams, in symbols. */
  readonly position: number;
  readonly conditions: StepConditions;
}

interface Member {
  readonly thread: ShardThread;
  readonly sums: readonly Span[];
  readonly carried: States;
  /** What the thread is sent next. */
  parcel: Parcel;
}

/** A hand that is on its way. */
export interface Errand {
  readonly hand: Span;
  /** The sums that it brings, in the order of its parcel. */
  readonly sums: readonly Span[];
  readonly carried: States;
  /** Null where the thread is lost. */
  readonly parcel: Promise<Parcel | null>;
}

export interface TeamOptions {
  readonly network: Network;
  readonly state: StateBuffers;
  readonly ids: Indices;
  readonly streams: Streams;
  readonly parts: readonly Part[];
  readonly threads: readonly ShardThread[];
  /** Told once, of the first thread that is lost. */
  readonly onLost: (cause: string) => void;
}

export class ShardTeam {
  #members: readonly Member[];
  readonly #lost = new Set<ShardThread>();
  #isClosed = false;

  constructor(private readonly options: TeamOptions) {
    this.#members = this.#deal(options.threads);
  }

  /** Threads that take part, the run's own among them. */
  get size(): number {
    return this.#members.length + 1;
  }

  /** Hands the others their parts; resolves when all are on their way. */
  async send(window: BatchWindow): Promise<readonly Errand[]> {
    if (this.#lost.size > 0) {
      this.#members = this.#deal(this.#members.map(({ thread }) => thread).filter((thread) => !this.#lost.has(thread)));
      this.#lost.clear();
    }
    const members = this.#members;
    await Promise.all(members.map((member) => this.#fill(member, window)));
    return members.map((member) => {
      const { thread, sums, carried, parcel } = member;
      const answer = thread.compute({ ...parcel, conditions: window.conditions }).then(
        (filled) => {
          member.parcel = filled;
          return filled;
        },
        (caught: unknown) => {
          if (!this.#isClosed) this.#lose(thread, caught instanceof Error ? caught.message : String(caught));
          return null;
        },
      );
      return { hand: parcel.hand, sums, carried, parcel: answer };
    });
  }

  close(): void {
    this.#isClosed = true;
    for (const { thread } of this.#members) if (!this.#lost.has(thread)) thread.close();
  }

  #lose(thread: ShardThread, cause: string): void {
    const isFirst = this.size === this.options.threads.length + 1 && this.#lost.size === 0;
    this.#lost.add(thread);
    thread.close();
    if (isFirst) this.options.onLost(cause);
  }

  #deal(threads: readonly ShardThread[]): Member[] {
    const { parts, state, network, streams } = this.options;
    const { kernels, architecture } = network;
    const count = parameterCount(architecture);
    const floats = (length: number): HostArray =>
      kernels.precision === 'float32' ? new Float32Array(length) : new Float64Array(length);
    const [, ...hands] = deal(parts.length, threads.length + 1);
    return hands.map((hand, k) => {
      const { from, rows } = rowsOfHand(parts, hand);
      const sums = sumsWithin({ from: 0, to: parts.length }, hand);
      const carried = carriedStates(state, architecture, from, rows);
      return {
        thread: threads[k],
        sums,
        carried,
        parcel: {
          hand,
          conditions: { dropout: null, activationPenalty: 0 },
          inputs: new Int32Array(streams.length * rows),
          targets: new Int32Array(streams.length * rows),
          states: carried.map(({ shape }) => floats(sizeOf(shape))),
          gradients: sums.map(() => floats(count)),
          totals: floats(2 * sizeOfSpan(hand)),
        },
      };
    });
  }

  async #fill({ parcel, carried }: Member, { streams, position }: BatchWindow): Promise<void> {
    const { parts, network, ids } = this.options;
    const { inputs, targets, hand, gradients, states } = parcel;
    const { kernels } = network;
    let at = 0;
    for (const part of parts.slice(hand.from, hand.to)) {
      const end = at + streams.length * part.rows;
      fillBatch(partOf(streams, part), ids, position, inputs.subarray(at, end), targets.subarray(at, end));
      at = end;
    }
    await kernels.read(network.parameters.all, gradients[0]);
    for (const [k, view] of carried.entries()) await kernels.read(view, states[k]);
  }
}
