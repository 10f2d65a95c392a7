/** How much of a toy task a network gets right: found out again now and then while a run trains, and once it rests. */
import type { DecisionReading, Run } from '../model/run';
import type { Decisions } from '../model/text/heldOutDecisions';
import type { Clock } from './clock';
import { Rhythm } from './pacing';
import type { WorkerEvent } from './protocol';

const RHYTHM = { share: 0.03, atLeast: 1500, atMost: 10_000 };

/** What a task's text asks for, and what counts how much of it is right. */
export interface Asked {
  readonly decisions: Decisions;
  readonly by: DecisionReading;
}

export class DecisionReader {
  private readonly rhythm = new Rhythm(RHYTHM);
  private readStep = -1;
  /** Null until it is known, and where the text is no task's. */
  asked: Asked | null = null;

  constructor(private readonly host: { readonly clock: Clock; readonly post: (event: WorkerEvent) => void }) {}

  isDue(training: boolean, step: number): boolean {
    if (this.asked === null || step === 0 || step === this.readStep) return false;
    return !training || this.rhythm.isDue(this.host.clock.now());
  }

  /** @param isWanted whether nothing more urgent has been wished */
  async read(runId: string, run: Run, isWanted: () => boolean): Promise<void> {
    const { clock, post } = this.host;
    if (this.asked === null) return;
    const { decisions, by } = this.asked;
    await run.settle();
    const began = clock.now();
    const { step } = run.metrics;
    const right = await run.countRight(decisions, by, isWanted);
    this.rhythm.done(began, clock.now());
    if (right === null) return;
    this.readStep = step;
    post({ type: 'decisions', runId, decided: { step, right, of: decisions.places.length, chance: decisions.chance } });
  }
}
