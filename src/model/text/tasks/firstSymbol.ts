/** The first symbol of a line, over a lag of symbols that say nothing (after task 2c of Hochreiter and Schmidhuber 1997). */
import { ask, choice, say, take } from '../grammars/derivation';
import type { Derivation } from '../grammars/derivation';
import { bilingual, PAPERS } from './task';
import type { Task } from './task';

/** Symbols of the lag; all numbers of them are as likely. */
const SHORTEST = 40;
const LONGEST = 50;

const first = choice(['x', 'y']);
const DISTRACTORS = ['a', 'b', 'c', 'd'];
const distractor = choice(DISTRACTORS);
/** What may come behind so many distractors. */
const ahead = Array.from({ length: LONGEST + 1 }, (_, count) => {
  const ends = count < SHORTEST ? 0 : 1 / (LONGEST + 1 - count);
  const others = DISTRACTORS.map((one) => [one, (1 - ends) / DISTRACTORS.length] as const);
  return ends === 0 ? distractor : choice([...(ends < 1 ? others : []), ['?', ends]]);
});

function* lines(): Derivation<never> {
  for (;;) {
    const symbol = yield* take(first);
    for (let count = 0; (yield* take(ahead[count])) !== '?'; count++);
    yield* ask(symbol);
    yield* say('\n');
  }
}

export const firstSymbol: Task = {
  grammar: lines,
  title: bilingual('The first symbol', '记住第一个符号'),
  what: bilingual(
    'Each line begins with x or y. Behind 40 to 50 random letters stands a question mark, and then the first symbol again.',
    '每行以 x 或 y 开头，接着是 40 到 50 个随机字母和一个问号，然后再次出现开头的那个符号。',
  ),
  asks: bilingual('the symbol behind the question mark', '问号后面的符号'),
  gate: bilingual(
    'The input gate must let the first symbol in and keep every other letter out, and the forget gate must stay open all the while.',
    '输入门要放第一个符号进来，把其余字母都挡在外面；遗忘门则要一直开着。',
  ),
  published: [
    {
      source: `${PAPERS.lstm}, table 3`,
      found: bilingual(
        'Over a lag of 50 with 50 kinds of random letters: learnt after 30,000 sequences.',
        '间隔 50 个符号、随机字母有 50 种时：30,000 个序列之后学会。',
      ),
      isSame: false,
    },
  ],
  settings: { units: 16, forgetBias: 3, activationPenalty: 0.001, batch: 16, length: 64, learningRate: 0.01 },
};
