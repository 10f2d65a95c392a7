/** Words of the corpora, in Simplified Chinese. */
import { UNKNOWN_SIGN } from '../../../model/text/display';
import type { CorpusMessages } from '../corpus';

export const zh: CorpusMessages = {
  language: (tag) => (tag === 'task' ? '小任务' : tag === 'mul' ? '多种语言' : '人造语言'),
  own: '你自己的文本',
  missing: (id) => `${id}（此处没有）`,
  made: '来历：',
  beginning: '开头',
  characters: (count) => `${count} 个字符`,
  distinct: (count) => `${count} 个不同字符`,
  vocabulary: (symbols) => `网络的词表有 ${symbols} 个符号。`,
  vocabularyCut: (distinct, share) =>
    `${distinct} 个罕见字符（占训练部分的 ${share}）共用未知符号，显示为 ${UNKNOWN_SIGN}。`,
  vocabularyUnseen: (distinct, share) =>
    `${distinct} 个字符未在训练部分出现，按未知符号处理（显示为 ${UNKNOWN_SIGN}，占验证集的 ${share}）。`,
  parts: (train, heldOut) => `${train} 个字符用于训练，${heldOut} 个留作验证。`,
  frequent: '最常见的字符',
  newlines: (count) => `${count} 处换行已统一为 LF。`,
  bom: '已去掉字节顺序标记（BOM）。',
  replaced: (count) => `有 ${count} 处字节在此编码中不成字符，显示为 �。`,
  cutOff: '文件在一个字符中间结束，这个不完整的字符已略去。',
  nulsRemoved: (count) => `已去掉 ${count} 个空字符（NUL）。`,
  encoding: '编码',
  about: '关于这段文本',
  yourText: '你的文本',
  yourTextHint: '粘贴到这里，或把文件拖到页面任意处。',
  use: '使用这段文本',
  open: '打开文件',
  tookPaste: (characters) => `已取用粘贴的 ${characters} 个字符。`,
  drop: '松开即可使用该文件',
  stages: { reading: '正在读取文本', decoding: '正在解码文本', counting: '正在统计字符' },
  cancel: '取消',
  retry: '重试',
  promisedWithOwn: '这是就适合此文本的设置而言。',
  settings: {
    own: { use: '使用适合此文本的设置', used: '已使用适合此文本的设置' },
    general: { use: '使用通用设置', used: '已使用通用设置' },
  },
  repeat: '重复到足够长',
  another: '打开其他文件',
  first: (bytes) => `只用前 ${bytes}`,
  removeNuls: (count) => `去掉空字符（${count} 个）`,
};
