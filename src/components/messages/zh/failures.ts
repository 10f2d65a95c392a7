/** What failures say, in Simplified Chinese. */
import type { RunFileFault } from '../../../model/failures';
import { displayCharacter, quotation } from '../../../model/text/display';
import { encodingName } from '../encodings';
import { engineName, enumeration, type FailureTexts } from '../failures';

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
  'storage-full': () => ({
    found: '浏览器的存储空间已满。',
    remedy: '训练照常进行。请把运行保存为文件，或腾出一些空间。',
  }),
  'storage-refused': ({ cause }) => ({
    found: `无法使用浏览器的存储空间（${cause}）。`,
    remedy: '训练照常进行。离开之前请把运行保存为文件；无痕窗口可能不保留任何内容。',
  }),
  'part-unreachable': ({ cause }) => ({
    found: `这项操作需要的一部分页面程序未能获取（${cause}）。`,
    remedy: '请在网络恢复后重试。',
  }),
  'browser-lacks': ({ what }) => ({
    found: `这个浏览器没有 ${what}，或不允许页面使用它。`,
    remedy: '请使用最新版的 Chrome、Edge、Firefox 或 Safari；也可能是某项设置或某个扩展程序在阻拦。',
  }),
  'worker-died': ({ cause, times }, n) => ({
    found: `负责训练的程序${times === undefined ? '已' : `一分钟内已 ${n.integer(times)} 次`}停止（${cause}）。`,
    remedy: '请重新启动。设置和文本都保留；运行回到上次保存时的状态，没有保存过则从种子重新开始。',
  }),
  unexpected: ({ cause }) => ({
    found: `发生了不该发生的事（${cause}）。`,
    remedy: '请重置或重新载入页面。如果再次出现，请附上这段文字报告给我们。',
  }),
};
