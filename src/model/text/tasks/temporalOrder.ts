/**
 * In which order two marks came (task 6a of Hochreiter and Schmidhuber 1997): a line of 100 to 110 symbols begins with E and
 * ends with B; at one place from 10 to 20 and at one from 50 to 60 stands X or Y, elsewhere a letter that says nothing.
 */
import { ask, choice, say, take } from '../grammars/derivation';
import type { Choice, Derivation } from '../grammars/derivation';
import { bilingual, PAPERS } from './task';
import type { Task } from './task';

const LETTERS = ['a', 'b', 'c', 'd'];
const MARKS = ['X', 'Y'];
/** What the four orders are called. */
const CLASSES: Readonly<Record<string, string>> = { XX: 'Q', XY: 'R', YX: 'S', YY: 'U' };

/** Where the first mark stands, the second, and the B: each of these places as likely as the others. */
const RANGES = [
  { from: 10, to: 20, options: MARKS },
  { from: 50, to: 60, options: MARKS },
  { from: 99, to: 109, options: ['B'] },
] as const;

/** What may stand at each place, counted from 0, of a line in which so many marks have come. */
const ahead: readonly (readonly Choice[])[] = RANGES.map(({ from, to, options }) =>
  Array.from({ length: to + 1 }, (_, place) => {
    const due = place < from ? 0 : 1 / (to + 1 - place);
    return choice([
      ...(due < 1 ? LETTERS.map((one) => [one, (1 - due) / LETTERS.length] as const) : []),
      ...(due > 0 ? options.map((one) => [one, due / options.length] as const) : []),
    ]);
  }),
);

function* lines(): Derivation<never> {
  for (;;) {
    yield* say('E');
    let marks = '';
    let last = '';
    for (let place = 1; last !== 'B'; place++) {
      last = yield* take(ahead[marks.length][place]);
      if (MARKS.includes(last)) marks += last;
    }
    yield* ask(CLASSES[marks]);
    yield* say('\n');
  }
}

export const temporalOrder: Task = {
  grammar: lines,
  title: bilingual('Temporal order', '先后顺序'),
  what: bilingual(
    'In each line of random letters two marks stand far apart, each X or Y. Behind B comes Q for XX, R for XY, S for YX, U for YY.',
    '每行随机字母中有两个相隔很远的标记，各为 X 或 Y。B 的后面：XX 写 Q，XY 写 R，YX 写 S，YY 写 U。',
  ),
  asks: bilingual('the letter behind B', 'B 后面的字母'),
  gate: bilingual(
    'Only the marks may be written, and the second must not wipe out the first: that is for the input gate and the forget gate.',
    '只有标记可以写入，而且第二个不能把第一个抹掉：这要靠输入门和遗忘门。',
  ),
  published: [
    {
      source: `${PAPERS.lstm}, table 9`,
      found: bilingual(
        '1 of 2,560 test sequences wrong, after 31,390 training sequences.',
        '训练 31,390 个序列后，2,560 个测试序列中错 1 个。',
      ),
      isSame: false,
    },
  ],
  settings: { units: 16, activationPenalty: 0, batch: 16, length: 128, learningRate: 0.01 },
};
