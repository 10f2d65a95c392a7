/** The words about earlier networks of a run, in both languages: they are fetched with what shows them. */
import type { Language } from '../../store';

const en = {
  title: 'Look back',
  about:
    'The networks that this run has had. Move back, and the score shows what the one of then makes of the same text. ',
  slider: 'Step whose network is looked at',
  now: (step: string) => `now, step ${step}`,
  then: (step: string, last: string) => `step ${step} of ${last}`,
  play: 'Play from the beginning',
  stop: 'Stop playing',
  back: 'Back to now',
  fork: 'Go on from here',
  forkRemark: 'A new run, which goes on from this step. Undo brings this one back.',
  kept: (count: string, bytes: string, most: string) =>
    `${count} networks are held in memory: ${bytes}, at most ${most}. They go with the visit.`,
  tag: (step: string) => `As it was at step ${step}`,
};

type ChronicleWords = typeof en;

const zh: ChronicleWords = {
  title: '回看',
  about: '这次运行中先后有过的网络。向左拖动，图谱就显示当时的网络如何读同一段文本。',
  slider: '查看哪一步的网络',
  now: (step) => `当前，第 ${step} 步`,
  then: (step, last) => `第 ${step} 步（共 ${last} 步）`,
  play: '从头播放',
  stop: '停止播放',
  back: '回到当前',
  fork: '从这里继续',
  forkRemark: '开始一次新的运行，从这一步继续训练。按“撤销”可恢复现在的运行。',
  kept: (count, bytes, most) => `内存中存有 ${count} 个网络，共 ${bytes}，上限 ${most}。关闭页面后不再保留。`,
  tag: (step) => `第 ${step} 步时的样子`,
};

export const words: Readonly<Record<Language, ChronicleWords>> = { en, zh };
