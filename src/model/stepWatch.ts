/**
 * One training step, read along while the run makes it: nothing is computed a second time, and the step has the bits that it
 * has unwatched. What is read is on the host and goes with the watch.
 */
import { fillBatch } from './batches';
import type { Streams } from './batches';
import type { StepWatcher } from './gradient';
import { subview } from './kernels/kernels';
import type { HostArray, View } from './kernels/kernels';
import type { Network } from './network';
import type { Architecture } from './parameters';
import { logSumExp } from './softmax';
import type { Indices } from './text/codePoints';

/** What was read of a step. T and B are those of its batch. */
export interface WatchedStep {
  readonly step: number;
  readonly architecture: Architecture;
  readonly T: number;
  readonly B: number;
  /** The layer and the row of the batch that are looked at, from 0. */
  readonly layer: number;
  readonly row: number;
  /** Ids that the batch reads, and those that come next; [T, B]. */
  readonly inputs: Int32Array;
  readonly targets: Int32Array;
  /** -ln p of each character that came next, nats; [T, B]. */
  readonly losses: Float64Array;
  /** The row's logits, [T, V] by steps. */
  readonly logits: readonly HostArray[];
  /** Gradients of the batch's mean loss with respect to the row's pre-activations in that layer, [T, G·H] by steps. */
  readonly dgates: readonly HostArray[];
  /** The flat parameters before the step and after it. */
  readonly before: HostArray;
  readonly after: HostArray;
}

/** What a step begins with. */
interface Beginning {
  readonly step: number;
  readonly network: Network;
  readonly streams: Streams;
  readonly ids: Indices;
  /** Of the streams, in symbols. */
  readonly position: number;
}

export class StepWatch implements StepWatcher {
  #begun: Omit<WatchedStep, 'logits' | 'dgates' | 'before' | 'after'> | null = null;
  readonly #logits: HostArray[] = [];
  readonly #dgates: HostArray[] = [];
  #before: Promise<HostArray> | null = null;
  #after: Promise<HostArray> | null = null;
  readonly #reads: Promise<void>[] = [];

  constructor(
    private readonly layer: number,
    private readonly row = 0,
  ) {}

  begin({ step, network, streams, ids, position }: Beginning): void {
    const { length: T, batch: B } = streams;
    const inputs = new Int32Array(T * B);
    const targets = new Int32Array(T * B);
    fillBatch(streams, ids, position, inputs, targets);
    const losses = new Float64Array(T * B);
    const { layer, row } = this;
    this.#begun = { step, architecture: network.architecture, T, B, layer, row, inputs, targets, losses };
    this.#before = this.#read(network, network.parameters.all);
  }

  readonly predicted: StepWatcher['predicted'] = ({ network, window }, { start, logits }, { from }) => {
    const { symbols: V } = network.architecture;
    void this.#read(network, logits, (values) => {
      if (this.#begun === null) return;
      const { B, losses, targets } = this.#begun;
      for (let k = 0; k * V < values.length; k++) {
        const t = Math.floor((start + k) / window.B);
        const b = from + ((start + k) % window.B);
        const row = values.subarray(k * V, (k + 1) * V);
        losses[t * B + b] = logSumExp(row) - row[targets[t * B + b]];
        if (b === this.row) this.#logits[t] = row.slice();
      }
    });
  };

  readonly wentBack: StepWatcher['wentBack'] = ({ network, window: { T, B }, dgates }, layer, { from }) => {
    const row = this.row - from;
    if (layer !== this.layer || row < 0 || row >= B) return;
    const [, width] = dgates.shape;
    // Step by step: those of a whole batch would be many times as much.
    for (let t = 0; t < T; t++) {
      void this.#read(network, subview(dgates, (t * B + row) * width, [width]), (values) => {
        this.#dgates[t] = values;
      });
    }
  };

  end(network: Network): void {
    this.#after = this.#read(network, network.parameters.all);
  }

  /** All of it, once the engine has done the step; null where there was none. Rejects where the engine did. */
  async read(): Promise<WatchedStep | null> {
    await Promise.all(this.#reads);
    if (this.#begun === null || this.#before === null || this.#after === null) return null;
    const [before, after] = await Promise.all([this.#before, this.#after]);
    return { ...this.#begun, logits: this.#logits, dgates: this.#dgates, before, after };
  }

  #read({ kernels }: Network, view: View, take: (values: HostArray) => void = () => undefined): Promise<HostArray> {
    const read = kernels.read(view);
    const taken = read.then(take);
    // It is told by `read`, or by nobody where that is never asked.
    taken.catch(() => undefined);
    this.#reads.push(taken);
    return read;
  }
}
