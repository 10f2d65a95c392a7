/** Writes a run's chronicle beside its training. */
import { Chronicle } from '../model/chronicle';
import type { Run } from '../model/run';
import type { Clock } from './clock';
import { Rhythm } from './pacing';

/** It takes no more than a fiftieth of the time. */
const WRITING = { share: 0.02, atLeast: 0, atMost: Infinity };

export class Chronicler {
  readonly #rhythm = new Rhythm(WRITING);

  constructor(
    private readonly clock: Pick<Clock, 'now'>,
    readonly chronicle = new Chronicle(),
  ) {}

  isDue(training: boolean, step: number): boolean {
    return this.chronicle.isDue(step) && (!training || this.#rhythm.isDue(this.clock.now()));
  }

  /** @param held see `Chronicle` */
  async write(run: Pick<Run, 'snapshot'>, held: number | null = null): Promise<void> {
    const began = this.clock.now();
    this.chronicle.write(await run.snapshot(), held);
    this.#rhythm.done(began, this.clock.now());
  }
}
