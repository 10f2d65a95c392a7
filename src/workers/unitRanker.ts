/** Which units follow what: found out again now and then while a run trains, for a small share of the time. */
import type { Run, UnitReading } from '../model/run';
import { labelsWhere, type LabelledText } from '../model/text/labels';
import type { Probe } from './body';
import type { Clock } from './clock';
import { Rhythm } from './pacing';
import type { WorkerEvent } from './protocol';

const RHYTHM = { share: 0.03, atLeast: 1500, atMost: 10_000 };

/** What is ranked. */
export interface RankingSubject {
  readonly runId: string;
  readonly run: Run;
  readonly layer: number;
  /** What is read for the page, and the text that the labels are of, by symbols. */
  readonly probe: Probe;
  readonly heldOut: ArrayLike<number>;
  /** Whether nothing more urgent has been wished. */
  readonly isWanted: () => boolean;
}

/** What units may follow, and what finds out whether they do. */
export interface Followed {
  /** Of the text's held-out part. */
  readonly labels: LabelledText;
  readonly by: UnitReading;
}

export class UnitRanker {
  private readonly rhythm = new Rhythm(RHYTHM);
  private isAsked = false;
  private rankedStep = -1;
  /** Null until it is known. */
  followed: Followed | null = null;

  constructor(private readonly host: { readonly clock: Clock; readonly post: (event: WorkerEvent) => void }) {}

  /** Once more, whatever the rhythm. */
  ask(): void {
    this.isAsked = true;
  }

  /** First values follow nothing. */
  isDue(training: boolean, step: number): boolean {
    if (this.followed === null || step === 0) return false;
    return this.isAsked || (training && step !== this.rankedStep && this.rhythm.isDue(this.host.clock.now()));
  }

  async rank({ runId, run, layer, probe, heldOut, isWanted }: RankingSubject): Promise<void> {
    const { clock, post } = this.host;
    if (this.followed === null) return;
    const { labels, by } = this.followed;
    await run.settle();
    const began = clock.now();
    const { step } = run.metrics;
    this.isAsked = false;
    const rankings = await run.rankUnits(layer, labels, by, isWanted);
    this.rhythm.done(began, clock.now());
    if (rankings === null) {
      // What came between is done first.
      this.isAsked = !isWanted();
      return;
    }
    this.rankedStep = step;
    const values = labelsWhere(labels, heldOut, probe.ids);
    const probeLabels = values && { probe: probe.text, values };
    post({ type: 'rankings', runId, step, layer, rankings, probeLabels });
  }
}
