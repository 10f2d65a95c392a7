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

/** Symbols of a sample whose length is left open. */
export const USUAL_LENGTH = 240;

/** From which distribution a symbol is drawn. */
export interface Sampling {
  /** What the logits are divided by; 0: always the likeliest symbol. */
  readonly temperature: number;
  /** How many of the likeliest symbols are left to draw from; 0: all. */
  readonly topK: number;
  /** The probability that the symbols left to draw from have together, at the least; 1: all. */
  readonly topP: number;
}

/** The place of the largest value; of equal ones the first. */
const largestOf = (values: HostArray): number => {
  let place = 0;
  for (let k = 1; k < values.length; k++) if (values[k] > values[place]) place = k;
  return place;
};

/**
 * Leaves the weights of the likeliest symbols and sets the others to 0: of the `topK` largest (Fan, Lewis and Dauphin 2018,
 * Hierarchical Neural Story Generation) the fewest, largest first, whose sum is at least `topP` of theirs: the nucleus
 * (Holtzman et al. 2020, The Curious Case of Neural Text Degeneration). Of equal weights the first goes first.
 */
const keepLikeliest = (weights: Float64Array, { topK, topP }: Sampling): void => {
  if ((topK === 0 || topK >= weights.length) && topP >= 1) return;
  const order = Array.from(weights.keys()).sort((a, b) => weights[b] - weights[a] || a - b);
  const candidates = order.slice(0, topK === 0 ? undefined : topK);
  const enough = topP * candidates.reduce((sum, k) => sum + weights[k], 0);
  let kept = 0;
  for (let sum = 0; sum < enough; kept++) sum += weights[candidates[kept]];
  for (const k of order.slice(kept)) weights[k] = 0;
};

/**
 * Draws from softmax(logits / temperature), cut down to its likeliest symbols where that is asked for, with chance `u` in
 * [0, 1), by exact arithmetic: the same logits give the same symbol. Symbols of the same chance keep their order.
 */
export const drawSymbol = (logits: HostArray, sampling: Sampling, u: number): number => {
  const { temperature } = sampling;
  const likeliest = largestOf(logits);
  if (temperature === 0) return likeliest;
  const weights = Float64Array.from(logits, (logit) => exponential((logit - logits[likeliest]) / temperature));
  keepLikeliest(weights, sampling);
  return pick(weights, u);
};

export interface SampleOptions extends Sampling {
  /** Symbols read before the first one is written. Where there is none, the first is drawn by its frequency. */
  readonly prompt: Int32Array;
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
  async *write({ prompt, count, seed, ...sampling }: SampleOptions): AsyncGenerator<number, void, undefined> {
    const key = deriveKey(seed, PURPOSE.sampling);
    let logits: HostArray | null = null;
    for (const symbol of prompt) {
      if (this.#ended) return;
      logits = await this.#read(symbol);
    }
    for (let k = 0; k < count; k++) {
      const chance = uniform(key, k);
      const symbol = logits ? drawSymbol(logits, sampling, chance) : pick(this.counts, chance);
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
