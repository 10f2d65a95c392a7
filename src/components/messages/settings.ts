/** Each setting's name, and the names of its options, in both languages; what it does is told in explanations.ts. */
import type { ChoiceSetting, NumberSetting, SETTINGS, SettingName, Settings } from '../../model/settings';

interface SettingText {
  readonly label: string;
}
type ChoiceName = {
  [N in SettingName]: (typeof SETTINGS)[N] extends ChoiceSetting ? N : never;
}[SettingName];

export interface SettingTexts {
  readonly names: Readonly<Record<SettingName, SettingText>>;
  readonly options: { readonly [N in ChoiceName]: Readonly<Record<Settings[N], string>> };
  readonly units: Readonly<Record<NonNullable<NumberSetting['unit']>, string>>;
  readonly range: (min: string, max: string, unit: string) => string;
}

/** A gate, and what it is held at. */
const gate = <const N extends string>(name: N, label: string) =>
  ({ [name]: { label }, [`${name}Value`]: { label: `${label} at` } }) as Readonly<Record<N | `${N}Value`, SettingText>>;

const gateOptions = { learned: 'Learned', absent: 'Absent', held: 'Held', random: 'Random' };

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
    ...gate('inputGate', 'Input gate'),
    ...gate('forgetGate', 'Forget gate'),
    ...gate('outputGate', 'Output gate'),
    ...gate('resetGate', 'Reset gate'),
    ...gate('updateGate', 'Update gate'),
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
    stopPatience: { label: 'Stop where it falls no more' },
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
    inputGate: gateOptions,
    forgetGate: { ...gateOptions, coupled: 'Coupled' },
    outputGate: gateOptions,
    resetGate: gateOptions,
    updateGate: gateOptions,
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
