/**
 * A saved run's network as the beginning of a new run on another text. Its vocabulary is that of the saved run, in its order,
 * and after it what the new text has beyond that, most frequent first; the unknown symbol is the last of all. So what belongs
 * to a symbol that was there stays as it was, to the last bit, whether or not the new text has it.
 */
import { fitBatch } from './batches';
import { HistoryRecorder } from './history';
import { sizeOf } from './kernels/kernels';
import type { HostArray } from './kernels/kernels';
import { architectureOf, initialParameters, parameterCount, tensorsOf } from './parameters';
import type { Tensor } from './parameters';
import { learningRateAt } from './schedule';
import type { Settings } from './settings';
import type { RunSnapshot } from './snapshot';
import { NO_METRICS } from './telemetry';
import { UNKNOWN } from './text/symbols';
import type { Dataset } from './text/types';

/** A tensor that has a part for each symbol, as `outer` times V times `inner` numbers; null for any other. */
const partsOf = ({ name, shape }: Tensor, { input }: Pick<Settings, 'input'>) => {
  switch (name) {
    case 'output.weight':
      return { outer: shape[0], inner: 1 };
    case 'output.bias':
      return { outer: 1, inner: 1 };
    case 'embedding':
      return { outer: 1, inner: shape[1] };
    // A one-hot input is looked up in the first layer's matrix.
    case 'layers.0.input':
      return input === 'onehot' ? { outer: 1, inner: shape[1] } : null;
    default:
      return null;
  }
};

/** Symbols of a saved run that the text lacks, and symbols beyond them. */
const differenceOf = (symbols: Int32Array, { ids, vocabulary: { codePoints } }: Dataset) => {
  const isThere = new Uint8Array(codePoints.length);
  for (const id of ids) isThere[id] = 1;
  const before = new Set(symbols);
  const kept = Array.from(codePoints).filter(
    (codePoint, place) => codePoint !== UNKNOWN && before.has(codePoint) && isThere[place] === 0,
  ).length;
  return { kept, added: codePoints.length - symbols.length };
};

/**
 * The run that begins with the network of a saved one on `dataset`, whose vocabulary begins with `symbols`, those of the saved
 * run, [V]. It stands at step 0 and at the beginning of its text, with no past and no carried state. What belongs to a new
 * symbol begins as `initialParameters` has it for the seed of the run; the optimizer's moments go on, and are 0 for it.
 *
 * @throws {RangeError} where the dataset's vocabulary lacks a symbol of the saved run
 */
export const fineTune = (saved: RunSnapshot, symbols: Int32Array, dataset: Dataset): RunSnapshot => {
  const { codePoints } = dataset.vocabulary;
  const V = codePoints.length;
  const settings: Settings = {
    ...saved.settings,
    vocabularyLimit: Math.max(saved.settings.vocabularyLimit, V),
  };
  const places = new Map(Array.from(codePoints, (codePoint, place) => [codePoint, place]));
  const placeOf = Int32Array.from(symbols, (codePoint) => places.get(codePoint) ?? -1);
  if (placeOf.includes(-1)) throw new RangeError('a symbol of the saved run is not in the vocabulary');
  const from = tensorsOf(architectureOf(settings, symbols.length));
  const architecture = architectureOf(settings, V);
  const to = tensorsOf(architecture);

  /** The old numbers in their places among the new ones. */
  const carryOver = (old: HostArray, fresh: HostArray): HostArray => {
    to.forEach((tensor, k) => {
      const { offset, shape } = from[k];
      const parts = partsOf(tensor, settings);
      if (parts === null) {
        fresh.set(old.subarray(offset, offset + sizeOf(shape)), tensor.offset);
        return;
      }
      const { outer, inner } = parts;
      for (let row = 0; row < outer; row++) {
        placeOf.forEach((place, symbol) => {
          const at = offset + (row * symbols.length + symbol) * inner;
          fresh.set(old.subarray(at, at + inner), tensor.offset + (row * V + place) * inner);
        });
      }
    });
    return fresh;
  };
  const arrayLike = (old: HostArray, given: number | Float64Array): HostArray => {
    const Type = old instanceof Float64Array ? Float64Array : Float32Array;
    return typeof given === 'number' ? new Type(given) : new Type(given);
  };
  const { batch } = fitBatch(dataset.trainLength, settings.batch, settings.length);
  const blank = (states: readonly HostArray[]): HostArray[] =>
    states.map((values) => arrayLike(values, batch * settings.units));
  return {
    format: 1,
    textHash: dataset.textHash,
    tunedFrom: { textHash: saved.textHash, step: saved.counters.step, ...differenceOf(symbols, dataset) },
    settings,
    counters: { ...saved.counters, step: 0, position: 0 },
    metrics: { ...NO_METRICS, learningRate: learningRateAt(1, settings) },
    changes: [],
    history: new HistoryRecorder().snapshot(),
    parameters: carryOver(saved.parameters, arrayLike(saved.parameters, initialParameters(architecture, settings))),
    moments: saved.moments.map((moment) => carryOver(moment, arrayLike(moment, parameterCount(architecture)))),
    h: blank(saved.h),
    c: saved.c && blank(saved.c),
  };
};
