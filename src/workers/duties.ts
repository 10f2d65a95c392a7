/**
 * What a run owes between two steps, while it trains and when it rests: answers, frames, rankings of units, samples, copies
 * and what is saved. Of what is due one thing is done at a time, the most urgent first.
 */
import type { Chronicle } from '../model/chronicle';
import type { Run } from '../model/run';
import { WITH_FRAMES } from '../model/inspect/readings';
import type { Subject } from '../model/inspect/reading';
import type { Settings } from '../model/settings';
import { StepWatch } from '../model/stepWatch';
import type { Metrics } from '../model/telemetry';
import { probeOf, type RunBody, type Probe } from './body';
import { Chronicler } from './chronicler';
import { HostCopies } from './copies';
import { FrameSender, type FrameHost } from './frames';
import type { Keeping } from './keeping';
import type { Ruin } from './protocol';
import { Questions } from './questions';
import { SampleWriter, type Interruption } from './samples';
import type { Saving } from './saving';
import type { Suspended } from './suspended';
import { DecisionReader } from './decisionReader';
import { UnitRanker } from './unitRanker';

/** The run that owes them, as far as they have to know it. */
export interface Debtor {
  readonly runId: string;
  readonly settings: () => Settings;
  readonly metrics: () => Metrics;
  /** Whether it is to train. */
  readonly trains: () => boolean;
  /** Whether something is wished that comes before whatever only looks. */
  readonly isUrged: () => boolean;
  /** Whether the body is still the run's. */
  readonly isCurrent: (body: RunBody) => boolean;
  /** Takes settings that can be taken while something else is being done. */
  readonly takeSettings: (body: RunBody) => Promise<void>;
}

interface Duty {
  readonly isDue: (training: boolean, step: number) => boolean;
  /** Says whether anything was done. */
  readonly fulfil: (body: RunBody, training: boolean) => Promise<boolean>;
}

export class Duties {
  readonly frames: FrameSender;
  readonly copies: HostCopies;
  readonly samples: SampleWriter;
  readonly ranker: UnitRanker;
  readonly decisions: DecisionReader;
  readonly questions: Questions;
  #saving: Saving | null = null;
  /** The layer that is looked at. */
  layer: number;
  /** The step whose network is looked at; null: the last one. */
  pastStep: number | null = null;
  readonly #chronicler: Chronicler;
  #probe: Probe = { text: '', ids: new Int32Array(0) };
  /** What the page was told. */
  #ruin: Ruin | null = null;
  /** The last step, where it was watched. */
  #watch: StepWatch | null = null;

  readonly #inOrder: readonly Duty[] = [
    { isDue: () => this.questions.isDue, fulfil: (body) => this.#answer(body) },
    { isDue: (training, step) => this.frames.isDue(training, step), fulfil: (body) => this.#sendFrame(body) },
    { isDue: (training, step) => this.ranker.isDue(training, step), fulfil: (body) => this.#rank(body) },
    {
      isDue: (training, step) => this.decisions.isDue(training, step),
      fulfil: (body) => this.#decide(body),
    },
    { isDue: (training) => this.samples.isDue(training), fulfil: (body, training) => this.#write(body, training) },
    { isDue: (training, step) => this.#chronicler.isDue(training, step), fulfil: (body) => this.#chronicle(body) },
    { isDue: (training, step) => this.copies.isDue(training, step), fulfil: (body) => this.#copy(body) },
    { isDue: (training, step) => this.saving?.isDue(training, step) ?? false, fulfil: (body) => this.#save(body) },
  ];

  constructor(
    private readonly host: FrameHost & { readonly keeping: Keeping },
    private readonly debtor: Debtor,
    from: Pick<Suspended, 'layer' | 'snapshot' | 'healthy' | 'chronicle'>,
  ) {
    this.layer = from.layer;
    this.#chronicler = new Chronicler(host.clock, from.chronicle ?? undefined);
    this.frames = new FrameSender(host);
    this.copies = new HostCopies(host.clock, from.snapshot, from.healthy);
    this.ranker = new UnitRanker(host);
    this.decisions = new DecisionReader(host);
    this.questions = new Questions(host.post);
    this.samples = new SampleWriter(host.clock, (sample) => {
      host.post({ type: 'sample', sample });
    });
  }

  get chronicle(): Chronicle {
    return this.#chronicler.chronicle;
  }

  /** Null until what keeps runs is there. */
  get saving(): Saving | null {
    const { host, debtor, copies } = this;
    const { runId, settings } = debtor;
    const { clock, post, keeping } = host;
    return (this.#saving ??= keeping.keeper?.savingOf({ runId, settings, copies, clock, post }) ?? null);
  }

  /** The text that is read for the page. */
  get probe(): string {
    return this.#probe.text;
  }

  /** Whether there is a ruin that the run could be taken back from. */
  get isRuined(): boolean {
    return this.#ruin !== null;
  }

  useProbe(body: RunBody | null): void {
    if (body !== null) this.#probe = probeOf(body, this.debtor.settings().probe);
    this.lookAgain();
  }

  /** The run as it begins. */
  async begin(run: Run): Promise<void> {
    await this.copies.take(run);
    if (this.copies.newest !== null) this.chronicle.write(this.copies.newest);
  }

  /** The run stands at that step again. */
  goBack(step: number): void {
    this.chronicle.goBack(step);
    this.lookAgain();
  }

  /** What is to look on at the next step; null where no view wants to know. */
  watchStep(): StepWatch | null {
    const isWatched = this.host.wanted().some((name) => WITH_FRAMES[name].watchesSteps);
    this.#watch = isWatched ? new StepWatch(this.layer) : null;
    return this.#watch;
  }

  /** The network, or the part of it that is looked at, is another one. */
  lookAgain(): void {
    this.frames.want();
    this.ranker.ask();
  }

  /** Fulfils the most urgent one that is due; whether there was any. */
  async fulfil(body: RunBody, training: boolean): Promise<boolean> {
    const { run } = body;
    this.copies.observe(run);
    this.#tellRuin(this.copies.ruinOf(run));
    for (const { isDue, fulfil } of this.#inOrder) {
      if (isDue(training, run.metrics.step) && (await fulfil(body, training))) return true;
    }
    return false;
  }

  /** The run leaves the page: it is copied as it stands, and saved. */
  async leave(body: RunBody): Promise<void> {
    const { run, loaded, dataset } = body;
    const { step } = run.metrics;
    await this.copies.take(run);
    if (this.saving?.isOwed(step) === true) await this.saving.save(body);
    else if (this.saving?.isUnsaved(step) ?? step > 0)
      this.host.keeping.owe(this.debtor.runId, async () => (await this.saving?.saveLeft({ loaded, dataset })) === true);
  }

  /** Takes the run back to its copy in good order. */
  rollBack({ run }: RunBody): void {
    this.#watch = null;
    this.copies.rollBack(run);
    this.#tellRuin(null);
    this.goBack(run.metrics.step);
  }

  /** Once for each copy that it could go back to. */
  #tellRuin(ruin: Ruin | null): void {
    if (this.#ruin?.step === ruin?.step) return;
    this.#ruin = ruin;
    this.host.post({ type: 'ruined', runId: this.debtor.runId, ruin });
  }

  #sendFrame(body: RunBody): Promise<boolean> {
    const { metrics, isCurrent } = this.debtor;
    return this.frames.send({ ...this.#subjectOf(body), metrics, isCurrent: () => isCurrent(body) });
  }

  async #answer(body: RunBody): Promise<boolean> {
    await this.questions.answer(this.#subjectOf(body));
    return true;
  }

  #subjectOf({ run }: RunBody): Subject {
    const { runId } = this.debtor;
    const watched = async () => {
      const step = (await this.#watch?.read()) ?? null;
      return step?.step === run.metrics.step ? step : null;
    };
    const { chronicle, pastStep, layer } = this;
    const then = pastStep === null ? null : chronicle.at(pastStep);
    return { runId, run, ids: this.#probe.ids, layer, chronicle, then, watched };
  }

  /** Whether nothing has been wished meanwhile that comes before what only looks. */
  #undisturbed(body: RunBody): () => boolean {
    const { trains, isUrged, isCurrent } = this.debtor;
    const trained = trains();
    return () => isCurrent(body) && !isUrged() && trains() === trained;
  }

  async #decide(body: RunBody): Promise<boolean> {
    await this.decisions.read(this.debtor.runId, body.run, this.#undisturbed(body));
    return true;
  }

  async #rank(body: RunBody): Promise<boolean> {
    const { runId } = this.debtor;
    const { run, dataset } = body;
    const isWanted = this.#undisturbed(body);
    const heldOut = dataset.ids.subarray(dataset.trainLength);
    await this.ranker.rank({ runId, run, layer: this.layer, probe: this.#probe, heldOut, isWanted });
    return true;
  }

  async #write(body: RunBody, training: boolean): Promise<boolean> {
    const { runId, settings } = this.debtor;
    const { run, dataset } = body;
    const author = { runId, run, vocabulary: dataset.vocabulary, settings: settings(), training };
    await this.samples.write(author, this.#interruptions(body));
    return true;
  }

  async #copy({ run }: RunBody): Promise<boolean> {
    await this.copies.take(run);
    return true;
  }

  async #chronicle({ run }: RunBody): Promise<boolean> {
    await this.#chronicler.write(run, this.pastStep);
    if (!this.debtor.trains()) this.frames.want();
    return true;
  }

  async #save(body: RunBody): Promise<boolean> {
    await this.saving?.save(body);
    return true;
  }

  /** While a sample is written the reader may look elsewhere, and ask for what must come before it. */
  #interruptions(body: RunBody): () => Promise<Interruption> {
    const { trains, isUrged, isCurrent, takeSettings } = this.debtor;
    const trained = trains();
    return async () => {
      if (!isCurrent(body) || this.samples.isAsked()) return 'drop';
      // After a pause the network writes anew, and more than this.
      if (trained && !trains()) return 'drop';
      if (isUrged() || trains() !== trained) return 'keep';
      await takeSettings(body);
      if (this.frames.isWanted) await this.#sendFrame(body);
      return null;
    };
  }
}
