/** Each setting's name, and the names of its options, in both languages; what it does is told in explanations.ts. */
import type { ChoiceSetting, NumberSetting, SETTINGS, SettingName, Settings } from '../../model/settings';

interface SettingText {
  readonly label: string;
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
    corpus: { label: 'Corpus' },
    vocabularyLimit: { label: 'Vocabulary limit' },
    validation: { label: 'Held-out share' },
    cell: { label: 'Cell' },
    layers: { label: 'Layers' },
    units: { label: 'Units' },
    input: { label: 'Input' },
    embeddingSize: { label: 'Embedding size' },
    forgetBias: { label: 'Forget bias' },
    recurrentInit: { label: 'Recurrent weights' },
    seed: { label: 'Seed' },
    batch: { label: 'Batch' },
    length: { label: 'Length' },
    optimizer: { label: 'Optimizer' },
    learningRate: { label: 'Learning rate' },
    momentum: { label: 'Momentum' },
    schedule: { label: 'Schedule' },
    scheduleSteps: { label: 'Schedule steps' },
    scheduleFactor: { label: 'Schedule factor' },
    warmup: { label: 'Warm-up' },
    clip: { label: 'Gradient clip' },
    dropout: { label: 'Dropout' },
    weightDecay: { label: 'Weight decay' },
    activationPenalty: { label: 'Price of memory' },
    evaluateEvery: { label: 'Measure every' },
    stopStep: { label: 'Stop at step' },
    stopLoss: { label: 'Stop at held-out loss' },
    threads: { label: 'Threads' },
    engine: { label: 'Engine' },
    speed: { label: 'Speed' },
    probe: { label: 'Probe text' },
    prompt: { label: 'Prompt' },
    temperature: { label: 'Temperature' },
    topK: { label: 'Top-k' },
    topP: { label: 'Nucleus (top-p)' },
    sampleLength: { label: 'Sample length' },
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
    corpus: { label: '语料' },
    vocabularyLimit: { label: '词表上限' },
    validation: { label: '验证集比例' },
    cell: { label: '单元类型' },
    layers: { label: '层数' },
    units: { label: '单元数' },
    input: { label: '输入方式' },
    embeddingSize: { label: '嵌入维数' },
    forgetBias: { label: '遗忘门偏置' },
    recurrentInit: { label: '循环权重初始化' },
    seed: { label: '随机种子' },
    batch: { label: '批量大小' },
    length: { label: '序列长度' },
    optimizer: { label: '优化器' },
    learningRate: { label: '学习率' },
    momentum: { label: '动量' },
    schedule: { label: '学习率调度' },
    scheduleSteps: { label: '调度步数' },
    scheduleFactor: { label: '调度系数' },
    warmup: { label: '预热' },
    clip: { label: '梯度裁剪' },
    dropout: { label: '随机失活（Dropout）' },
    weightDecay: { label: '权重衰减' },
    activationPenalty: { label: '记忆的代价' },
    evaluateEvery: { label: '测量间隔' },
    stopStep: { label: '停在第几步' },
    stopLoss: { label: '停在验证损失' },
    threads: { label: '线程数' },
    engine: { label: '计算引擎' },
    speed: { label: '速度' },
    probe: { label: '探测文本' },
    prompt: { label: '开头' },
    temperature: { label: '温度' },
    topK: { label: '候选数（top-k）' },
    topP: { label: '核采样（top-p）' },
    sampleLength: { label: '样本长度' },
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
