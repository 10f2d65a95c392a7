/** Where a run pauses by itself: at a step, or at a held-out loss. */
import { isEvaluated, type Run } from '../model/run';
import type { Settings } from '../model/settings';
import type { StopReason } from './protocol';

type Stops = Pick<Settings, 'stopStep' | 'stopLoss' | 'evaluateEvery'>;

export class Stopping {
  /** A loss stops a run once: what is measured after that is mostly as low. */
  #isReached = false;

  /** Where it stops is wished anew. */
  wish(): void {
    this.#isReached = false;
  }

  /** Why no step may follow the one that was queued last; null where one may. */
  async after(run: Pick<Run, 'queuedStep' | 'settle' | 'metrics'>, stops: Stops): Promise<StopReason | null> {
    const { stopStep, stopLoss } = stops;
    if (run.queuedStep === stopStep) return 'step';
    if (stopLoss === 0 || this.#isReached || !isEvaluated(run.queuedStep, stops)) return null;
    // Its loss is to be known before another step is queued.
    await run.settle();
    this.#isReached = run.metrics.heldOutLoss <= stopLoss;
    return this.#isReached ? 'loss' : null;
  }
}
