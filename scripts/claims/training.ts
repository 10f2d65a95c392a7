/** Networks trained as the page trains them: its texts, its settings, its engine. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { labelsAlong, readUnitSeries } from '../../src/model/inspect/unitSeries';
import type { UnitSeries } from '../../src/model/inspect/unitSeries';
import type { HostArray } from '../../src/model/kernels/kernels';
import { createSimdKernels } from '../../src/model/kernels/simd';
import { Run } from '../../src/model/run';
import type { RunSnapshot } from '../../src/model/run';
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import type { Settings } from '../../src/model/settings';
import type { Baseline } from '../../src/model/telemetry';
import { baselinesWithGrammar } from '../../src/model/text/baselines';
import { fromString } from '../../src/model/text/decode';
import { heldOutLabelsInSteps } from '../../src/model/text/heldOutLabels';
import type { LabelledText } from '../../src/model/text/labels';
import type { Dataset, DecodedText } from '../../src/model/text/types';
import { createDataset } from '../../src/model/text/vocabulary';
import { ensureCompiled } from '../assembly.mjs';
import { DESCRIBED } from '../corpora/entries';
import type { Described } from '../corpora/entries';
import { CORPORA } from '../corpora/make';
import { inRoot } from '../root.mjs';
import { finish } from './steps';

/** A run and its length; settings that it does not name are the corpus' own, and where it has none the defaults. */
export interface RunSpec {
  readonly corpus: string;
  readonly settings?: Partial<Settings>;
  readonly steps: number;
}

/** What the units of the last layer did over held-out text. */
export interface Reading {
  readonly series: UnitSeries;
  /** All that is held out. */
  readonly characters: readonly string[];
  /** What is known of each character of the series. */
  readonly labels: LabelledText;
}

/** A run at its end. Losses in nats a character. */
export interface Trained {
  readonly settings: Settings;
  readonly dataset: Dataset;
  readonly snapshot: RunSnapshot;
  /** Measured before the first step, behind it, and every so many steps. */
  readonly heldOutLosses: readonly number[];
  readonly heldOutLoss: number;
  /** Of the last training steps, smoothed. */
  readonly trainingLoss: number;
  /** Of all steps, before clipping. */
  readonly largestNorm: number;
  readonly parameters: HostArray;
  /** Losses of simpler models, and of the grammar. */
  readonly baselines: () => ReadonlyMap<Baseline['name'], number>;
  readonly heldOut: Reading;
  /** Of one processor, in training. */
  readonly seconds: number;
}

const MEMORY = 2 ** 31;

export const corpusOf = (id: string): Described => {
  const entry = DESCRIBED.find((described) => described.id === id);
  if (!entry) throw new RangeError(`There is no corpus ${id}`);
  return entry;
};

let compiled: Promise<WebAssembly.Module> | null = null;

const program = async (): Promise<WebAssembly.Module> => {
  await ensureCompiled();
  return WebAssembly.compile(readFileSync(inRoot('src/model/kernels/simd/program.wasm')));
};

/** Where a run stands, on an engine of its own. */
export const onEngine = async <R extends { readonly dataset: Dataset }>(
  what: R,
): Promise<R & { kernels: Awaited<ReturnType<typeof createSimdKernels>>; memoryLimit: number }> => ({
  ...what,
  kernels: await createSimdKernels(await (compiled ??= program())),
  memoryLimit: MEMORY,
});

const readingOf = async (run: Run, text: DecodedText, { grammar }: Described): Promise<Reading> => {
  const { dataset, settings, trainLength } = run;
  const series = await run.readUnits(settings.layers - 1, { readUnitSeries });
  if (series === null) throw new RangeError(`Too little of ${settings.corpus} is held out`);
  const labels = finish(heldOutLabelsInSteps(text, grammar?.id ?? null, dataset));
  return {
    series,
    characters: Array.from(text.codePoints.slice(trainLength), (code) => String.fromCodePoint(code)),
    labels: labelsAlong(series, labels),
  };
};

/** Trains from a seed to the end. */
export const train = async ({ corpus, settings: changes, steps }: RunSpec, seed: number): Promise<Trained> => {
  const entry = corpusOf(corpus);
  const settings: Settings = { ...DEFAULT_SETTINGS, ...entry.settings, ...changes, corpus, seed };
  const text = fromString(readFileSync(join(CORPORA, `${corpus}.txt`), 'utf8'));
  const dataset = createDataset(text, settings);
  const run = Run.create({ settings, ...(await onEngine({ dataset })) });
  let largestNorm = 0;
  const before = process.cpuUsage();
  while (run.metrics.step < steps) {
    await run.step();
    await run.settle();
    largestNorm = Math.max(largestNorm, run.metrics.gradientNorm);
  }
  const { user, system } = process.cpuUsage(before);

  const heldOut = await readingOf(run, text, entry);
  const snapshot = await run.snapshot();
  const { metrics, history } = run;
  run.dispose();
  return {
    settings,
    dataset,
    snapshot,
    heldOutLosses: Array.from(history.heldOutLoss.values),
    heldOutLoss: metrics.heldOutLoss,
    trainingLoss: metrics.smoothedLoss,
    largestNorm,
    parameters: snapshot.parameters,
    baselines: () => {
      const { values } = finish(baselinesWithGrammar(text, entry.grammar?.id ?? null, dataset));
      return new Map(values.map(({ name, nats }) => [name, nats]));
    },
    heldOut,
    seconds: (user + system) / 1e6,
  };
};
