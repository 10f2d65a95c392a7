/**
 * Functions in a tiny language: blocks are indented and closed by "end", a variable is declared before it is used and
 * until its block ends, and a function that is called was defined before and gets as many arguments as it takes.
 */
import { choice, say, take } from './derivation';
import type { Choice, Derivation, Option, Tell } from './derivation';

const list = (words: string): string[] => words.split(', ');

const VARIABLES = list(
  'apple, pear, plum, cherry, lemon, grape, melon, fig, olive, walnut, almond, berry, quince, mango, papaya, carrot, ' +
    'turnip, radish, onion, celery, pepper, garlic, ginger, honey, butter, flour, sugar, salt, milk, water',
);
const FUNCTIONS = list(
  'gather, weigh, slice, stir, roast, pour, chop, blend, simmer, bake, peel, toast, serve, grind, knead, measure, ' +
    'strain, whisk',
);
const ADVERBS = list('slowly, gently, at once, in order, with care, by hand, as usual, until it is done');

/** Blocks within one another at most. */
const DEPTH = 4;
/** Variables that are in scope at most, so that a reader can keep them in mind. */
const IN_SCOPE = 6;
/** Functions that can be called: the last ones defined. */
const CALLABLE = 4;
/** Statements of a block at most. */
const STATEMENTS = 6;

const digit = choice(Array.from('0123456789'));
const comparison = choice([' < ', ' > ', ' == ', ' <= ', ' >= ']);
const adverb = choice(ADVERBS);

/** The options, each with an equal part of `weight`. */
const share = (options: readonly string[], weight: number): Option[] =>
  options.map((option) => [option, weight / options.length]);

interface Callable {
  readonly name: string;
  readonly parameters: number;
}

const without = (all: readonly string[], some: readonly string[]): string[] => all.filter((one) => !some.includes(one));

/** A variable in scope, a digit or a call; a call's arguments are variables or digits. */
function* term(scope: readonly string[], callable: readonly Callable[]): Derivation {
  const calls = callable.map(({ name }) => `${name}(`);
  const taken = yield* take(choice([...share(scope, 6), ...share(digit.options, 3), ...share(calls, 1)]));
  const called = callable.find(({ name }) => taken === `${name}(`);
  if (!called) return;
  const argument = choice([...share(scope, 2), ...share(digit.options, 1)]);
  for (let i = 0; i < called.parameters; i++) {
    if (i > 0) yield* say(', ');
    yield* take(argument);
  }
  yield* say(')');
}

const afterTerm = choice([
  [' + ', 2],
  [' - ', 1],
  [' * ', 1],
  ['\n', 8],
]);

/** One to three terms up to the end of the line. */
function* expression(scope: readonly string[], callable: readonly Callable[]): Derivation {
  for (let terms = 1; ; terms++) {
    yield* term(scope, callable);
    if (terms === 3) {
      yield* say('\n');
      return;
    }
    if ((yield* take(afterTerm)) === '\n') return;
  }
}

/** What a line of a block may begin with. */
const statements = (depth: number, scope: readonly string[], count: number): Choice => {
  const indent = '  '.repeat(depth);
  const end: Option = depth > 1 ? [`${'  '.repeat(depth - 1)}end\n`, 2 * count] : [`${indent}return `, count];
  if (count === STATEMENTS) return choice([end]);
  return choice([
    ...(scope.length < IN_SCOPE ? [[`${indent}let `, 4] as const] : []),
    ...share(
      scope.map((name) => `${indent}${name} = `),
      4,
    ),
    [`${indent}show `, 2],
    ...(depth < DEPTH
      ? ([
          [`${indent}if `, 2],
          [`${indent}while `, 2],
        ] as const)
      : []),
    // An empty block says nothing.
    ...(count > 0 ? [end] : []),
  ]);
};

/** A block up to its "end", or up to its "return" where it is a function's body. */
function* block(tell: Tell, depth: number, outer: readonly string[], callable: readonly Callable[]): Derivation {
  const scope = [...outer];
  tell({ depth });
  for (let count = 0; ; count++) {
    const begin = (yield* take(statements(depth, scope, count))).trimStart();
    if (begin === 'end\n') return;
    if (begin === 'let ') {
      const name = yield* take(choice(without(VARIABLES, scope)));
      yield* say(' = ');
      yield* expression(scope, callable);
      scope.push(name);
    } else if (begin === 'if ' || begin === 'while ') {
      const left = yield* take(choice(scope));
      yield* take(comparison);
      yield* term(without(scope, [left]), []);
      yield* say(':\n');
      yield* block(tell, depth + 1, scope, callable);
      tell({ depth });
    } else {
      yield* expression(scope, callable);
      if (begin === 'return ') return;
    }
  }
}

export function* program(tell: Tell): Derivation<never> {
  let callable: readonly Callable[] = [];
  const another = choice([
    [', ', 2],
    ['):\n', 3],
  ]);
  for (;;) {
    tell({ depth: 0 });
    yield* say('def ');
    const known = callable.map(({ name }) => name);
    const name = yield* take(choice(without(FUNCTIONS, known)));
    yield* say('(');
    const parameters: string[] = [];
    do parameters.push(yield* take(choice(without(VARIABLES, parameters))));
    while (parameters.length < 3 && (yield* take(another)) === ', ');
    if (parameters.length === 3) yield* say('):\n');
    yield* say(`  # ${name} the ${parameters.join(' and the ')} `);
    yield* take(adverb);
    yield* say('\n');
    yield* block(tell, 1, parameters, callable);
    yield* say('end\n\n');
    callable = [...callable, { name, parameters: parameters.length }].slice(-CALLABLE);
  }
}
