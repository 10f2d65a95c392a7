/** Steps of a run, one after the other: logged, shown, and copied while all is well. */
import { performance } from 'node:perf_hooks';
import { toFailure } from '../src/model/failures';
import { isEvaluated, type Run } from '../src/model/run';
import { Stopping, type Stops } from '../src/model/stopping';
import type { HostCopies } from '../src/workers/copies';
import type { Checkpoints } from './checkpoints';
import type { Ending } from './ending';
import type { Log } from './log';
import { createProgress } from './progress';
import type { Pace } from './result';
import type { Scorer } from './tasks';

/** One step, all of it. @throws whatever ends it; the run is then back at a copy that was whole, and healthy */
const makeStep = async (run: Run, copies: HostCopies): Promise<void> => {
  try {
    await run.step();
    await run.settle();
  } catch (caught) {
    if (toFailure(caught).code === 'not-finite') copies.rollBack(run);
    else if (copies.newest !== null) run.rollBack(copies.newest);
    throw caught;
  }
};

interface Training {
  readonly run: Run;
  readonly copies: HostCopies;
  /** The last step. */
  readonly steps: number;
  /** Where it ends before that. */
  readonly stops: Pick<Stops, 'stopLoss' | 'stopPatience'>;
  readonly score: Scorer;
  readonly log: Log | null;
  readonly checkpoints: Checkpoints;
  /** The run as a file. */
  readonly fileOf: () => Promise<Uint8Array>;
  readonly ending: Ending;
  readonly pace: Pace;
}

/** Steps up to the last one, to where the run stops by itself, or to the end that is wished for. @throws whatever ends it before that */
export const makeSteps = async (training: Training): Promise<void> => {
  const { run, copies, steps, stops, score, log, checkpoints, fileOf, ending, pace } = training;
  const progress = createProgress(run.metrics.step, steps);
  const firstCharacters = run.metrics.characters;
  const stopping = new Stopping();
  const { evaluateEvery } = run.settings;
  let measuredAt = run.history.heldOutLoss.steps.at(-1) ?? null;
  try {
    await run.evaluate();
    await run.settle();
    if (copies.isDue(false, run.metrics.step)) await copies.take(run);
    while (run.metrics.step < steps && !ending.isWished) {
      const began = performance.now();
      await makeStep(run, copies);
      const took = performance.now() - began;
      const { metrics } = run;
      const measured = isEvaluated(metrics.step, run.settings);
      pace.milliseconds += took;
      pace.characters = metrics.characters - firstCharacters;
      if (measured) measuredAt = metrics.step;
      // Evaluations are no part of a step's time.
      else pace.steps.push(took);
      const decisions = measured ? await score(run) : null;
      log?.add(metrics, measured, decisions);
      copies.observe(run);
      if (measured || copies.isDue(true, metrics.step)) await copies.take(run);
      if (checkpoints.isDue(metrics.step)) await checkpoints.write(metrics.step, fileOf);
      progress.show(metrics, measuredAt, (pace.characters / pace.milliseconds) * 1000);
      // Signals are heard between two steps.
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
      if (ending.problem !== null) throw ending.problem;
      if ((await stopping.after(run, { ...stops, stopStep: 0, evaluateEvery })) !== null) break;
    }
  } finally {
    progress.end();
  }
};
