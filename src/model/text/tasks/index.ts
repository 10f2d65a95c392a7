/** The toy tasks, by name, in the order in which the page lists them. */
import { write } from '../grammars/derivation';
import type { CatalogueEntry } from '../types';
import { adding } from './adding';
import { copy, reverse } from './copying';
import { anbn, anbncn, countToN } from './counted';
import { firstSymbol } from './firstSymbol';
import { matching } from './matching';
import { parity } from './parity';
import { continualReber, reber } from './reber';
import { bilingual } from './task';
import type { Task } from './task';
import { temporalOrder } from './temporalOrder';

export const TASKS = {
  'continual-reber': continualReber,
  reber,
  'first-symbol': firstSymbol,
  'temporal-order': temporalOrder,
  adding,
  anbn,
  anbncn,
  'count-to-n': countToN,
  matching,
  copy,
  reverse,
  parity,
} as const satisfies Record<string, Task>;
export type TaskName = keyof typeof TASKS;

export const isTaskName = (id: string): id is TaskName => Object.hasOwn(TASKS, id);

/** Characters of a task's text: one stream of 100,000, as Gers, Schmidhuber and Cummins (2000) have it. */
export const TASK_CHARACTERS = 100_000;

/** The text that the page and `npm run train` train on, where no other seed is wished for. */
export const TASK_SEED = 1;

/**
 * A task's text; the same for the same seed, everywhere. Whole lines where it has lines.
 * @throws {RangeError} where there is no such task
 */
export const writeTask = (id: string, seed = TASK_SEED, characters = TASK_CHARACTERS): string => {
  if (!isTaskName(id)) throw new RangeError(`There is no task ${id}`);
  return write(TASKS[id].grammar, { seed, characters });
};

const MADE = bilingual(
  'Made in your browser by a grammar of this project, from a seed; the grammar knows how likely each character is.',
  '在你的浏览器中，由本项目的文法根据种子生成；文法知道每个字符有多大可能出现。',
);

/** What the page lists of them. */
export const taskEntries = (): CatalogueEntry[] =>
  Object.entries<Task>(TASKS).map(([id, { title, what, asks, gate, published, settings }]) => ({
    id,
    kind: 'task',
    title,
    language: 'zxx',
    made: MADE,
    look: what,
    settings,
    promises: [],
    file: null,
    bytes: null,
    hash: null,
    grammar: { id, seed: TASK_SEED },
    task: { asks, gate, published },
  }));
