/** How well models do that only count: what a network has to beat on this very text. */
import { measuredStretches } from '../batches';
import type { MeasuredStretch } from '../batches';
import type { Baseline } from '../telemetry';
import { grammarLossInSteps } from './grammars';
import { NgramTree, ORDERS } from './ngrams';
import { UNKNOWN } from './symbols';
import type { Baselines, Dataset, DecodedText } from './types';

/** Characters counted, beyond which a text is sampled: a second or two of one thread. */
const MOST_COUNTED = 5_000_000;

/** Symbols between two yields. */
const CHUNK = 1 << 14;
/** Stretches that a sample is made of. */
const STRETCHES = 32;

/** Symbols that weights are fitted on at most, and the weights tried. */
const MOST_FITTED = 30_000;
const WEIGHTS = [0.25, 0.5, 1, 2, 4, 8, 16, 32, 64, 128] as const;

const NAMES: readonly Baseline['name'][] = ['unigram', '2-gram', '3-gram', '4-gram', '5-gram'];

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** All of [from, to), or stretches of it, evenly spread, with `most` symbols in all. */
const stretchesOf = (from: number, to: number, most: number): Stretch[] => {
  const length = to - from;
  if (length <= most) return [{ start: from, end: to }];
  const each = Math.max(1, Math.floor(most / STRETCHES));
  return Array.from({ length: Math.min(STRETCHES, most) }, (_, k) => {
    const start = from + Math.floor((k * length) / STRETCHES);
    return { start, end: start + each };
  });
};

const sizeOf = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { start, end }) => sum + end - start, 0);

/**
 * Losses on the held-out part, in nats a character: of the uniform distribution over the symbols, and of n-grams counted
 * on the training part (unigram to 5-gram, interpolated; see ngrams.ts). They predict the very symbols that the held-out loss
 * of a network is measured on, and know of what stands before each what a network has read. Where there is nothing to
 * measure, only the uniform distribution has a loss.
 *
 * Works in steps and yields the share done, 0 to 1. Longer texts are sampled.
 *
 * @param o.measured what is predicted; without it what the held-out loss is measured on
 * @param o.maxCounted characters of the training part that are counted at most
 */
export function* baselinesOf(
  dataset: Dataset,
  o: { readonly measured?: readonly MeasuredStretch[]; readonly maxCounted?: number } = {},
): Generator<number, Baselines> {
  const { ids, trainLength } = dataset;
  const V = dataset.vocabulary.codePoints.length;
  const toCount = stretchesOf(0, trainLength, o.maxCounted ?? MOST_COUNTED);
  const toMeasure = o.measured ?? measuredStretches(trainLength, ids.length - trainLength);
  const counted = sizeOf(toCount);
  const measured = sizeOf(toMeasure);
  const uniform: Baseline = { name: 'uniform', nats: Math.log(V) };
  if (measured === 0) return { values: [uniform], counted, measured };
  const fitLength = Math.min(MOST_FITTED, Math.floor(sizeOf(toCount.slice(-1)) / 10));
  const work = counted + measured + ORDERS * fitLength;
  let done = 0;
  const isDue = (): boolean => ++done % CHUNK === 0;
  const share = (): number => done / work;

  const tree = new NgramTree(V);
  function* count(stretches: readonly Stretch[]): Generator<number> {
    for (const { start, end } of stretches) {
      tree.begin();
      for (let i = start; i < end; i++) {
        tree.add(ids[i]);
        if (isDue()) yield share();
      }
    }
  }
  /** Calls `visit` with the contexts of every symbol of the stretch, and what they leave of those from `known` on. */
  function* read(
    { known, start, end }: MeasuredStretch,
    visit: (contexts: Int32Array, symbol: number) => void,
  ): Generator<number> {
    const contexts = new Int32Array(ORDERS).fill(-1).fill(0, 0, 1);
    for (let i = Math.max(known, start - ORDERS); i < start; i++) tree.advance(contexts, ids[i]);
    for (let i = start; i < end; i++) {
      visit(contexts, ids[i]);
      tree.advance(contexts, ids[i]);
      if (isDue()) yield share();
    }
  }

  // The end of what is counted serves to fit the weights first.
  const last = toCount[toCount.length - 1];
  const fitted: MeasuredStretch = { known: last.start, start: last.end - fitLength, end: last.end };
  yield* count([...toCount.slice(0, -1), { start: last.start, end: fitted.start }]);
  const weights: number[] = [];
  for (let order = 1; order <= ORDERS; order++) {
    const losses = WEIGHTS.map(() => 0);
    yield* read(fitted, (contexts, symbol) => {
      let shorter = 1 / V;
      weights.forEach((weight, n) => (shorter = tree.probability(n + 1, contexts, symbol, shorter, weight)));
      WEIGHTS.forEach(
        (weight, k) => (losses[k] -= Math.log(tree.probability(order, contexts, symbol, shorter, weight))),
      );
    });
    weights.push(WEIGHTS[losses.indexOf(Math.min(...losses))]);
  }
  yield* count([fitted]);

  const nats = weights.map(() => 0);
  for (const stretch of toMeasure) {
    yield* read(stretch, (contexts, symbol) => {
      let p = 1 / V;
      weights.forEach((weight, n) => {
        p = tree.probability(n + 1, contexts, symbol, p, weight);
        nats[n] -= Math.log(p);
      });
    });
  }

  return { values: [uniform, ...NAMES.map((name, n) => ({ name, nats: nats[n] / measured }))], counted, measured };
}

/**
 * `baselinesOf`, and the loss of the grammar that wrote the text on the same symbols.
 *
 * @param grammar its id; null where no grammar wrote the text
 */
export function* baselinesWithGrammar(
  text: DecodedText,
  grammar: string | null,
  dataset: Dataset,
): Generator<number, Baselines> {
  const baselines = yield* baselinesOf(dataset);
  // Where rare characters became one symbol, the network reads another text than the grammar wrote.
  if (grammar === null || dataset.vocabulary.codePoints.includes(UNKNOWN)) return baselines;
  const { ids, trainLength } = dataset;
  const nats = yield* grammarLossInSteps(grammar, text, measuredStretches(trainLength, ids.length - trainLength));
  return nats === null ? baselines : { ...baselines, values: [...baselines.values, { name: 'grammar', nats }] };
}
