/** What a run is made of while it is alive: text, engine and network; made, moved and taken apart here. */
import type { Failure } from '../model/failures';
import type { EngineName } from '../model/kernels/engines';
import { Run, type RunSnapshot } from '../model/run';
import type { ShardSpec } from '../model/batchGradient';
import type { EngineChoice, Settings } from '../model/settings';
import { chooseProbe } from '../model/text/probe';
import type { Dataset } from '../model/text/types';
import { encode } from '../model/text/vocabulary';
import type { Engines, Lease } from './engines';
import type { RunDescription } from './protocol';
import type { LoadedText, Texts } from './texts';

export interface Body {
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

export interface BodyPlan {
  readonly textId: string;
  readonly settings: Settings;
  /** What to go on from; null begins at the first values. */
  readonly snapshot: RunSnapshot | null;
  readonly onLost: (failure: Failure) => void;
  /** See Run. */
  readonly breathe: () => Promise<void>;
  /** What 'auto' means for a configuration; null where no engine is known to be faster than what starts at once. */
  readonly fastest: (subject: Subject) => Promise<EngineName | null>;
}

/** Makes the network on an engine that is there; the engine is given back where that fails. */
const buildRun = async (lease: Lease, build: () => Run | Promise<Run>): Promise<Run> => {
  try {
    return await build();
  } catch (caught) {
    lease.release();
    throw caught;
  }
};

/** What a run computes with and on; the engine's further threads among it. */
export const surroundingsOf = (
  { kernels, memoryLimit, openThreads }: Lease,
  dataset: Dataset,
  breathe: BodyPlan['breathe'],
) => ({
  kernels,
  memoryLimit,
  dataset,
  breathe,
  ...(openThreads && { openThreads: (spec: ShardSpec) => openThreads(spec, spec.settings.threads) }),
});

const meant = async (
  engine: EngineChoice,
  subject: Subject,
  { fastest }: Pick<BodyPlan, 'fastest'>,
): Promise<EngineChoice> => (engine === 'auto' ? ((await fastest(subject)) ?? 'auto') : engine);

/** @throws FailureError of the text, the engine or the configuration; nothing stays allocated then. */
export const openBody = async (texts: Texts, engines: Engines, plan: BodyPlan): Promise<Body> => {
  const { settings, snapshot, breathe } = plan;
  const loaded = await texts.get(plan.textId);
  const dataset = texts.dataset(loaded, settings);
  const lease = await engines.acquire(await meant(settings.engine, { settings, dataset }, plan), plan.onLost);
  const surroundings = surroundingsOf(lease, dataset, breathe);
  const run = await buildRun(lease, () =>
    snapshot === null ? Run.create({ settings, ...surroundings }) : Run.restore({ snapshot, ...surroundings }),
  );
  return { loaded, dataset, lease, run };
};

export const closeBody = ({ run, lease }: Pick<Body, 'run' | 'lease'>): void => {
  try {
    run.dispose();
  } catch {
    // A device that is gone has nothing left to free.
  } finally {
    lease.release();
  }
};

/** Where a move led to: a new body, or the same one and perhaps why. */
export interface Move {
  readonly body: Body;
  readonly failure: Failure | null;
}

/**
 * Takes the run to the engine that is wished for. It stays where it is, whole, where that engine is not to be had or
 * cannot take it.
 */
export const moveBody = async (
  engines: Engines,
  body: Body,
  plan: Pick<BodyPlan, 'settings' | 'onLost' | 'breathe' | 'fastest'>,
): Promise<Move> => {
  const { settings, onLost, breathe } = plan;
  const lease = await engines.acquire(await meant(settings.engine, { settings, dataset: body.dataset }, plan), onLost);
  const { failure, kernels } = lease;
  if (failure !== null || kernels === body.lease.kernels) {
    lease.release();
    return { body, failure };
  }
  const { dataset } = body;
  const run = await buildRun(lease, async () =>
    Run.restore({ snapshot: await body.run.snapshot(), ...surroundingsOf(lease, dataset, breathe) }),
  );
  closeBody(body);
  return { body: { ...body, lease, run }, failure: null };
};

export const probeOf = ({ loaded, dataset }: Body, wished: string): Probe => {
  const own = encode(dataset.vocabulary, wished).ids;
  if (own.length > 0) return { text: wished, ids: own };
  const text = chooseProbe(loaded.text, dataset.trainLength, loaded.entry);
  return { text, ids: encode(dataset.vocabulary, text).ids };
};

/** What the page is told of a run. `settings` are those wished for, `engine` what became of that wish. */
export const describe = (
  { loaded, dataset, lease, run }: Body,
  o: Pick<RunDescription, 'runId' | 'settings' | 'engineWished' | 'engineFailure' | 'probe'>,
): RunDescription => ({
  ...o,
  textId: loaded.textId,
  adjustments: run.adjustments,
  engine: lease.info,
  facts: loaded.facts,
  trainLength: run.trainLength,
  heldOutLength: run.heldOutLength,
  symbols: dataset.vocabulary.codePoints,
  cutDistinct: dataset.vocabulary.cutDistinct,
  cutCount: dataset.vocabulary.cutCount,
  cost: run.cost,
  changes: run.changes,
});
