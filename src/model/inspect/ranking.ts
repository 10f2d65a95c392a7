/**
 * Which unit follows which label of the text. A unit is chosen on one half of a stretch of held-out text and scored on the
 * other half, so that a unit that followed by chance is found out.
 */
import type { BandName } from '../cells';
import type { Question, Ranking } from '../telemetry';
import { LABELS } from '../text/labels';
import type { LabelledText, LabelValues } from '../text/labels';
import { areaUnderCurve, ascending, correlation } from './follow';
import type { Ascending } from './follow';
import type { UnitSeries } from './unitSeries';

/** Share of the characters that a kind has at least to be asked about. */
const LEAST_SHARE = 0.02;
/** Pre-activations say what their state says. */
const UNSCORED: ReadonlySet<BandName> = new Set(['a']);

const questionsOf = (labels: LabelledText, from: number, to: number): readonly Question[] =>
  [...labels].flatMap(([label, values]): Question[] => {
    const counts = new Map<number, number>();
    for (let i = from; i < to; i++) counts.set(values[i], (counts.get(values[i]) ?? 0) + 1);
    if (counts.size < 2) return [];
    if (LABELS[label] !== 'kind') return [{ label, kind: null }];
    const kinds = [...counts].filter(([, count]) => count >= LEAST_SHARE * (to - from)).map(([kind]) => kind);
    return kinds.sort((a, b) => a - b).map((kind) => ({ label, kind }));
  });

const trueOf = ({ kind }: Question, values: LabelValues): ((index: number) => boolean) =>
  kind === null ? (index) => values[index] !== 0 : (index) => values[index] === kind;

/**
 * How far above chance, in either direction: the sign says whether the series is high where the label says yes.
 * @param sorted the series in order; sorting takes most of the time, and serves all flags and kinds
 */
const strengthOf = (
  question: Question,
  values: LabelValues,
  series: Float32Array,
  sorted: Ascending = ascending(series),
): number =>
  LABELS[question.label] === 'count'
    ? correlation(series, values)
    : 2 * areaUnderCurve(sorted, trueOf(question, values)) - 1;

/** The other way round of `strengthOf`: what readers know as area or correlation. */
const scoreOf = ({ label }: Question, strength: number): number =>
  LABELS[label] === 'count' ? strength : (strength + 1) / 2;

/**
 * For each label, or each kind of one, the best unit; labels that do not change in the first half are left out. Works in
 * steps, one for each unit, and yields the share done, 0 to 1.
 *
 * @param labels of the same characters as the series
 */
export function* rankUnitsInSteps(
  { bands, H, characters, values }: UnitSeries,
  labels: LabelledText,
): Generator<number, readonly Ranking[]> {
  const half = characters >> 1;
  const questions = questionsOf(labels, 0, half);
  const seriesOf = (band: number, unit: number, from: number, to: number): Float32Array => {
    const start = (band * H + unit) * characters;
    return values.subarray(start + from, start + to);
  };
  const labelOf = ({ label }: Question, from: number, to: number): LabelValues =>
    labels.get(label)?.subarray(from, to) ?? new Int16Array(0);

  /** By question and unit: the strongest band and its strength. */
  const found = questions.map(() => Array.from({ length: H }, () => ({ band: 0, strength: 0 })));
  for (let unit = 0; unit < H; unit++) {
    bands.forEach((name, band) => {
      if (UNSCORED.has(name)) return;
      const series = seriesOf(band, unit, 0, half);
      const sorted = ascending(series);
      questions.forEach((question, q) => {
        const strength = strengthOf(question, labelOf(question, 0, half), series, sorted);
        // A band that never moves follows nothing.
        if (Math.abs(strength) > Math.abs(found[q][unit].strength)) found[q][unit] = { band, strength };
      });
    });
    if (unit + 1 < H) yield (unit + 1) / H;
  }

  return questions.map((question, q): Ranking => {
    const order = Array.from({ length: H }, (_, unit) => unit).sort(
      (a, b) => Math.abs(found[q][b].strength) - Math.abs(found[q][a].strength) || a - b,
    );
    const [unit] = order;
    const { band, strength } = found[q][unit];
    const isHigh = strength >= 0;
    const held = strengthOf(question, labelOf(question, half, characters), seriesOf(band, unit, half, characters));
    const score = Number.isFinite(held) ? scoreOf(question, isHigh ? held : -held) : NaN;
    return { ...question, unit, band: bands[band], score, isHigh, order };
  });
}
