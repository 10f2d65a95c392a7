/** Notices where something that the reader asked for waits for a step that takes long. */
import type { Clock } from './clock';

/** Milliseconds after which it is said. */
const LONG_WAIT = 5000;

export class Waiting {
  #stop: (() => void) | null = null;
  #isTold = false;
  /** Wishes that are being granted; what they await is a device. */
  readonly #granting = new Set<Promise<void>>();

  constructor(
    private readonly clock: Pick<Clock, 'later'>,
    /** Whether a wish is left that is granted only after what is being computed. */
    private readonly isLeft: () => boolean,
    private readonly tell: (waiting: boolean) => void,
  ) {}

  get isAwaited(): boolean {
    return this.#granting.size > 0 || this.isLeft();
  }

  /** Something was wished, or done: what is waited for now is counted from when it first was. */
  heed(): void {
    if (this.isAwaited) {
      this.#stop ??= this.clock.later(LONG_WAIT, () => {
        this.#stop = null;
        // It may have been granted amid other work.
        if (this.isAwaited) this.#say(true);
      });
      return;
    }
    this.#stop?.();
    this.#stop = null;
    this.#say(false);
  }

  /** Grants a wish by `work`. */
  async grant(work: Promise<void>): Promise<void> {
    this.#granting.add(work);
    this.heed();
    try {
      await work;
    } finally {
      this.#granting.delete(work);
      this.heed();
    }
  }

  /** What was being granted is given up. */
  forget(): void {
    this.#granting.clear();
    this.heed();
  }

  #say(waiting: boolean): void {
    if (waiting === this.#isTold) return;
    this.#isTold = waiting;
    this.tell(waiting);
  }
}
