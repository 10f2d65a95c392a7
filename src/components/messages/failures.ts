/** What went wrong, in both languages: what was found, and what to do about it. */
import type { Failure, FailureCode, RunFileFault } from '../../model/failures';
import { displayCharacter, quotation } from '../../model/text/display';
import type { EngineName } from '../../model/kernels/engines';
import type { Language } from '../../store';
import { engineNames } from './controls';
import { encodingName } from './encodings';
import type { Numbers } from './numbers';

export interface FailureText {
  /** What was found. */
  readonly found: string;
  /** What to do. */
  readonly remedy: string;
}

type FailureTexts = {
  readonly [C in FailureCode]: (failure: Extract<Failure, { code: C }>, numbers: Numbers) => FailureText;
};

/** Engines are called the same in both languages. */
const engineName = (engine: string): string =>
  Object.hasOwn(engineNames, engine) ? engineNames[engine as EngineName] : engine;

const damageInEnglish = (fault: RunFileFault): string => {
  switch (fault.kind) {
    case 'foreign':
      return 'This file is no saved run.';
    case 'incomplete':
      return 'This saved run is not whole: a part of it is missing, or something was added to it.';
    case 'changed':
      return 'This saved run is damaged: its content has changed since it was saved.';
    case 'unreadable':
      return `This saved run is damaged: its part “${quotation(fault.where)}” cannot be read.`;
    case 'missing':
      return `This saved run is damaged: its part “${quotation(fault.where)}” is missing.`;
    case 'unknown':
      return `This saved run is damaged: it has a part “${quotation(fault.where)}”, which no run has.`;
    case 'size':
      return `This saved run is damaged: its part “${quotation(fault.where)}” is not of the size that its network has.`;
    case 'not-finite':
      return `This saved run is damaged: its part “${quotation(fault.where)}” holds what is no finite number.`;
    case 'bounds':
      return `This saved run is damaged: its “${quotation(fault.where)}” is ${quotation(fault.value)}, which cannot be.`;
  }
};

/** More names than these say nothing more. */
const MOST_NAMES = 5;

const enumeration = (names: readonly string[], language: Language, n: Numbers): string => {
  const more = names.length - MOST_NAMES;
  const shown = names.slice(0, more > 0 ? MOST_NAMES : undefined).map((name) => `“${quotation(name)}”`);
  if (language === 'zh') return shown.join('、') + (more > 0 ? ` 以及另外 ${n.integer(more)} 个` : '');
  return shown.join(', ') + (more > 0 ? ` and ${n.integer(more)} more` : '');
};

export const en: FailureTexts = {
  'text-empty': ({ name }) => ({
    found: name === undefined ? 'The text is empty.' : `“${quotation(name)}” is empty.`,
    remedy: 'Paste or open a text of at least 100 characters.',
  }),
  'text-too-short': ({ characters, needed }, n) => ({
    found: `The text has ${n.integer(characters)} characters; training needs at least ${n.integer(needed)}.`,
    remedy: 'Add to it, or repeat it a few times.',
  }),
  'text-one-character': ({ character }) => ({
    found: `Every character of the text is the same, “${displayCharacter(character.codePointAt(0) ?? -1)}”, so there is nothing to predict.`,
    remedy: 'Use a text with at least two different characters.',
  }),
  'text-binary': ({ name }) => ({
    found: `“${quotation(name)}” is not text: it holds bytes that no text has.`,
    remedy: 'Open a plain text file; a Word or PDF document has to be saved as plain text first.',
  }),
  'text-encoding-unclear': ({ name }) => ({
    found: `It is not certain how “${quotation(name)}” is encoded.`,
    remedy: 'Choose the version that reads right.',
  }),
  'text-with-nuls': ({ count }, n) => ({
    found: `The text holds NUL characters (${n.integer(count)}), which no text has.`,
    remedy: 'Take them out, or use another text.',
  }),
  'text-undecodable': ({ encoding }) => ({
    found: `The file cannot be read as ${encodingName(encoding)}.`,
    remedy: 'Choose another encoding, or save the file as UTF-8.',
  }),
  'text-too-large': ({ bytes, limit }, n) => ({
    found: `The text has ${n.bytes(bytes, limit)}; at most ${n.bytes(limit)} can be read.`,
    remedy: 'Use a part of it: a few megabytes are more than enough.',
  }),
  'file-unreadable': ({ name, reason }) =>
    reason === 'gone'
      ? {
          found: `“${quotation(name)}” is not there any more, or is a folder.`,
          remedy: 'Open it where it is now, or paste its text.',
        }
      : {
          found: `“${quotation(name)}” could not be read: it was changed after it was chosen, or the browser may not read it.`,
          remedy: 'Open it once more, or paste its text.',
        },
  'file-folder': ({ name }) => ({
    found: `“${quotation(name)}” is a folder.`,
    remedy: 'Open it, and drop one text file out of it.',
  }),
  'files-several': ({ names }, n) => ({
    found: `Several files were dropped at once: ${enumeration(names, 'en', n)}.`,
    remedy: 'The network reads one text at a time: drop one of them, or join them into one file.',
  }),
  'corpus-unknown': ({ id }) => ({
    found: `There is no corpus “${quotation(id)}” here.`,
    remedy: 'Choose another one. The link may come from a copy of this page that has more of them.',
  }),
  'corpus-unreachable': ({ id, cause }) => ({
    found: `The corpus “${quotation(id)}” could not be loaded (${cause}).`,
    remedy: 'Try again, or choose another one.',
  }),
  'catalogue-unreachable': ({ cause }) => ({
    found: `The list of corpora could not be loaded (${cause}).`,
    remedy: 'Try again, or use a text of your own.',
  }),
  'too-large-for-memory': ({ bytes, limit, nearest }, n) => ({
    found: `This network needs ${n.bytes(bytes, limit)} of memory; ${n.bytes(limit)} can be had.`,
    remedy:
      `The nearest that fits has ${n.integer(nearest.units)} units, a batch of ${n.integer(nearest.batch)} ` +
      `and a length of ${n.integer(nearest.length)}.`,
  }),
  'engine-unavailable': ({ engine, cause }) => ({
    found: `${engineName(engine)} cannot be used here (${cause}).`,
    remedy: 'Another engine trains instead. Updating the browser or the graphics driver may help.',
  }),
  'device-lost': ({ engine, cause }) => ({
    found: `The graphics device was taken away from ${engineName(engine)} (${cause}).`,
    remedy: 'Start again from the seed, or choose another engine.',
  }),
  'device-error': ({ engine, cause }) => ({
    found: `${engineName(engine)} reported an error (${cause}), so its numbers can no longer be trusted.`,
    remedy: 'Start again from the seed, or choose another engine.',
  }),
  'step-abandoned': ({ engine }) => ({
    found: `A step on ${engineName(engine)} took long and was given up.`,
    remedy: 'Another engine may be faster; so is a smaller network.',
  }),
  'thread-lost': ({ cause }) => ({
    found: `A thread that shared the work has stopped (${cause}).`,
    remedy: 'Training goes on with fewer threads: the same numbers, only slower. The next run asks for new ones.',
  }),
  'not-finite': ({ step, quantity }, n) => ({
    found:
      `At step ${n.integer(step)} the ${quantity} was no longer a finite number: the steps had become too large. ` +
      'The network has gone back to a step at which it was still in good order.',
    remedy: 'Go on with a smaller learning rate, clip the gradient harder, or reset.',
  }),
  'run-file-damaged': ({ fault }) => ({
    found: damageInEnglish(fault),
    remedy:
      fault.kind === 'foreign'
        ? 'Choose a file in which this program has saved a run. The run on the page goes on untouched.'
        : 'Copy or download it again, or take an earlier one. The run on the page goes on untouched.',
  }),
  'run-file-newer': ({ version, known }, n) => ({
    found:
      `This run was saved by a newer version of this program: its format is number ${n.integer(version)}, ` +
      `and this page reads up to number ${n.integer(known)}.`,
    remedy: 'Open it with a newer version. The run on the page goes on untouched.',
  }),
  'part-unreachable': ({ cause }) => ({
    found: `A part of the page that is needed for this could not be fetched (${cause}).`,
    remedy: 'Try again once the connection is there.',
  }),
  'browser-lacks': ({ what }) => ({
    found: `This browser lacks ${what}, or keeps it from the page.`,
    remedy:
      'Use a current version of Chrome, Edge, Firefox or Safari; a setting or an extension may also be in the way.',
  }),
  'worker-died': ({ cause }) => ({
    found: `The part of the program that trains has stopped (${cause}).`,
    remedy: 'Start it again. Settings and text stay; the network begins from its seed.',
  }),
  unexpected: ({ cause }) => ({
    found: `Something happened that should not (${cause}).`,
    remedy: 'Reset, or reload the page. If it comes back, please report it with these words.',
  }),
};

const damageInChinese = (fault: RunFileFault): string => {
  switch (fault.kind) {
    case 'foreign':
      return '这个文件不是保存的运行。';
    case 'incomplete':
      return '这个保存的运行不完整：缺少一部分内容，或被添加了内容。';
    case 'changed':
      return '这个保存的运行已损坏：内容在保存之后发生了变化。';
    case 'unreadable':
      return `这个保存的运行已损坏：无法读取其中的“${quotation(fault.where)}”。`;
    case 'missing':
      return `这个保存的运行已损坏：缺少“${quotation(fault.where)}”。`;
    case 'unknown':
      return `这个保存的运行已损坏：其中含有运行文件中不该有的“${quotation(fault.where)}”。`;
    case 'size':
      return `这个保存的运行已损坏：其中“${quotation(fault.where)}”的大小与网络不符。`;
    case 'not-finite':
      return `这个保存的运行已损坏：其中“${quotation(fault.where)}”含有非有限的数值。`;
    case 'bounds':
      return `这个保存的运行已损坏：其中“${quotation(fault.where)}”的值 ${quotation(fault.value)} 超出了允许的范围。`;
  }
};

export const zh: FailureTexts = {
  'text-empty': ({ name }) => ({
    found: name === undefined ? '文本是空的。' : `“${quotation(name)}”是空的。`,
    remedy: '请粘贴或打开一段至少 100 个字符的文本。',
  }),
  'text-too-short': ({ characters, needed }, n) => ({
    found: `文本只有 ${n.integer(characters)} 个字符，训练至少需要 ${n.integer(needed)} 个。`,
    remedy: '请补充一些内容，或把它重复几遍。',
  }),
  'text-one-character': ({ character }) => ({
    found: `文本从头到尾都是同一个字符“${displayCharacter(character.codePointAt(0) ?? -1)}”，没有什么可预测的。`,
    remedy: '请使用至少包含两种不同字符的文本。',
  }),
  'text-binary': ({ name }) => ({
    found: `“${quotation(name)}”不是文本：其中有文本里不会出现的字节。`,
    remedy: '请打开纯文本文件；Word 或 PDF 文档需要先另存为纯文本。',
  }),
  'text-encoding-unclear': ({ name }) => ({
    found: `无法确定“${quotation(name)}”的编码。`,
    remedy: '请选择读起来正确的一种。',
  }),
  'text-with-nuls': ({ count }, n) => ({
    found: `文本中有 ${n.integer(count)} 个文本里不会出现的空字符（NUL）。`,
    remedy: '请去掉它们，或使用其他文本。',
  }),
  'text-undecodable': ({ encoding }) => ({
    found: `无法按 ${encodingName(encoding)} 编码读取这个文件。`,
    remedy: '请选择其他编码，或把文件另存为 UTF-8。',
  }),
  'text-too-large': ({ bytes, limit }, n) => ({
    found: `文本有 ${n.bytes(bytes, limit)}，最多只能读取 ${n.bytes(limit)}。`,
    remedy: '请只用其中一部分：几兆字节已经绰绰有余。',
  }),
  'file-unreadable': ({ name, reason }) =>
    reason === 'gone'
      ? {
          found: `“${quotation(name)}”已不在原处，或者是一个文件夹。`,
          remedy: '请从它现在的位置打开，或粘贴其中的文本。',
        }
      : {
          found: `无法读取“${quotation(name)}”：它在选中之后有改动，或浏览器无权读取。`,
          remedy: '请重新打开它，或粘贴其中的文本。',
        },
  'file-folder': ({ name }) => ({
    found: `“${quotation(name)}”是一个文件夹。`,
    remedy: '请打开它，再拖入其中的一个文本文件。',
  }),
  'files-several': ({ names }, n) => ({
    found: `一次拖入了多个文件：${enumeration(names, 'zh', n)}。`,
    remedy: '网络一次只读一段文本：请只拖入其中一个，或先把它们合并成一个文件。',
  }),
  'corpus-unknown': ({ id }) => ({
    found: `这里没有名为“${quotation(id)}”的语料。`,
    remedy: '请选择其他语料。这个链接可能来自语料更多的另一个副本。',
  }),
  'corpus-unreachable': ({ id, cause }) => ({
    found: `语料“${quotation(id)}”未能载入（${cause}）。`,
    remedy: '请重试，或选择其他语料。',
  }),
  'catalogue-unreachable': ({ cause }) => ({
    found: `未能载入语料列表（${cause}）。`,
    remedy: '请重试，或使用你自己的文本。',
  }),
  'too-large-for-memory': ({ bytes, limit, nearest }, n) => ({
    found: `这个网络需要 ${n.bytes(bytes, limit)} 内存，可用的只有 ${n.bytes(limit)}。`,
    remedy: `放得下的最接近的配置是：${n.integer(nearest.units)} 个单元，批量大小 ${n.integer(nearest.batch)}，序列长度 ${n.integer(nearest.length)}。`,
  }),
  'engine-unavailable': ({ engine, cause }) => ({
    found: `这里不能使用 ${engineName(engine)}（${cause}）。`,
    remedy: '已改用其他引擎训练。更新浏览器或显卡驱动可能有帮助。',
  }),
  'device-lost': ({ engine, cause }) => ({
    found: `${engineName(engine)} 失去了图形设备（${cause}）。`,
    remedy: '请从种子重新开始，或选择其他引擎。',
  }),
  'device-error': ({ engine, cause }) => ({
    found: `${engineName(engine)} 报告了错误（${cause}），它算出的数不再可信。`,
    remedy: '请从种子重新开始，或选择其他引擎。',
  }),
  'step-abandoned': ({ engine }) => ({
    found: `${engineName(engine)} 上的一步用时太久，已放弃。`,
    remedy: '换一个引擎或用小一些的网络，可能会快些。',
  }),
  'thread-lost': ({ cause }) => ({
    found: `一个分担计算的线程已停止（${cause}）。`,
    remedy: '训练用较少的线程继续：结果完全相同，只是慢一些。下一次运行会重新启用新的线程。',
  }),
  'not-finite': ({ step, quantity }, n) => ({
    found: `第 ${n.integer(step)} 步时，${quantity === 'loss' ? '损失' : '梯度'}不再是有限的数：更新的步子太大了。网络已退回到此前仍然正常的一步。`,
    remedy: '请用更小的学习率继续，或加强梯度裁剪，或重置。',
  }),
  'run-file-damaged': ({ fault }) => ({
    found: damageInChinese(fault),
    remedy:
      fault.kind === 'foreign'
        ? '请选择由本程序保存的运行文件。页面上的运行不受影响。'
        : '请重新复制或下载这个文件，或改用更早保存的文件。页面上的运行不受影响。',
  }),
  'run-file-newer': ({ version, known }, n) => ({
    found: `这个运行由更新版本的程序保存：文件格式为第 ${n.integer(version)} 版，而本页面最高只能读取第 ${n.integer(known)} 版。`,
    remedy: '请用更新版本的程序打开。页面上的运行不受影响。',
  }),
  'part-unreachable': ({ cause }) => ({
    found: `这项操作需要的一部分页面程序未能获取（${cause}）。`,
    remedy: '请在网络恢复后重试。',
  }),
  'browser-lacks': ({ what }) => ({
    found: `这个浏览器没有 ${what}，或不允许页面使用它。`,
    remedy: '请使用最新版的 Chrome、Edge、Firefox 或 Safari；也可能是某项设置或某个扩展程序在阻拦。',
  }),
  'worker-died': ({ cause }) => ({
    found: `负责训练的程序已停止（${cause}）。`,
    remedy: '请重新启动。设置和文本都保留，网络从种子重新开始。',
  }),
  unexpected: ({ cause }) => ({
    found: `发生了不该发生的事（${cause}）。`,
    remedy: '请重置或重新载入页面。如果再次出现，请附上这段文字报告给我们。',
  }),
};

/** A failure in the words of one catalogue. */
export const failureText = (texts: FailureTexts, failure: Failure, numbers: Numbers): FailureText => {
  // TypeScript cannot see that the function under a failure's own code takes that failure.
  const text = texts[failure.code] as (failure: Failure, numbers: Numbers) => FailureText;
  return text(failure, numbers);
};
