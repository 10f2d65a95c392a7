/** A run from its text to its result. */
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { performance } from 'node:perf_hooks';
import { analyse } from 'chardet';
import { readRunFile, writeRunFile } from '../src/model/formats/runFile';
import { createSimdKernels } from '../src/model/kernels/simd';
import { median } from '../src/model/measurements';
import { Run } from '../src/model/run';
import { DEFAULT_SETTINGS, OWN_TEXT } from '../src/model/settings';
import type { Settings } from '../src/model/settings';
import type { RunSnapshot } from '../src/model/snapshot';
import { decode } from '../src/model/text/decode';
import type { Dataset } from '../src/model/text/types';
import { createDataset } from '../src/model/text/vocabulary';
import { createThreads } from '../src/workers/threads';
import { EXIT, FileError } from './failures';
import { assertWritable, readBytes, writeBytes } from './files';
import { openLog } from './log';
import type { TrainCommand } from './options';
import { createProgress } from './progress';
import { spawnThread } from './threads';

const PROGRAM = new URL('../src/model/kernels/simd/program.wasm', import.meta.url);
/** Bytes that a run may take; a WebAssembly memory holds 4 GiB at most. */
const MEMORY = 2 ** 31;

/** JSON has no NaN. */
const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** As the page does: all cores but one, where none is wished for. */
const threadsFor = ({ threads }: Settings): number => (threads > 0 ? threads : Math.max(1, availableParallelism() - 1));

const openRun = async (dataset: Dataset, settings: Settings, snapshot: RunSnapshot | null): Promise<Run> => {
  const module = await WebAssembly.compile(readFileSync(PROGRAM));
  const surroundings = {
    dataset,
    kernels: await createSimdKernels(module),
    memoryLimit: MEMORY,
    openThreads: (spec: Parameters<ReturnType<typeof createThreads>['open']>[1]) =>
      createThreads(spawnThread).open(module, spec, threadsFor(settings) - 1),
  };
  return snapshot === null
    ? Run.create({ settings, ...surroundings })
    : Run.restore({
        snapshot: { ...snapshot, settings: { ...snapshot.settings, threads: settings.threads } },
        ...surroundings,
      });
};

/** The first Ctrl-C ends after the step, the second at once. */
const listenForInterrupt = () => {
  const state = { interrupted: false };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (state.interrupted) process.exit(EXIT.interrupted);
      state.interrupted = true;
    });
  }
  return state;
};

/** Evaluations are no part of a step's time. */
const isMeasured = (step: number, { evaluateEvery }: Settings): boolean => step === 1 || step % evaluateEvery === 0;

/** @returns the exit code */
export const train = async ({ text, given, steps, log, out, resume, json }: TrainCommand): Promise<number> => {
  if (out !== null) assertWritable(out);
  const snapshot = resume === null ? null : readRunFile(readBytes(resume)).snapshot;
  const settings: Settings = { ...(snapshot?.settings ?? { ...DEFAULT_SETTINGS, corpus: OWN_TEXT }), ...given };
  const dataset = createDataset(decode(readBytes(text), { name: basename(text), encoding: analyse }), settings);
  if (snapshot !== null && snapshot.textHash !== dataset.textHash) {
    throw new FileError(`${String(resume)} was trained on another text than ${text}.`);
  }
  const run = await openRun(dataset, settings, snapshot);
  run.change({ learningRate: settings.learningRate, clip: settings.clip, dropout: settings.dropout });
  for (const { name, wanted, used } of run.adjustments) {
    console.error(`The text is short: ${name} is ${String(used)}, not ${String(wanted)}.`);
  }

  const interrupt = listenForInterrupt();
  const file = log === null ? null : openLog(log, snapshot !== null);
  const progress = createProgress(run.metrics.step, steps);
  const times: number[] = [];
  const firstCharacters = run.metrics.characters;
  let spent = 0;
  let problem: Error | null = null;
  try {
    await run.evaluate();
    await run.settle();
    while (run.metrics.step < steps && !interrupt.interrupted) {
      const began = performance.now();
      await run.step();
      await run.settle();
      const took = performance.now() - began;
      spent += took;
      const { metrics } = run;
      const measured = isMeasured(metrics.step, settings);
      if (!measured) times.push(took);
      file?.add(metrics, measured);
      progress.show(metrics, ((metrics.characters - firstCharacters) / spent) * 1000);
      // Signals are heard between two steps.
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
  } catch (caught) {
    // What was learnt until then is saved first: a run whose numbers are not finite stands at its last good ones.
    problem = caught instanceof Error ? caught : new Error(String(caught));
  } finally {
    progress.end();
    file?.close();
  }

  const { metrics } = run;
  if (out !== null) {
    const { vocabulary } = dataset;
    writeBytes(out, writeRunFile({ snapshot: await run.snapshot(), textName: basename(text), vocabulary }));
    console.error(`Saved step ${String(metrics.step)} to ${out}.`);
  }
  if (problem !== null) throw problem;
  const medianStepMs = times.length > 0 ? median(times) : NaN;
  if (json) {
    const result = {
      engine: 'simd',
      threads: threadsFor(settings),
      steps: metrics.step,
      trainLoss: orNull(metrics.loss),
      heldOutLoss: orNull(metrics.heldOutLoss),
      medianStepMs: orNull(medianStepMs),
      charactersPerSecond: orNull(((metrics.characters - firstCharacters) / spent) * 1000),
      settings: run.settings,
    };
    console.log(JSON.stringify(result));
  } else {
    console.log(
      `Step ${String(metrics.step)}: loss ${metrics.loss.toFixed(4)}, held-out loss ${metrics.heldOutLoss.toFixed(4)} ` +
        `nats per character, ${medianStepMs.toFixed(2)} ms a step.`,
    );
  }
  run.dispose();
  return interrupt.interrupted ? EXIT.interrupted : EXIT.done;
};
