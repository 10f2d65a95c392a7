/**
 * The gradient of a whole batch as the sum of its parts', always cut the same way and added up in the same pairs, so that
 * the numbers do not depend on how many threads take part.
 */
import { addsInPlace } from './buffers';
import type { TrainingBuffers } from './buffers';
import { fillBatch, partOf, shardsOf } from './batches';
import type { Part, Streams } from './batches';
import { gradient, passesOver } from './gradient';
import type { StepWatcher, TrainingPass } from './gradient';
import { subview, viewOf } from './kernels/kernels';
import type { HostArray, View } from './kernels/kernels';
import type { Network, Pass } from './network';
import { addUp } from './pairwise';
import type { Span } from './pairwise';
import { parameterViews } from './parameters';
import type { ParameterViews } from './parameters';
import type { ShardThread } from './shards';
import { ShardTeam } from './shardTeam';
import type { BatchWindow, Errand } from './shardTeam';
import { carriedStates } from './states';
import type { States } from './states';
import type { Indices } from './text/codePoints';

/** The threads that a run computes on beside its own. */
export interface OtherThreads {
  readonly threads: readonly ShardThread[];
  /** Told once, of the first thread that is lost. */
  readonly onLost: (cause: string) => void;
}

export class BatchGradient {
  readonly #parts: readonly Part[];
  readonly #carried: readonly States[];
  readonly #passes: (rows: number, drops: boolean) => TrainingPass;
  readonly #gradient: ParameterViews;
  readonly #spares: readonly ParameterViews[];
  readonly #addsInPlace: boolean;
  readonly #team: ShardTeam;
  readonly #inputs: Int32Array;
  readonly #targets: Int32Array;
  #isClosed = false;

  constructor(
    private readonly network: Network,
    private readonly buffers: TrainingBuffers,
    private readonly ids: Indices,
    streams: Streams,
    { threads, onLost }: OtherThreads,
  ) {
    const { architecture } = network;
    const parts = shardsOf(streams.batch, network.kernels.shards);
    const most = Math.max(buffers.forward.inputs.length, buffers.evaluation.inputs.length);
    this.#parts = parts;
    this.#carried = parts.map(({ from, rows }) => carriedStates(buffers.state, architecture, from, rows));
    this.#passes = passesOver(network, buffers, streams.length);
    this.#gradient = parameterViews(architecture, buffers.gradient);
    this.#spares = buffers.spares.map((buffer) => parameterViews(architecture, buffer));
    this.#addsInPlace = addsInPlace(buffers.forward, streams.length, parts);
    this.#team = new ShardTeam({ network, state: buffers.state, ids, streams, parts, threads, onLost });
    this.#inputs = new Int32Array(most);
    this.#targets = new Int32Array(most);
  }

  /** Threads that take part, this one among them. */
  get threads(): number {
    return this.#team.size;
  }

  /**
   * Gradient and totals [2] of the mean loss of a window; the carried state moves on. What is watched is computed on the
   * run's own thread alone, which gives the same bits.
   * @throws {Error} where it was closed meanwhile: its buffers may belong to another run by then.
   */
  async compute(window: BatchWindow, totals: View, watcher: StepWatcher | null = null): Promise<void> {
    const { kernels } = this.network;
    const { partTotals } = this.buffers;
    const errands = watcher ? [] : await this.#team.send(window);
    this.#assertOpen();
    const all = partTotals ? viewOf(partTotals, [this.#parts.length, 2]) : totals;
    const totalsOf = ({ from, to }: Span): View => (partTotals ? subview(all, 2 * from, [2 * (to - from)]) : totals);
    await addUp<ParameterViews>(
      {
        put: async (span, place, adds) => {
          const errand = errands.find(({ hand }) => hand.from <= span.from && span.from < hand.to);
          const parcel = errand && (await errand.parcel);
          this.#assertOpen();
          if (errand && parcel) return this.#putDelivered(errand.sums, parcel.gradients, span, place, adds);
          if (span.to - span.from > 1 || (adds && !this.#addsInPlace)) return false;
          this.#computePart(span.from, window, { place, adds, totals: totalsOf(span), watcher });
          return true;
        },
        add: (from, to) => {
          kernels.add(from.all, to.all);
        },
        spare: (depth) => this.#spares[depth],
      },
      { from: 0, to: this.#parts.length },
      this.#gradient,
    );
    for (const errand of errands) await this.#takeStates(errand, totalsOf(errand.hand));
    if (partTotals) kernels.sumRows(all, totals);
  }

  /** Puts a window of some streams where a pass reads it. */
  load({ inputs, targets }: Pass, streams: Streams, position: number): void {
    const { kernels } = this.network;
    const M = streams.length * streams.batch;
    const [read, wanted] = [this.#inputs.subarray(0, M), this.#targets.subarray(0, M)];
    fillBatch(streams, this.ids, position, read, wanted);
    kernels.write(inputs, read);
    kernels.write(targets, wanted);
  }

  close(): void {
    this.#isClosed = true;
    this.#team.close();
  }

  #assertOpen(): void {
    if (this.#isClosed) throw new Error('The run has been disposed of');
  }

  #computePart(
    index: number,
    { streams, position, conditions }: BatchWindow,
    to: { place: ParameterViews; adds: boolean; totals: View; watcher: StepWatcher | null },
  ): void {
    const part = this.#parts[index];
    const pass = this.#passes(part.rows, conditions.dropout !== null);
    this.load(pass, partOf(streams, part), position);
    const shard = {
      place: { from: part.from, batch: streams.batch },
      weight: 1 / (streams.length * streams.batch),
      conditions,
      adds: to.adds,
      watcher: to.watcher,
    };
    gradient(pass, this.#carried[index], shard, to.place, to.totals);
  }

  /** What another thread has added up, where it is that very sum. */
  #putDelivered(
    sums: readonly Span[],
    gradients: readonly HostArray[],
    span: Span,
    place: ParameterViews,
    adds: boolean,
  ): boolean {
    const { kernels } = this.network;
    const { staging } = this.buffers;
    const k = sums.findIndex(({ from, to }) => from === span.from && to === span.to);
    if (k < 0) return false;
    const values = gradients[k];
    if (!adds || staging === null) {
      kernels.write(place.all, values);
      return true;
    }
    for (let at = 0; at < values.length; at += staging.length) {
      const piece = values.subarray(at, at + staging.length);
      const stage = viewOf(staging, [piece.length]);
      kernels.write(stage, piece);
      kernels.add(stage, subview(place.all, at, [piece.length]));
    }
    return true;
  }

  async #takeStates({ parcel: answer, carried }: Errand, totals: View): Promise<void> {
    const { kernels } = this.network;
    const parcel = await answer;
    this.#assertOpen();
    if (parcel === null) return;
    kernels.write(totals, parcel.totals);
    carried.forEach((view, k) => {
      kernels.write(view, parcel.states[k]);
    });
  }
}
