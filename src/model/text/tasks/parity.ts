/** Whether a row of bits has an even or an odd number of ones. */
import { ask, choice, say, take } from '../grammars/derivation';
import type { Derivation } from '../grammars/derivation';
import { bilingual } from './task';
import type { Task } from './task';

const FEWEST = 2;
const MOST = 8;

/** What may come behind so many bits; all numbers of bits are as likely. */
const ahead = Array.from({ length: MOST + 1 }, (_, bits) => {
  const ends = bits < FEWEST ? 0 : 1 / (MOST + 1 - bits);
  const goesOn = (1 - ends) / 2;
  return choice([
    ...(goesOn > 0 ? [['0', goesOn] as const, ['1', goesOn] as const] : []),
    ...(ends > 0 ? [['=', ends] as const] : []),
  ]);
});

function* lines(): Derivation<never> {
  for (;;) {
    let isOdd = false;
    for (let bits = 0; ; bits++) {
      const taken = yield* take(ahead[bits]);
      if (taken === '=') break;
      isOdd = isOdd !== (taken === '1');
    }
    yield* ask(isOdd ? '1' : '0');
    yield* say('\n');
  }
}

export const parity: Task = {
  grammar: lines,
  title: bilingual('Parity', '奇偶校验'),
  what: bilingual(
    'In each line 2 to 8 bits; behind the equals sign stands 1 where the number of ones is odd, else 0.',
    '每行有 2 到 8 个比特；等号后面，1 的个数为奇数时写 1，否则写 0。',
  ),
  asks: bilingual('the bit behind the equals sign', '等号后面的比特'),
  gate: bilingual(
    'A 1 must turn the stored bit over and a 0 must leave it alone: what is written depends on what is stored, and only gates can do that to a state that is kept.',
    '遇到 1 要翻转存着的比特，遇到 0 要原样不动：写什么取决于存着什么，要对保存的状态这样做，只有靠门。',
  ),
  published: [],
  settings: { units: 32, activationPenalty: 0, batch: 16, length: 32, learningRate: 0.02 },
};
