/** How well a unit's values follow a feature of the text. */

export type Measure = (values: readonly number[], feature: readonly number[]) => number;

/** Places at which the feature says something: values of the unit and of the feature. */
const together = (values: readonly number[], feature: readonly number[]): (readonly [value: number, is: number])[] =>
  feature.flatMap((is, i) => (Number.isNaN(is) ? [] : [[values[i], is] as const]));

/** Strength of the correlation (Pearson's |r|), 0 to 1; 0 of a unit that never moves. */
export const correlation: Measure = (values, feature) => {
  const pairs = together(values, feature);
  const mean = (k: 0 | 1): number => pairs.reduce((sum, pair) => sum + pair[k], 0) / pairs.length;
  const [x, y] = [mean(0), mean(1)];
  const sum = (of: (value: number, is: number) => number): number =>
    pairs.reduce((total, [value, is]) => total + of(value - x, is - y), 0);
  const spread = Math.sqrt(sum((a) => a * a) * sum((_, b) => b * b));
  return spread === 0 ? 0 : Math.abs(sum((a, b) => a * b)) / spread;
};

/**
 * How often the value at a place where the feature is 1 is above one where it is 0, or below it where that is more often:
 * 0.5 by chance, 1 where the unit always tells (area under the curve of a receiver, from ranks).
 */
export const separation: Measure = (values, feature) => {
  const pairs = together(values, feature).sort(([a], [b]) => a - b);
  const ones = pairs.filter(([, is]) => is === 1).length;
  let ranks = 0;
  for (let from = 0; from < pairs.length;) {
    let to = from;
    while (to < pairs.length && pairs[to][0] === pairs[from][0]) to++;
    // Equal values share their ranks.
    for (let i = from; i < to; i++) if (pairs[i][1] === 1) ranks += (from + to + 1) / 2;
    from = to;
  }
  const share = (ranks - (ones * (ones + 1)) / 2) / (ones * (pairs.length - ones));
  return Math.max(share, 1 - share);
};
