/**
 * The gradient of a whole batch as the sum of its shards', always cut the same way and added in the same order, so that
 * the numbers do not depend on how many threads take part. Shards of other threads are values in and values out.
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

/** One shard as it travels to another thread. */
export interface ShardWork {
  readonly part: Part;
  /** [T, rows]. */
  readonly inputs: Int32Array;
  readonly targets: Int32Array;
  /** The state of each layer before the window, [rows, H]. */
  readonly h: readonly HostArray[];
  readonly c: readonly HostArray[] | null;
}

/** What a thread needs to compute the gradients of some shards of one step. */
export interface ShardJob {
  readonly parameters: HostArray;
  readonly dropout: StepDropout;
  readonly shards: readonly ShardWork[];
}

/** What comes back: the gradient, the totals [2], and the state of each layer after the window. */
export interface ShardResult {
  readonly gradient: HostArray;
  readonly totals: HostArray;
  readonly h: readonly HostArray[];
  readonly c: readonly HostArray[] | null;
}

/** What another thread builds the run's network from. */
export interface ShardSpec {
  readonly settings: Settings;
  /** V. */
  readonly symbols: number;
}

/** Another thread that has the network of this run. */
export interface ShardThread {
  compute(job: ShardJob): Promise<readonly ShardResult[]>;
  /** The thread forgets the run. */
  close(): void;
}

export interface BatchWindow {
  readonly streams: Streams;
  /** Of the streams, in symbols. */
  readonly position: number;
  readonly dropout: StepDropout;
}

/** Parts for each of `threads` threads, neighbours together; the first thread is this one. */
const deal = (parts: readonly Part[], threads: number): readonly (readonly Part[])[] =>
  Array.from({ length: threads }, (_, k) =>
    parts.slice(Math.floor((k * parts.length) / threads), Math.floor(((k + 1) * parts.length) / threads)),
  );

export class BatchGradient {
  readonly #hands: readonly (readonly Part[])[];
  readonly #others: readonly ShardThread[];
  readonly #inputs: Int32Array;
  readonly #targets: Int32Array;

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
    this.#hands = deal(parts, this.#others.length + 1);
  }

  /** Gradient and totals [2] of the mean loss of a window; the carried state moves on. */
  async compute(window: BatchWindow, totals: View): Promise<void> {
    const [own, ...given] = this.#hands;
    const { streams, dropout } = window;
    // Asked for at once: a thread that fails while this one computes is heard.
    const answers = this.#others.length > 0 ? Promise.all(await this.#send(window, given)) : null;
    own.forEach((part, k) => {
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
    for (const [k, results] of ((await answers) ?? []).entries()) {
      results.forEach((result, index) => {
        this.#take(given[k][index], result, totals);
      });
    }
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
    for (const thread of this.#others) thread.close();
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
  async #send(window: BatchWindow, given: readonly (readonly Part[])[]): Promise<Promise<readonly ShardResult[]>[]> {
    const { parameters } = this.buffers;
    const values = await this.network.kernels.read(viewOf(parameters, [parameters.length]));
    const works = await Promise.all(given.map((parts) => Promise.all(parts.map((part) => this.#workOf(window, part)))));
    return works.map((shards, k) => this.#others[k].compute({ parameters: values, dropout: window.dropout, shards }));
  }

  async #workOf({ streams, position }: BatchWindow, part: Part): Promise<ShardWork> {
    const { state } = this.buffers;
    const size = streams.length * part.rows;
    const [inputs, targets] = [new Int32Array(size), new Int32Array(size)];
    fillBatch(partOf(streams, part), this.ids, position, inputs, targets);
    const read = (buffer: DeviceBuffer): Promise<HostArray> => this.network.kernels.read(this.#rows(buffer, part));
    const [h, c] = await Promise.all([Promise.all(state.h.map(read)), state.c && Promise.all(state.c.map(read))]);
    return { part, inputs, targets, h, c };
  }

  #take(part: Part, result: ShardResult, totals: View): void {
    const { kernels } = this.network;
    const spare = this.#spare();
    kernels.write(viewOf(spare.gradient, [spare.gradient.length]), result.gradient);
    kernels.write(spare.totals, result.totals);
    this.#addSpare(totals);
    const write = (buffers: readonly DeviceBuffer[], values: readonly HostArray[]): void => {
      buffers.forEach((buffer, layer) => {
        kernels.write(this.#rows(buffer, part), values[layer]);
      });
    };
    write(this.buffers.state.h, result.h);
    if (this.buffers.state.c && result.c) write(this.buffers.state.c, result.c);
  }

  #rows(buffer: DeviceBuffer, { from, rows }: Part): View {
    const { units: H } = this.network.architecture;
    return subview(viewOf(buffer, [buffer.length]), from * H, [rows, H]);
  }
}
