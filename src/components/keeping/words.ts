/** The words about saved runs, in both languages: they are fetched with what shows them. */
import type { Language } from '../../store';

const en = {
  label: 'Saved run',
  saved: (ago: string, step: string) => `Saved ${ago}, at step ${step}.`,
  costs: (seconds: string) => `An interruption costs up to ${seconds} s of training.`,
  notYet: 'Not saved yet.',
  elsewhere: 'Not saved: another tab keeps its own run. This one is saved once that is closed.',
  not: (why: string) => `Not saved. ${why}`,
  now: 'just now',
  seconds: (count: string) => `${count} s ago`,
  minutes: (count: string) => `${count} min ago`,
  hours: (count: string) => `${count} h ago`,
  days: (count: string) => `${count} d ago`,
  save: 'Save as a file',
  open: 'Open a saved run',
  reading: 'The saved run is being opened.',
  asks: (step: string) => `The saved run stands at step ${step}, and its text is not here.`,
  asksNamed: (step: string, text: string) =>
    `The saved run stands at step ${step}, and its text “${text}” is not here.`,
  give: 'Give that text at “Your text”, and the run is opened.',
  failed: 'The saved run could not be opened.',
  offered: (step: string, ago: string) => `A run of an earlier visit is kept, at step ${step}, saved ${ago}.`,
  goOn: 'Go on with it',
};

type KeepingWords = typeof en;

const zh: KeepingWords = {
  label: '保存的运行',
  saved: (ago, step) => `已保存（${ago}），第 ${step} 步。`,
  costs: (seconds) => `若被打断，最多损失 ${seconds} 秒的训练。`,
  notYet: '尚未保存。',
  elsewhere: '未保存：另一个标签页正在保存它自己的运行。那个标签页关闭后，这里就会开始保存。',
  not: (why) => `未保存。${why}`,
  now: '刚刚',
  seconds: (count) => `${count} 秒前`,
  minutes: (count) => `${count} 分钟前`,
  hours: (count) => `${count} 小时前`,
  days: (count) => `${count} 天前`,
  save: '保存为文件',
  open: '打开保存的运行',
  reading: '正在打开保存的运行。',
  asks: (step) => `保存的运行停在第 ${step} 步，但这里没有它读的文本。`,
  asksNamed: (step, text) => `保存的运行停在第 ${step} 步，但这里没有它读的文本“${text}”。`,
  give: '请在“你的文本”处给出这段文本，运行随即打开。',
  failed: '未能打开保存的运行。',
  offered: (step, ago) => `上次访问留下了一个运行，停在第 ${step} 步（${ago}保存）。`,
  goOn: '继续这个运行',
};

export const words: Readonly<Record<Language, KeepingWords>> = { en, zh };
