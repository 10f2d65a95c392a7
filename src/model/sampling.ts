/** Text that a network writes, symbol by symbol: scans of one step with the very same kernels and parameters. */
import { exponential } from './arithmetic';
import { allocateForward, Arena } from './buffers';
import type { HostArray } from './kernels/kernels';
import { forward, passOf, project } from './network';
import type { Network } from './network';
import { deriveKey, PURPOSE, uniform } from './random';
import { clearStates, copyStates } from './states';

/** A share u in [0, 1) of the weights' sum, walked along: index k with probability weights[k] / sum. */
const pick = (weights: Float64Array, u: number): number => {
  let sum = 0;
  for (const weight of weights) sum += weight;
  let rest = u * sum;
  let last = 0;
  for (let k = 0; k < weights.length; k++) {
    if (!(weights[k] > 0)) continue;
    last = k;
    if (rest < weights[k]) return k;
    rest -= weights[k];
  }
  return last;
};

/** Draws from softmax(logits / temperature) with chance `u`, by exact arithmetic: the same logits give the same symbol. */
export const drawSymbol = (logits: HostArray, temperature: number, u: number): number => {
  let largest = -Infinity;
  for (const logit of logits) if (logit > largest) largest = logit;
  return pick(
    Float64Array.from(logits, (logit) => exponential((logit - largest) / temperature)),
    u,
  );
};

export interface SampleOptions {
  /** Symbols read before the first one is written. Where there is none, the first is drawn by its frequency. */
  readonly prompt: Int32Array;
  readonly temperature: number;
  /** How many symbols to write. */
  readonly count: number;
  readonly seed: number;
}

/** One sample in progress: its own state on the device, the parameters those of the moment. */
export class Sampler {
  readonly #arena: Arena;
  readonly #read: (symbol: number) => Promise<HostArray>;
  #ended = false;

  /** `counts`: how often each symbol stands in the training text. */
  constructor(
    network: Network,
    private readonly counts: Float64Array,
  ) {
    const { kernels, architecture } = network;
    this.#arena = new Arena(kernels);
    const buffers = allocateForward(this.#arena, architecture, 1, 1, { drops: false });
    const pass = passOf(network, buffers, { T: 1, B: 1 });
    clearStates(kernels, pass.before);
    this.#read = (symbol) => {
      kernels.write(pass.inputs, [symbol]);
      forward(pass);
      copyStates(kernels, pass.after, pass.before);
      project(pass, () => undefined);
      return kernels.read(pass.chunks[0].logits);
    };
  }

  /** Ends early, without an error, once `dispose` is called. */
  async *write({ prompt, temperature, count, seed }: SampleOptions): AsyncGenerator<number, void, undefined> {
    const key = deriveKey(seed, PURPOSE.sampling);
    let logits: HostArray | null = null;
    for (const symbol of prompt) {
      if (this.#ended) return;
      logits = await this.#read(symbol);
    }
    for (let k = 0; k < count; k++) {
      const chance = uniform(key, k);
      const symbol = logits ? drawSymbol(logits, temperature, chance) : pick(this.counts, chance);
      yield symbol;
      if (this.#ended || k + 1 === count) return;
      logits = await this.#read(symbol);
    }
  }

  dispose(): void {
    this.#ended = true;
    this.#arena.dispose();
  }
}
