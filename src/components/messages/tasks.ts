/** The words of a toy task's result, in both languages: apart from the others, since they come with it. */
import type { Language } from '../../store';

const en = {
  right: (share: string, right: string, of: string, step: string) =>
    `Task: ${share} right (${right} of ${of} decisions on held-out text, after step ${step}).`,
  notYet: 'Task: not yet measured.',
  counts: (asks: string, chance: string) =>
    `Counted is ${asks}: right where the network’s most likely symbol is the one that comes. Someone who sees only the symbol before gets ${chance}.`,
  counted: (asks: string) => `Counted is ${asks}: right where the network’s most likely symbol is the one that comes.`,
  gate: 'Why it takes a gate:',
  published: 'Published:',
  same: 'quoted, the same problem',
  variant: 'quoted; the text here is a variant in symbols, read as one stream',
};

export type TaskWords = typeof en;

const zh: TaskWords = {
  right: (share, right, of, step) => `任务：对了 ${share}（第 ${step} 步后，验证文本的 ${of} 处中对了 ${right} 处）。`,
  notYet: '任务：尚未测量。',
  counts: (asks, chance) =>
    `计入的是${asks}：网络认为最可能的符号就是实际出现的，才算对。只看前一个符号的人能对 ${chance}。`,
  counted: (asks) => `计入的是${asks}：网络认为最可能的符号就是实际出现的，才算对。`,
  gate: '为什么需要门：',
  published: '论文中的结果：',
  same: '引用；问题相同',
  variant: '引用；这里的文本是它的符号变体，并作为一条连续的流来读',
};

export const TASK_WORDS: Readonly<Record<Language, TaskWords>> = { en, zh };
