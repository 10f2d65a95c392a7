/** The names beside the lines of baselines: which share one, and where each stands. */
import type { Baseline } from '../../model/telemetry';
import type { StageMessages } from '../messages/stage';

/** What is written beside the lines of baselines. */
export interface BaselineLabel {
  /** Several n-grams, from the shortest on, where they are as good as each other. */
  readonly names: readonly Baseline['name'][];
  readonly nats: number;
  /** Of the line. */
  readonly y: number;
  /** Middle of the label, apart from the other labels. */
  readonly labelY: number;
}

/** From one name to the next at the least, in sizes of type. */
export const LABEL_HEIGHT = 1.27;

/**
 * Where labels stand that want to be at `wanted`: none nearer than `distance` to the next as far as there is room, all
 * within the bounds, in the order of what they want, those of the same wish in the order given. Labels that push each
 * other stand around the middle of what they want.
 */
export const declutter = (
  wanted: readonly number[],
  distance: number,
  [low, high]: readonly [number, number],
): number[] => {
  const order = wanted.map((_, k) => k).sort((a, b) => wanted[a] - wanted[b]);
  const gap = Math.min(distance, (high - low) / Math.max(1, order.length - 1));
  // Without the room that those before it take, no label may stand above the one before: neighbours that would are pooled.
  const pools: { count: number; mean: number }[] = [];
  order.forEach((label, rank) => {
    let pool = { count: 1, mean: wanted[label] - rank * gap };
    for (let last = pools.at(-1); last !== undefined && last.mean > pool.mean; last = pools.at(-1)) {
      const count = last.count + pool.count;
      pool = { count, mean: (last.count * last.mean + pool.count * pool.mean) / count };
      pools.pop();
    }
    pools.push(pool);
  });
  const placed = [...wanted];
  const lowest = high - (order.length - 1) * gap;
  let rank = 0;
  for (const { count, mean } of pools) {
    for (let k = 0; k < count; k++, rank++) {
      placed[order[rank]] = Math.max(low, Math.min(lowest, mean)) + rank * gap;
    }
  }
  return placed;
};

/** Decimals of a loss as a label writes it. */
export const LABEL_DECIMALS = 2;

/** What baselines that share a label are called together. */
export const baselineName = (
  names: readonly Baseline['name'][],
  { baselines, curve }: Pick<StageMessages, 'baselines' | 'curve'>,
): string => {
  const [first, last] = [baselines[names[0]], baselines[names[names.length - 1]]];
  return first === last ? first : curve.grams(first, last);
};

const written = (nats: number): string => nats.toFixed(LABEL_DECIMALS);
const isGram = ({ name }: Baseline): boolean => name.endsWith('-gram');

/** Baselines that share a label, largest loss first; those that are written alike in the order given. */
export const labelGroups = (baselines: readonly Baseline[]): Baseline[][] => {
  const groups: Baseline[][] = [];
  for (const baseline of [...baselines].sort((a, b) => Number(written(b.nats)) - Number(written(a.nats)))) {
    const last = groups.at(-1);
    const isShared = last?.every((other) => isGram(other) && written(other.nats) === written(baseline.nats));
    if (isShared && isGram(baseline)) last?.push(baseline);
    else groups.push([baseline]);
  }
  return groups;
};

/** The labels, in that size of type, beside lines whose heights `y` gives, within the bounds. */
export const placeLabels = (
  baselines: readonly Baseline[],
  y: (nats: number) => number,
  bounds: readonly [number, number],
  type: number,
): BaselineLabel[] => {
  const groups = labelGroups(baselines).map((group) => ({
    names: group.map(({ name }) => name),
    nats: group[0].nats,
    y: group.reduce((sum, { nats }) => sum + y(nats), 0) / group.length,
  }));
  const heights = declutter(
    groups.map((group) => group.y),
    LABEL_HEIGHT * type,
    bounds,
  );
  return groups.map((group, k) => ({ ...group, labelY: heights[k] }));
};
