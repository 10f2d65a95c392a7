/**
 * One run as a state machine: loading, ready, running, failed. Commands leave wishes; one loop, the only one that
 * touches the network, grants them between two steps. So nothing happens to a run while something else does.
 */
import { isOfDevice, toFailure, type DeviceFailure, type Failure } from '../model/failures';
import type { Question } from '../model/inspect/readings';
import { ENGINE_NAMES, type EngineName } from '../model/kernels/engines';
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
import { Stopping } from '../model/stopping';
import { NO_METRICS, type Metrics } from '../model/telemetry';
import type { Dataset, Vocabulary } from '../model/text/types';
import { closeBody, leaseFor, openBody, originOf, standingOf, type RunBody, type Subject, type Tune } from './body';
import type { Engines } from './engines';
import { Alarm, atIntervals } from './clock';
import { Duties, type Debtor } from './duties';
import type { FrameHost } from './frames';
import type { Keeping } from './keeping';
import { LostDevice } from './lostDevice';
import { EngineMove, follow } from './moves';
import { Pace } from './pacing';
import type { OpenRun, RunPhase, StopReason } from './protocol';
import type { LoadedText, Texts } from './texts';
import type { Suspended } from './suspended';
import type { Trials } from './trials';
import type { Asked } from './decisionReader';
import type { Followed } from './unitRanker';
import { Waiting } from './waiting';

/** The engine that a run is on while the one that is wished for is being opened. */
export interface Meanwhile {
  readonly engine: EngineName;
  readonly wished: EngineChoice;
}

export interface RunHost extends FrameHost {
  readonly keeping: Keeping;
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
  /** Of the saved run that it goes on from: the text has to have it. */
  readonly vocabulary: Vocabulary | null;
  /** Makes what it goes on from, where that is the network of another run. */
  readonly tune: Tune | null;
}

export class TrainingRun {
  readonly runId: string;
  readonly textId: string;
  #phase: RunPhase = 'loading';
  #settings: Settings;
  #body: RunBody | null = null;
  #isShown = false;
  #isDescribed = false;
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
  readonly #move: EngineMove;

  /** A loop whose epoch has passed touches nothing any more. */
  #epoch = 0;
  /** Of what the epoch waits for before there is a body. */
  #abort = new AbortController();
  /** What a body that is still to be made goes on from. */
  #origin: RunSnapshot | null;
  #tune: Tune | null;
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
  readonly #lost: LostDevice;
  readonly #breathe: () => Promise<void>;
  readonly #duties: Duties;

  readonly #wishLive = () => {
    this.#changesLive = true;
  };
  readonly #wishStop = () => {
    this.#stopping.wish();
  };
  readonly #wishSample = () => {
    this.#duties.samples.ask();
  };
  /** What each setting asks for once it has another value. */
  readonly #changed: Readonly<Record<ChangeableName, () => void>> = {
    learningRate: this.#wishLive,
    clip: this.#wishLive,
    dropout: this.#wishLive,
    engine: () => {
      this.#wishEngine();
    },
    stopStep: this.#wishStop,
    stopLoss: this.#wishStop,
    stopPatience: this.#wishStop,
    speed: () => {
      this.#pace.hasten(this.host.clock.now());
    },
    probe: () => {
      this.#duties.useProbe(this.#body);
    },
    prompt: this.#wishSample,
    temperature: this.#wishSample,
    topK: this.#wishSample,
    topP: this.#wishSample,
    sampleLength: this.#wishSample,
  };

  constructor(
    private readonly host: RunHost,
    private readonly request: RunRequest,
  ) {
    this.runId = request.runId;
    this.textId = request.textId;
    this.#settings = request.settings;
    this.#engineWished = request.settings.engine;
    this.#trains = request.then === 'train';
    this.#steps = request.then === 'step' ? 1 : 0;
    this.#origin = request.snapshot;
    this.#tune = request.tune;
    this.#meanwhile = request.meanwhile;
    this.#alarm = new Alarm(host.clock);
    this.#lost = new LostDevice(host.clock);
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
    this.#breathe = atIntervals(host.clock);
    const debtor: Debtor = {
      runId: request.runId,
      settings: () => this.#settings,
      metrics: () => this.metrics,
      trains: () => this.#trains,
      isUrged: () => this.#isWished() || this.#recovers,
      isCurrent: (body) => this.#body === body,
      takeSettings: (body) => this.#takeSettings(body),
    };
    this.#duties = new Duties(host, debtor, request);
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
    return this.#duties.samples.isWriting;
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

  /** @param pastStep step of the chronicle whose network is looked at; null: the last one */
  watch(layer: number, pastStep: number | null): void {
    this.#duties.pastStep = pastStep;
    this.#duties.layer = Math.max(0, Math.min(this.#settings.layers - 1, Math.floor(layer)));
    this.#duties.lookAgain();
    this.#alarm.ring();
  }

  sample(): void {
    this.#duties.samples.ask();
    this.#wake();
  }

  /** Tells the page the run as a file. What keeps runs has to be there. */
  save(): void {
    this.#duties.saving?.ask();
    this.#wake();
  }

  /** There may be something to save, or something to save it with. */
  mayBeSaved(): void {
    this.#alarm.ring();
  }

  /** Goes on from the last good state after a failure. */
  resume(): void {
    if (this.#phase !== 'failed') return;
    if (this.#body !== null) {
      this.#enter('ready');
      this.#alarm.ring();
    } else if (this.#duties.copies.newest !== null) {
      this.#enter('loading');
      this.#origin = this.#duties.copies.newest;
      void this.#begin();
    }
  }

  /** Goes back to the copy in good order, where the run has lost what it had learnt. */
  recover(): void {
    this.#recovers = this.#duties.isRuined;
    this.#wake();
  }

  /** Gives up what is waited for, and the engine with it; the run can go on from its newest copy. */
  stop(): void {
    if (this.#body !== null && this.#waiting.isAwaited)
      this.#die({ code: 'step-abandoned', engine: this.#body.lease.info.name });
  }

  /** The page's views want other readings. */
  lookAgain(): void {
    this.#duties.frames.want();
    this.#alarm.ring();
  }

  /** A question of the page; refused where there is nobody to answer it. */
  ask(id: number, question: Question): void {
    this.#duties.questions.ask(id, question);
    if (this.#body === null) this.#duties.questions.refuse();
    this.#alarm.ring();
  }

  /** What units may follow on the held-out text, and what a toy task asks for there. */
  follow(followed: Followed, asked: Asked | null): void {
    this.#duties.ranker.followed = followed;
    this.#duties.decisions.asked = asked;
    this.#duties.ranker.ask();
    this.#alarm.ring();
  }

  /** There is a buffer again. */
  bufferCame(): void {
    if (this.#isShown) this.#alarm.ring();
  }

  /** What a new run can begin with that goes on from there; null where that step is not there any more. */
  asOf(step: number): Pick<Suspended, 'snapshot' | 'before' | 'chronicle'> | null {
    const { chronicle } = this.#duties;
    const snapshot = chronicle.at(step);
    return snapshot && { snapshot, before: this.request.before, chronicle: chronicle.upTo(step) };
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
    this.#duties.copies.giveUp();
    this.#duties.questions.refuse();
    this.#close();
    this.#tellChangesMade();
    this.#waiting.forget();
    this.#alarm.ring();
  }

  /**
   * Makes the body that the settings wish for, or that on `lost`, whose device has gone. One that is still being made is
   * given up.
   */
  async #begin(lost: EngineName | null = null): Promise<void> {
    const { host, request } = this;
    this.cancel();
    const epoch = this.#epoch;
    this.#abort = new AbortController();
    const snapshot = this.#origin;
    try {
      const settings = this.#settings;
      const meanwhile = this.#meanwhile?.wished === settings.engine ? this.#meanwhile.engine : null;
      this.#meanwhile = null;
      const engine = lost ?? meanwhile ?? settings.engine;
      const engines = lost === null ? host.engines : this.#lost.again(host.engines);
      const { signal } = this.#abort;
      const onLost = (failure: Failure) => {
        if (epoch === this.#epoch) this.#die(failure);
      };
      const { vocabulary, before } = request;
      // A run that has a copy of its own goes on from that.
      const tune = snapshot === null ? this.#tune : null;
      const plan = {
        textId: this.textId,
        settings,
        engine,
        snapshot,
        vocabulary,
        before,
        tune,
        ...this.#surroundings(onLost, signal),
      };
      const body = await openBody(host.texts, engines, plan);
      if (epoch !== this.#epoch) {
        closeBody(body);
        return;
      }
      this.#body = body;
      // What more symbols ask for.
      const { vocabularyLimit } = body.run.settings;
      this.#settings = { ...this.#settings, vocabularyLimit };
      this.#engineWished = engine;
      this.#engineFailure = body.lease.failure;
      if (meanwhile !== null) this.#move.begin(settings.engine);
      this.#changesLive = true;
      this.#duties.useProbe(body);
      this.#duties.goBack(body.run.metrics.step);
      if (!this.#isShown) {
        await this.#waiting.grant(this.#prepare(body));
        if (epoch !== this.#epoch) return;
        this.#isArriving = true;
        await host.show(this);
        this.#isArriving = false;
        this.#isShown = true;
        if (this.#failedArrival !== null) this.#enter('failed', this.#failedArrival);
        if (epoch !== this.#epoch) return;
        if (request.then === 'wait' && snapshot === null) this.#duties.samples.ask();
      }
      this.#describe(body);
      this.#enter('ready');
      await this.#loop(epoch);
    } catch (caught) {
      if (epoch === this.#epoch) this.#die(toFailure(caught));
    }
  }

  /** What has to have happened before the run takes the page: its first loss, and the first step where it waits for that. */
  async #prepare(body: RunBody): Promise<void> {
    const { run } = body;
    run.change(liveOf(this.#settings));
    await run.evaluate();
    await run.settle();
    if (run.metrics.step === 0) await this.#duties.begin(run);
    if (this.request.when === 'ready' || !(this.#trains || this.#steps > 0)) return;
    await run.step(this.#duties.watchStep());
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
      this.#duties.samples.ask();
      return 0;
    }
    if (this.#phase === 'ready' && this.#trains) {
      this.#enter('running');
    } else if (this.#phase === 'ready' && this.#steps > 0) {
      this.#steps -= 1;
      await this.#waiting.grant(run.step(this.#duties.watchStep()));
      await this.#waiting.grant(run.settle());
      if (this.#body === body) this.#enter('ready');
      return 0;
    }
    const stepped = this.#phase === 'running' && this.#untilStep() === 0;
    if (stepped) await this.#train(body);
    // Pause comes before all that only looks.
    if (stepped && (this.#body !== body || !this.#trains)) return 0;
    if (await this.#duties.fulfil(body, this.#phase === 'running')) return 0;
    return stepped ? 0 : this.#untilNext();
  }

  #rollBack(body: RunBody): void {
    this.#duties.rollBack(body);
    this.#wantsDescription = true;
    this.#pace.begin(this.host.clock.now(), body.run.metrics.characters);
  }

  async #train(body: RunBody): Promise<void> {
    const { clock } = this.host;
    const { run } = body;
    const speed = SPEEDS[this.#settings.speed];
    this.#pace.step(clock.now(), speed);
    // What a single step before this one has told.
    this.#duties.copies.observe(run);
    await run.step(this.#duties.watchStep());
    // Somebody watches single steps, or the step tells of a copy: it is there before the next one.
    if (speed < Infinity || this.#duties.copies.isInQuestion) await run.settle();
    if (this.#body === body) this.#pace.note(clock.now(), run.metrics.characters);
    await this.#heedStop(body);
  }

  /** Trains no further where the step just made is one to stop at. */
  async #heedStop(body: RunBody): Promise<void> {
    if (this.#body !== body || !this.#trains) return;
    const reason = await this.#stopping.after(body.run, this.#settings);
    if (reason === null || this.#body !== body) return;
    this.#stop();
    this.#stopped = reason;
  }

  async #takeSettings(body: RunBody): Promise<void> {
    if (this.#changesLive) await this.#changeLive(body);
    if (this.#body === body && this.#wantsDescription) this.#describe(body);
  }

  /** What the run was before is kept, so that it can go back to it. */
  async #changeLive(body: RunBody): Promise<void> {
    const { run } = body;
    const wished = () => LIVE_NAMES.filter((name) => this.#settings[name] !== run.settings[name]);
    if (wished().length > 0 && !this.host.continues(this, wished())) {
      await this.#duties.copies.take(run);
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
  async #moveOn(body: RunBody): Promise<void> {
    if (this.#move.isEngine) await this.#duties.copies.take(body.run);
    // Nothing there: the wish was given up meanwhile, or the run itself.
    const arrival = this.#body === body ? this.#move.take() : null;
    if (arrival === null) return;
    const led = follow(body, arrival, this.#duties.copies.newest, this.#ways());
    this.#body = led.body;
    this.#engineWished = arrival.choice;
    this.#engineFailure = led.failure;
    if (led.failure !== null && isOfDevice(led.failure)) this.host.trials.distrust(led.failure.engine);
    this.#wantsDescription = true;
    this.#duties.frames.want();
    if (this.#body !== body) this.#pace.begin(this.host.clock.now(), this.metrics.characters);
  }

  async #leave(body: RunBody): Promise<void> {
    try {
      await this.#duties.leave(body);
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
    const { copies, layer } = this.#duties;
    const { newest, healthy } = copies;
    const { before } = this.request;
    const chronicle = this.#duties.chronicle.upTo(newest?.metrics.step ?? 0);
    return { runId, textId, settings: this.#settings, layer, snapshot: newest, healthy, chronicle, before };
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
    const isAsked = this.#changesLive || this.#recovers || this.#duties.samples.isAsked();
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
    const mayComeBack = this.#isShown && this.#departure === null && this.#duties.copies.newest !== null;
    if (mayComeBack && isOfDevice(failure) && failure.code !== 'step-abandoned') this.#comeBack(failure);
    else if (this.#isShown) this.#enter('failed', failure);
    else if (this.#isArriving) this.#failedArrival = failure;
    else this.host.stillborn(this, failure);
    this.#departure?.(this.#left());
    this.#departure = null;
  }

  /** Its device has gone: it will stand where it was copied last, there again or on another engine. */
  #comeBack(failure: DeviceFailure): void {
    this.#lost.heard(failure);
    this.#origin = this.#duties.copies.newest;
    this.host.post({ type: 'returns', runId: this.runId, failure });
    this.#enter('loading');
    void this.#begin(ENGINE_NAMES.find((name) => name === failure.engine));
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
      this.#duties.samples.begin();
    } else this.#duties.lookAgain();
    if (phase === 'ready' && this.#body !== null) this.host.trials.rest(this.#subjectOf(this.#body));
    const metrics = this.metrics;
    const resumable =
      phase === 'failed' ? (this.#body ? metrics.step : (this.#duties.copies.newest?.metrics.step ?? null)) : null;
    const stopped = phase === 'ready' ? this.#stopped : null;
    this.#stopped = null;
    this.host.post({ type: 'phase', runId: this.runId, phase, metrics, failure, resumable, stopped });
  }

  #subjectOf({ dataset }: RunBody): Subject {
    return { settings: this.#settings, dataset };
  }

  #describe(body: RunBody): void {
    this.#wantsDescription = false;
    const { runId } = this;
    const standing = standingOf(body, {
      settings: this.#settings,
      engineWished: this.#engineWished,
      engineFailure: this.#engineFailure,
      engineToCome: this.#move.choice,
      probe: this.#duties.probe,
    });
    if (this.#isDescribed) this.host.post({ type: 'standing', runId, standing });
    else this.host.post({ type: 'description', description: { ...originOf(runId, body), ...standing } });
    this.#isDescribed = true;
  }

  #untilStep(): number {
    return this.#pace.until(this.host.clock.now());
  }

  #untilNext(): number | null {
    const { samples, saving } = this.#duties;
    const waits = [
      this.#phase === 'running' ? this.#untilStep() : null,
      samples.untilAsked(),
      saving?.until(this.metrics.step) ?? null,
    ];
    const known = waits.filter((wait) => wait !== null);
    return known.length === 0 ? null : Math.min(...known);
  }
}
