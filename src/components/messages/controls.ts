/** The words of the top bar and the settings in both languages. */
import type { EngineName } from '../../model/kernels/engines';
import type { FieldNote } from '../controls/fieldValue';
import { counted, withUnit } from './numbers';

/** Short, and the same in both languages. */
export const engineNames: Readonly<Record<EngineName, string>> = {
  simd: 'SIMD',
  webgpu: 'WebGPU',
  webgl: 'WebGL',
  tfjs: 'TF.js',
  cpu: 'CPU',
};
const noteKinds: Readonly<Record<FieldNote['kind'], (used: string) => string>> = {
  smallest: (used) => `The smallest is ${used}.`,
  largest: (used) => `The largest is ${used}.`,
  whole: (used) => `Whole numbers only: ${used}.`,
  kept: (used) => `Not a number: ${used} stays.`,
  ambiguous: (used) => `Thousands or decimals? Write thousands without a separator. ${used} stays.`,
};

export const en = {
  title: 'LSTM Playground',
  /** Between two sentences. */
  gap: ' ',

  bar: {
    label: 'Training',
    train: 'Train',
    pause: 'Pause',
    step: 'Step',
    stepHint: 'One batch',
    reset: 'Reset',
    resetHint: 'Begin again from the same seed',
    startsNewRun: 'starts a new run',
    stoppedAtStep: (step: string) => `stopped at step ${step}`,
    stoppedAtLoss: (loss: string) => `stopped: held-out ${loss}`,
    newSeed: 'New seed',
    newSeedHint: 'Begin again from another seed',
    undo: 'Undo',
    undoChange: (changes: string, step: string) => `Undo: ${changes}, back to step ${step}`,
    undoRun: (step: string) => `Undo: bring back the run at step ${step}`,
    redo: 'Redo',
    redoChange: (changes: string, step: string) => `Redo: ${changes}, on to step ${step}`,
    redoRun: (step: string) => `Redo: bring back the run at step ${step}`,
    several: (changes: readonly string[]) => changes.join(', '),
    speed: 'Speed',
    speedSlow: (seconds: string) => `1 step / ${seconds} s`,
    speedLimit: (steps: string) => `${counted(steps, 'step', 'steps')} / s`,
    speedFull: 'full speed',
    settings: 'Settings',
    settingsWaiting: 'Settings (changes are waiting)',
    language: '中文',
    theme: {
      system: 'Theme: as the system',
      light: 'Theme: light',
      dark: 'Theme: dark',
    },
    help: 'Keys and help',
  },

  skip: {
    label: 'Shortcuts on this page',
    score: 'Skip to the score',
    writes: 'Skip to what it writes',
  },

  run: {
    label: 'Run',
    step: 'step',
    loss: 'loss',
    lossValue: (nats: string, bits: string) => `${nats} nats, ${bits} bits`,
    heldOut: 'held-out',
    speed: 'speed',
    speedValue: (characters: string) => `${characters} chars/s`,
    engineNames,
    engineName: (name: string) => `engine: ${name}`,
    preparing: 'preparing…',
    moving: (name: string) => `moving to ${name}…`,
    softwareEngine: (name: string) => `${name}, software`,
  },

  say: {
    loading: 'Preparing the run.',
    running: 'Training.',
    paused: (step: string, loss: string) => `Paused at step ${step}, loss ${loss} nats.`,
    stoppedAtStep: (step: string, loss: string) => `Stopped at step ${step}, as set, loss ${loss} nats.`,
    stoppedAtLoss: (step: string, loss: string) =>
      `Stopped at step ${step}: the held-out loss is ${loss} nats, as low as was set.`,
    ready: 'Ready to train.',
    newRun: 'A new run has begun.',
    textReady: (characters: string) => `The text is ready: ${characters} characters.`,
    sample: (step: string, beginning: string) => `At step ${step} the network writes: ${beginning}`,
  },

  help: {
    title: 'Keys',
    keys: {
      train: 'train or pause',
      step: 'one training step',
      reset: 'begin again from the same seed',
      cursor: 'move the cursor along the text',
      unit: 'choose the unit above or below',
      help: 'this list',
    },
    space: 'Space',
    shortcuts: 'Single-key shortcuts',
    shortcutsHint: 'Off: only Tab, Enter and the arrows within a figure remain.',
    link: 'The address of this page always holds the settings: whoever opens it with the same text and engine gets the same run.',
    linkUntil: (step: string) =>
      `This run was changed while it trained: its address gives the same run up to step ${step}, not beyond.`,
    close: 'Close',
  },

  settings: {
    region: 'Settings',
    close: 'Close settings',
    corpus: 'Corpus',
    network: 'Network',
    training: 'Training',
    engine: 'Engine',
    moreText: 'Vocabulary and held-out part',
    moreNetwork: 'Input and initial weights',
    moreTraining: 'Optimizer, schedule, dropout …',
    explain: 'What this does',
    less: (name: string) => `${name}: less`,
    more: (name: string) => `${name}: more`,
    note: (note: FieldNote, used: string) => noteKinds[note.kind](used),
    lowered: (wanted: string, used: string) => `Lowered from ${wanted} to ${used} to fit this short text.`,
    changed: (changes: string, step: string) =>
      `Changed while it trained: ${changes}. A link to this run holds what was set at first: it reproduces the run up to step ${step}, not beyond.`,
    changedAt: (name: string, change: string, step: string) => `${name} ${change} at step ${step}`,
  },

  cost: {
    label: 'Cost',
    weights: (count: string) => `${count} weights`,
    memory: (bytes: string) => bytes,
    speed: (rate: string) => `about ${rate} chars/s`,
    change: (from: string, to: string) => `${from} → ${to}`,
  },

  pending: {
    title: 'These changes start a new run',
    text: 'Text',
    change: (from: string, to: string) => `${from} → ${to}`,
    start: 'Start new run',
    discard: 'Discard',
    opening: 'Preparing the new run; the old one stays until it has begun.',
  },

  engine: {
    device: (engine: string, device: string) => `${engine}: ${device}`,
    unavailable: (name: string) => `${name} (not available)`,
    software:
      'This device computes on the processor, not on a graphics card: slower, with the same results within rounding.',
    coming: (name: string) => `${name} is being opened; the run trains on until it is there.`,
    unmet: (wished: string, used: string) => `${wished} was asked for; ${used} trains instead.`,
    measure: 'Measure engines',
    measureHint: 'Times a few training steps of this network on every engine. The run waits untouched.',
    pauseFirst: 'Pause first: training would disturb the measurement.',
    measuring: (engine: string) => `Measuring ${engine} …`,
    table: {
      caption: 'Measured for this network',
      engine: 'Engine',
      step: 'ms/step',
      speed: 'chars/s',
      none: 'cannot train it',
    },
  },
};

export const zh: typeof en = {
  title: 'LSTM 游乐场',
  gap: '',

  bar: {
    label: '训练',
    train: '训练',
    pause: '暂停',
    step: '单步',
    stepHint: '训练一个批次',
    reset: '重置',
    resetHint: '用同一种子重新开始',
    startsNewRun: '将开始新的运行',
    stoppedAtStep: (step) => `已按设置停在第 ${step} 步`,
    stoppedAtLoss: (loss) => `验证损失 ${loss}，已按设置停下`,
    newSeed: '换种子',
    newSeedHint: '用另一个种子重新开始',
    undo: '撤销',
    undoChange: (changes, step) => `撤销：${changes}，回到第 ${step} 步`,
    undoRun: (step) => `撤销：恢复第 ${step} 步的运行`,
    redo: '重做',
    redoChange: (changes, step) => `重做：${changes}，前往第 ${step} 步`,
    redoRun: (step) => `重做：恢复第 ${step} 步的运行`,
    several: (changes) => changes.join('，'),
    speed: '速度',
    speedSlow: (seconds) => `每 ${seconds} 秒 1 步`,
    speedLimit: (steps) => `每秒 ${steps} 步`,
    speedFull: '全速',
    settings: '设置',
    settingsWaiting: '设置（有待生效的更改）',
    language: 'English',
    theme: { system: '主题：跟随系统', light: '主题：浅色', dark: '主题：深色' },
    help: '按键与帮助',
  },

  skip: {
    label: '页内快捷跳转',
    score: '跳到门控图谱',
    writes: '跳到网络生成的文本',
  },

  run: {
    label: '运行',
    step: '步数',
    loss: '损失',
    lossValue: (nats, bits) => `${nats} 奈特，${bits} 比特`,
    heldOut: '验证损失',
    speed: '速度',
    speedValue: (characters) => withUnit(characters, '字符/秒'),
    engineNames,
    engineName: (name) => `引擎：${name}`,
    preparing: '准备中……',
    moving: (name) => `正在换到 ${name}……`,
    softwareEngine: (name) => `${name}，软件`,
  },

  say: {
    loading: '正在准备运行。',
    running: '正在训练。',
    paused: (step, loss) => `已在第 ${step} 步暂停，损失 ${loss} 奈特。`,
    stoppedAtStep: (step, loss) => `已按设置停在第 ${step} 步，损失 ${loss} 奈特。`,
    stoppedAtLoss: (step, loss) => `已停在第 ${step} 步：验证损失降到 ${loss} 奈特，达到设置的值。`,
    ready: '可以开始训练。',
    newRun: '新的运行已开始。',
    textReady: (characters) => `文本已就绪：${characters} 个字符。`,
    sample: (step, beginning) => `第 ${step} 步，网络写道：${beginning}`,
  },

  help: {
    title: '按键',
    keys: {
      train: '训练或暂停',
      step: '训练一步',
      reset: '用同一种子重新开始',
      cursor: '沿文本移动光标',
      unit: '选择上方或下方的单元',
      help: '显示本列表',
    },
    space: '空格',
    shortcuts: '单键快捷键',
    shortcutsHint: '关闭后只保留 Tab、Enter 和图内的方向键。',
    link: '本页地址始终包含全部设置：用同样的文本和引擎打开它，就会得到完全相同的运行结果。',
    linkUntil: (step) => `这次运行在训练途中改过设置：用它的地址打开，只在第 ${step} 步之前相同。`,
    close: '关闭',
  },

  settings: {
    region: '设置',
    close: '关闭设置',
    corpus: '语料',
    network: '网络',
    training: '训练',
    engine: '计算引擎',
    moreText: '词表与验证集',
    moreNetwork: '输入与初始权重',
    moreTraining: '优化器、调度、随机失活等',
    explain: '这是什么',
    less: (name) => `${name}：减小`,
    more: (name) => `${name}：增大`,
    note: (note, used) =>
      ({
        smallest: `最小为 ${used}。`,
        largest: `最大为 ${used}。`,
        whole: `只能是整数：${used}。`,
        kept: `不是数字，保留 ${used}。`,
        ambiguous: `分不清是千位分隔符还是小数点：千位请不加分隔符。保留 ${used}。`,
      })[note.kind],
    lowered: (wanted, used) => `文本较短，已从 ${wanted} 降到 ${used}。`,
    changed: (changes, step) => `训练途中改过：${changes}。此运行的链接保存最初的设置，只能重现到第 ${step} 步。`,
    changedAt: (name, change, step) => `第 ${step} 步${name} ${change}`,
  },

  cost: {
    label: '规模',
    weights: (count) => `${count} 个权重`,
    memory: (bytes) => bytes,
    speed: (rate) => `约 ${withUnit(rate, '字符/秒')}`,
    change: (from, to) => `${from} → ${to}`,
  },

  pending: {
    title: '这些更改将开始新的运行',
    text: '文本',
    change: (from, to) => `${from} → ${to}`,
    start: '开始新的运行',
    discard: '放弃更改',
    opening: '正在准备新的运行；在它开始之前，原来的运行会保留。',
  },

  engine: {
    device: (engine, device) => `${engine}：${device}`,
    unavailable: (name) => `${name}（不可用）`,
    software: '这个设备用处理器而不是显卡来计算：较慢，结果在舍入误差内相同。',
    coming: (name) => `正在启动 ${name}；在它就绪之前，运行照常训练。`,
    unmet: (wished, used) => `希望使用 ${wished}，现由 ${used} 训练。`,
    measure: '测量各引擎',
    measureHint: '在每个引擎上为这个网络的几步训练计时，当前运行保持不变。',
    pauseFirst: '请先暂停：训练会干扰测量。',
    measuring: (engine) => `正在测量 ${engine}……`,
    table: {
      caption: '对这个网络的实测',
      engine: '引擎',
      step: '毫秒/步',
      speed: '字符/秒',
      none: '无法训练',
    },
  },
};
