/** Brackets of three kinds: behind a bar all that are still open are closed, the last one first. */
import { ask, choice, take } from '../grammars/derivation';
import type { Derivation } from '../grammars/derivation';
import { bilingual } from './task';
import type { Task } from './task';

const PAIRS: readonly (readonly [open: string, close: string])[] = [
  ['(', ')'],
  ['[', ']'],
  ['{', '}'],
];
const DEEPEST = 4;
const LONGEST = 10;

const openings = (weight: number) => PAIRS.map(([open]) => [open, weight / PAIRS.length] as const);

const first = choice(openings(1));

/** What may come where some brackets are open: another one, the one that closes the last, or the bar. */
const ahead = (stack: readonly string[], length: number) => {
  const ends = length < LONGEST ? 1 / 6 : 1;
  return choice([
    ...(ends < 1 && stack.length < DEEPEST ? openings((1 - ends) / 2) : []),
    // The last one that is open stays so until the bar.
    ...(ends < 1 && stack.length > 1 ? [[stack[stack.length - 1], (1 - ends) / 2] as const] : []),
    ['|', ends] as const,
  ]);
};

function* lines(): Derivation<never> {
  const closing = new Map(PAIRS);
  for (;;) {
    const stack = [closing.get(yield* take(first)) ?? ''];
    for (let length = 1; ; length++) {
      const taken = yield* take(ahead(stack, length));
      if (taken === '|') break;
      const close = closing.get(taken);
      if (close === undefined) stack.pop();
      else stack.push(close);
    }
    yield* ask(`${stack.reverse().join('')}\n`);
  }
}

export const matching: Task = {
  grammar: lines,
  title: bilingual('Matching brackets', '括号配对'),
  what: bilingual(
    'Brackets of three kinds open and close. Behind the bar all that are still open are closed, the last one first.',
    '三种括号打开又合上。竖线之后，把还开着的都合上，最后打开的最先合上。',
  ),
  asks: bilingual('each bracket behind the bar, and the line end', '竖线后面的每个括号，以及换行'),
  gate: bilingual(
    'A stack in the cells: a bracket that opens is written without disturbing those below it, one that closes takes the uppermost away.',
    '细胞里要有一个栈：打开括号时写入，而不打乱下面的；合上括号时只取走最上面的。',
  ),
  published: [],
  settings: { units: 32, activationPenalty: 0, batch: 16, length: 32, learningRate: 0.01 },
};
