/** What a run is made of while it is alive: text, engine and network; made, moved and taken apart here. */
import { FailureError, type Failure } from '../model/failures';
import type { EngineName } from '../model/kernels/engines';
import { Run, type RunSnapshot } from '../model/run';
import type { EngineChoice, Settings } from '../model/settings';
import { chooseProbe } from '../model/text/probe';
import type { Dataset, Vocabulary } from '../model/text/types';
import { encode } from '../model/text/symbols';
import type { Engines, Lease } from './engines';
import type { RunOrigin, RunStanding } from './protocol';
import type { LoadedText, Texts } from './texts';

export interface RunBody {
  readonly loaded: LoadedText;
  readonly dataset: Dataset;
  readonly lease: Lease;
  readonly run: Run;
}

/** What a run trains: enough to say how long a step of it takes. */
export interface Subject {
  readonly settings: Settings;
  readonly dataset: Dataset;
}

/** The probe text in use: the reader's, or the one chosen from the corpus where that has no character of this text. */
export interface Probe {
  readonly text: string;
  readonly ids: Int32Array;
}

/** Known once the text is. */
export type Tune = (dataset: Dataset) => RunSnapshot;

export interface BodyPlan {
  readonly textId: string;
  readonly settings: Settings;
  /** What to begin on: the wish of the settings, or what serves until that is there. */
  readonly engine: EngineChoice;
  /** What to go on from; null begins at the first values. */
  readonly snapshot: RunSnapshot | null;
  /** That the text has to have, where the snapshot comes from a file that says so. */
  readonly vocabulary: Vocabulary | null;
  /** Symbols that the vocabulary begins with, whatever the text has; see `createDataset`. */
  readonly before: Int32Array | null;
  /** What a run goes on from that begins with the network of another one; null where it does not. */
  readonly tune: Tune | null;
  readonly onLost: (failure: Failure) => void;
  /** Something that stops nothing. */
  readonly onProblem: (failure: Failure) => void;
  /** See Run. */
  readonly breathe: () => Promise<void>;
  /** What 'auto' means for a configuration; null where no engine is known to be faster than what starts at once. */
  readonly fastest: (subject: Subject) => Promise<EngineName | null>;
  /** Aborted where nobody wants the body any more. */
  readonly signal: AbortSignal;
}

/** Makes the network on an engine that is there; the engine is given back where that fails. */
const buildRun = (lease: Lease, build: () => Run): Run => {
  try {
    return build();
  } catch (caught) {
    lease.release();
    throw caught;
  }
};

/** What a run computes with and on; the engine's other threads among it. */
export const surroundingsOf = (
  { kernels, memoryLimit, threads }: Lease,
  dataset: Dataset,
  { breathe, onProblem }: Pick<BodyPlan, 'breathe' | 'onProblem'>,
) => ({
  kernels,
  memoryLimit,
  dataset,
  breathe,
  ...(threads && { threads: { ...threads, onLost: onProblem } }),
});

/** The engine that is wished for; 'auto' is the one that is known to be the fastest for what is trained. */
export const leaseFor = async (
  engines: Engines,
  subject: Subject,
  { fastest, onLost, signal }: Pick<BodyPlan, 'fastest' | 'onLost' | 'signal'>,
): Promise<Lease> => {
  const { engine } = subject.settings;
  const meant: EngineChoice = engine === 'auto' ? ((await fastest(subject)) ?? 'auto') : engine;
  signal.throwIfAborted();
  return engines.acquire(meant, onLost, signal);
};

/** @throws {FailureError} 'run-file-damaged' where a saved run says of its text what is not so */
const assertVocabulary = (saved: Vocabulary, { codePoints }: Vocabulary): void => {
  const wrong = saved.codePoints.findIndex((codePoint, symbol) => codePoint !== codePoints[symbol]);
  if (wrong < 0 && saved.codePoints.length === codePoints.length) return;
  const value = String(saved.codePoints.at(wrong));
  throw new FailureError({
    code: 'run-file-damaged',
    fault: { kind: 'bounds', where: 'vocabulary.codePoints', value },
  });
};

/** @throws FailureError of the text, the engine or the configuration; the signal's reason. Nothing stays allocated then. */
export const openBody = async (texts: Texts, engines: Engines, plan: BodyPlan): Promise<RunBody> => {
  const { settings, engine, before } = plan;
  const loaded = await texts.get(plan.textId);
  const dataset = await texts.dataset(loaded, { ...settings, before });
  const snapshot = plan.tune?.(dataset) ?? plan.snapshot;
  if (plan.vocabulary !== null) assertVocabulary(plan.vocabulary, dataset.vocabulary);
  const lease = await leaseFor(engines, { settings: { ...settings, engine }, dataset }, plan);
  const surroundings = surroundingsOf(lease, dataset, plan);
  const run = buildRun(lease, () =>
    snapshot === null ? Run.create({ settings, ...surroundings }) : Run.restore({ snapshot, ...surroundings }),
  );
  return { loaded, dataset, lease, run };
};

export const closeBody = ({ run, lease }: Pick<RunBody, 'run' | 'lease'>): void => {
  try {
    run.dispose();
  } catch {
    // A device that is gone has nothing left to free.
  } finally {
    lease.release();
  }
};

/**
 * The run as `snapshot` has it, on another engine. The body that it had is closed.
 *
 * @throws where that engine cannot take it: the lease is given back, and the run stays where it is, whole
 */
export const moveBody = (
  body: RunBody,
  lease: Lease,
  snapshot: RunSnapshot,
  plan: Pick<BodyPlan, 'breathe' | 'onProblem'>,
): RunBody => {
  const run = buildRun(lease, () => Run.restore({ snapshot, ...surroundingsOf(lease, body.dataset, plan) }));
  closeBody(body);
  return { ...body, lease, run };
};

export const probeOf = ({ loaded, dataset }: RunBody, wished: string): Probe => {
  const symbols = dataset.vocabulary.codePoints;
  const own = encode(symbols, wished);
  if (own.ids.length > 0) return own;
  return encode(symbols, chooseProbe(loaded.text, dataset.trainLength, dataset.vocabulary, loaded.entry));
};

/** What is fixed of a run as long as it lives. */
export const originOf = (runId: string, { loaded, dataset, run }: RunBody): RunOrigin => ({
  runId,
  textId: loaded.textId,
  adjustments: run.adjustments,
  facts: loaded.facts,
  trainLength: run.trainLength,
  heldOutLength: run.heldOutLength,
  symbols: dataset.vocabulary.codePoints,
  tunedFrom: run.tunedFrom,
  cutDistinct: dataset.vocabulary.cutDistinct,
  cutCount: dataset.vocabulary.cutCount,
  unseenDistinct: dataset.unseenDistinct,
  unseenCount: dataset.unseenCount,
});

/** Where it stands. `settings` are those wished for, `engine` what became of that wish. */
export const standingOf = (
  { lease, run }: RunBody,
  o: Pick<RunStanding, 'settings' | 'engineWished' | 'engineFailure' | 'engineToCome' | 'probe'>,
): RunStanding => ({ ...o, engine: lease.info, cost: run.cost, changes: run.changes });
