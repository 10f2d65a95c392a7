/** How often: rates measured and shares of time kept, by a clock that the caller reads. */

/** Characters a second over the last moments. */
export class Meter {
  private readonly marks: { readonly at: number; readonly characters: number }[] = [];

  constructor(
    private readonly window = 3000,
    private readonly grain = 50,
  ) {}

  reset(at: number, characters: number): void {
    this.marks.length = 0;
    this.marks.push({ at, characters });
  }

  add(at: number, characters: number): void {
    const last = this.marks.at(-1);
    // Many marks within a moment tell no more than the last of them; the first one stays as the beginning.
    if (last !== undefined && this.marks.length > 1 && at - last.at < this.grain) return;
    this.marks.push({ at, characters });
    // Two marks at least: steps may be further apart than the window is long.
    while (this.marks.length > 2 && at - this.marks[1].at > this.window) this.marks.shift();
  }

  /** 0 as long as nothing has been measured. */
  rate(): number {
    const first = this.marks.at(0);
    const last = this.marks.at(-1);
    if (first === undefined || last === undefined || last.at <= first.at) return 0;
    return ((last.characters - first.characters) * 1000) / (last.at - first.at);
  }
}

/** Milliseconds that something may take at once, whatever it took before. */
const UNHEARD_OF = 200;

/** Something done now and then that may take no more than a share of the time. */
export class Rhythm {
  private due = 0;
  /** Milliseconds that it took the last time. */
  private cost = 0;

  constructor(
    private readonly o: {
      /** 0 to 1. */
      readonly share: number;
      /** Milliseconds from one beginning to the next at the least. */
      readonly atLeast: number;
      /**
       * However much it costs, it waits no longer than this after its end, and so may pass its share; but never a third
       * of the time.
       */
      readonly atMost: number;
    },
  ) {}

  isDue(now: number): boolean {
    return now >= this.due;
  }

  /** Milliseconds until it is due. */
  until(now: number): number {
    return Math.max(0, this.due - now);
  }

  /** It has been done from `began` to `ended`. Returns the milliseconds that this has cost. */
  done(began: number, ended: number): number {
    // What takes far longer than ever before has been slept through: a machine, or a page that was frozen.
    const cost = (this.cost = Math.min(ended - began, Math.max(UNHEARD_OF, 4 * this.cost)));
    const rest = Math.max(2 * cost, Math.min(this.o.atMost, cost / this.o.share - cost));
    this.due = Math.max(ended - cost + this.o.atLeast, ended + rest);
    return cost;
  }

  /** The next one is due that much later, whatever was. */
  postpone(now: number, milliseconds: number): void {
    this.due = now + milliseconds;
  }
}

/** Training steps at no more than a speed, and what they amount to. */
export class Pace {
  private readonly meter = new Meter();
  private next = 0;

  begin(now: number, characters: number): void {
    this.next = now;
    this.meter.reset(now, characters);
  }

  /** Another speed counts from now on. */
  hasten(now: number): void {
    this.next = Math.min(this.next, now);
  }

  /** Milliseconds until the next step is due. */
  until(now: number): number {
    return Math.max(0, this.next - now);
  }

  /** A step begins, at `speed` steps a second. What was missed is not made up for. */
  step(now: number, speed: number): void {
    this.next = Math.max(now, this.next + 1000 / speed);
  }

  /** So many characters had been trained on at that time. */
  note(now: number, characters: number): void {
    this.meter.add(now, characters);
  }

  /** Characters a second. */
  rate(): number {
    return this.meter.rate();
  }
}
