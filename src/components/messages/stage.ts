/** Words of the stage: the score, the trajectories, the loss curve, the next character and the samples. */
import type { BandName, Term } from '../../model/cells';
import type { Baseline, Sample } from '../../model/telemetry';
import { UNKNOWN_SIGN } from '../../model/text/display';
import { labelWords } from './labels';

const baselines: Record<Baseline['name'], string> = {
  uniform: 'uniform',
  unigram: 'unigram',
  '2-gram': '2-gram',
  '3-gram': '3-gram',
  '4-gram': '4-gram',
  '5-gram': '5-gram',
  grammar: 'grammar',
};

const bands: Record<BandName, string> = {
  i: 'input gate',
  f: 'forget gate',
  g: 'candidate',
  o: 'output gate',
  r: 'reset gate',
  z: 'update gate',
  n: 'candidate',
  a: 'pre-activation',
  c: 'cell state',
  h: 'hidden state',
};

const shortBands: Record<BandName, string> = {
  i: 'input',
  f: 'forget',
  g: 'candidate',
  o: 'output',
  r: 'reset',
  z: 'update',
  n: 'candidate',
  a: 'pre-activation',
  c: 'cell',
  h: 'hidden',
};

const shortBandsZh: Record<BandName, string> = {
  i: '输入',
  f: '遗忘',
  g: '候选',
  o: '输出',
  r: '重置',
  z: '更新',
  n: '候选',
  a: '预激活',
  c: '细胞',
  h: '隐藏',
};

/** How a sample was drawn, as far as it is worth saying: a language's words for each part. */
const drawnBy =
  (words: {
    readonly greedy: string;
    readonly temperature: (value: number) => string;
    readonly topK: (value: number) => string;
    readonly topP: (value: number) => string;
  }) =>
  ({ temperature, topK, topP }: Pick<Sample, 'temperature' | 'topK' | 'topP'>): readonly string[] =>
    temperature === 0
      ? [words.greedy]
      : [
          words.temperature(temperature),
          ...(topK > 0 ? [words.topK(topK)] : []),
          ...(topP < 1 ? [words.topP(topP)] : []),
        ];

/** From the first to the last of some steps. */
const span = (first: string, last: string): string => (first === last ? first : `${first}–${last}`);

export const en = {
  bands,
  baselines,
  stage: 'Inside the network',
  side: 'Loss and samples',

  probe: {
    label: 'Probe text',
    own: "Use the corpus's own",
    hint: 'The text that the network reads in the score. Empty: a stretch of the held-out part; of the training part where the network knows no held-out line whole.',
    unknown: (characters: string) => `Not in the vocabulary: ${characters}`,
    unreadable: "None of these characters is in the vocabulary: the score shows the corpus's own text.",
  },

  score: {
    title: 'Score',
    description:
      'Left and right arrows move the cursor along the text, up and down arrows choose a unit, Home and End jump to the ends, Enter or a click pins the cursor or lets it go.',
    layer: 'Layer',
    colourBy: 'Colour the text by',
    unit: 'Unit',
    follows: 'that follows',
    label: labelWords.en,
    byHand: 'your choice',
    nothingFollowed: 'not known yet',
    area: (score: string) => `area ${score}`,
    areaHint:
      'How well the selected unit tells the two apart on held-out text: area under the ROC curve. 0.5: by chance; 1: always.',
    correlation: (score: string) => `r ${score}`,
    correlationHint:
      'How well the selected unit follows the count on held-out text: correlation. 0: not at all; 1: exactly.',
    surprise: 'surprise',
    bits: 'bits',
    at: (unit: number) => `unit ${unit} at`,
    character: 'character',
    pin: 'Pin the cursor',
    unpin: 'Unpin the cursor',
    pinHint: 'A click on the text or on a band pins the cursor there; a click on the same place lets go.',
    pointer: (band: string, unit: number, value: string) => `Pointer: ${band} of unit ${unit}, ${value}. Click to pin.`,
    spoken: (position: number, length: number, character: string, values: string) =>
      `Character ${position} of ${length}, ${character}. ${values}`,
    table: 'Values at the cursor as a table',
    tableCaption: (character: string, position: number, step: string) =>
      `After “${character}”, character ${position} of the probe text, at step ${step}`,
    tableRunning: 'The table follows when training pauses.',
    /** Null of the first character: nothing stands before it that it could be predicted from. */
    surpriseAt: (bits: string | null) => (bits === null ? 'first: not predicted' : `surprise ${bits} bits`),
    caption: (step: number, unit: number, units: number, rows: string) =>
      `Step ${step}. Large: unit ${unit} of ${units}. Rows from the top: units ${rows}.`,
    ruler: 'text',
    oneUnit: (unit: number, units: number) => `One unit: unit ${unit} of ${units}`,
    followsIt: (label: string, band: BandName, isHigh: boolean) =>
      `number 1 for “${label}” (its ${band} is ${isHigh ? 'high' : 'low'} then)`,
    nearest: (label: string) => `nearest to “${label}”, which no unit follows yet`,
    ranked: (rank: number, label: string) => `number ${rank} for “${label}”`,
    halfLife: (mean: string, most: string) => `half-life in this text ${mean} characters, ${most} at most`,
    rows: (rows: number, units: number) => (rows < units ? `${rows} of ${units} units by` : `All ${units} units by`),
    orders: { halfLife: 'half-life', rank: 'rank', similarity: 'similarity', index: 'number' },
    allRows: (units: number) => `Show all ${units}`,
    fewerRows: 'Show fewer',
    shownAs: (band: BandName) => `${band} as`,
    scales: {
      tanh: (band: BandName) => `tanh ${band}`,
      own: (band: BandName) => `${band} ÷ its largest`,
    },
    own: ['−max', 'max'] as readonly [string, string],
    /** Under the numbers of an equation, where there is little room. */
    term: (band: BandName, of: Term['of']) =>
      of === 'previous' ? 'before' : of === 'squashed' || of === 'complement' ? '' : shortBands[band],
    does: (state: 'c' | 'h', kept: string, written: string) =>
      `At this character it keeps ${kept} of its ${state === 'c' ? 'cell state' : 'hidden state'} and writes ${written} of the candidate.`,
    forgetsHere: 'Less than half is left of what it held before.',
    holds: (ago: number, character: string) =>
      `It still has at least half of what it held ${ago === 1 ? 'one character' : `${ago} characters`} ago, after “${character}”, under what was written since.`,
    holdsFromStart: 'It still has at least half of all that it ever held in this text.',
    cellNote: {
      lstm: 'f keeps what the cell holds, i lets the candidate g in, o lets the cell out as h.',
      gru: 'z keeps the hidden state, 1 − z writes the candidate over it. r says how much of the hidden state the candidate sees: n = tanh(W x + b + r ⊙ (U h before + b′)).',
      rnn: 'No gate: everything is written anew at each character.',
    },
  },

  trajectories: {
    detail: 'one line per unit',
    some: (faint: number, undrawn: number) => `${faint} other units, faint; ${undrawn} not drawn`,
    addSelected: (unit: number) => `Keep unit ${unit}`,
    remove: (unit: number) => `Remove unit ${unit}`,
    selected: (unit: number) => `unit ${unit} (selected)`,
    chosen: (unit: number) => `unit ${unit}`,
    others: 'other units',
  },

  next: {
    title: 'Next character at the cursor',
    actual: (character: string, probability: string) =>
      `Next in the text: ${character}${probability === '' ? '' : `, ${probability}`}`,
    none: 'The text ends here.',
    empty: 'Waiting for the network…',
  },

  curve: {
    title: 'Loss',
    reader: 'Loss at a step',
    unit: 'nats per character',
    step: 'step',
    steps: 'steps',
    training: 'training',
    trainingMean: 'training, mean',
    spread: 'training, least to most',
    smoothed: 'training, smoothed',
    heldOut: 'held-out',
    smoothedShort: 'smoothed',
    baseline: 'simpler models:',
    uniform: 'uniform',
    ngram: 'n-gram',
    /** From the first to the last of some n-grams. */
    grams: (first: string, last: string) => `${first.replace('-gram', '')}–${last}`,
    grammar: 'the grammar that wrote the text',
    logX: 'log step',
    logY: 'log loss',
    description:
      'Left and right arrows move along the steps; Page Up and Page Down move faster; Home and End jump to the ends. Plus and minus zoom in and out around the step that is read, Escape shows the whole run; with a mouse, drag across the steps to look at.',
    empty: 'The curve begins with the first step.',
    span,
    at: (first: string, last: string) => `${first === last ? 'step' : 'steps'} ${span(first, last)}`,
    measuredAt: 'measured at step',
    bits: (bits: string, perplexity: string) => `${bits} bits, perplexity ${perplexity}`,
    bitsUnit: 'held-out, in bits',
    perplexity: 'held-out, perplexity',
    table: 'The curve as a table',
    facts: {
      batchAccuracy: 'accuracy, batch',
      batchAccuracyHint: "Share of the last training batch's characters that were the most likely one.",
      heldOutAccuracy: 'accuracy, held-out',
      heldOutAccuracyHint: 'Share of the held-out characters that were the most likely one, when it was last measured.',
      gradientNorm: 'gradient norm',
      gradientNormHint: (clip: string) =>
        `Before clipping; gradients longer than ${clip} are shortened to it (0: never).`,
      clipped: 'clipped',
      learningRate: 'learning rate',
      learningRateHint: 'Of the last step, as the schedule has it.',
      perplexity: 'perplexity, held-out',
      surprise: 'surprise, held-out',
      surpriseValue: (bits: string) => `${bits} bits`,
    },
    legend: 'Legend',
    earlier: (name: string) => `before: ${name}`,
    earlierShort: 'before',
    earlierUnits: (units: string) => `${units} units`,
    earlierSetting: (label: string, value: string) => `${label.toLowerCase()} ${value}`,
    earlierSame: (steps: string) => `the same settings, ${steps} steps`,
    earlierText: (title: string) => `“${title}”`,
    several: (parts: readonly string[], isCut: boolean) => parts.join(', ') + (isCut ? ' …' : ''),
    dismissEarlier: 'Remove the curve of the run before',
    range: 'Steps shown',
    rangeShown: (first: string, last: string) => `steps ${first}–${last}`,
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    wholeRun: 'Whole run',
    whatIs: (term: string) => `What is ${term}?`,
    terms: {
      heldOut: 'the held-out loss',
      uniform: 'the uniform model',
      ngram: 'an n-gram',
      grammar: 'the entropy of the text',
      gradientNorm: 'the gradient norm',
      perplexity: 'perplexity',
      surprise: 'surprise',
      halfLife: 'half-life',
      area: 'the area',
    },
    measured: (measured: string, heldOut: string) =>
      `Held-out loss and simpler models: the same ${measured} of ${heldOut} held-out characters, in stretches read without what stands before them.`,
    counted: (counted: string) => `The simpler models counted ${counted} characters.`,
    knowing:
      'The grammar is told what stands before them. On average over its texts no model does better; on one text a lucky one may. A network must first find its place in each stretch, which costs it a little.',
  },

  sample: {
    title: 'It writes',
    temperature: 'Temperature',
    temperatureHint:
      '0: always the likeliest character. Low: the likeliest few. 1: as the network believes. High: bolder, and wilder.',
    more: 'Length, top-k, nucleus',
    prompt: 'Prompt',
    promptHint: (first: string) => `empty: begins after ${first}`,
    write: 'Write now',
    live: 'newest',
    which: 'Sample',
    at: (number: number, step: string, drawn: string) => `${number}: step ${step}, ${drawn}`,
    drawn: drawnBy({
      greedy: 'greedy',
      temperature: (value) => `temp. ${value}`,
      topK: (value) => `top-k ${value}`,
      topP: (value) => `top-p ${value}`,
    }),
    step: (number: number, step: string) => `sample ${number}, at step ${step}`,
    empty: 'What the network writes stands here.',
    unknown: (characters: string) => `Not in the vocabulary: ${characters}`,
    unreadMark: 'Struck out',
    unread: ': not in the vocabulary, so the network did not read it.',
    readAsUnknown: `: not in the vocabulary, so the network read the unknown symbol ${UNKNOWN_SIGN} instead.`,
    text: 'Text that the network writes',
    export: 'Text (TXT)',
    copy: 'Copy what it writes',
    copied: 'Copied.',
    refused: 'The browser does not let this page copy. Select the text and copy it yourself, or save it.',
  },

  export: {
    menu: (figure: string) => `Save ${figure}`,
    png: 'Picture (PNG)',
    csv: 'Numbers (CSV)',
  },
};

export type StageMessages = typeof en;

export const zh: StageMessages = {
  bands: {
    i: '输入门',
    f: '遗忘门',
    g: '候选值',
    o: '输出门',
    r: '重置门',
    z: '更新门',
    n: '候选值',
    a: '预激活值',
    c: '细胞状态',
    h: '隐藏状态',
  },
  baselines: {
    uniform: '均匀',
    unigram: '一元',
    '2-gram': '二元',
    '3-gram': '三元',
    '4-gram': '四元',
    '5-gram': '五元',
    grammar: '文法',
  },

  stage: '网络内部',
  side: '损失与样本',

  probe: {
    label: '探测文本',
    own: '恢复语料自带的探测文本',
    hint: '网络在门控图谱中读的文本。留空则取验证集的一段；如果验证集没有一行的字符网络全都认识，则取训练集的一段。',
    unknown: (characters) => `词表中没有：${characters}`,
    unreadable: '这些字符都不在词表中：门控图谱显示语料自带的文本。',
  },

  score: {
    title: '门控图谱',
    description:
      '左右方向键沿文本移动光标，上下方向键选择单元，Home 和 End 跳到两端，Enter 或点击可固定光标或取消固定。',
    layer: '层',
    colourBy: '文本着色依据',
    unit: '单元',
    follows: '其跟随的是',
    label: labelWords.zh,
    byHand: '由你选定',
    nothingFollowed: '尚不知道',
    area: (score) => `面积 ${score}`,
    areaHint: '选中的单元在验证文本上把两者分开得有多好：ROC 曲线下的面积。0.5 为碰运气，1 为总能分开。',
    correlation: (score) => `r ${score}`,
    correlationHint: '选中的单元在验证文本上跟随计数跟得有多好：相关系数。0 为毫不相关，1 为完全一致。',
    surprise: '惊异度',
    bits: '比特',
    at: (unit) => `单元 ${unit}，位于`,
    character: '字符',
    pin: '固定光标',
    unpin: '取消固定',
    pinHint: '点击文本或任一色带，即把光标固定在该处；再次点击同一处则取消固定。',
    pointer: (band, unit, value) => `指针处：单元 ${unit} 的${band}，${value}。点击可固定。`,
    spoken: (position, length, character, values) => `第 ${position} 个字符，共 ${length} 个，${character}。${values}`,
    table: '以表格显示光标处的数值',
    tableCaption: (character, position, step) =>
      `读完“${character}”之后（探测文本第 ${position} 个字符），第 ${step} 步`,
    tableRunning: '暂停训练后表格会更新。',
    surpriseAt: (bits) => (bits === null ? '首个字符，不作预测' : `惊异度 ${bits} 比特`),
    caption: (step, unit, units, rows) =>
      `第 ${step} 步。放大的是单元 ${unit}（共 ${units} 个）。自上而下各行：单元 ${rows}。`,
    ruler: '文本',
    oneUnit: (unit, units) => `一个单元：单元 ${unit}（共 ${units} 个）`,
    followsIt: (label, band, isHigh) => `对“${label}”排第 1（此时 ${band} ${isHigh ? '较高' : '较低'}）`,
    nearest: (label) => `最接近“${label}”，但还没有单元跟随它`,
    ranked: (rank, label) => `对“${label}”排第 ${rank}`,
    halfLife: (mean, most) => `在这段文本中半衰期 ${mean} 个字符，最长 ${most} 个`,
    rows: (rows, units) => (rows < units ? `${units} 个单元中的 ${rows} 个，按` : `全部 ${units} 个单元，按`),
    orders: { halfLife: '半衰期', rank: '排名', similarity: '相似程度', index: '编号' },
    allRows: (units) => `显示全部 ${units} 个`,
    fewerRows: '少显示一些',
    shownAs: (band) => `${band} 显示为`,
    scales: {
      tanh: (band) => `tanh ${band}`,
      own: (band) => `${band} ÷ 其最大值`,
    },
    own: ['−最大', '最大'],
    term: (band, of) =>
      of === 'previous' ? '之前' : of === 'squashed' || of === 'complement' ? '' : shortBandsZh[band],
    does: (state, kept, written) =>
      `读到这个字符时，它保留${state === 'c' ? '细胞状态' : '隐藏状态'}的 ${kept}，写入候选值的 ${written}。`,
    forgetsHere: '之前所存的内容剩下不到一半。',
    holds: (ago, character) =>
      `${ago} 个字符之前（读完“${character}”时）所存的内容至少还有一半，此后写入的叠加在上面。`,
    holdsFromStart: '在这段文本中存过的一切，至少还有一半。',
    cellNote: {
      lstm: 'f 保留细胞中已有的内容，i 让候选值 g 进入，o 让细胞的内容输出为 h。',
      gru: 'z 保留隐藏状态，1 − z 用候选值覆盖它。r 决定候选值能看到多少之前的隐藏状态：n = tanh(W x + b + r ⊙ (U h之前 + b′))。',
      rnn: '没有门：每个字符都重新写入全部内容。',
    },
  },

  trajectories: {
    detail: '每个单元一条线',
    some: (faint, undrawn) => `其他 ${faint} 个单元（淡线），另有 ${undrawn} 个未画`,
    addSelected: (unit) => `保留单元 ${unit}`,
    remove: (unit) => `移除单元 ${unit}`,
    selected: (unit) => `单元 ${unit}（选中）`,
    chosen: (unit) => `单元 ${unit}`,
    others: '其他单元',
  },

  next: {
    title: '光标处的下一个字符',
    actual: (character, probability) => `文本中的下一个：${character}${probability === '' ? '' : `，${probability}`}`,
    none: '文本到此为止。',
    empty: '正在等待网络……',
  },

  curve: {
    title: '损失',
    reader: '某一步的损失',
    unit: '奈特/字符',
    step: '步',
    steps: '步',
    training: '训练',
    trainingMean: '训练（均值）',
    spread: '训练（最小–最大）',
    smoothed: '训练（平滑）',
    heldOut: '验证',
    smoothedShort: '平滑',
    baseline: '更简单的模型：',
    uniform: '均匀',
    ngram: 'n 元',
    grams: (first, last) => `${first.replace('元', '')}–${last}`,
    grammar: '生成文本的文法',
    logX: '步数取对数',
    logY: '损失取对数',
    description:
      '左右方向键沿步数移动；Page Up 和 Page Down 移动更快；Home 和 End 跳到两端。加号和减号以正在读取的那一步为中心放大或缩小，Escape 恢复整个运行；用鼠标拖过想看的步数即可放大。',
    empty: '训练第一步后开始绘制曲线。',
    span,
    at: (first, last) => `第 ${span(first, last)} 步`,
    measuredAt: '验证于第几步',
    bits: (bits, perplexity) => `${bits} 比特，困惑度 ${perplexity}`,
    bitsUnit: '验证（比特）',
    perplexity: '验证（困惑度）',
    table: '以表格显示曲线',
    facts: {
      batchAccuracy: '准确率（批次）',
      batchAccuracyHint: '最近一个训练批次中，实际字符正是最可能字符的比例。',
      heldOutAccuracy: '准确率（验证）',
      heldOutAccuracyHint: '最近一次验证时，验证集中实际字符正是最可能字符的比例。',
      gradientNorm: '梯度范数',
      gradientNormHint: (clip) => `裁剪之前；超过 ${clip} 的梯度缩短到该值（0：不裁剪）。`,
      clipped: '已裁剪',
      learningRate: '学习率',
      learningRateHint: '最近一步按调度实际使用的值。',
      perplexity: '困惑度（验证）',
      surprise: '惊异度（验证）',
      surpriseValue: (bits) => `${bits} 比特`,
    },
    legend: '图例',
    earlier: (name) => `之前：${name}`,
    earlierShort: '之前',
    earlierUnits: (units) => `${units} 个单元`,
    earlierSetting: (label, value) => `${label} ${value}`,
    earlierSame: (steps) => `相同的设置，${steps} 步`,
    earlierText: (title) => `《${title}》`,
    several: (parts, isCut) => parts.join('，') + (isCut ? '……' : ''),
    dismissEarlier: '移除之前那次运行的曲线',
    range: '显示的步数',
    rangeShown: (first, last) => `第 ${first}–${last} 步`,
    zoomIn: '放大',
    zoomOut: '缩小',
    wholeRun: '整个运行',
    whatIs: (term) => `什么是${term}？`,
    terms: {
      heldOut: '验证损失',
      uniform: '均匀模型',
      ngram: ' n 元模型',
      grammar: '文本的熵',
      gradientNorm: '梯度范数',
      perplexity: '困惑度',
      surprise: '惊异度',
      halfLife: '半衰期',
      area: '面积',
    },
    measured: (measured, heldOut) =>
      `验证损失与更简单的模型取自相同的 ${measured} 个字符（验证集共 ${heldOut} 个），分成若干段，阅读每段时都不知道它之前的内容。`,
    counted: (counted) => `更简单的模型由 ${counted} 个字符统计得出。`,
    knowing:
      '文法则知道每段之前的内容：就它生成的文本平均而言，没有模型能做得更好；在某一份文本上，模型可能碰巧更好。网络要先弄清自己在每段中的位置，为此会多一点损失。',
  },

  sample: {
    title: '网络生成的文本',
    temperature: '温度',
    temperatureHint: '0：总取最可能的字符。低：只取最可能的几个。1：照网络的判断。高：更大胆，也更离谱。',
    more: '长度、top-k、核采样',
    prompt: '开头',
    promptHint: (first) => `留空：从 ${first} 之后开始`,
    write: '立即生成',
    live: '最新',
    which: '样本',
    at: (number, step, drawn) => `${number}：第 ${step} 步，${drawn}`,
    drawn: drawnBy({
      greedy: '贪心',
      temperature: (value) => `温度 ${value}`,
      topK: (value) => `top-k ${value}`,
      topP: (value) => `top-p ${value}`,
    }),
    step: (number, step) => `样本 ${number}，第 ${step} 步`,
    empty: '网络生成的文本会出现在这里。',
    unknown: (characters) => `词表中没有：${characters}`,
    unreadMark: '划掉的字符',
    unread: '不在词表中，网络没有读到。',
    readAsUnknown: `不在词表中，网络读到的是未知符号 ${UNKNOWN_SIGN}。`,
    text: '生成的文本',
    export: '文本（TXT）',
    copy: '复制生成的文本',
    copied: '已复制。',
    refused: '浏览器不允许本页面复制。请选中文本自行复制，或把它保存下来。',
  },

  export: {
    menu: (figure) => `保存${figure}`,
    png: '图片（PNG）',
    csv: '数值（CSV）',
  },
};
