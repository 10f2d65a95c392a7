/** One network trained on a toy task from a seed and tested on another stream, in a process of its own. */
import { countRight } from '../../src/model/inspect/decisions';
import { Run } from '../../src/model/run';
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import type { Settings } from '../../src/model/settings';
import { fromString } from '../../src/model/text/decode';
import { streamDecisionsInSteps } from '../../src/model/text/heldOutDecisions';
import { TASKS, writeTask } from '../../src/model/text/tasks';
import { createDataset } from '../../src/model/text/vocabulary';
import { answer } from '../claims/processes';
import { finish } from '../claims/steps';
import { onEngine } from '../claims/training';
import { TASK_RUNS } from './table';

export interface Testing {
  readonly id: string;
  readonly seed: number;
}

/** On the test stream. */
export interface Tested {
  readonly right: number;
  readonly of: number;
  readonly chance: number;
  /** Characters that were read in training, and sequences: ends of what was asked for. */
  readonly characters: number;
}

/** The seed of a test stream, which no training text has. */
const testSeed = (seed: number): number => 1000 + seed;

answer(async ({ id, seed }: Testing): Promise<Tested> => {
  const row = TASK_RUNS.find((one) => one.id === id);
  if (row === undefined) throw new RangeError(`There is no ${id}`);
  const { task, settings: changes, steps } = row;
  // Without a held-out part that decides anything: the test is another stream.
  const settings: Settings = { ...DEFAULT_SETTINGS, ...TASKS[task].settings, ...changes, seed, evaluateEvery: 100_000 };
  const dataset = createDataset(fromString(writeTask(task, seed)), settings);
  const run = Run.create({ settings, ...(await onEngine({ dataset })) });
  while (run.metrics.step < steps) {
    await run.step();
    await run.settle();
  }
  const snapshot = await run.snapshot();
  const { characters } = run.metrics;
  run.dispose();

  // The same network, on one stream of 100,000 symbols of another seed, which it reads without a reset.
  const text = fromString(writeTask(task, testSeed(seed)));
  const before = dataset.vocabulary.codePoints;
  const test = createDataset(text, { ...settings, before });
  const decisions = finish(streamDecisionsInSteps(text, task, test));
  if (decisions === null) throw new Error(`${task} asks for nothing`);
  const tested = Run.restore({
    snapshot: { ...snapshot, textHash: test.textHash },
    ...(await onEngine({ dataset: test })),
  });
  const right = await tested.countRight(decisions, { countRight });
  tested.dispose();
  if (right === null) throw new Error('the test was broken off');
  return { right, of: decisions.places.length, chance: decisions.chance, characters };
});
