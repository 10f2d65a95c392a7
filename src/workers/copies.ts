/** Copies of a run on the host, from which it can go on should its device be lost or its numbers run away. */
import type { Run, RunSnapshot } from '../model/run';
import type { Clock } from './clock';
import { isInOrder, isRuined, settingsOfThen, type Watched } from './health';
import { Rhythm } from './pacing';
import type { Ruin } from './protocol';

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
  /** Copies begun; one that is given up comes too late. */
  private begun = 0;

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
    const mine = ++this.begun;
    const copy = await run.snapshot();
    if (mine !== this.begun) return;
    this.newest = copy;
    const isUntrained = this.newest.metrics.step === 0;
    if (isUntrained) this.healthy = this.newest;
    this.isCandidate = !isUntrained;
    this.rhythm.done(began, this.clock.now());
  }

  /** Whether the next step alone can tell if the newest copy is in good order: the one after it may not be any more. */
  get isInQuestion(): boolean {
    return this.isCandidate;
  }

  /** Gives up a copy that is being taken: its device may answer when the run has long gone on elsewhere. */
  giveUp(): void {
    this.begun += 1;
  }

  /** Takes note of the run's last loss. */
  observe(run: Watched): void {
    const { newest, healthy } = this;
    if (!this.isCandidate || newest === null || run.metrics.step <= newest.metrics.step) return;
    this.isCandidate = false;
    if (isInOrder(run, newest, healthy ?? newest)) this.healthy = newest;
  }

  /** What the run can go back to where it has lost what it had learnt; null where it has not. */
  ruinOf(run: Watched): Ruin | null {
    const { healthy } = this;
    if (healthy === null || !isRuined(run, healthy)) return null;
    const { step, smoothedLoss, heldOutLoss } = healthy.metrics;
    const loss = Number.isFinite(smoothedLoss) ? smoothedLoss : heldOutLoss;
    return { step, loss, restores: settingsOfThen(run, healthy) };
  }

  /** Takes the run back to the healthy copy, where there is one: the only one that is kept then. */
  rollBack(run: Run): void {
    if (this.healthy === null) return;
    run.rollBack(this.healthy);
    this.newest = this.healthy;
    this.isCandidate = false;
  }
}
