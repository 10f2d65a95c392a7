/** Each setting's name and its explanation in a sentence or two, and the names of its options, in both languages. */
import type { ChoiceSetting, NumberSetting, SETTINGS, SettingName, Settings } from '../../model/settings';

interface SettingText {
  readonly label: string;
  /** What it does, in a sentence or two. */
  readonly explain: string;
}
type ChoiceName = {
  [N in SettingName]: (typeof SETTINGS)[N] extends ChoiceSetting ? N : never;
}[SettingName];

interface SettingTexts {
  readonly names: Readonly<Record<SettingName, SettingText>>;
  readonly options: { readonly [N in ChoiceName]: Readonly<Record<Settings[N], string>> };
  readonly units: Readonly<Record<NonNullable<NumberSetting['unit']>, string>>;
  readonly range: (min: string, max: string, unit: string) => string;
}

export const en: SettingTexts = {
  names: {
    corpus: { label: 'Corpus', explain: 'The text that the network reads and learns to continue.' },
    vocabularyLimit: {
      label: 'Vocabulary limit',
      explain:
        'At most this many different characters get a symbol of their own; the rarest share one “unknown” symbol.',
    },
    validation: {
      label: 'Held-out share',
      explain: 'The last part of the text, never trained on, on which the held-out loss is measured.',
    },
    cell: {
      label: 'Cell',
      explain:
        'What stands at each step of time: an LSTM keeps a cell state behind three gates, a GRU keeps its hidden state behind two, a tanh RNN has none.',
    },
    layers: {
      label: 'Layers',
      explain: 'How many rows of cells stand on one another; each reads the hidden state of the one below.',
    },
    units: {
      label: 'Units',
      explain: 'How many cells work side by side in a layer; the recurrent weights grow with its square.',
    },
    input: {
      label: 'Input',
      explain: 'One-hot gives every character an input line of its own; an embedding learns a short vector for each.',
    },
    embeddingSize: {
      label: 'Embedding size',
      explain: 'How many numbers stand for a character when the input is an embedding.',
    },
    forgetBias: {
      label: 'Forget bias',
      explain:
        'Where the forget gate’s bias begins; at 1 the gate starts mostly open, so that memories last from the first step.',
    },
    recurrentInit: {
      label: 'Recurrent weights',
      explain:
        'How the weights from hidden state to gates begin: uniform within ±1/√units, or as an orthogonal matrix that keeps lengths.',
    },
    seed: { label: 'Seed', explain: 'The number that all chance comes from: the same seed gives the same run.' },
    batch: { label: 'Batch', explain: 'How many stretches of the text are read side by side in one training step.' },
    length: {
      label: 'Length',
      explain: 'How many characters the gradient flows back through; the state itself is carried on to the next step.',
    },
    optimizer: { label: 'Optimizer', explain: 'How a gradient becomes a change of the weights.' },
    learningRate: {
      label: 'Learning rate',
      explain: 'How far the weights move at each step; it can be changed while training.',
    },
    momentum: { label: 'Momentum', explain: 'What share of the last movement SGD keeps.' },
    schedule: { label: 'Schedule', explain: 'How the learning rate changes over the steps.' },
    scheduleSteps: {
      label: 'Schedule steps',
      explain: 'After how many steps the rate drops (step), or over how many it falls to its end (cosine).',
    },
    scheduleFactor: {
      label: 'Schedule factor',
      explain: 'What the rate is multiplied by at each drop (step), or its share at the end (cosine).',
    },
    warmup: {
      label: 'Warm-up',
      explain: 'Over how many first steps the learning rate rises from near zero to its full value.',
    },
    clip: {
      label: 'Gradient clip',
      explain:
        'Where the norm of the whole gradient is larger than this it is scaled down to it; 0 switches clipping off.',
    },
    dropout: {
      label: 'Dropout',
      explain: 'The share of values switched off at random between layers and before the output, while training.',
    },
    weightDecay: {
      label: 'Weight decay',
      explain: 'How strongly every weight is pulled towards zero at each step, apart from the gradient.',
    },
    activationPenalty: {
      label: 'Price of memory',
      explain:
        'Training also pays this much for the size of every cell state (of a GRU or tanh RNN: hidden state), so that a cell holds only what it needs and is near zero otherwise, where it can be read. 0 switches it off; the losses shown leave it out.',
    },
    evaluateEvery: {
      label: 'Measure every',
      explain: 'After how many steps the loss on the held-out part is measured again.',
    },
    stopStep: {
      label: 'Stop at step',
      explain: 'Training pauses by itself at this step and not one later; Train goes on from there. 0: nowhere.',
    },
    stopLoss: {
      label: 'Stop at held-out loss',
      explain:
        'Training pauses by itself once the held-out loss is measured to be this low; Train goes on from there. 0: nowhere.',
    },
    threads: {
      label: 'Threads',
      explain: 'Processor cores that the SIMD engine uses; 0: all but one. They change the speed, never a number.',
    },
    engine: {
      label: 'Engine',
      explain:
        'What computes the numbers. “Automatic” is SIMD, which starts at once on every machine, or the engine that was measured to be the fastest for these settings.',
    },
    speed: { label: 'Speed', explain: 'At most how many training steps a second.' },
    probe: {
      label: 'Probe text',
      explain: 'The text that the network reads for the pictures; it is never trained on.',
    },
    prompt: { label: 'Prompt', explain: 'What the network reads before it begins to write.' },
    temperature: {
      label: 'Temperature',
      explain: 'Below 1 the network keeps to its likeliest characters, above 1 it dares more.',
    },
  },
  options: {
    cell: { lstm: 'LSTM', gru: 'GRU', rnn: 'tanh RNN' },
    input: { onehot: 'One-hot', embedding: 'Embedding' },
    recurrentInit: { uniform: 'Uniform', orthogonal: 'Orthogonal' },
    optimizer: { adam: 'Adam', rmsprop: 'RMSProp', sgd: 'SGD' },
    schedule: { constant: 'Constant', step: 'Step', cosine: 'Cosine' },
    engine: {
      auto: 'Automatic',
      simd: 'SIMD (WASM)',
      webgpu: 'WebGPU',
      webgl: 'WebGL (TF.js)',
      tfjs: 'WebGPU (TF.js)',
      cpu: 'CPU (reference)',
    },
  },
  units: {
    characters: 'characters',
    steps: 'steps',
    streams: 'streams',
    units: 'units',
    symbols: 'symbols',
    share: '(1 is all of it)',
    nats: 'nats per character',
  },
  range: (min, max, unit) => `From ${min} to ${max}${unit && ` ${unit}`}.`,
};

export const zh: SettingTexts = {
  names: {
    corpus: { label: '语料', explain: '网络阅读并学着续写的文本。' },
    vocabularyLimit: {
      label: '词表上限',
      explain: '最多有这么多个不同的字符各有自己的符号，其余最少见的字符共用一个“未知”符号。',
    },
    validation: { label: '验证集比例', explain: '文本末尾从不参与训练的部分所占的比例，验证损失就在这部分上测量。' },
    cell: {
      label: '单元类型',
      explain: '每个时间步上的结构：LSTM 用三个门控制细胞状态，GRU 用两个门控制隐藏状态，tanh RNN 没有门。',
    },
    layers: { label: '层数', explain: '叠了几层循环单元；每一层读取下面一层的隐藏状态。' },
    units: { label: '单元数', explain: '一层中并排有多少个单元；循环权重随它的平方增长。' },
    input: { label: '输入方式', explain: '独热编码给每个字符一条自己的输入线；嵌入则为每个字符学一个短向量。' },
    embeddingSize: { label: '嵌入维数', explain: '使用嵌入时，用多少个数表示一个字符。' },
    forgetBias: {
      label: '遗忘门偏置',
      explain: '遗忘门偏置的初始值；取 1 时遗忘门一开始大体敞开，记忆从第一步起就能保持。',
    },
    recurrentInit: {
      label: '循环权重初始化',
      explain: '从隐藏状态到各个门的权重如何初始化：在 ±1/√单元数 内均匀分布，或取保持长度的正交矩阵。',
    },
    seed: { label: '随机种子', explain: '一切随机性的来源：种子相同，运行就相同。' },
    batch: { label: '批量大小', explain: '一个训练步中并排阅读多少段文本。' },
    length: { label: '序列长度', explain: '梯度反向传播多少个字符；状态本身会带到下一步。' },
    optimizer: { label: '优化器', explain: '梯度如何变成权重的改动。' },
    learningRate: { label: '学习率', explain: '每一步权重移动多远；训练中可以随时改。' },
    momentum: { label: '动量', explain: 'SGD 保留上一次移动的多大一部分。' },
    schedule: { label: '学习率调度', explain: '学习率怎样随步数变化。' },
    scheduleSteps: { label: '调度步数', explain: '每隔多少步下降一次（阶梯），或用多少步降到终值（余弦）。' },
    scheduleFactor: { label: '调度系数', explain: '每次下降时学习率乘以多少（阶梯），或终值占多大比例（余弦）。' },
    warmup: { label: '预热', explain: '最初多少步里，学习率从接近零升到全值。' },
    clip: { label: '梯度裁剪', explain: '整个梯度的范数超过这个值时按比例缩小到它；0 表示不裁剪。' },
    dropout: { label: '随机失活（Dropout）', explain: '训练时在层与层之间和输出之前随机关掉的数值所占的比例。' },
    weightDecay: { label: '权重衰减', explain: '每一步在梯度之外，所有权重向零收缩的力度。' },
    activationPenalty: {
      label: '记忆的代价',
      explain:
        '训练时每个细胞状态（GRU 和 tanh RNN 则是隐藏状态）都要按大小付出这么高的代价，于是单元只记住需要的内容，其余时候留在零附近，让人看得懂。0 表示不收代价；显示的损失不含这一项。',
    },
    evaluateEvery: { label: '测量间隔', explain: '每隔多少步在验证集上重新测量损失。' },
    stopStep: { label: '停在第几步', explain: '训练到这一步就自动暂停，一步也不多；再按“训练”可继续。0 表示不停。' },
    stopLoss: {
      label: '停在验证损失',
      explain: '测得的验证损失降到这个值或更低时自动暂停；再按“训练”可继续。0 表示不停。',
    },
    threads: {
      label: '线程数',
      explain: 'SIMD 引擎使用的处理器核心数；0 表示除一个以外的全部。只影响速度，不改变任何数值。',
    },
    engine: {
      label: '计算引擎',
      explain: '由什么来计算。“自动”即 SIMD，在任何机器上都能立即开始；若已测得对这组设置更快的引擎，则用那个引擎。',
    },
    speed: { label: '速度', explain: '每秒最多训练多少步。' },
    probe: { label: '探测文本', explain: '为了作图而让网络阅读的文本，从不参与训练。' },
    prompt: { label: '开头', explain: '网络动笔之前先读的文字。' },
    temperature: { label: '温度', explain: '低于 1 时网络只写最有把握的字符，高于 1 时更大胆。' },
  },
  options: {
    cell: { lstm: 'LSTM', gru: 'GRU', rnn: 'tanh RNN' },
    input: { onehot: '独热编码', embedding: '嵌入' },
    recurrentInit: { uniform: '均匀分布', orthogonal: '正交' },
    optimizer: { adam: 'Adam', rmsprop: 'RMSProp', sgd: 'SGD' },
    schedule: { constant: '恒定', step: '阶梯', cosine: '余弦' },
    engine: {
      auto: '自动',
      simd: 'SIMD（WASM）',
      webgpu: 'WebGPU',
      webgl: 'WebGL（TF.js）',
      tfjs: 'WebGPU（TF.js）',
      cpu: 'CPU（参考实现）',
    },
  },
  units: {
    characters: '字符',
    steps: '步',
    streams: '段',
    units: '个',
    symbols: '个符号',
    share: '1 为全部',
    nats: '奈特/字符',
  },
  range: (min, max, unit) => `取值从 ${min} 到 ${max}${unit && `（${unit}）`}。`,
};
