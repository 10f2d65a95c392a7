/** A word said again, forwards or backwards. */
import { ask, choice, take } from '../grammars/derivation';
import type { Derivation } from '../grammars/derivation';
import { bilingual } from './task';
import type { Task } from './task';

const LETTERS = ['a', 'b', 'c', 'd'];
const SHORTEST = 2;
const LONGEST = 6;

/** What may come behind so many letters; all lengths of a word are as likely. */
const ahead = Array.from({ length: LONGEST + 1 }, (_, letters) => {
  const ends = letters < SHORTEST ? 0 : 1 / (LONGEST + 1 - letters);
  return choice([
    ...(ends < 1 ? LETTERS.map((one) => [one, (1 - ends) / LETTERS.length] as const) : []),
    ...(ends > 0 ? [[':', ends] as const] : []),
  ]);
});

const lines = (answer: (word: string) => string) =>
  function* write(): Derivation<never> {
    for (;;) {
      let word = '';
      for (let taken = ''; taken !== ':'; word += taken === ':' ? '' : taken) taken = yield* take(ahead[word.length]);
      yield* ask(`${answer(word)}\n`);
    }
  };

const settings: Task['settings'] = { units: 64, activationPenalty: 0, batch: 16, length: 32, learningRate: 0.01 };

const asks = bilingual('each letter behind the colon, and the line end', '冒号后面的每个字母，以及换行');

export const copy: Task = {
  grammar: lines((word) => word),
  title: bilingual('Copy', '抄写'),
  what: bilingual(
    'In each line a word of 2 to 6 letters, and behind a colon the same word.',
    '每行一个 2 到 6 个字母的词，冒号后面再写一遍。',
  ),
  asks,
  gate: bilingual(
    'Each letter needs a place of its own in the cells, which gates that look at the state must find when it is written and when it is read.',
    '每个字母都要在细胞里有自己的位置；写的时候和读的时候，都要靠看着状态的门来找到它。',
  ),
  published: [],
  settings,
};

export const reverse: Task = {
  grammar: lines((word) => Array.from(word).reverse().join('')),
  title: bilingual('Reverse', '倒写'),
  what: bilingual(
    'In each line a word of 2 to 6 letters, and behind a colon the same word backwards.',
    '每行一个 2 到 6 个字母的词，冒号后面把它倒过来写。',
  ),
  asks,
  gate: bilingual(
    'As a stack: what was written last is read first, so that new letters must not disturb old ones.',
    '像一个栈：最后写入的最先读出，新字母不能打乱旧字母。',
  ),
  published: [],
  settings,
};
