/** When each contestant has its turn, and what its turns say. */

/** Milliseconds that a turn lasts about, where a step is shorter. */
const TURN = 400;
const MOST_STEPS = 200;
/** A step longer than this, in milliseconds, is measured in fewer rounds. */
const SLOW = 3_000;
const VERY_SLOW = 12_000;

export interface Pace {
  /** Steps in a turn. */
  readonly steps: number;
  readonly rounds: number;
}

export const paceOf = (stepMs: number, wanted: number): Pace => ({
  steps: Math.min(MOST_STEPS, Math.max(1, Math.round(TURN / stepMs))),
  rounds: stepMs > VERY_SLOW ? 1 : stepMs > SLOW ? Math.min(3, wanted) : wanted,
});

/** Whose turn it is, one after the other: A B C, then C B A, and so on; who has had all its rounds is left out. */
export const turnsOf = (rounds: ReadonlyMap<string, number>): string[] => {
  const ids = [...rounds.keys()];
  const most = Math.max(0, ...rounds.values());
  return Array.from({ length: most }, (_, round) => {
    const there = ids.filter((id) => (rounds.get(id) ?? 0) > round);
    return round % 2 === 0 ? there : there.reverse();
  }).flat();
};

export interface Quartiles {
  readonly median: number;
  readonly q1: number;
  readonly q3: number;
}

/** Of at least one number; between two of them by straight lines. */
export const quartilesOf = (values: readonly number[]): Quartiles => {
  if (values.length === 0) throw new RangeError('No turn was measured');
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number => {
    const place = share * (sorted.length - 1);
    const below = Math.floor(place);
    const [low, high] = [sorted[below], sorted[Math.min(below + 1, sorted.length - 1)]];
    return low + (high - low) * (place - below);
  };
  return { median: at(0.5), q1: at(0.25), q3: at(0.75) };
};
