/** What can be undone and redone at one place of the page: states of runs to come back to, and the deeds between them. */
import { liveOf, type LiveName } from '../model/settings';
import { snapshotBytes } from '../model/snapshot';
import type { Deed } from './protocol';
import type { Suspended } from './suspended';

/** A state to come back to, and the deed that the reader left it by. */
interface Moment {
  readonly state: Suspended;
  /** Live settings that the deed changed; none where another run took the place. */
  readonly changed: readonly LiveName[];
  /** Milliseconds. */
  readonly at: number;
}

export type Direction = 'undo' | 'redo';

/** A moment on its way back. */
export interface Taken {
  readonly direction: Direction;
  readonly moment: Moment;
}

const MOST_MOMENTS = 10;
/** Of snapshots and texts that nothing else holds; the nearest moment stays whatever its size. */
const MOST_BYTES = 2 ** 28;
/** Milliseconds within which changes of the same setting are one: arrow keys, or a value typed in two goes. */
const ONE_DEED = 2000;

const stepOf = ({ snapshot }: Suspended): number => snapshot?.metrics.step ?? 0;
const hasLearnt = ({ state }: Moment): boolean => stepOf(state) > 0;

const deedOf = ({ state, changed }: Moment): Deed => {
  const live = liveOf(state.settings);
  return {
    runId: state.runId,
    textId: state.textId,
    step: stepOf(state),
    restores: Object.fromEntries(changed.map((name) => [name, live[name]])),
  };
};

export class Timeline {
  /** Nearest last, both. */
  #past: readonly Moment[] = [];
  #future: readonly Moment[] = [];

  constructor(
    private readonly textBytes: (textId: string) => number,
    private readonly mostBytes = MOST_BYTES,
  ) {}

  /** Whether a change made now is one with the deed before it; then no state between the two is kept. */
  continues(runId: string, changed: readonly LiveName[], now: number): boolean {
    const last = this.#past.at(-1);
    if (last?.state.runId !== runId || now - last.at >= ONE_DEED) return false;
    if (last.changed.join() !== changed.join()) return false;
    this.#past = [...this.#past.slice(0, -1), { ...last, at: now }];
    return true;
  }

  /** The run that was as `before` says goes on with other live settings. */
  changed(before: Suspended, changed: readonly LiveName[], now: number): void {
    this.#push({ state: before, changed, at: now }, before.textId);
  }

  /** A run that reads `textId` has taken the place of the one that was as `left` says. */
  replaced(left: Suspended, textId: string, now: number): void {
    // Settings that it was given at its end and has made no step with were meant for the run that followed.
    const last = this.#past.findLastIndex(
      ({ state, changed }) => changed.length === 0 || state.runId !== left.runId || stepOf(state) !== stepOf(left),
    );
    const first = stepOf(left) > 0 ? this.#past.at(last + 1) : undefined;
    if (first !== undefined) this.#past = this.#past.slice(0, last + 1);
    this.#push({ state: first?.state ?? left, changed: [], at: now }, textId);
  }

  /** The moment to go to, if there is one: `arrived` or `putBack` says what becomes of it. */
  take(direction: Direction): Taken | null {
    const moments = direction === 'undo' ? this.#past : this.#future;
    const moment = moments.at(-1);
    if (moment === undefined) return null;
    if (direction === 'undo') this.#past = moments.slice(0, -1);
    else this.#future = moments.slice(0, -1);
    return { direction, moment };
  }

  putBack({ direction, moment }: Taken): void {
    if (direction === 'undo') this.#past = [...this.#past, moment];
    else this.#future = [...this.#future, moment];
  }

  /** The moment is there again; what was in its place can be gone back to in turn. */
  arrived({ direction, moment }: Taken, left: Suspended): void {
    if (left.snapshot !== null) {
      const { changed } = moment;
      this.putBack({
        direction: direction === 'undo' ? 'redo' : 'undo',
        moment: { state: left, changed, at: -Infinity },
      });
    }
    this.#trim(moment.state.textId);
  }

  states(): readonly Suspended[] {
    return [...this.#past, ...this.#future].map(({ state }) => state);
  }

  /** Nearest last, both. */
  deeds(): { readonly undo: readonly Deed[]; readonly redo: readonly Deed[] } {
    return { undo: this.#past.map(deedOf), redo: this.#future.map(deedOf) };
  }

  #push(moment: Moment, textId: string): void {
    // What was undone and has learnt is not lost by going another way: it comes before the newest deed.
    const undone = this.#future.filter(hasLearnt).map((other) => ({ ...other, changed: [] }));
    this.#future = [];
    this.#past = [...this.#past, ...undone];
    // A run that has made no step is nothing to come back to where another one has.
    const isWorthIt = moment.state.snapshot !== null && (hasLearnt(moment) || !this.#past.some(hasLearnt));
    if (isWorthIt) this.#past = [...this.#past, moment];
    this.#trim(textId);
  }

  /** The furthest go where there are too many; `textId` is that of the run on the page. */
  #trim(textId: string): void {
    while (this.#bytes(textId) > this.mostBytes && this.#forgetChronicle());
    while (this.states().length > 1 && (this.states().length > MOST_MOMENTS || this.#bytes(textId) > this.mostBytes)) {
      if (this.#future.length > 0 && this.#past.length <= 1) this.#future = this.#future.slice(1);
      else this.#past = this.#past.slice(1);
    }
  }

  /** The furthest state is left without its earlier networks; says whether any had some. */
  #forgetChronicle(): boolean {
    const moments = [...this.#past, ...this.#future];
    const furthest = moments.find(({ state }) => state.chronicle !== null);
    const without = (moment: Moment): Moment =>
      moment === furthest ? { ...moment, state: { ...moment.state, chronicle: null } } : moment;
    this.#past = this.#past.map(without);
    this.#future = this.#future.map(without);
    return furthest !== undefined;
  }

  #bytes(textId: string): number {
    const states = this.states();
    const snapshots = new Set(
      states.flatMap(({ snapshot, healthy, chronicle }) => [snapshot, healthy, ...(chronicle?.snapshots ?? [])]),
    );
    const texts = new Set(states.map((state) => state.textId).filter((id) => id !== textId));
    let bytes = 0;
    for (const snapshot of snapshots) if (snapshot !== null) bytes += snapshotBytes(snapshot);
    for (const text of texts) bytes += this.textBytes(text);
    return bytes;
  }
}
