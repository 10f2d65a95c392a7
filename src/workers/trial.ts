/** How long an engine takes for a training step of a configuration: a run of its own that is thrown away. */
import type { Failure } from '../model/failures';
import { median } from '../model/engineTimings';
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

/** Milliseconds between two looks whether anybody still wants to know; and after which a step takes too long to be timed. */
const LOOK = 250;
const LONGEST_STEP = 60_000;

/** Nobody wants to know any longer. */
export class TrialAbandoned extends Error {}

/** It says nothing about whether the engine could train it: the engine did not open, or a step took too long to be timed. */
export class TrialFailed extends Error {
  constructor(readonly failure: Failure) {
    super(failure.code);
  }
}

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

/** Waits for what a device does, as long as anybody wants to know. @throws TrialAbandoned, TrialFailed */
const unlessUnwanted = <T>(asked: Promise<T>, engine: EngineChoice, { clock, isWanted }: TrialHost): Promise<T> =>
  new Promise((resolve, reject) => {
    const began = clock.now();
    let cancel: () => void = () => undefined;
    const look = () => {
      cancel = clock.later(LOOK, look);
      if (!isWanted()) reject(new TrialAbandoned());
      else if (clock.now() - began > LONGEST_STEP) {
        const cause = `a step takes longer than ${LONGEST_STEP / 1000} s`;
        reject(new TrialFailed({ code: 'engine-unavailable', engine, cause }));
      }
    };
    look();
    asked.then(resolve, reject).finally(() => {
      cancel();
    });
  });

const timeSteps = async (run: Run, engine: EngineChoice, host: TrialHost): Promise<number> => {
  const { clock, isWanted } = host;
  const steps = async (count: number): Promise<number> => {
    const began = clock.now();
    for (let k = 0; k < count; k++) {
      if (!isWanted()) throw new TrialAbandoned();
      await unlessUnwanted(run.step(), engine, host);
      await clock.breathe();
    }
    await unlessUnwanted(run.settle(), engine, host);
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

/** A lease that fell back to another engine says nothing about the one that was asked for. @throws TrialFailed */
const leaseOf = async ({ engines, onLost }: TrialHost, engine: EngineChoice, signal: AbortSignal): Promise<Lease> => {
  const lease = await engines.acquire(engine, onLost, signal);
  if (lease.info.name === engine) return lease;
  lease.release();
  throw new TrialFailed(lease.failure ?? { code: 'engine-unavailable', engine, cause: 'it was not opened' });
};

/**
 * Milliseconds of a training step on `engine`.
 * @throws {TrialAbandoned} where nobody wants to know any longer
 * @throws {TrialFailed} where it could not be found out
 * otherwise what the engine says against training it
 */
export const tryEngine = async (host: TrialHost, engine: EngineChoice, subject: Subject): Promise<number> => {
  const abort = new AbortController();
  let lease: Lease | null = null;
  try {
    lease = await unlessUnwanted(leaseOf(host, engine, abort.signal), engine, host);
    const settings = { ...subject.settings, evaluateEvery: SETTINGS.evaluateEvery.max };
    const dataset = trainingPart(subject.dataset);
    // A thread that is lost says how fast it is without.
    const quietly = { breathe: () => host.clock.breathe(), onProblem: () => undefined };
    const run = Run.create({ settings, ...surroundingsOf(lease, dataset, quietly) });
    try {
      return await timeSteps(run, engine, host);
    } finally {
      closeBody({ run, lease });
    }
  } finally {
    abort.abort(new TrialAbandoned());
    // Of a run that could not even be made.
    lease?.release();
  }
};
