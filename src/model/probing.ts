/** A probe text read by the network as it stands: the tape of one layer, and what was expected at each character. */
import { allocateForward, Arena } from './buffers';
import { allocateProbe, HOST } from './frameMemory';
import type { HostArray } from './kernels/kernels';
import { forward, passOf, project } from './network';
import type { Network, Pass } from './network';
import { logSumExp } from './softmax';
import { clearStates } from './states';
import { bandAt, readTape } from './tapes';
import type { HostTape } from './tapes';
import { TOP } from './telemetry';
import type { ProbeFrame } from './telemetry';

/** A frame before it is stamped with its run. */
export type ProbeValues = Omit<ProbeFrame, 'runId'>;

/** Writes [bands, T, H] out of the tape of a batch of one. */
const writeBands = ({ architecture }: Network, tape: HostTape, { T, values }: ProbeValues): void => {
  const { cell, units: H } = architecture;
  cell.bands.forEach((band, index) => {
    for (let t = 0; t < T; t++) {
      const [from, start] = bandAt(tape, cell, band, { H, B: 1, t, b: 0 });
      values.set(from.subarray(start, start + H), (index * T + t) * H);
    }
  });
};

/** Writes -log2 p(next) and the most likely symbols after one character; `row` holds its logits [V]. */
const readRow = (row: HostArray, t: number, frame: ProbeValues): void => {
  const whole = logSumExp(row);
  if (t + 1 < frame.T) frame.surprise[t + 1] = (whole - row[frame.ids[t + 1]]) / Math.LN2;
  const best: number[] = [];
  for (let v = 0; v < row.length; v++) {
    if (best.length === TOP && row[v] <= row[best[TOP - 1]]) continue;
    let place = best.length;
    while (place > 0 && row[v] > row[best[place - 1]]) place--;
    best.splice(place, 0, v);
    if (best.length > TOP) best.pop();
  }
  best.forEach((v, rank) => {
    frame.topIds[t * TOP + rank] = v;
    frame.topProbabilities[t * TOP + rank] = Math.exp(row[v] - whole);
  });
};

/** Keeps the memory for probes of one length, and makes it anew when the length changes. */
export class Prober {
  #arena: Arena | null = null;
  #pass: Pass | null = null;

  constructor(private readonly network: Network) {}

  /**
   * From the zero state, without dropout. Everything is queued before the first wait, so training steps and other
   * probes may be queued meanwhile.
   */
  async probe(ids: Int32Array, layer: number, step: number): Promise<ProbeValues> {
    const { network } = this;
    const { kernels, architecture } = network;
    const { cell, layers, units: H, symbols: V } = architecture;
    if (ids.length === 0) throw new RangeError('A probe has at least one character');
    if (layer < 0 || layer >= layers) throw new RangeError(`No layer ${String(layer)}`);
    const T = ids.length;
    const pass = this.#passOver(T);
    kernels.write(pass.inputs, ids);
    clearStates(kernels, pass.before);
    forward(pass);
    const chunks: Promise<HostArray>[] = [];
    project(pass, ({ logits }) => chunks.push(kernels.read(logits)));
    const [tape, ...logits] = await Promise.all([readTape(pass, layer), ...chunks]);

    const frame: ProbeValues = {
      step,
      layer,
      T,
      H,
      bands: cell.bands,
      ...allocateProbe(HOST, { bands: cell.bands.length, T, H }),
    };
    frame.ids.set(ids);
    writeBands(network, tape, frame);
    let t = 0;
    for (const chunk of logits) {
      for (let start = 0; start < chunk.length; start += V) readRow(chunk.subarray(start, start + V), t++, frame);
    }
    return frame;
  }

  dispose(): void {
    this.#arena?.dispose();
    this.#arena = null;
    this.#pass = null;
  }

  #passOver(T: number): Pass {
    if (this.#pass?.window.T === T) return this.#pass;
    this.dispose();
    this.#arena = new Arena(this.network.kernels);
    const buffers = allocateForward(this.#arena, this.network.architecture, T, 1, { drops: false });
    this.#pass = passOf(this.network, buffers, { T, B: 1 });
    return this.#pass;
  }
}
