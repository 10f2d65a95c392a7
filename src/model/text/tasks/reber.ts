/**
 * The embedded Reber grammar (Smith and Zipser 1989; Hochreiter and Schmidhuber 1997): between two letters that must be the
 * same, T or P, stands a string of the Reber grammar. Continual (Gers, Schmidhuber and Cummins 2000): string follows string
 * without a mark, and nothing resets the network.
 */
import { ask, choice, say, take } from '../grammars/derivation';
import type { Choice, Derivation } from '../grammars/derivation';
import { bilingual, PAPERS } from './task';
import type { Task } from './task';

/** From each state of the Reber grammar: the two letters that may come, and the states that they lead to. */
const STATES: readonly Readonly<Record<string, number>>[] = [
  { T: 1, P: 2 },
  { S: 1, X: 3 },
  { T: 2, V: 4 },
  { X: 2, S: 5 },
  { P: 3, V: 5 },
];
const LAST = STATES.length;

const choices: readonly Choice[] = STATES.map((state) => choice(Object.keys(state)));
const outer = choice(['T', 'P']);

/** One string after another, each with `end` behind it. */
function* strings(end: string): Derivation<never> {
  for (;;) {
    yield* say('B');
    const letter = yield* take(outer);
    yield* say('B');
    for (let state = 0; state !== LAST;) state = STATES[state][yield* take(choices[state])];
    yield* say('E');
    yield* ask(letter);
    yield* say(`E${end}`);
  }
}

const asks = bilingual('the last letter but one of each string, T or P', '每个串的倒数第二个字母（T 或 P）');

const settings: Task['settings'] = { units: 16, activationPenalty: 0, batch: 1, length: 32, learningRate: 0.005 };

export const continualReber: Task = {
  grammar: () => strings(''),
  title: bilingual('Continual Reber strings', '连续的 Reber 串'),
  what: bilingual(
    'Strings of a small automaton without a mark between them. The last letter but one of a string is its second one.',
    '由一个小自动机生成的串，首尾相接，没有分隔。每个串的倒数第二个字母与第二个字母相同。',
  ),
  asks,
  gate: bilingual(
    'What one string wrote into the cell must be gone before the next one. Without a forget gate the state only grows, until tanh says nothing about it any more.',
    '前一个串写进细胞的内容，必须在下一个串之前清掉。没有遗忘门，状态只会越积越大，直到 tanh 再也分辨不出什么。',
  ),
  published: [
    {
      source: PAPERS.forget,
      found: bilingual(
        'Ten streams of 100,000 symbols without a mistake: none of 100 networks without forget gates, 18 % with them, 62 % with a falling learning rate too.',
        '十段各 100,000 个符号的文本全部预测正确的：没有遗忘门时 100 个网络中一个也没有，有遗忘门时占 18 %，再加上逐渐减小的学习率则占 62 %。',
      ),
      isSame: true,
    },
  ],
  settings,
};

export const reber: Task = {
  grammar: () => strings('\n'),
  title: bilingual('Embedded Reber strings', '嵌套的 Reber 串'),
  what: bilingual(
    'A string of a small automaton on each line, between two letters that are the same. The line end says where a string is over.',
    '每行一个由小自动机生成的串，夹在两个相同的字母之间；换行表示这个串结束了。',
  ),
  asks,
  gate: bilingual(
    'The input gate keeps the T and P of the inner string from writing over the outer one; both look alike.',
    '内层的 T 和 P 与外层的看上去一样，要靠输入门才不会把外层的那个字母覆盖掉。',
  ),
  published: [
    {
      source: `${PAPERS.lstm}, table 1`,
      found: bilingual(
        'All networks with three blocks of two cells learnt it, after 8,440 strings on average.',
        '由三个各含两个细胞的块组成的网络全部学会，平均用了 8,440 个串。',
      ),
      isSame: false,
    },
  ],
  settings,
};
