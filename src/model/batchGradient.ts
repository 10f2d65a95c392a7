/**
 * The gradient of a whole batch as the sum of its shards', always cut the same way and added in the same order, so that
 * the numbers do not depend on how many threads take part. Shards of other threads travel in parcels, whose memory goes
 * to the thread and comes back: nothing is allocated or copied on the way.
 */
import type { ForwardBuffers, TrainingBuffers } from './buffers';
import type { Part, Streams } from './batches';
import { fillBatch, partOf, shardsOf } from './batches';
import { gradient } from './gradient';
import { subview, viewOf } from './kernels/kernels';
import type { DeviceBuffer, HostArray, View } from './kernels/kernels';
import type { Network, StepDropout } from './network';
import { parameterViews } from './parameters';
import type { Settings } from './settings';

/** One shard as it travels to another thread and back. */
export interface ShardWork {
  readonly part: Part;
  /** [T, rows]. */
  readonly inputs: Int32Array<ArrayBuffer>;
  readonly targets: Int32Array<ArrayBuffer>;
  /** The state of each layer, [rows, H]: before the window on the way there, after it on the way back. */
  readonly h: readonly HostArray[];
  readonly c: readonly HostArray[] | null;
  /** Filled by the thread: the gradient of every parameter, and the totals [2]. */
  readonly gradient: HostArray;
  readonly totals: HostArray;
}

/** What a thread needs to compute the gradients of some shards of one step, and where it puts them. */
export interface Parcel {
  readonly parameters: HostArray;
  readonly dropout: StepDropout;
  readonly shards: readonly ShardWork[];
}

/** What another thread builds the run's network from. */
export interface ShardSpec {
  readonly settings: Settings;
  /** V. */
  readonly symbols: number;
}

/** Another thread that has the network of this run. */
export interface ShardThread {
  /** The parcel is given away, and comes back filled. */
  compute(parcel: Parcel): Promise<Parcel>;
  /** The thread forgets the run. */
  close(): void;
}

export interface BatchWindow {
  readonly streams: Streams;
  /** Of the streams, in symbols. */
  readonly position: number;
  readonly dropout: StepDropout;
}

/** Whether a parcel was given away and never came back. */
const isGone = ({ parameters }: Parcel): boolean => parameters.length === 0;

/** Parts for each of `threads` threads, neighbours together; the first thread is this one. */
const deal = (parts: readonly Part[], threads: number): readonly (readonly Part[])[] =>
  Array.from({ length: threads }, (_, k) =>
    parts.slice(Math.floor((k * parts.length) / threads), Math.floor(((k + 1) * parts.length) / threads)),
  );

export class BatchGradient {
  /** Parts of this thread. */
  readonly #own: readonly Part[];
  readonly #others: readonly ShardThread[];
  /** What each of the others is sent next. */
  #parcels: readonly Parcel[];
  readonly #inputs: Int32Array;
  readonly #targets: Int32Array;
  #isClosed = false;

  constructor(
    private readonly network: Network,
    private readonly buffers: TrainingBuffers,
    private readonly ids: Uint16Array | Uint32Array,
    streams: Streams,
    threads: readonly ShardThread[],
  ) {
    const parts = shardsOf(streams.batch, network.kernels.shards);
    const most = Math.max(buffers.forward.inputs.length, buffers.evaluation.inputs.length);
    this.#inputs = new Int32Array(most);
    this.#targets = new Int32Array(most);
    this.#others = threads.slice(0, parts.length - 1);
    const [own, ...given] = deal(parts, this.#others.length + 1);
    this.#own = own;
    this.#parcels = given.map((hand) => this.#emptyParcel(streams.length, hand));
  }

  /**
   * Gradient and totals [2] of the mean loss of a window; the carried state moves on.
   * @throws {Error} where it was closed meanwhile: its buffers may belong to another run by then.
   */
  async compute(window: BatchWindow, totals: View): Promise<void> {
    const { streams, dropout } = window;
    // Asked for at once: a thread that fails while this one computes is heard.
    const answers = this.#others.length > 0 ? Promise.all(await this.#send(window)) : null;
    this.#assertOpen(answers);
    this.#own.forEach((part, k) => {
      this.load(this.buffers.forward, partOf(streams, part), window.position);
      const target = k === 0 ? { gradient: this.buffers.gradient, totals } : this.#spare();
      gradient(
        this.network,
        { ...this.buffers.forward, ...this.buffers.backward },
        this.buffers.state,
        {
          window: { T: streams.length, B: part.rows, part: { from: part.from, batch: streams.batch } },
          weight: 1 / (streams.length * streams.batch),
          dropout,
        },
        parameterViews(this.network.architecture, target.gradient),
        target.totals,
      );
      if (k > 0) this.#addSpare(totals);
    });
    if (answers === null) return;
    this.#parcels = await answers;
    this.#assertOpen(null);
    for (const { shards } of this.#parcels) for (const shard of shards) this.#take(shard, totals);
  }

  /** Puts a window of some streams where a pass reads it. */
  load({ inputs, targets }: ForwardBuffers, streams: Streams, position: number): void {
    const { kernels } = this.network;
    const { length: T, batch: B } = streams;
    const [read, wanted] = [this.#inputs.subarray(0, T * B), this.#targets.subarray(0, T * B)];
    fillBatch(streams, this.ids, position, read, wanted);
    kernels.write(viewOf(inputs, [T, B]), read);
    kernels.write(viewOf(targets, [T, B]), wanted);
  }

  close(): void {
    this.#isClosed = true;
    for (const thread of this.#others) thread.close();
  }

  /** Answers under way are nobody's any more. */
  #assertOpen(answers: Promise<unknown> | null): void {
    if (!this.#isClosed) return;
    answers?.catch(() => undefined);
    throw new Error('The run has been disposed of');
  }

  #emptyParcel(T: number, parts: readonly Part[]): Parcel {
    const { kernels, architecture } = this.network;
    const { parameters, state } = this.buffers;
    const floats = (length: number): HostArray =>
      kernels.precision === 'float32' ? new Float32Array(length) : new Float64Array(length);
    return {
      parameters: floats(parameters.length),
      dropout: null,
      shards: parts.map((part) => ({
        part,
        inputs: new Int32Array(T * part.rows),
        targets: new Int32Array(T * part.rows),
        h: state.h.map(() => floats(part.rows * architecture.units)),
        c: state.c?.map(() => floats(part.rows * architecture.units)) ?? null,
        gradient: floats(parameters.length),
        totals: floats(2),
      })),
    };
  }

  #spare(): { gradient: DeviceBuffer; totals: View } {
    const { shardGradient, shardTotals } = this.buffers;
    if (!shardGradient || !shardTotals) throw new RangeError('A batch of one shard has no other');
    return { gradient: shardGradient, totals: viewOf(shardTotals, [2]) };
  }

  #addSpare(totals: View): void {
    const { kernels } = this.network;
    const spare = this.#spare();
    const whole = (buffer: DeviceBuffer): View => viewOf(buffer, [buffer.length]);
    kernels.add(whole(spare.gradient), whole(this.buffers.gradient));
    kernels.add(spare.totals, totals);
  }

  /** Hands the other threads their shards; resolves when all are on their way, to what comes back. */
  async #send(window: BatchWindow): Promise<Promise<Parcel>[]> {
    const { parameters } = this.buffers;
    const parcels = await Promise.all(
      this.#parcels.map(async (last) => {
        const parcel = isGone(last)
          ? this.#emptyParcel(
              window.streams.length,
              last.shards.map(({ part }) => part),
            )
          : last;
        await this.network.kernels.read(viewOf(parameters, [parameters.length]), parcel.parameters);
        for (const shard of parcel.shards) await this.#fill(shard, window);
        return { ...parcel, dropout: window.dropout };
      }),
    );
    return parcels.map((parcel, k) => this.#others[k].compute(parcel));
  }

  async #fill({ part, inputs, targets, h, c }: ShardWork, { streams, position }: BatchWindow): Promise<void> {
    const { state } = this.buffers;
    fillBatch(partOf(streams, part), this.ids, position, inputs, targets);
    const read = async (buffers: readonly DeviceBuffer[], into: readonly HostArray[]): Promise<void> => {
      for (const [layer, buffer] of buffers.entries()) {
        await this.network.kernels.read(this.#rows(buffer, part), into[layer]);
      }
    };
    await read(state.h, h);
    if (state.c && c) await read(state.c, c);
  }

  #take({ part, gradient: values, totals: sums, h, c }: ShardWork, totals: View): void {
    const { kernels } = this.network;
    const spare = this.#spare();
    kernels.write(viewOf(spare.gradient, [spare.gradient.length]), values);
    kernels.write(spare.totals, sums);
    this.#addSpare(totals);
    const write = (buffers: readonly DeviceBuffer[], values: readonly HostArray[]): void => {
      buffers.forEach((buffer, layer) => {
        kernels.write(this.#rows(buffer, part), values[layer]);
      });
    };
    write(this.buffers.state.h, h);
    if (this.buffers.state.c && c) write(this.buffers.state.c, c);
  }

  #rows(buffer: DeviceBuffer, { from, rows }: Part): View {
    const { units: H } = this.network.architecture;
    return subview(viewOf(buffer, [buffer.length]), from * H, [rows, H]);
  }
}
