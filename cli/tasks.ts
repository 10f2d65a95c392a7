/** Toy tasks on the command line: `task:NAME` or `task:NAME:SEED` in the place of a text file, and how much of one is right. */
import type { Run } from '../src/model/run';
import { countRight } from '../src/model/inspect/decisions';
import type { Settings } from '../src/model/settings';
import { heldOutDecisionsInSteps } from '../src/model/text/heldOutDecisions';
import { isTaskName, TASK_SEED, TASKS, writeTask } from '../src/model/text/tasks';
import type { TaskName } from '../src/model/text/tasks';
import type { Dataset, DecodedText } from '../src/model/text/types';
import { UsageError } from './failures';

const PREFIX = 'task:';

export const TASK_FORM = `${PREFIX}NAME`;

export interface ChosenTask {
  readonly id: TaskName;
  readonly seed: number;
}

/** Null where a file is meant. @throws {UsageError} where there is no such task */
export const taskOf = (text: string): ChosenTask | null => {
  if (!text.startsWith(PREFIX)) return null;
  const [id, given = String(TASK_SEED), ...more] = text.slice(PREFIX.length).split(':');
  if (!isTaskName(id)) {
    throw new UsageError(`There is no task ${JSON.stringify(id)}. There are: ${Object.keys(TASKS).join(', ')}.`);
  }
  const seed = /^\d{1,9}$/.test(given) ? Number(given) : NaN;
  if (more.length > 0 || Number.isNaN(seed)) {
    throw new UsageError(`${text} has no seed that can be read. Give ${PREFIX}${id}:7, or another whole number.`);
  }
  return { id, seed };
};

export const textOfTask = ({ id, seed }: ChosenTask): string => writeTask(id, seed);

/** Settings with which the task is learnt. The page has the text of one seed, and finds it by its name. */
export const settingsOfTask = ({ id, seed }: ChosenTask): Partial<Settings> => ({
  ...TASKS[id].settings,
  ...(seed === TASK_SEED && { corpus: id }),
});

/** How much of a task's held-out decisions is right. */
export interface TaskScore {
  readonly right: number;
  readonly of: number;
  /** Share that is right by the character before each alone. */
  readonly chance: number;
  /** What is counted. */
  readonly asks: string;
}

const finish = <R>(steps: Generator<number, R>): R => {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
};

/** Of the run as it stands. */
export type Scorer = (run: Run) => Promise<TaskScore | null>;

export const scorerOf = (text: string, read: DecodedText, dataset: Dataset): Scorer => {
  const task = taskOf(text);
  const decisions = task === null ? null : finish(heldOutDecisionsInSteps(read, task.id, dataset));
  return async (run) => {
    if (task === null || decisions === null) return null;
    const right = await run.countRight(decisions, { countRight });
    const { places, chance } = decisions;
    return right === null ? null : { right, of: places.length, chance, asks: TASKS[task.id].asks.en };
  };
};
