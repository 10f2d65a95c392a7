/** Balanced brackets of four kinds, a line each: what opens last closes first (Dyck words of bounded depth). */
import { choice, take } from './derivation';
import type { Choice, Derivation, Tell } from './derivation';

const PAIRS: readonly (readonly [open: string, close: string, weight: number])[] = [
  ['(', ')', 4],
  ['[', ']', 3],
  ['{', '}', 2],
  ['<', '>', 1],
];

const DEPTH = 8;

const openings = PAIRS.map(([open, , weight]) => [open, weight] as const);
/** An inner bracket opens with probability 10/21: the expected length of a word stays finite. */
const closeOrOpen = new Map(PAIRS.map(([, close]) => [close, choice([...openings, [close, 11]])]));
const closeOnly = new Map(PAIRS.map(([, close]) => [close, choice([close])]));
const first: Choice = choice(openings);
const between: Choice = choice([...openings, ['\n', 6]]);

export function* brackets(tell: Tell): Derivation<never> {
  const closing = new Map(PAIRS.map(([open, close]) => [open, close]));
  const stack: string[] = [];
  let ahead = first;
  for (;;) {
    tell({ depth: stack.length });
    const taken = yield* take(ahead);
    const close = closing.get(taken);
    if (close !== undefined) stack.push(close);
    else stack.pop();
    const expected = stack.at(-1);
    if (expected !== undefined) ahead = (stack.length < DEPTH ? closeOrOpen : closeOnly).get(expected) ?? between;
    else ahead = taken === '\n' ? first : between;
  }
}
