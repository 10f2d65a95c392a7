/**
 * Training steps and evaluations, queued on an engine. The engine is not waited for here, only threads that share a batch:
 * what a step says of itself (sum of losses, correct predictions, squared norm) is a promise that the caller looks at later.
 */
import { BatchGradient } from './batchGradient';
import type { OtherThreads } from './batchGradient';
import { hasWindow } from './batches';
import type { EvaluationPlan, Streams } from './batches';
import type { TrainingBuffers } from './buffers';
import { coupleParameters, heldBiases, projectGradient } from './gateRules';
import { subview, viewOf } from './kernels/kernels';
import type { Kernels, OptimizerName, View } from './kernels/kernels';
import { addLosses, forward, passOf } from './network';
import type { Network, Pass } from './network';
import { parameterViews } from './parameters';
import type { Architecture, ParameterViews } from './parameters';
import { deriveKey, PURPOSE } from './random';
import { learningRateAt } from './schedule';
import type { Settings } from './settings';
import type { StepWatch } from './stepWatch';
import { carriedStates, clearStates, copyStates } from './states';
import type { States } from './states';
import type { Indices } from './text/codePoints';

/** Decay rates and epsilon of each optimizer: PyTorch's defaults; SGD's momentum is a setting. */
const BETAS: Readonly<Record<OptimizerName, readonly [number, number]>> = {
  adam: [0.9, 0.999],
  rmsprop: [0, 0.99],
  sgd: [0, 0],
};
const EPSILON = 1e-8;

/** Where a run stands, beside its arrays. */
export interface Counters {
  /** Training steps done. */
  readonly step: number;
  /** Symbols of each stream that were read since its start. */
  readonly position: number;
  /** beta1^step and beta2^step, multiplied up. */
  readonly power1: number;
  readonly power2: number;
}

export const FIRST_COUNTERS: Counters = { step: 0, position: 0, power1: 1, power2: 1 };

/** A step on its way. */
export interface QueuedStep {
  readonly step: number;
  /** Counters to return to should the step fail. */
  readonly before: Counters;
  readonly learningRate: number;
  readonly result: Promise<StepResult>;
}

export interface StepResult {
  /** Mean over T · B, nats. */
  readonly loss: number;
  readonly accuracy: number;
  /** Global norm of the gradient before clipping. */
  readonly norm: number;
}

export interface EvaluationResult {
  /** Mean over the characters measured, nats. */
  readonly loss: number;
  readonly accuracy: number;
}

const gatesOf = ({ layers }: ParameterViews): readonly View[] => layers.map(({ gates }) => gates);

const ALONE: OtherThreads = { threads: [], onLost: () => undefined };

export class Trainer {
  readonly network: Network;
  counters = FIRST_COUNTERS;
  readonly #gradient: ParameterViews;
  readonly #moments: readonly View[];
  readonly #carried: States;
  readonly #batchGradient: BatchGradient;
  /** What has no gradient and decays all the same, and where it is kept from that. */
  readonly #held: readonly { readonly bias: View; readonly kept: View }[];

  constructor(
    readonly kernels: Kernels,
    readonly architecture: Architecture,
    readonly buffers: TrainingBuffers,
    private readonly ids: Indices,
    private readonly streams: Streams,
    others: OtherThreads = ALONE,
  ) {
    this.network = { kernels, architecture, parameters: parameterViews(architecture, buffers.parameters) };
    this.#gradient = parameterViews(architecture, buffers.gradient);
    this.#moments = buffers.moments.map((buffer) => viewOf(buffer, [buffer.length]));
    this.#carried = carriedStates(buffers.state, architecture, 0, streams.batch);
    this.#batchGradient = new BatchGradient(this.network, buffers, ids, streams, others);
    const { heldBiases: buffer } = buffers;
    this.#held = buffer
      ? gatesOf(this.network.parameters)
          .flatMap((layer) => heldBiases(architecture, layer))
          .map((bias, k) => ({ bias, kept: { ...bias, buffer, offset: k * architecture.units } }))
      : [];
  }

  /** Other threads forget the run. */
  close(): void {
    this.#batchGradient.close();
  }

  /** Threads that take part, this one among them. */
  get threads(): number {
    return this.#batchGradient.threads;
  }

  /** T · B. */
  get charactersPerStep(): number {
    return this.streams.batch * this.streams.length;
  }

  /** One training step with the settings as they are now; `watch` reads along. */
  async queueStep(settings: Settings, watch: StepWatch | null = null): Promise<QueuedStep> {
    const { kernels, buffers, streams, ids } = this;
    const { length: T, batch: B } = streams;
    const before = this.counters;
    const step = before.step + 1;
    let { position } = before;
    if (!hasWindow(streams, position)) {
      position = 0;
      clearStates(kernels, this.#carried);
    }
    const statistics = viewOf(buffers.statistics, [3]);
    const dropout =
      settings.dropout > 0 ? { rate: settings.dropout, key: deriveKey(settings.seed, PURPOSE.dropout, step) } : null;
    const conditions = { dropout, activationPenalty: settings.activationPenalty };
    watch?.begin({ step, network: this.network, streams, ids, position });
    await this.#batchGradient.compute({ streams, position, conditions }, subview(statistics, 0, [2]), watch);
    projectGradient(kernels, this.architecture, gatesOf(this.#gradient));
    const held = settings.weightDecay > 0 ? this.#held : [];
    for (const { bias, kept } of held) kernels.copy(bias, kept);
    // Where the loss of this step or the norm of the one before was not finite the norm becomes NaN, so that the
    // optimizer leaves the parameters as they were before the first bad step, though later steps are already queued.
    kernels.sumOfSquares(this.#gradient.all, subview(statistics, 2, [1]), statistics);

    const [beta1, beta2] = BETAS[settings.optimizer];
    const power1 = before.power1 * beta1;
    const power2 = before.power2 * beta2;
    const learningRate = learningRateAt(step, settings);
    kernels.optimizerStep({
      name: settings.optimizer,
      parameters: this.network.parameters.all,
      gradient: this.#gradient.all,
      moments: this.#moments,
      squaredNorm: subview(statistics, 2, [1]),
      clip: settings.clip > 0 ? settings.clip : Infinity,
      learningRate,
      weightDecay: settings.weightDecay,
      beta1: settings.optimizer === 'sgd' ? settings.momentum : beta1,
      beta2,
      epsilon: EPSILON,
      correction1: 1 - power1,
      correction2: 1 - power2,
    });
    for (const { bias, kept } of held) kernels.copy(kept, bias);
    coupleParameters(kernels, this.architecture, gatesOf(this.network.parameters));
    watch?.end(this.network);
    this.counters = { step, position: position + T, power1, power2 };
    const result = kernels.read(statistics).then(([loss, correct, square]) => ({
      loss: loss / (T * B),
      accuracy: correct / (T * B),
      norm: Math.sqrt(square),
    }));
    return { step, before, learningRate, result };
  }

  /**
   * Loss on held-out text with the parameters as they are now, from the zero state; training's state is left alone.
   * Queued window by window, `breathe` awaited before each but the first; when it answers false, the rest is left out
   * and the result is null. Resolves once all is queued; nothing else may be queued before.
   */
  async queueEvaluation(
    { streams, windows }: EvaluationPlan,
    breathe: () => Promise<boolean>,
  ): Promise<{ readonly result: Promise<EvaluationResult> } | null> {
    const { kernels, buffers, network } = this;
    const pass = passOf(network, buffers.evaluation, { T: streams.length, B: streams.batch });
    const totals = viewOf(buffers.evaluationTotals, [2]);
    clearStates(kernels, pass.before);
    for (let w = 0; w < windows; w++) {
      if (w > 0 && !(await breathe())) return null;
      this.#batchGradient.load(pass, streams, w * streams.length);
      if (w > 0) copyStates(kernels, pass.after, pass.before);
      forward(pass);
      addLosses(pass, totals, w > 0);
    }
    const characters = windows * streams.length * streams.batch;
    const result = kernels.read(totals).then(([loss, correct]) => ({
      loss: loss / characters,
      accuracy: correct / characters,
    }));
    // Wrapped: what is queued is not waited for.
    return { result };
  }

  /**
   * Held-out text through the network as it stands, from the zero state: each window is handed to `read` once its layers are
   * computed. Training's state is left alone; nothing else may be queued before it resolves.
   * @returns false where `breathe`, awaited before each window, answered false
   */
  async readHeldOut(
    { streams, windows }: EvaluationPlan,
    read: (pass: Pass, window: number) => Promise<void>,
    breathe: () => Promise<boolean>,
  ): Promise<boolean> {
    const { kernels, buffers, network } = this;
    const pass = passOf(network, buffers.evaluation, { T: streams.length, B: streams.batch });
    clearStates(kernels, pass.before);
    for (let w = 0; w < windows; w++) {
      if (!(await breathe())) return false;
      this.#batchGradient.load(pass, streams, w * streams.length);
      if (w > 0) copyStates(kernels, pass.after, pass.before);
      forward(pass);
      await read(pass, w);
    }
    return true;
  }

  /** Back to `counters` after numbers that were not finite: the parameters never took them, the state did. */
  rewind(counters: Counters): void {
    this.counters = counters;
    clearStates(this.kernels, this.#carried);
    this.kernels.fill(viewOf(this.buffers.statistics, [3]), 0);
  }
}
