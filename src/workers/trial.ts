/** How long an engine takes for a training step of a configuration: a run of its own that is thrown away. */
import type { Failure } from '../model/failures';
import { median } from '../model/measurements';
import { Run } from '../model/run';
import { SETTINGS, type EngineChoice } from '../model/settings';
import type { Dataset } from '../model/text/types';
import { closeBody, surroundingsOf, type Subject } from './body';
import type { Clock } from './clock';
import type { Engines, Lease } from './engines';

/** Steps before any is timed: programs are compiled in the first, and a GPU's scans are measured in the next. */
const WARM_UP = 4;
const ROUNDS = 5;
/** Milliseconds that a round lasts at least, so that a clock made coarse by the browser does not matter. */
const ROUND = 60;
/** Milliseconds after which no further round begins. */
const BUDGET = 1500;

/** Nobody wants to know any longer. */
export class TrialAbandoned extends Error {}

/** Training alone: nothing is held out, so nothing is evaluated. */
const trainingPart = (dataset: Dataset): Dataset => ({
  ...dataset,
  ids: dataset.ids.subarray(0, dataset.trainLength),
});

interface TrialHost {
  readonly clock: Clock;
  readonly engines: Engines;
  /** Asked between two steps. */
  readonly isWanted: () => boolean;
  /** Hears where the device goes meanwhile. */
  readonly onLost: (failure: Failure) => void;
}

const timeSteps = async (run: Run, { clock, isWanted }: TrialHost): Promise<number> => {
  const steps = async (count: number): Promise<number> => {
    const began = clock.now();
    for (let k = 0; k < count; k++) {
      if (!isWanted()) throw new TrialAbandoned();
      await run.step();
      await clock.breathe();
    }
    await run.settle();
    return (clock.now() - began) / count;
  };
  const began = clock.now();
  let last = await steps(1);
  for (let k = 1; k < WARM_UP && clock.now() - began < BUDGET; k++) last = await steps(1);
  const perRound = Math.max(1, Math.ceil(ROUND / Math.max(last, 0.1)));
  const rounds: number[] = [];
  const from = clock.now();
  do rounds.push(await steps(perRound));
  while (rounds.length < ROUNDS && clock.now() - from < BUDGET);
  return median(rounds);
};

/** Where a trial led to: a lease that fell back to another engine says nothing about the one that was asked for. */
const leaseOf = async ({ engines, onLost }: TrialHost, engine: EngineChoice): Promise<Lease> => {
  const lease = await engines.acquire(engine, onLost);
  if (lease.info.name === engine) return lease;
  lease.release();
  throw new Error(`${engine} is not to be had`);
};

/**
 * Milliseconds of a training step on `engine`.
 * @throws {TrialAbandoned} where nobody wants to know any longer; otherwise what the engine says against it
 */
export const tryEngine = async (host: TrialHost, engine: EngineChoice, subject: Subject): Promise<number> => {
  const lease = await leaseOf(host, engine);
  try {
    const settings = { ...subject.settings, evaluateEvery: SETTINGS.evaluateEvery.max };
    const dataset = trainingPart(subject.dataset);
    const run = Run.create({ settings, ...surroundingsOf(lease, dataset, () => host.clock.breathe()) });
    try {
      return await timeSteps(run, host);
    } finally {
      closeBody({ run, lease });
    }
  } catch (caught) {
    // Of a run that could not even be made.
    lease.release();
    throw caught;
  }
};
