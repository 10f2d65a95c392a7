/** Languages in which a number must be counted: n a's and as many b's (Gers and Schmidhuber 2001), as many c's too, and n itself. */
import { ask, choice, say, take } from '../grammars/derivation';
import type { Derivation } from '../grammars/derivation';
import { bilingual, PAPERS } from './task';
import type { Task } from './task';

/** Largest n; all are as likely. */
const MOST = 10;

/** Behind n letters of a kind one more, or the first of the next kind: all lengths of the run are as likely. */
const run = (letter: string, next: string): Derivation<number> =>
  (function* letters() {
    yield* say(letter);
    for (let n = 1; ; n++) {
      const ends = 1 / (MOST + 1 - n);
      const taken = yield* take(choice(n < MOST ? [[letter, 1 - ends] as const, [next, ends] as const] : [next]));
      if (taken === next) return n;
    }
  })();

/** The letter for the nth time, where `behind` have been written: asked for at its end, and what is next too. */
function* rest(letter: string, behind: number, n: number, next: string): Derivation {
  if (n - behind > 1) yield* say(letter.repeat(n - behind - 1));
  if (n > behind) yield* ask(letter);
  yield* ask(next);
}

function* anbnLines(): Derivation<never> {
  for (;;) yield* rest('b', 1, yield* run('a', 'b'), '\n');
}

function* anbncnLines(): Derivation<never> {
  for (;;) {
    const n = yield* run('a', 'b');
    yield* rest('b', 1, n, 'c');
    yield* rest('c', 1, n, '\n');
  }
}

const numbers = choice(Array.from({ length: MOST - 1 }, (_, k) => String.fromCharCode(0x41 + k)));

function* countLines(): Derivation<never> {
  for (;;) {
    const letter = yield* take(numbers);
    yield* rest('o', 0, letter.charCodeAt(0) - 0x40, '\n');
  }
}

const ends = bilingual(
  'the last letter of each counted run, and what comes behind it',
  '每段计数的最后一个字母，以及它后面的符号',
);

const gate = bilingual(
  'A cell counts by adding to its state: the forget gate must stay open while it counts, and clear the count at the line end.',
  '细胞靠不断往状态里加来计数：计数时遗忘门要一直开着，行末再把计数清掉。',
);

const settings: Task['settings'] = { units: 16, activationPenalty: 0, batch: 8, length: 32, learningRate: 0.01 };

export const anbn: Task = {
  grammar: anbnLines,
  title: bilingual('aⁿbⁿ', 'aⁿbⁿ'),
  what: bilingual('In each line 1 to 10 times a, then as often b.', '每行先有 1 到 10 个 a，再有同样多的 b。'),
  asks: ends,
  gate,
  published: [
    {
      source: PAPERS.languages,
      found: bilingual(
        'Trained on n from 1 to 10, all networks learnt it; the best one was right up to n = 1000.',
        '用 n 为 1 到 10 的串训练，全部网络都学会了；最好的一个直到 n = 1000 仍然正确。',
      ),
      isSame: false,
    },
  ],
  settings,
};

export const anbncn: Task = {
  grammar: anbncnLines,
  title: bilingual('aⁿbⁿcⁿ', 'aⁿbⁿcⁿ'),
  what: bilingual(
    'In each line 1 to 10 times a, then as often b, then as often c.',
    '每行先有 1 到 10 个 a，再有同样多的 b，最后有同样多的 c。',
  ),
  asks: ends,
  gate,
  published: [
    {
      source: PAPERS.languages,
      found: bilingual(
        'Trained on n from 1 to 40, the best network was right up to n = 500.',
        '用 n 为 1 到 40 的串训练，最好的网络直到 n = 500 仍然正确。',
      ),
      isSame: false,
    },
  ],
  settings,
};

export const countToN: Task = {
  grammar: countLines,
  title: bilingual('Count to n', '数到 n'),
  what: bilingual(
    'A letter says how many times o follows: A once, B twice, up to I nine times.',
    '开头的字母说明后面有几个 o：A 一个，B 两个，直到 I 九个。',
  ),
  asks: ends,
  gate: bilingual(
    'The number is written into the cell at once and counted down by one at each o; the input gate decides how much is written when.',
    '数目一次写入细胞，每遇到一个 o 减一；什么时候写多少，由输入门决定。',
  ),
  published: [],
  settings,
};
