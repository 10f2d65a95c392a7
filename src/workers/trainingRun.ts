/**
 * One run as a state machine: loading, ready, running, failed. Commands leave wishes; one loop, the only one that
 * touches the network, grants them between two steps. So nothing happens to a run while something else does.
 */
import { isOfDevice, toFailure, type Failure } from '../model/failures';
import type { EngineName } from '../model/kernels/engines';
import type { RunSnapshot } from '../model/run';
import {
  isChangeable,
  LIVE_NAMES,
  liveOf,
  SETTING_NAMES,
  SPEEDS,
  type EngineChoice,
  type LiveName,
  type ChangeableName,
  type SettingName,
  type Settings,
} from '../model/settings';
import { NO_METRICS, type Metrics } from '../model/telemetry';
import type { LabelledText } from '../model/text/labels';
import type { Dataset } from '../model/text/types';
import { closeBody, describe, leaseFor, openBody, probeOf, type Body, type Probe, type Subject } from './body';
import type { Engines } from './engines';
import { Alarm, atIntervals } from './clock';
import { HostCopies } from './copies';
import { FrameSender, type FrameHost } from './frames';
import { EngineMove, follow } from './moves';
import { Pace } from './pacing';
import type { OpenRun, Ruin, RunPhase, StopReason } from './protocol';
import { SampleWriter, type Interruption } from './samples';
import { Stopping } from './stopping';
import type { LoadedText, Texts } from './texts';
import type { Trials } from './trials';
import { UnitRanker } from './unitRanker';
import { Waiting } from './waiting';

/** A run that can come back as it was: values, and nothing on an engine. */
export interface Suspended {
  readonly runId: string;
  readonly textId: string;
  readonly settings: Settings;
  readonly layer: number;
  /** Null where nothing could be saved. */
  readonly snapshot: RunSnapshot | null;
  /** See HostCopies. */
  readonly healthy: RunSnapshot | null;
}

/** The engine that a run is on while the one that is wished for is being opened. */
export interface Meanwhile {
  readonly engine: EngineName;
  readonly wished: EngineChoice;
}

export interface RunHost extends FrameHost {
  readonly engines: Engines;
  readonly texts: Texts;
  readonly trials: Pick<Trials, 'fastest' | 'distrust' | 'rest'>;
  /** The run can be shown: resolves when the page has been told to. */
  readonly show: (run: TrainingRun) => Promise<void>;
  /** Whether a change of these settings is one with the change before it; see Timeline. */
  readonly continues: (run: TrainingRun, changed: readonly LiveName[]) => boolean;
  /** These settings change now; `before` is what the run can go back to. */
  readonly changed: (run: TrainingRun, changed: readonly LiveName[], before: Suspended) => void;
  /** The run has failed before it could be shown, and has freed everything. */
  readonly stillborn: (run: TrainingRun, failure: Failure) => void;
}

export interface RunRequest extends Pick<OpenRun, 'when' | 'then'>, Suspended {
  /** Of the run whose place it takes: this one need not wait either. */
  readonly meanwhile: Meanwhile | null;
}

/** What a run owes the page, or itself, while it trains and when it rests. */
interface Duty {
  readonly isDue: (training: boolean, step: number) => boolean;
  /** Says whether anything was done. */
  readonly fulfil: (body: Body) => Promise<boolean>;
}

export class TrainingRun {
  readonly runId: string;
  readonly textId: string;
  #phase: RunPhase = 'loading';
  #settings: Settings;
  #layer: number;
  #body: Body | null = null;
  #probe: Probe = { text: '', ids: new Int32Array(0) };
  #isShown = false;
  /** Of the body that was there last. */
  #metrics = NO_METRICS;
  #engineWished: EngineChoice;
  #engineFailure: Failure | null = null;

  // Wishes, granted by the loop.
  #trains: boolean;
  #steps: number;
  #changesLive = true;
  #wantsDescription = false;
  #recovers = false;
  #departure: ((left: Suspended) => void) | null = null;
  /** Waits for the changes of live settings. */
  #afterChanges: (() => void)[] = [];
  /** Why it does not train any more, until the page is told. */
  #stopped: StopReason | null = null;
  /** What the page was told. */
  #ruin: Ruin | null = null;
  readonly #move: EngineMove;

  /** A loop whose epoch has passed touches nothing any more. */
  #epoch = 0;
  /** Of what the epoch waits for before there is a body. */
  #abort = new AbortController();
  /** What a body that is still to be made goes on from. */
  #origin: RunSnapshot | null;
  /** Serves the first body only. */
  #meanwhile: Meanwhile | null;
  /** The page is being told of it: it cannot begin anew. */
  #isArriving = false;
  /** Why the run ended meanwhile. */
  #failedArrival: Failure | null = null;
  readonly #waiting: Waiting;
  readonly #alarm: Alarm;
  readonly #pace = new Pace();
  readonly #stopping = new Stopping();
  readonly #frames: FrameSender;
  readonly #copies: HostCopies;
  readonly #breathe: () => Promise<void>;
  readonly #samples: SampleWriter;
  readonly #ranker: UnitRanker;

  /** What is done between steps, the most urgent first. */
  readonly #duties: readonly Duty[] = [
    { isDue: (training, step) => this.#frames.isDue(training, step), fulfil: (body) => this.#sendFrame(body) },
    { isDue: (training, step) => this.#ranker.isDue(training, step), fulfil: (body) => this.#rank(body) },
    { isDue: (training) => this.#samples.isDue(training), fulfil: (body) => this.#writeSample(body) },
    {
      isDue: (training, step) => this.#copies.isDue(training, step),
      fulfil: async ({ run }) => {
        await this.#copies.take(run);
        return true;
      },
    },
  ];

  /** What each setting asks for once it has another value. */
  readonly #changed: Readonly<Record<ChangeableName, () => void>> = {
    learningRate: () => (this.#changesLive = true),
    clip: () => (this.#changesLive = true),
    dropout: () => (this.#changesLive = true),
    engine: () => {
      this.#wishEngine();
    },
    stopStep: () => {
      this.#stopping.wish();
    },
    stopLoss: () => {
      this.#stopping.wish();
    },
    speed: () => {
      this.#pace.hasten(this.host.clock.now());
    },
    probe: () => {
      this.#useProbe();
    },
    prompt: () => {
      this.#samples.ask();
    },
    temperature: () => {
      this.#samples.ask();
    },
    topK: () => {
      this.#samples.ask();
    },
    topP: () => {
      this.#samples.ask();
    },
    sampleLength: () => {
      this.#samples.ask();
    },
  };

  constructor(
    private readonly host: RunHost,
    private readonly request: RunRequest,
  ) {
    this.runId = request.runId;
    this.textId = request.textId;
    this.#settings = request.settings;
    this.#layer = request.layer;
    this.#engineWished = request.settings.engine;
    this.#trains = request.then === 'train';
    this.#steps = request.then === 'step' ? 1 : 0;
    this.#origin = request.snapshot;
    this.#meanwhile = request.meanwhile;
    this.#alarm = new Alarm(host.clock);
    this.#waiting = new Waiting(
      host.clock,
      () => this.#isWished() || this.#isOwed(),
      (waiting) => {
        host.post({ type: 'waiting', runId: this.runId, waiting });
      },
    );
    this.#move = new EngineMove(
      (onLost, signal) => this.#lease(onLost, signal),
      () => {
        this.#wake();
      },
      (failure) => {
        this.#die(failure);
      },
    );
    this.#frames = new FrameSender(host);
    this.#copies = new HostCopies(host.clock, request.snapshot, request.healthy);
    this.#breathe = atIntervals(host.clock);
    this.#ranker = new UnitRanker(host);
    this.#samples = new SampleWriter(host.clock, (sample) => {
      host.post({ type: 'sample', sample });
    });
  }

  get phase(): RunPhase {
    return this.#phase;
  }
  get settings(): Settings {
    return this.#settings;
  }
  get metrics(): Metrics {
    const metrics = this.#body?.run.metrics ?? this.#metrics;
    return { ...metrics, charactersPerSecond: this.#phase === 'running' ? this.#pace.rate() : 0 };
  }
  /** What baselines are measured on; null while there is none. */
  get reading(): { readonly loaded: LoadedText; readonly dataset: Dataset } | null {
    return this.#body;
  }
  /** Whether a sample is being written. */
  get isWriting(): boolean {
    return this.#samples.isWriting;
  }
  /** Null where no engine is being opened for it. */
  get meanwhile(): Meanwhile | null {
    const { choice } = this.#move;
    return this.#body !== null && choice !== null ? { engine: this.#body.lease.info.name, wished: choice } : null;
  }
  /** What engines are timed on; null while there is none. */
  get subject(): Subject | null {
    return this.#body && this.#subjectOf(this.#body);
  }

  start(): void {
    void this.#begin();
  }

  train(): void {
    if (this.#phase === 'failed') return;
    this.#trains = true;
    this.#stopped = null;
    this.#wake();
  }

  /** One batch, after those already asked for. */
  step(): void {
    if (this.#phase === 'failed' || this.#trains) return;
    this.#steps += 1;
    this.#wake();
  }

  pause(): void {
    this.#trains = false;
    this.#steps = 0;
    this.#wake();
  }

  /**
   * Live and page settings; structural ones belong to a new run and are ignored. An engine that could not be had is tried
   * again where it is wished for again.
   */
  change(wished: Partial<Settings>): void {
    const differs = (name: SettingName) =>
      wished[name] !== this.#settings[name] || (name === 'engine' && this.#engineFailure !== null);
    const names = SETTING_NAMES.filter(isChangeable).filter((name) => wished[name] !== undefined && differs(name));
    if (names.length === 0) return;
    this.#settings = { ...this.#settings, ...Object.fromEntries(names.map((name) => [name, wished[name]])) };
    for (const name of names) this.#changed[name]();
    this.#wantsDescription = true;
    this.#wake();
  }

  /** Resolves once every change of live settings that was wished is made. */
  changesMade(): Promise<void> {
    if (this.#body === null || !this.#changesLive) return Promise.resolve();
    return new Promise((resolve) => {
      this.#afterChanges.push(resolve);
      this.#waiting.heed();
    });
  }

  watch(layer: number): void {
    this.#layer = Math.max(0, Math.min(this.#settings.layers - 1, Math.floor(layer)));
    this.#lookAgain();
    this.#alarm.ring();
  }

  sample(): void {
    this.#samples.ask();
    this.#wake();
  }

  /** Goes on from the last good state after a failure. */
  resume(): void {
    if (this.#phase !== 'failed') return;
    if (this.#body !== null) {
      this.#enter('ready');
      this.#alarm.ring();
    } else if (this.#copies.newest !== null) {
      this.#enter('loading');
      this.#origin = this.#copies.newest;
      void this.#begin();
    }
  }

  /** Goes back to the copy in good order, where the run has lost what it had learnt. */
  recover(): void {
    this.#recovers = this.#ruin !== null;
    this.#wake();
  }

  /** Gives up what is waited for, and the engine with it; the run can go on from its newest copy. */
  stop(): void {
    if (this.#body !== null && this.#waiting.isAwaited)
      this.#die({ code: 'step-abandoned', engine: this.#body.lease.info.name });
  }

  /** What units may follow on the held-out text. */
  follow(labels: LabelledText): void {
    this.#ranker.labels = labels;
    this.#ranker.ask();
    this.#alarm.ring();
  }

  /** There is a buffer again. */
  bufferCame(): void {
    if (this.#isShown) this.#alarm.ring();
  }

  /** Ends the run between two steps and frees its memory; what is left can be brought back. */
  depart(): Promise<Suspended> {
    return new Promise((resolve) => {
      if (this.#body === null) {
        this.cancel();
        resolve(this.#left());
        return;
      }
      this.#departure = resolve;
      this.#wake();
    });
  }

  /** Ends the run at once. */
  cancel(): void {
    this.#epoch += 1;
    this.#abort.abort();
    this.#move.cancel();
    this.#copies.giveUp();
    this.#close();
    this.#tellChangesMade();
    this.#waiting.forget();
    this.#alarm.ring();
  }

  /** Makes the body that the settings wish for. One that is still being made is given up. */
  async #begin(): Promise<void> {
    const { host, request } = this;
    this.cancel();
    const epoch = this.#epoch;
    this.#abort = new AbortController();
    const snapshot = this.#origin;
    try {
      const settings = this.#settings;
      const meanwhile = this.#meanwhile?.wished === settings.engine ? this.#meanwhile.engine : null;
      this.#meanwhile = null;
      const engine = meanwhile ?? settings.engine;
      const { signal } = this.#abort;
      const onLost = (failure: Failure) => {
        if (epoch === this.#epoch) this.#die(failure);
      };
      const plan = { textId: this.textId, settings, engine, snapshot, ...this.#surroundings(onLost, signal) };
      const body = await openBody(host.texts, host.engines, plan);
      if (epoch !== this.#epoch) {
        closeBody(body);
        return;
      }
      this.#body = body;
      this.#engineWished = engine;
      this.#engineFailure = body.lease.failure;
      if (meanwhile !== null) this.#move.begin(settings.engine);
      this.#changesLive = true;
      this.#useProbe();
      if (!this.#isShown) {
        await this.#waiting.grant(this.#prepare(body));
        if (epoch !== this.#epoch) return;
        this.#isArriving = true;
        await host.show(this);
        this.#isArriving = false;
        this.#isShown = true;
        if (this.#failedArrival !== null) this.#enter('failed', this.#failedArrival);
        if (epoch !== this.#epoch) return;
        if (request.then === 'wait' && snapshot === null) this.#samples.ask();
      }
      this.#describe(body);
      this.#enter('ready');
      await this.#loop(epoch);
    } catch (caught) {
      if (epoch === this.#epoch) this.#die(toFailure(caught));
    }
  }

  /** What has to have happened before the run takes the page: its first loss, and the first step where it waits for that. */
  async #prepare(body: Body): Promise<void> {
    const { run } = body;
    run.change(liveOf(this.#settings));
    await run.evaluate();
    await run.settle();
    if (run.metrics.step === 0) await this.#copies.take(run);
    if (this.request.when === 'ready' || !(this.#trains || this.#steps > 0)) return;
    await run.step();
    await run.settle();
    this.#steps = 0;
    await this.#heedStop(body);
  }

  async #loop(epoch: number): Promise<void> {
    while (epoch === this.#epoch) {
      let rest: number | null = 0;
      try {
        rest = await this.#turn();
      } catch (caught) {
        const failure = toFailure(caught);
        if (failure.code !== 'not-finite' || epoch !== this.#epoch) throw caught;
        this.#stop();
        if (this.#body !== null) this.#rollBack(this.#body);
        this.#enter('failed', failure);
      }
      if (epoch !== this.#epoch) return;
      this.#waiting.heed();
      if (rest === 0) await this.host.clock.breathe();
      else await this.#alarm.sleep(rest);
    }
  }

  /** Grants the most urgent wish. Returns how long there is nothing to do: 0 not at all, null until something is wished. */
  async #turn(): Promise<number | null> {
    const body = this.#body;
    if (body === null) return null;
    const { run } = body;
    if (this.#departure !== null) {
      await this.#leave(body);
      return null;
    }
    if (this.#move.isReady) {
      await this.#waiting.grant(this.#moveOn(body));
      return 0;
    }
    await this.#takeSettings(body);
    if (this.#recovers) {
      this.#recovers = false;
      this.#rollBack(body);
      return 0;
    }
    if (this.#phase === 'running' && !this.#trains) {
      await run.settle();
      if (this.#body !== body) return 0;
      this.#enter('ready');
      // What it wrote last was written by the network of some steps ago.
      this.#samples.ask();
      return 0;
    }
    if (this.#phase === 'ready' && this.#trains) {
      this.#enter('running');
    } else if (this.#phase === 'ready' && this.#steps > 0) {
      this.#steps -= 1;
      await this.#waiting.grant(run.step());
      await this.#waiting.grant(run.settle());
      if (this.#body === body) this.#enter('ready');
      return 0;
    }
    const stepped = this.#phase === 'running' && this.#untilStep() === 0;
    if (stepped) await this.#train(body);
    // Pause comes before all that only looks.
    if (stepped && (this.#body !== body || !this.#trains)) return 0;
    if (await this.#lookAround(body)) return 0;
    return stepped ? 0 : this.#untilNext();
  }

  /** The most urgent duty that is due, if any. */
  async #lookAround(body: Body): Promise<boolean> {
    const { run } = body;
    const training = this.#phase === 'running';
    this.#copies.observe(run);
    this.#tellRuin(this.#copies.ruinOf(run));
    for (const { isDue, fulfil } of this.#duties) {
      if (isDue(training, run.metrics.step) && (await fulfil(body))) return true;
    }
    return false;
  }

  async #rank(body: Body): Promise<boolean> {
    const { runId } = this;
    const { run, dataset } = body;
    const trained = this.#trains;
    const isWanted = () => this.#body === body && !this.#isWished() && this.#trains === trained;
    const heldOut = dataset.ids.subarray(dataset.trainLength);
    await this.#ranker.rank({ runId, run, layer: this.#layer, probe: this.#probe, heldOut, isWanted });
    return true;
  }

  async #writeSample(body: Body): Promise<boolean> {
    const { runId } = this;
    const { run, dataset } = body;
    const training = this.#phase === 'running';
    const author = { runId, run, vocabulary: dataset.vocabulary, settings: this.#settings, training };
    await this.#samples.write(author, this.#interruptions(body));
    return true;
  }

  #rollBack({ run }: Body): void {
    this.#copies.rollBack(run);
    this.#tellRuin(null);
    this.#wantsDescription = true;
    this.#lookAgain();
    this.#pace.begin(this.host.clock.now(), run.metrics.characters);
  }

  /** The network, or the part of it that is looked at, is another one. */
  #lookAgain(): void {
    this.#frames.want();
    this.#ranker.ask();
  }

  /** Once for each copy that it could go back to. */
  #tellRuin(ruin: Ruin | null): void {
    if (this.#ruin?.step === ruin?.step) return;
    this.#ruin = ruin;
    this.host.post({ type: 'ruined', runId: this.runId, ruin });
  }

  async #train(body: Body): Promise<void> {
    const { clock } = this.host;
    const { run } = body;
    const speed = SPEEDS[this.#settings.speed];
    this.#pace.step(clock.now(), speed);
    // What a single step before this one has told.
    this.#copies.observe(run);
    await run.step();
    // Somebody watches single steps, or the step tells of a copy: it is there before the next one.
    if (speed < Infinity || this.#copies.isInQuestion) await run.settle();
    if (this.#body === body) this.#pace.measure(clock.now(), run.metrics.characters);
    await this.#heedStop(body);
  }

  /** Trains no further where the step just made is one to stop at. */
  async #heedStop(body: Body): Promise<void> {
    if (this.#body !== body || !this.#trains) return;
    const reason = await this.#stopping.after(body.run, this.#settings);
    if (reason === null || this.#body !== body) return;
    this.#stop();
    this.#stopped = reason;
  }

  #sendFrame(body: Body): Promise<boolean> {
    return this.#frames.send({
      runId: this.runId,
      run: body.run,
      ids: this.#probe.ids,
      layer: this.#layer,
      metrics: () => this.metrics,
      isCurrent: () => this.#body === body,
    });
  }

  async #takeSettings(body: Body): Promise<void> {
    if (this.#changesLive) await this.#changeLive(body);
    if (this.#body === body && this.#wantsDescription) this.#describe(body);
  }

  /** What the run was before is kept, so that it can go back to it. */
  async #changeLive(body: Body): Promise<void> {
    const { run } = body;
    const wished = () => LIVE_NAMES.filter((name) => this.#settings[name] !== run.settings[name]);
    if (wished().length > 0 && !this.host.continues(this, wished())) {
      await this.#copies.take(run);
      if (this.#body !== body) return;
      const settings = { ...this.#settings, ...liveOf(run.settings) };
      this.host.changed(this, wished(), { ...this.#left(), settings });
    }
    run.change(liveOf(this.#settings));
    this.#changesLive = false;
    this.#tellChangesMade();
  }

  #tellChangesMade(): void {
    for (const tell of this.#afterChanges.splice(0)) tell();
  }

  /** While a sample is written the reader may look elsewhere, and ask for what must come before it. */
  #interruptions(body: Body): () => Promise<Interruption> {
    const trained = this.#trains;
    return async () => {
      if (this.#body !== body || this.#samples.isAsked()) return 'drop';
      // After a pause the network writes anew, and more than this.
      if (trained && !this.#trains) return 'drop';
      if (this.#isWished() || this.#recovers || this.#trains !== trained) return 'keep';
      await this.#takeSettings(body);
      if (this.#frames.isWanted) await this.#sendFrame(body);
      return null;
    };
  }

  /** The engine that is wished for now, whatever was before. */
  #wishEngine(): void {
    if (this.#phase === 'loading' && !this.#isArriving) void this.#begin();
    else if (this.#body !== null) this.#move.begin(this.#settings.engine);
  }

  #lease(onLost: (failure: Failure) => void, signal: AbortSignal) {
    if (this.#body === null) return Promise.reject(new Error('There is nothing to move'));
    return leaseFor(this.host.engines, this.#subjectOf(this.#body), this.#surroundings(onLost, signal));
  }

  /** Takes the run to the engine that has arrived. It goes back to the copy that it moves with should that engine fail. */
  async #moveOn(body: Body): Promise<void> {
    if (this.#move.isEngine) await this.#copies.take(body.run);
    // Nothing there: the wish was given up meanwhile, or the run itself.
    const arrival = this.#body === body ? this.#move.take() : null;
    if (arrival === null) return;
    const led = follow(body, arrival, this.#copies.newest, this.#ways());
    this.#body = led.body;
    this.#engineWished = arrival.choice;
    this.#engineFailure = led.failure;
    if (led.failure !== null && isOfDevice(led.failure)) this.host.trials.distrust(led.failure.engine);
    this.#wantsDescription = true;
    this.#frames.want();
    if (this.#body !== body) this.#pace.begin(this.host.clock.now(), this.metrics.characters);
  }

  async #leave(body: Body): Promise<void> {
    try {
      await this.#copies.take(body.run);
    } catch {
      // The last copy has to do.
    }
    const resolve = this.#departure;
    this.#departure = null;
    this.cancel();
    resolve?.(this.#left());
  }

  #left(): Suspended {
    const { runId, textId } = this;
    const { newest, healthy } = this.#copies;
    return { runId, textId, settings: this.#settings, layer: this.#layer, snapshot: newest, healthy };
  }

  #surroundings(onLost: (failure: Failure) => void, signal: AbortSignal) {
    const { trials } = this.host;
    return { ...this.#ways(), fastest: (subject: Subject) => trials.fastest(subject), onLost, signal };
  }

  /** How a body lets others have their turn, and tells of what stops nothing. */
  #ways() {
    const epoch = this.#epoch;
    return {
      breathe: this.#breathe,
      onProblem: (failure: Failure) => {
        if (epoch === this.#epoch) this.host.post({ type: 'problem', runId: this.runId, failure });
      },
    };
  }

  /** Whether a wish is left that is granted only after what is being computed. */
  #isWished(): boolean {
    const isPaused = this.#phase === 'running' && !this.#trains;
    const isBegun = this.#phase === 'ready' && (this.#trains || this.#steps > 0);
    const isTravelled = this.#departure !== null || this.#afterChanges.length > 0;
    return this.#body !== null && (isPaused || isBegun || isTravelled || this.#move.isReady);
  }

  /** Whether something else that was asked for is left, which is granted beside other work. */
  #isOwed(): boolean {
    const isAsked = this.#changesLive || this.#recovers || this.#samples.isAsked();
    return this.#body !== null && this.#isShown && isAsked;
  }

  /** Wakes the loop for a wish, and watches how long that waits. */
  #wake(): void {
    this.#waiting.heed();
    this.#alarm.ring();
  }

  /** Nothing can be done with the body any more. */
  #die(failure: Failure): void {
    if (isOfDevice(failure)) this.host.trials.distrust(failure.engine);
    this.#stop();
    this.cancel();
    if (this.#isShown) this.#enter('failed', failure);
    else if (this.#isArriving) this.#failedArrival = failure;
    else this.host.stillborn(this, failure);
    this.#departure?.(this.#left());
    this.#departure = null;
  }

  #stop(): void {
    this.#trains = false;
    this.#steps = 0;
  }

  #close(): void {
    if (this.#body === null) return;
    this.#metrics = this.#body.run.metrics;
    closeBody(this.#body);
    this.#body = null;
  }

  #enter(phase: RunPhase, failure: Failure | null = null): void {
    const now = this.host.clock.now();
    this.#phase = phase;
    if (phase === 'running') {
      this.#pace.begin(now, this.metrics.characters);
      this.#samples.begin();
    } else this.#lookAgain();
    if (phase === 'ready' && this.#body !== null) this.host.trials.rest(this.#subjectOf(this.#body));
    const metrics = this.metrics;
    const resumable =
      phase === 'failed' ? (this.#body ? metrics.step : (this.#copies.newest?.metrics.step ?? null)) : null;
    const stopped = phase === 'ready' ? this.#stopped : null;
    this.#stopped = null;
    this.host.post({ type: 'phase', runId: this.runId, phase, metrics, failure, resumable, stopped });
  }

  #subjectOf({ dataset }: Body): Subject {
    return { settings: this.#settings, dataset };
  }

  #describe(body: Body): void {
    this.#wantsDescription = false;
    const description = describe(body, {
      runId: this.runId,
      settings: this.#settings,
      engineWished: this.#engineWished,
      engineFailure: this.#engineFailure,
      engineToCome: this.#move.choice,
      probe: this.#probe.text,
    });
    this.host.post({ type: 'description', description });
  }

  #useProbe(): void {
    if (this.#body !== null) this.#probe = probeOf(this.#body, this.#settings.probe);
    this.#lookAgain();
  }

  #untilStep(): number {
    return this.#pace.until(this.host.clock.now());
  }

  #untilNext(): number | null {
    const waits = [this.#phase === 'running' ? this.#untilStep() : null, this.#samples.untilAsked()];
    const known = waits.filter((wait) => wait !== null);
    return known.length === 0 ? null : Math.min(...known);
  }
}
