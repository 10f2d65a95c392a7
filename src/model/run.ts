/**
 * A run: one network, one text, one engine, from its first values on. It owns what is on the device and knows what has
 * happened; the engine holds no state of it, so `snapshot` and `restore` move it anywhere.
 */
import { fitBatch, planEvaluation, shardsOf, streamsOf } from './batches';
import type { EvaluationPlan } from './batches';
import { allocateTraining, Arena } from './buffers';
import { costOf, nearestThatFits, threadsThatFit } from './cost';
import type { Cost } from './cost';
import { FailureError } from './failures';
import type { Failure } from './failures';
import { HistoryRecorder } from './history';
import type { countRight } from './inspect/decisions';
import type { rankUnitsInSteps } from './inspect/ranking';
import { NO_METRICS, type Adjustment, type History, type Metrics, type Ranking, type TunedFrom } from './telemetry';
import type { labelsAlong, readUnitSeries, UnitSeries } from './inspect/unitSeries';
import { viewOf } from './kernels/kernels';
import type { DeviceBuffer, HostArray, Kernels } from './kernels/kernels';
import { deal } from './pairwise';
import { architectureOf, initialParameters } from './parameters';
import { PastNetwork } from './pastNetwork';
import { Prober } from './probing';
import type { ProbeValues } from './probing';
import { Sampler } from './sampling';
import type { SampleOptions } from './sampling';
import { learningRateAt } from './schedule';
import { LIVE_NAMES, liveOf } from './settings';
import type { LiveSettings, Settings } from './settings';
import type { ShardSpec, ShardThread } from './shards';
import type { HistorySnapshot } from './history';
import type { Change, RunSnapshot } from './snapshot';
import type { StepWatch } from './stepWatch';
import type { LabelledText } from './text/labels';
import type { Decisions } from './text/heldOutDecisions';
import type { Dataset } from './text/types';
import { Trainer } from './trainer';
import type { EvaluationResult, QueuedStep } from './trainer';

export type { ProbeValues, RunSnapshot, SampleOptions };

/** What reads and ranks units: a part of the program that is handed in, since no first step needs it. */
export interface UnitReading {
  readonly readUnitSeries: typeof readUnitSeries;
  readonly labelsAlong: typeof labelsAlong;
  readonly rankUnitsInSteps: typeof rankUnitsInSteps;
}

/** What counts a toy task's right decisions; handed in likewise. */
export interface DecisionReading {
  readonly countRight: typeof countRight;
}

/** Threads that can take a part of each batch; none of them changes a number. */
export interface ThreadSource {
  /** How many may take part, the run's own among them, where so many are wished for (0: as many as suit). */
  readonly most: (wished: number) => number;
  /** One for each. */
  readonly open: (specs: readonly ShardSpec[]) => readonly ShardThread[];
  /** Told once, of the first thread that is lost: the run goes on without it. */
  readonly onLost: (failure: Failure) => void;
}

interface Provisions {
  readonly dataset: Dataset;
  readonly kernels: Kernels;
  /** Bytes that the engine can give. */
  readonly memoryLimit: number;
  /** Awaited between pieces of work that may each be long, so that others have their turn; the run may be disposed of then. */
  readonly breathe?: () => Promise<void>;
  /** Where there are none, the run is alone. */
  readonly threads?: ThreadSource;
}

/** Whether the engines and the page's curves, all of them float32, can hold the number. */
const isFinite32 = (x: number): boolean => Number.isFinite(Math.fround(x));

/** Training steps queued and not yet looked at. */
const MOST_IN_FLIGHT = 2;

type Queued =
  | ({ readonly kind: 'step' } & QueuedStep)
  | { readonly kind: 'evaluation'; readonly step: number; readonly result: Promise<EvaluationResult> };

/** Whether the held-out loss is measured after that step. */
export const isEvaluated = (step: number, { evaluateEvery }: Pick<Settings, 'evaluateEvery'>): boolean =>
  step === 1 || step % evaluateEvery === 0;

export class Run {
  /** Batch and length that differ from the settings' because the text is short. */
  readonly adjustments: readonly Adjustment[];
  readonly cost: Cost;
  /** Symbols of the training part and of the held-out part. */
  readonly trainLength: number;
  readonly heldOutLength: number;
  readonly dataset: Dataset;
  /** Null where it began with a network at random. */
  readonly tunedFrom: TunedFrom | null;

  #settings: Settings;
  #metrics: Metrics;
  #history: HistoryRecorder;
  #changes: readonly Change[];
  /** The past that the next step goes on from, where `history` still shows another. */
  #historyToCome: HistorySnapshot | null = null;
  readonly #breathe: () => Promise<void>;
  readonly #kernels: Kernels;
  readonly #arena: Arena;
  readonly #trainer: Trainer;
  readonly #prober: Prober;
  /** Null until the network of an earlier step has been looked at. */
  #past: PastNetwork | null = null;
  readonly #samplers = new Set<Sampler>();
  readonly #evaluation: EvaluationPlan | null;
  /** Oldest first. */
  #queue: Queued[] = [];
  #disposed = false;
  #isFirstEvaluated: boolean;

  /**
   * A new run at its first values.
   * @throws {FailureError} 'too-large-for-memory', before anything stays allocated.
   */
  static create({ settings, ...surroundings }: Provisions & { readonly settings: Settings }): Run {
    const run = new Run(settings, surroundings, new HistoryRecorder(), {
      metrics: { ...NO_METRICS, learningRate: learningRateAt(1, settings) },
      changes: [],
      tunedFrom: null,
    });
    run.#kernels.write(run.#trainer.network.parameters.all, initialParameters(run.#trainer.architecture, settings));
    return run;
  }

  /**
   * The run that `snapshot` was taken of, to be continued with the same text on any engine.
   * @throws {FailureError} 'too-large-for-memory', or 'run-file-damaged' where its arrays are not those of this text and
   * its settings
   */
  static restore({ snapshot, ...surroundings }: Provisions & { readonly snapshot: RunSnapshot }): Run {
    if (snapshot.textHash !== surroundings.dataset.textHash) throw new Error('The run belongs to another text');
    const run = new Run(snapshot.settings, surroundings, HistoryRecorder.restore(snapshot.history), snapshot);
    try {
      run.#write(snapshot);
    } catch (error) {
      run.dispose();
      throw error;
    }
    return run;
  }

  private constructor(
    settings: Settings,
    { dataset, kernels, memoryLimit, threads, breathe = () => Promise.resolve() }: Provisions,
    history: HistoryRecorder,
    past: Pick<RunSnapshot, 'metrics' | 'changes' | 'tunedFrom'>,
  ) {
    const V = dataset.vocabulary.codePoints.length;
    const { batch, length } = fitBatch(dataset.trainLength, settings.batch, settings.length);
    const fitted = { ...settings, batch, length };
    // Of what is wished for, as many as there are parts and memory: no network is refused for the sake of threads.
    const most = threads ? threads.most(settings.threads) : 1;
    const used = { ...fitted, threads: threadsThatFit({ ...fitted, threads: most }, V, memoryLimit, kernels) };
    this.adjustments = (['batch', 'length'] as const)
      .map((name) => ({ name, wanted: settings[name], used: fitted[name] }))
      .filter(({ wanted, used }) => wanted !== used);
    this.cost = costOf(used, V, kernels);
    this.trainLength = dataset.trainLength;
    this.heldOutLength = dataset.ids.length - dataset.trainLength;
    this.#settings = settings;
    this.#history = history;
    this.#metrics = past.metrics;
    this.#isFirstEvaluated = Number.isFinite(past.metrics.heldOutLoss);
    this.#changes = past.changes;
    this.tunedFrom = past.tunedFrom;
    this.dataset = dataset;
    this.#kernels = kernels;
    this.#breathe = breathe;
    this.#evaluation = planEvaluation(dataset.trainLength, this.heldOutLength);
    this.#arena = new Arena(kernels);

    const tooLarge = (limit: number): FailureError =>
      new FailureError({
        code: 'too-large-for-memory',
        bytes: this.cost.bytes,
        limit,
        nearest: nearestThatFits(used, V, limit, kernels),
      });
    if (this.cost.bytes > memoryLimit) throw tooLarge(memoryLimit);
    const architecture = architectureOf(settings, V);
    try {
      const buffers = allocateTraining(this.#arena, architecture, settings.optimizer, length, batch, {
        shards: kernels.shards,
        threads: used.threads,
      });
      const streams = streamsOf(0, dataset.trainLength, batch, length);
      const [, ...hands] = deal(shardsOf(batch, kernels.shards).length, used.threads);
      this.#trainer = new Trainer(kernels, architecture, buffers, dataset.ids, streams, {
        threads: threads?.open(hands.map((hand) => ({ settings: fitted, symbols: V, hand }))) ?? [],
        onLost: (cause) => threads?.onLost({ code: 'thread-lost', cause }),
      });
    } catch (error) {
      this.#arena.dispose();
      // The engine had less than it promised: offer what needs half of this.
      throw error instanceof RangeError ? tooLarge(this.cost.bytes / 2) : error;
    }
    this.#prober = new Prober(this.#trainer.network);
  }

  /** The settings as wished for, with the live changes; for batch and length see `adjustments` too. */
  get settings(): Settings {
    return this.#settings;
  }

  /** Live changes made after the first step. */
  get changes(): readonly Change[] {
    return this.#changes;
  }

  /** Threads that take part, this one among them. */
  get threads(): number {
    return this.#trainer.threads;
  }

  /** Of the last step that is known to have finished. `charactersPerSecond` is left at 0: a run has no clock. */
  get metrics(): Metrics {
    return this.#metrics;
  }

  /** The last step that was queued, whether it is known to have finished or not. */
  get queuedStep(): number {
    return this.#trainer.counters.step;
  }

  get history(): History {
    return this.#history.view();
  }

  /**
   * Queues one training step, and an evaluation where one is due (before the first step, after it, and after every
   * `evaluateEvery`-th). Waits for the oldest step first where two are in flight. One call at a time.
   * @throws {FailureError} 'not-finite' for a step queued earlier: the run stands where it stood before that step, with
   * the zero state. Its parameters are finite, but may be of no use any more: see `rollBack`.
   * @param watch reads what the step computes on its way
   */
  async step(watch: StepWatch | null = null): Promise<void> {
    while (this.#inFlight >= MOST_IN_FLIGHT) await this.#finishOldest();
    this.#assertAlive();
    if (this.#trainer.counters.step === 0) await this.evaluate();
    this.#enqueue({ kind: 'step', ...(await this.#trainer.queueStep(this.#settings, watch)) });
    const { step } = this.#trainer.counters;
    if (isEvaluated(step, this.#settings)) await this.#queueEvaluation();
  }

  /** Queues the evaluation of the first values, for a run that has not begun; nothing where that has been done. */
  async evaluate(): Promise<void> {
    if (this.#isFirstEvaluated || this.#trainer.counters.step > 0) return;
    this.#isFirstEvaluated = true;
    await this.#queueEvaluation();
  }

  /**
   * Every queued step is finished and in `metrics` and `history`.
   * @throws {FailureError} as `step` does.
   */
  async settle(): Promise<void> {
    while (this.#queue.length > 0) await this.#finishOldest();
    await this.#kernels.settle();
  }

  /**
   * What the network as it stands makes of the held-out text; null where that is too short. Nothing remembers it: metrics,
   * history and the steps to come are as if it had not been asked.
   * @throws {FailureError} as `step` does.
   */
  async evaluateAside(): Promise<EvaluationResult | null> {
    await this.settle();
    this.#assertAlive();
    const queued = this.#evaluation && (await this.#trainer.queueEvaluation(this.#evaluation, this.#stillThere));
    return queued?.result ?? null;
  }

  /** Takes effect with the next step. Recorded in `changes` once the run has begun. */
  change(live: Partial<LiveSettings>): void {
    const { step } = this.#trainer.counters;
    for (const name of LIVE_NAMES) {
      const value = live[name];
      const from = this.#settings[name];
      if (value === undefined || value === from) continue;
      this.#settings = { ...this.#settings, [name]: value };
      if (step > 0) this.#changes = [...this.#changes, { step, name, from: String(from), value: String(value) }];
    }
    if (step === 0) this.#metrics = { ...this.#metrics, learningRate: learningRateAt(1, this.#settings) };
  }

  /** What the network makes of a text, as it stands or as it was when `then` was taken of this run; see `Prober`. */
  probe(ids: Int32Array, layer: number, then: RunSnapshot | null = null): Promise<ProbeValues> {
    this.#assertAlive();
    if (then !== null) return (this.#past ??= new PastNetwork(this.#trainer.network)).probe(then, ids, layer);
    return this.#prober.probe(ids, layer, this.#trainer.counters.step);
  }

  /**
   * Which units of a layer follow which labels on held-out text, with the parameters as they are now; null where nothing is
   * held out, it is not wanted any more, or the run was disposed of meanwhile. Waits for every queued step. Nothing else may
   * be asked of the run before it resolves.
   * @param labels of the held-out symbols from the first one on, as far as they are measured
   */
  async rankUnits(
    layer: number,
    labels: LabelledText,
    by: UnitReading,
    isWanted: () => boolean = () => true,
  ): Promise<readonly Ranking[] | null> {
    const breathe = async (): Promise<boolean> => (await this.#stillThere()) && isWanted();
    const series = await this.readUnits(layer, by, breathe);
    if (series === null) return null;
    const steps = by.rankUnitsInSteps(series, by.labelsAlong(series, labels));
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      if (!(await breathe())) return null;
    }
  }

  /** What the units of a layer do over held-out text; as `rankUnits`. */
  async readUnits(
    layer: number,
    by: Pick<UnitReading, 'readUnitSeries'>,
    breathe: () => Promise<boolean> = this.#stillThere,
  ): Promise<UnitSeries | null> {
    await this.settle();
    this.#assertAlive();
    return this.#evaluation && by.readUnitSeries(this.#trainer, this.#evaluation, layer, breathe);
  }

  /** How many of a toy task's decisions are right; as `rankUnits`. */
  async countRight(
    decisions: Decisions,
    by: DecisionReading,
    isWanted: () => boolean = () => true,
  ): Promise<number | null> {
    await this.settle();
    this.#assertAlive();
    const breathe = async (): Promise<boolean> => (await this.#stillThere()) && isWanted();
    return by.countRight(this.#trainer, decisions, this.dataset.ids, breathe);
  }

  /** Symbols that the network writes, each with the parameters of its moment; ends early when the run is disposed of. */
  async *sample(options: SampleOptions): AsyncGenerator<number, void, undefined> {
    this.#assertAlive();
    const sampler = new Sampler(this.#trainer.network, this.dataset.vocabulary.counts);
    this.#samplers.add(sampler);
    try {
      yield* sampler.write(options);
    } finally {
      this.#samplers.delete(sampler);
      sampler.dispose();
    }
  }

  /**
   * The whole run as one plain value, every queued step finished.
   * @throws {FailureError} as `step` does.
   */
  async snapshot(): Promise<RunSnapshot> {
    await this.settle();
    this.#assertAlive();
    const { parameters, moments, state } = this.#trainer.buffers;
    const read = (buffer: DeviceBuffer): Promise<HostArray> => this.#kernels.read(viewOf(buffer, [buffer.length]));
    const readAll = (buffers: readonly DeviceBuffer[]): Promise<HostArray[]> => Promise.all(buffers.map(read));
    const past = {
      tunedFrom: this.tunedFrom,
      counters: this.#trainer.counters,
      metrics: this.#metrics,
      changes: this.#changes,
      history: this.#historyToCome ?? this.#history.snapshot(),
      settings: this.#settings,
    };
    const [flat, kept, h, c] = await Promise.all([
      read(parameters),
      readAll(moments),
      readAll(state.h),
      state.c && readAll(state.c),
    ]);
    return { format: 1, textHash: this.dataset.textHash, ...past, parameters: flat, moments: kept, h, c };
  }

  /**
   * Back to where `snapshot` of this very run was taken, with the settings of now: what they differ in is a change made
   * there. `history` goes on showing what happened since, until another step is made. What is in flight is forgotten.
   */
  rollBack(snapshot: RunSnapshot): void {
    this.#assertAlive();
    const live = liveOf(this.#settings);
    this.#queue = [];
    this.#trainer.rewind(snapshot.counters);
    this.#write(snapshot);
    this.#metrics = snapshot.metrics;
    this.#changes = snapshot.changes;
    this.#historyToCome = snapshot.history;
    this.#isFirstEvaluated = Number.isFinite(snapshot.metrics.heldOutLoss);
    this.#settings = snapshot.settings;
    this.change(live);
  }

  /** Frees every buffer of the run. What is still in flight is forgotten. */
  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#queue = [];
    for (const sampler of this.#samplers) sampler.dispose();
    this.#prober.dispose();
    this.#past?.dispose();
    this.#trainer.close();
    this.#arena.dispose();
  }

  get #inFlight(): number {
    return this.#queue.filter(({ kind }) => kind === 'step').length;
  }

  #assertAlive(): void {
    if (this.#disposed) throw new Error('The run has been disposed of');
  }

  #enqueue(queued: Queued): void {
    // Looked at in `finishOldest`, or never where the run is disposed of first: not an unhandled rejection then.
    queued.result.catch(() => undefined);
    this.#queue.push(queued);
  }

  /** Others have their turn; says whether the run is still there after it. */
  readonly #stillThere = async (): Promise<boolean> => {
    await this.#breathe();
    return !this.#disposed;
  };

  /** The step before it, if any, may be a long piece of work: others have their turn first. */
  async #queueEvaluation(): Promise<void> {
    if (!this.#evaluation) return;
    const queued = (await this.#stillThere())
      ? await this.#trainer.queueEvaluation(this.#evaluation, this.#stillThere)
      : null;
    this.#assertAlive();
    if (queued === null) return;
    this.#enqueue({ kind: 'evaluation', step: this.#trainer.counters.step, result: queued.result });
    await this.#breathe();
    this.#assertAlive();
  }

  #write(snapshot: RunSnapshot): void {
    const { parameters, moments, state } = this.#trainer.buffers;
    const write = (where: string, to: readonly DeviceBuffer[], values: readonly HostArray[]): void => {
      if (to.length !== values.length || to.some(({ length }, k) => length !== values[k].length)) {
        throw new FailureError({ code: 'run-file-damaged', fault: { kind: 'size', where } });
      }
      to.forEach((buffer, k) => {
        this.#kernels.write(viewOf(buffer, [buffer.length]), values[k]);
      });
    };
    write('parameters', [parameters], [snapshot.parameters]);
    write('moment', moments, snapshot.moments);
    write('state.h', state.h, snapshot.h);
    write('state.c', state.c ?? [], snapshot.c ?? []);
    this.#trainer.counters = snapshot.counters;
  }

  async #finishOldest(): Promise<void> {
    const oldest = this.#queue.shift();
    if (oldest?.kind === 'evaluation') {
      const { loss, accuracy } = await oldest.result;
      // A step that was not finite shows itself in the queue; its evaluation has nothing to add.
      if (!isFinite32(loss)) return;
      this.#history.pushHeldOut(oldest.step, loss);
      this.#metrics = { ...this.#metrics, heldOutLoss: loss, heldOutAccuracy: accuracy };
    } else if (oldest) {
      const { loss, accuracy, norm } = await oldest.result;
      if (!isFinite32(loss) || !Number.isFinite(norm)) this.#fail(oldest, isFinite32(loss) ? 'gradient' : 'loss');
      if (this.#historyToCome !== null) {
        this.#history = HistoryRecorder.restore(this.#historyToCome);
        this.#historyToCome = null;
      }
      this.#history.pushLoss(oldest.step, loss);
      this.#metrics = {
        ...this.#metrics,
        step: oldest.step,
        characters: oldest.step * this.#trainer.charactersPerStep,
        loss,
        accuracy,
        smoothedLoss: this.#history.smoothedLoss,
        gradientNorm: norm,
        learningRate: oldest.learningRate,
      };
    }
  }

  /** Forgets the bad step and those queued after it; the device has not taken any of them. */
  #fail({ step, before }: QueuedStep, quantity: 'loss' | 'gradient'): never {
    this.#queue = [];
    this.#trainer.rewind(before);
    throw new FailureError({ code: 'not-finite', step, quantity });
  }
}
