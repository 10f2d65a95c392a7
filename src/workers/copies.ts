/** Copies of a run on the host, from which it can go on should its device be lost. */
import type { Run, RunSnapshot } from '../model/run';
import type { Clock } from './clock';
import { Rhythm } from './pacing';

/** While it trains, one each half minute, for no more than a fiftieth of the time. */
const COPIES = { share: 0.02, atLeast: 30_000, atMost: Infinity };

export class HostCopies {
  private readonly rhythm = new Rhythm(COPIES);

  constructor(
    private readonly clock: Clock,
    public newest: RunSnapshot | null,
  ) {}

  /** A run at rest is copied at once; what is on the host anyway needs no copy. */
  isDue(training: boolean, step: number): boolean {
    return this.newest?.metrics.step !== step && (!training || this.rhythm.isDue(this.clock.now()));
  }

  async take(run: Run): Promise<void> {
    const began = this.clock.now();
    this.newest = await run.snapshot();
    this.rhythm.done(began, this.clock.now());
  }
}
