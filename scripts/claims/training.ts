/** Networks trained as the page trains them: its texts, its settings, its engine. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BandName } from '../../src/model/cells';
import { createSimdKernels } from '../../src/model/kernels/simd';
import type { HostArray } from '../../src/model/kernels/kernels';
import { Run } from '../../src/model/run';
import type { ProbeValues } from '../../src/model/run';
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import type { Settings } from '../../src/model/settings';
import { baselinesWithGrammar } from '../../src/model/text/baselines';
import { fromString } from '../../src/model/text/decode';
import type { Baseline } from '../../src/model/telemetry';
import { createDataset } from '../../src/model/text/vocabulary';
import { ensureCompiled } from '../assembly.mjs';
import { DESCRIBED } from '../corpora/entries';
import { CORPORA } from '../corpora/make';
import { inRoot } from '../root.mjs';
import type { Feature } from './features';
import type { Measure } from './measures';

/** A run and its length; settings that it does not name are those of a fresh page. */
export interface RunSpec {
  readonly corpus: string;
  readonly settings?: Partial<Settings>;
  readonly steps: number;
}

/** A text that the network has read, and what its units did. */
export interface Reading {
  /** What `measure` finds in the unit of the last layer that follows the feature best. */
  readonly best: (band: BandName, feature: Feature, measure: Measure) => number;
}

/** A run at its end. Losses in nats a character. */
export interface Trained {
  /** Measured before the first step, behind it, and every so many steps. */
  readonly heldOutLosses: readonly number[];
  readonly heldOutLoss: number;
  /** Of the last training steps, smoothed. */
  readonly trainingLoss: number;
  /** Of all steps, before clipping. */
  readonly largestNorm: number;
  readonly parameters: HostArray;
  /** Losses of simpler models, and of the grammar. */
  readonly baselines: ReadonlyMap<Baseline['name'], number>;
  /** The first held-out characters, but for those with which the network reads itself in. */
  readonly heldOut: Reading;
  /** A text of one's own, whole. */
  readonly own: Reading | null;
}

const READ = 3000;
const READ_IN = 64;
const MEMORY = 2 ** 31;

const charactersOf = (codePoints: Iterable<number>): string[] =>
  Array.from(codePoints, (codePoint) => String.fromCodePoint(codePoint));

const readingOf = (
  { bands, values, T, H }: ProbeValues,
  featureAt: (feature: Feature) => readonly number[],
): Reading => ({
  best: (band, feature, measure) => {
    const k = bands.indexOf(band);
    if (k < 0) throw new RangeError(`The cell has no ${band}`);
    const wanted = featureAt(feature);
    const valuesOf = (unit: number) => Array.from({ length: T }, (_, t) => values[(k * T + t) * H + unit]);
    return Math.max(...Array.from({ length: H }, (_, unit) => measure(valuesOf(unit), wanted)));
  },
});

let compiled: Promise<WebAssembly.Module> | null = null;

const program = async (): Promise<WebAssembly.Module> => {
  await ensureCompiled();
  return WebAssembly.compile(readFileSync(inRoot('src/model/kernels/simd/program.wasm')));
};

/** Trains from a seed to the end. The probe text of the settings, where there is one, is read as a text of one's own. */
export const train = async ({ corpus, settings: changes, steps }: RunSpec, seed: number): Promise<Trained> => {
  const settings: Settings = { ...DEFAULT_SETTINGS, ...changes, corpus, seed };
  const text = fromString(readFileSync(join(CORPORA, `${corpus}.txt`), 'utf8'));
  const dataset = createDataset(text, settings);
  const { ids, trainLength, vocabulary } = dataset;
  const kernels = await createSimdKernels(await (compiled ??= program()));
  const run = Run.create({ settings, dataset, kernels, memoryLimit: MEMORY });
  let largestNorm = 0;
  while (run.metrics.step < steps) {
    await run.step();
    await run.settle();
    largestNorm = Math.max(largestNorm, run.metrics.gradientNorm);
  }

  const layer = settings.layers - 1;
  const end = Math.min(trainLength + READ, ids.length);
  const frame = await run.probe(Int32Array.from(ids.subarray(trainLength, end)), layer);
  const heldOut = readingOf(frame, (feature) =>
    // Of the whole text: what is open where the held-out part begins was opened before.
    feature(charactersOf(text.codePoints))
      .slice(trainLength, end)
      .map((value, t) => (t < READ_IN ? NaN : value)),
  );
  const probe = Array.from(settings.probe);
  const symbols = probe.map((character) => vocabulary.codePoints.indexOf(character.codePointAt(0) ?? NaN));
  const own =
    probe.length === 0
      ? null
      : readingOf(await run.probe(Int32Array.from(symbols), layer), (feature) => feature(probe));
  const { parameters } = await run.snapshot();
  const { metrics, history } = run;
  run.dispose();

  const grammar = DESCRIBED.find(({ id }) => id === corpus)?.grammar?.id ?? null;
  const counting = baselinesWithGrammar(text, grammar, dataset);
  let counted = counting.next();
  while (!counted.done) counted = counting.next();
  return {
    heldOutLosses: Array.from(history.heldOutLoss.values),
    heldOutLoss: metrics.heldOutLoss,
    trainingLoss: metrics.smoothedLoss,
    largestNorm,
    parameters,
    baselines: new Map(counted.value.values.map(({ name, nats }) => [name, nats])),
    heldOut,
    own,
  };
};
