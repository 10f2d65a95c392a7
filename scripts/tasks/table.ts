/** Which networks are trained on toy tasks, for how long, and what they must, or must not, come to. */
import type { Settings } from '../../src/model/settings';
import type { TaskName } from '../../src/model/text/tasks';

export interface TaskRun {
  readonly id: string;
  readonly task: TaskName;
  /** What it differs in from the task's own settings. */
  readonly settings?: Partial<Settings>;
  /** Training steps. */
  readonly steps: number;
  /** Share of the decisions of the test stream that every seed gets right at least, or at most. */
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** A forget gate held at 1: the cell of 1997. */
const WITHOUT: Partial<Settings> = { forgetGate: 'absent' };

export const TASK_RUNS: readonly TaskRun[] = [
  { id: 'continual-reber', task: 'continual-reber', steps: 8000, atLeast: 0.97 },
  { id: 'continual-reber without forget gate', task: 'continual-reber', settings: WITHOUT, steps: 8000, atMost: 0.7 },
  { id: 'temporal-order', task: 'temporal-order', steps: 8000 },
  { id: 'anbn', task: 'anbn', steps: 4000 },
  { id: 'anbncn', task: 'anbncn', steps: 4000 },
  { id: 'first-symbol', task: 'first-symbol', steps: 4000 },
];
