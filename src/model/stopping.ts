/** Where a run stops by itself: at a step, at a held-out loss, or once that has not fallen for long. */
import { isEvaluated, type Run } from './run';
import type { Settings } from './settings';
import type { StopReason } from './telemetry';

export type Stops = Pick<Settings, 'stopStep' | 'stopLoss' | 'stopPatience' | 'evaluateEvery'>;

interface Measured {
  readonly step: number;
  readonly loss: number;
}

export class Stopping {
  /** A loss stops a run once: what is measured after that is mostly as low. */
  #isReached = false;
  /** The first of the lowest held-out losses; null until it is looked for. */
  #lowest: Measured | null = null;
  /** The step after which patience was last at its end: it begins anew. */
  #since = 0;

  /** Where it stops is wished anew. */
  wish(): void {
    this.#isReached = false;
  }

  /** Why no step may follow the one that was queued last; null where one may. */
  async after(
    run: Pick<Run, 'queuedStep' | 'settle' | 'metrics' | 'history'>,
    stops: Stops,
  ): Promise<StopReason | null> {
    const { stopStep, stopLoss, stopPatience } = stops;
    const step = run.queuedStep;
    if (step === stopStep) return 'step';
    const isAwaited = stopPatience > 0 || (stopLoss > 0 && !this.#isReached);
    if (!isAwaited || !isEvaluated(step, stops)) return null;
    // Its loss is to be known before another step is queued.
    await run.settle();
    const { heldOutLoss } = run.metrics;
    if (!this.#isReached && stopLoss > 0) {
      this.#isReached = heldOutLoss <= stopLoss;
      if (this.#isReached) return 'loss';
    }
    const { step: last } = (this.#lowest = this.#lowestOf(run));
    if (stopPatience === 0 || step - Math.max(last, this.#since) < stopPatience) return null;
    this.#since = step;
    return 'patience';
  }

  /** Once all of the run's past is looked through, only what is measured next; another past where it has gone back. */
  #lowestOf({ queuedStep, metrics, history }: Pick<Run, 'queuedStep' | 'metrics' | 'history'>): Measured {
    if (this.#since > queuedStep) this.#since = 0;
    if (this.#lowest !== null && this.#lowest.step <= queuedStep) {
      const { heldOutLoss } = metrics;
      return heldOutLoss < this.#lowest.loss ? { step: queuedStep, loss: heldOutLoss } : this.#lowest;
    }
    const { steps, values } = history.heldOutLoss;
    return values.reduce<Measured>(
      (lowest, loss, k) => (loss < lowest.loss ? { step: steps[k], loss } : lowest),
      // Where nothing is held out nothing ever falls, and nothing is waited for.
      { step: values.length === 0 ? Infinity : 0, loss: Infinity },
    );
  }
}
