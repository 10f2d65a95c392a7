/** A run from its text to its result. */
import { availableParallelism } from 'node:os';
import { basename } from 'node:path';
import { performance } from 'node:perf_hooks';
import { threadsWished } from '../src/model/cost';
import { FailureError } from '../src/model/failures';
import type { Failure } from '../src/model/failures';
import { fineTune } from '../src/model/fineTuning';
import { writeRunFile } from '../src/model/formats/runFile';
import type { SavedRun } from '../src/model/formats/runFile';
import { SIMD_MEMORY } from '../src/model/kernels/engines';
import { createSimdKernels } from '../src/model/kernels/simd';
import { Run } from '../src/model/run';
import type { RunSnapshot } from '../src/model/run';
import { DEFAULT_SETTINGS, OWN_TEXT, pickSettings } from '../src/model/settings';
import type { Settings } from '../src/model/settings';
import type { ShardSpec } from '../src/model/shards';
import type { Dataset, DecodedText } from '../src/model/text/types';
import { createDataset } from '../src/model/text/vocabulary';
import { HostCopies } from '../src/workers/copies';
import { createThreads } from '../src/workers/threads';
import { createCheckpoints } from './checkpoints';
import { listenForEnd, toError } from './ending';
import { EXIT, FileError, UsageError, wordsOf } from './failures';
import { openLog } from './log';
import type { TrainCommand } from './trainOptions';
import { compileProgram } from './program';
import { describeResult } from './result';
import type { Pace, Written } from './result';
import { lacksVocabulary, readSavedRun } from './savedRun';
import { saveRun } from './saving';
import { makeSteps } from './steps';
import { assertTargets } from './targets';
import { scorerOf, settingsOfTask, taskOf } from './tasks';
import { readText } from './text';
import { spawnThread } from './threads';
import { nameUnknown, startWriting } from './writing';

interface Beginning {
  readonly settings: Settings;
  readonly text: DecodedText;
  readonly dataset: Dataset;
  /** Null where it begins with a network at random. */
  readonly snapshot: RunSnapshot | null;
}

/** A new run with the network of a saved one; what became of its symbols is said. @throws {FileError} where they are not known */
const tune = (path: string, command: TrainCommand): Beginning => {
  const { snapshot: saved, vocabulary } = readSavedRun(path);
  if (vocabulary === null) {
    const anew = 'npm run train -- TEXT --resume FILE --steps STEPS --out NEW.';
    throw lacksVocabulary(path, `Go on with it once and save it anew: ${anew}`);
  }
  const given = { ...saved.settings, ...command.given };
  const text = readText(command);
  const dataset = createDataset(text, { ...given, before: vocabulary.codePoints });
  const tuned = fineTune({ ...saved, settings: given }, vocabulary.codePoints, dataset);
  const { kept = 0, added = 0 } = tuned.tunedFrom ?? {};
  console.error(
    `A new run begins with the network of ${path} at step ${String(saved.counters.step)}. Symbols that this text lacks and ` +
      `that stay: ${String(kept)}; new symbols, which begin at random: ${String(added)}.`,
  );
  return { settings: tuned.settings, text, dataset, snapshot: tuned };
};

/** @throws {UsageError} where it has gone further than it is to go */
const readSaved = (path: string, steps: number): SavedRun => {
  const saved = readSavedRun(path);
  const { step } = saved.snapshot.counters;
  if (step > steps) {
    throw new UsageError(
      `${path} stands at step ${String(step)}, which is past --steps ${String(steps)}. Give a larger --steps.`,
    );
  }
  return saved;
};

/** @throws {FileError} where the saved run was trained on something else */
const assertSameText = ({ snapshot, vocabulary }: SavedRun, dataset: Dataset, command: TrainCommand): void => {
  const { codePoints } = dataset.vocabulary;
  const isSameVocabulary =
    vocabulary === null ||
    (vocabulary.codePoints.length === codePoints.length && codePoints.every((c, k) => c === vocabulary.codePoints[k]));
  if (snapshot.textHash === dataset.textHash && isSameVocabulary) return;
  throw new FileError(
    `${String(command.resume)} was trained on another text than ${command.text}. ` +
      'With --fine-tune instead of --resume a new run begins with its network.',
  );
};

/** A run at random, or the saved one on its own text. @throws {FileError} where that is another one */
const begin = (command: TrainCommand, saved: SavedRun | null): Beginning => {
  const task = taskOf(command.text);
  const settings: Settings = {
    ...(saved?.snapshot.settings ?? { ...DEFAULT_SETTINGS, corpus: OWN_TEXT, ...(task && settingsOfTask(task)) }),
    ...command.given,
  };
  const before = saved?.vocabulary?.codePoints ?? null;
  const text = readText(command);
  const dataset = createDataset(text, { ...settings, before });
  if (saved !== null) assertSameText(saved, dataset, command);
  return { settings, text, dataset, snapshot: saved?.snapshot ?? null };
};

const openRun = async ({ dataset, settings, snapshot }: Omit<Beginning, 'text'>): Promise<Run> => {
  const module = await compileProgram();
  const threads = createThreads(spawnThread, {
    now: () => performance.now(),
    later: (milliseconds, callback) => {
      const timer = setTimeout(callback, milliseconds);
      return () => {
        clearTimeout(timer);
      };
    },
  });
  const surroundings = {
    dataset,
    kernels: await createSimdKernels(module),
    memoryLimit: SIMD_MEMORY,
    threads: {
      most: (wished: number) => threadsWished(wished, availableParallelism()),
      open: (specs: readonly ShardSpec[]) => threads.open(module, specs),
      onLost: (failure: Failure) => {
        console.error(wordsOf(new FailureError(failure)));
      },
    },
  };
  if (snapshot === null) return Run.create({ settings, ...surroundings });
  return Run.restore({
    snapshot: {
      ...snapshot,
      settings: { ...snapshot.settings, ...pickSettings(settings, ['threads', 'stopLoss', 'stopPatience']) },
    },
    ...surroundings,
  });
};

/** As the page's first sample at this step, in full length. */
const writeSample = async (run: Run, settings: Settings): Promise<Written> => {
  const { prompt, unknown, text } = startWriting(run, run.dataset.vocabulary.codePoints, settings, run.metrics.step);
  let written = '';
  for await (const character of text) written += character;
  return { prompt, unknown, text: written };
};

/** @returns the exit code */
export const train = async (command: TrainCommand): Promise<number> => {
  const { text, steps, out, every, resume, json } = command;
  const saved = resume === null ? null : readSaved(resume, steps);
  const from = saved?.snapshot.counters.step ?? 0;
  const plan = out === null || every === null ? null : { out, every, from, to: steps };
  assertTargets(command, plan);
  const textName = basename(text);
  const {
    settings,
    text: read,
    dataset,
    snapshot,
  } = command.fineTune === null ? begin(command, saved) : tune(command.fineTune, command);
  const score = scorerOf(text, read, dataset);
  const run = await openRun({ dataset, settings, snapshot });
  run.change({ learningRate: settings.learningRate, clip: settings.clip, dropout: settings.dropout });
  for (const { name, wanted, used } of run.adjustments) {
    console.error(`The text is short: ${name} is ${String(used)}, not ${String(wanted)}.`);
  }

  const log =
    command.log === null ? null : openLog(command.log, { append: saved !== null, ofTask: taskOf(text) !== null });
  const ending = listenForEnd();
  const pace: Pace = { steps: [], milliseconds: 0, characters: 0 };
  const problems: Error[] = [];
  const attempt = async (work: () => unknown): Promise<void> => {
    try {
      await work();
    } catch (caught) {
      problems.push(toError(caught));
    }
  };
  const copies = new HostCopies(performance, saved?.snapshot ?? null, null);
  const checkpoints = createCheckpoints(plan, resume === null ? null : { path: resume, step: from });
  const fileOf = async () => writeRunFile({ snapshot: await run.snapshot(), textName, vocabulary: dataset.vocabulary });
  await attempt(() =>
    makeSteps({ run, copies, steps, stops: settings, score, log, checkpoints, fileOf, ending, pace }),
  );
  // Whatever happened, what was learnt until then is saved.
  if (out !== null) {
    await attempt(async () => {
      saveRun(out, await fileOf(), run.metrics.step, checkpoints.newest);
    });
  }
  await attempt(() => log?.close());
  for (const further of problems.slice(1)) console.error(wordsOf(further));
  if (problems.length > 0) throw problems[0];

  // After the saving: a second Ctrl-C loses nothing but this.
  const heldOutLoss = (await run.evaluateAside())?.loss ?? NaN;
  const decisions = await score(run);
  const sample = command.sample ? await writeSample(run, settings) : null;
  if (ending.problem !== null) throw ending.problem;
  if (sample !== null) nameUnknown(sample.unknown);
  console.log(describeResult(run, { heldOutLoss, decisions, pace, json, sample }));
  run.dispose();
  return ending.isWished ? EXIT.interrupted : EXIT.done;
};
