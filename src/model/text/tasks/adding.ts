/** The adding problem (Hochreiter and Schmidhuber 1997) in symbols: of a row of digits two are marked, and their sum is asked for. */
import { ask, choice, say, take } from '../grammars/derivation';
import type { Choice, Derivation } from '../grammars/derivation';
import { bilingual, PAPERS } from './task';
import type { Task } from './task';

const DIGITS = ['0', '1', '2', '3', '4'];
const MARKED = DIGITS.map((digit) => `+${digit}`);
/** Digits of a row. */
const LENGTH = 20;
/** In the first half one digit is marked, in the second half the other: each place is as likely. */
const HALF = LENGTH / 2;

const ahead: readonly Choice[] = Array.from({ length: HALF }, (_, place) => {
  const due = 1 / (HALF - place);
  return choice([
    ...(due < 1 ? DIGITS.map((one) => [one, (1 - due) / DIGITS.length] as const) : []),
    ...MARKED.map((one) => [one, due / DIGITS.length] as const),
  ]);
});
const plain = choice(DIGITS);

function* lines(): Derivation<never> {
  for (;;) {
    let sum = 0;
    for (let half = 0; half < 2; half++) {
      let isMarked = false;
      for (let place = 0; place < HALF; place++) {
        const taken = yield* take(isMarked ? plain : ahead[place]);
        if (!taken.startsWith('+')) continue;
        isMarked = true;
        sum += Number(taken.slice(1));
      }
    }
    yield* say('=');
    yield* ask(String(sum));
    yield* say('\n');
  }
}

export const adding: Task = {
  grammar: lines,
  title: bilingual('Adding', '加法'),
  what: bilingual(
    'In each row of 20 digits from 0 to 4 two are marked with a plus. Behind the equals sign stands their sum.',
    '每行有 20 个 0 到 4 的数字，其中两个前面标有加号。等号后面是这两个数的和。',
  ),
  asks: bilingual('the sum behind the equals sign', '等号后面的和'),
  gate: bilingual(
    'Only the marked digits may be let in, and their sum must be held to the end of the row: that is for the input gate.',
    '只有标了记号的数字可以写入，它们的和要一直保存到行末：这要靠输入门。',
  ),
  published: [
    {
      source: `${PAPERS.lstm}, table 7`,
      found: bilingual(
        'With real numbers over 100 steps: 1 of 2,560 test sequences wrong, after 74,000 training sequences.',
        '用实数、长 100 步时：训练 74,000 个序列后，2,560 个测试序列中错 1 个。',
      ),
      isSame: false,
    },
  ],
  settings: { units: 32, activationPenalty: 0, batch: 16, length: 128, learningRate: 0.01 },
};
