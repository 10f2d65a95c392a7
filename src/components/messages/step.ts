/** Words of slow motion, in each language: fetched with what shows a step in its parts. */
import type { Language } from '../../store';

const en = {
  title: 'One training step in slow motion',
  at: (step: string) => `step ${step}`,
  empty: 'Press Train or Step: here the next step is taken apart.',
  hint: 'Pause to look at a step for as long as you like; Step makes the next one.',
  rows: 'The row of text, and what the step makes of it',
  parts: {
    text: 'Text',
    forward: 'Forward',
    loss: 'Loss',
    backward: 'Backward',
    weights: 'Weights',
  },
  captions: {
    text: (rows: string, characters: string) =>
      rows === '1'
        ? `In this step the network reads one row of ${characters} characters.`
        : `In this step the network reads ${rows} rows of ${characters} characters each, all at once; this is the first of them.`,
    forward: 'From left to right it guesses, after each character, which one comes next.',
    loss: (characters: string, mean: string) =>
      `The less likely it thought the character that came, the larger the loss: over all ${characters} characters of the step ${mean} nats on average.`,
    backward: (layer: string | null) =>
      `From right to left it works out how much the loss depends on what the network did at each character${layer === null ? '' : `, in layer ${layer}`}: that is the gradient.`,
    weights:
      'Last, the optimizer turns the gradients into a small move of each weight, to make the loss smaller step by step.',
  },
  forwardLegend: 'Height: how sure. Filled: right, hollow: wrong.',
  lossLegend: 'Letters: what came.',
  backwardLegend: 'Height: how strongly (the length of the gradient).',
  weightsLegend: 'How far, as a share of their size.',
  nats: 'nats',
  character: 'Character of the row',
  /** What the step says of one character; characters come with their own quotation. */
  reading: (o: {
    position: string;
    count: string;
    read: string;
    guess: string;
    sure: string;
    next: string;
    loss: string;
    gradient: string;
  }) =>
    `Character ${o.position} of ${o.count}: after ${o.read} it guessed ${o.guess} (${o.sure}), and ${o.next} came: loss ${o.loss} nats, gradient ${o.gradient}.`,
  quoted: (character: string) => `“${character}”`,
  groups: {
    embedding: 'embedding',
    gate: (name: string, letter: string) => `${name} ${letter}`,
    layer: (layer: string) => `layer ${layer}`,
    output: 'output layer',
  },
  unitsOf: (layer: string | null, most: string) =>
    `Unit by unit${layer === null ? '' : ` in layer ${layer}`}, unit 0 first; the highest bar is ${most}.`,
  unit: 'Unit whose weights moved',
  unitMoved: (unit: string, share: string) =>
    `The weights that lead into unit ${unit} moved by ${share} of their size.`,
  gap: ' ',
  most: (moves: readonly string[]) => `Most: ${moves.join('; ')}.`,
  move: (gate: string, from: string, before: string, after: string) => `${from} → ${gate}, ${before} to ${after}`,
  from: {
    symbol: (character: string) => `“${character}”`,
    embedding: (index: string) => `number ${index} of the embedding`,
    below: (index: string) => `unit ${index} of the layer below`,
    unit: (index: string) => `unit ${index}`,
    bias: () => 'bias',
  },
  table: 'The step as a table',
  tableRunning: 'The table follows when training pauses.',
  columns: {
    position: 'character',
    read: 'read',
    guess: 'guessed',
    sure: 'sure',
    next: 'came',
    loss: 'loss (nats)',
    gradient: 'gradient',
  },
  tableCaption: (step: string) => `Row 1 of the batch, at step ${step}`,
  movedCaption: (step: string) => `How far the weights moved at step ${step}`,
  group: 'weights',
  moved: 'moved',
};

export type StepWords = typeof en;

const zh: StepWords = {
  title: '慢动作：一步训练',
  at: (step) => `第 ${step} 步`,
  empty: '按“训练”或“单步”：下一步会在这里拆开来看。',
  hint: '按“暂停”可以慢慢看这一步；按“单步”看下一步。',
  rows: '一行文本，以及这一步对它做了什么',
  parts: {
    text: '文本',
    forward: '前向',
    loss: '损失',
    backward: '反向',
    weights: '权重',
  },
  captions: {
    text: (rows, characters) =>
      rows === '1'
        ? `这一步里，网络读一行文本，共 ${characters} 个字符。`
        : `这一步里，网络同时读 ${rows} 行文本，每行 ${characters} 个字符；这是其中的第一行。`,
    forward: '从左到右，每读一个字符，网络就猜下一个是什么。',
    loss: (characters, mean) =>
      `网络认为实际出现的字符越不可能，损失就越大：这一步全部 ${characters} 个字符平均为 ${mean} 奈特。`,
    backward: (layer) =>
      `从右到左，算出损失在多大程度上取决于网络${layer === null ? '' : `第 ${layer} 层`}在每个字符处所做的事：这就是梯度。`,
    weights: '最后，优化器根据梯度把每个权重移动一点，好让损失一步步变小。',
  },
  forwardLegend: '高度：有多肯定。实心：猜对，空心：猜错。',
  lossLegend: '字母：实际出现的字符。',
  backwardLegend: '高度：有多强烈（梯度的长度）。',
  weightsLegend: '移动了多少，以占自身大小的比例计。',
  nats: '奈特',
  character: '这一行的字符',
  reading: ({ position, count, read, guess, sure, next, loss, gradient }) =>
    `第 ${position} 个字符，共 ${count} 个：读到${read}之后猜${guess}（${sure}），实际出现${next}：损失 ${loss} 奈特，梯度 ${gradient}。`,
  quoted: (character) => `“${character}”`,
  groups: {
    embedding: '嵌入',
    gate: (name, letter) => `${name} ${letter}`,
    layer: (layer) => `第 ${layer} 层`,
    output: '输出层',
  },
  unitsOf: (layer, most) => `${layer === null ? '' : `第 ${layer} 层`}逐个单元，从单元 0 开始；最高的条为 ${most}。`,
  unit: '看哪个单元的权重移动',
  unitMoved: (unit, share) => `通向单元 ${unit} 的权重移动了自身大小的 ${share}。`,
  gap: '',
  most: (moves) => `其中最多的：${moves.join('；')}。`,
  move: (gate, from, before, after) => `${from} → ${gate}，${before} 变为 ${after}`,
  from: {
    symbol: (character) => `“${character}”`,
    embedding: (index) => `嵌入的第 ${index} 个数`,
    below: (index) => `下一层的单元 ${index}`,
    unit: (index) => `单元 ${index}`,
    bias: () => '偏置',
  },
  table: '以表格显示这一步',
  tableRunning: '暂停训练后表格会更新。',
  columns: {
    position: '字符',
    read: '读到',
    guess: '猜测',
    sure: '肯定程度',
    next: '实际',
    loss: '损失（奈特）',
    gradient: '梯度',
  },
  tableCaption: (step) => `批次的第 1 行，第 ${step} 步`,
  movedCaption: (step) => `第 ${step} 步中权重移动了多少`,
  group: '权重',
  moved: '移动',
};

export const stepWords: Readonly<Record<Language, StepWords>> = { en, zh };
