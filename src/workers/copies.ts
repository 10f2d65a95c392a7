/** Copies of a run on the host, from which it can go on should its device be lost or its numbers run away. */
import type { Run, RunSnapshot } from '../model/run';
import type { Clock } from './clock';
import { Rhythm } from './pacing';

/** While it trains, one each ten seconds, for no more than a fiftieth of the time. */
const COPIES = { share: 0.02, atLeast: 10_000, atMost: Infinity };

/**
 * Two at most: the newest, and a healthy one. A copy is healthy when a step made after it had a loss that a network
 * has which has not run away; its own loss would not tell, being that of the parameters before its last step.
 */
export class HostCopies {
  private readonly rhythm = new Rhythm(COPIES);
  /** Whether the newest copy waits for a step to tell whether it is healthy. */
  private isCandidate = false;

  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    public newest: RunSnapshot | null,
    /** What a run whose numbers ran away goes back to. */
    public healthy: RunSnapshot | null,
  ) {
    this.isCandidate = newest !== null && newest !== healthy;
  }

  /** A run at rest is copied at once. */
  isDue(training: boolean, step: number): boolean {
    return this.newest?.metrics.step !== step && (!training || this.rhythm.isDue(this.clock.now()));
  }

  async take(run: Run): Promise<void> {
    const began = this.clock.now();
    this.newest = await run.snapshot();
    const isUntrained = this.newest.metrics.step === 0;
    if (isUntrained) this.healthy = this.newest;
    this.isCandidate = !isUntrained;
    this.rhythm.done(began, this.clock.now());
  }

  /** Takes note of the run's last loss. */
  observe({ metrics, dataset }: Pick<Run, 'metrics' | 'dataset'>): void {
    const { newest } = this;
    if (!this.isCandidate || newest === null || metrics.step <= newest.metrics.step) return;
    this.isCandidate = false;
    // Of the first values: the first point is never thinned out.
    const first = newest.history.heldOut.values.at(0) ?? 0;
    const guess = Math.log(dataset.vocabulary.codePoints.length);
    if (metrics.loss <= Math.max(first, 2 * guess)) this.healthy = newest;
  }

  /** Takes the run back to the healthy copy, where there is one: the only one that is kept then. */
  rollBack(run: Run): void {
    if (this.healthy === null) return;
    run.rollBack(this.healthy);
    this.newest = this.healthy;
    this.isCandidate = false;
  }
}
