/** Notices where something that the reader asked for waits for a step that takes long. */
import type { Clock } from './clock';

/** Milliseconds after which it is said. */
export const LONG_WAIT = 5000;

export class Waiting {
  #stop: (() => void) | null = null;
  #isTold = false;

  constructor(
    private readonly clock: Pick<Clock, 'later'>,
    private readonly tell: (waiting: boolean) => void,
  ) {}

  /** Whether something is waited for now: counted from when it first was. */
  heed(isAwaited: boolean): void {
    if (isAwaited)
      this.#stop ??= this.clock.later(LONG_WAIT, () => {
        this.#say(true);
      });
    else {
      this.#stop?.();
      this.#stop = null;
      this.#say(false);
    }
  }

  #say(waiting: boolean): void {
    if (waiting === this.#isTold) return;
    this.#isTold = waiting;
    this.tell(waiting);
  }
}
