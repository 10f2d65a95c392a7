/** The words of the top bar and the settings in both languages. */
import type { EngineName } from '../../model/kernels/engines';
import type { FieldNote } from '../controls/fieldValue';
import { counted } from './numbers';

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
    stoppedByPatience: 'stopped: held-out falls no more',
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
    stoppedByPatience: (step: string) =>
      `Stopped at step ${step}: the held-out loss has not fallen for as long as was set.`,
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
    noLink: 'This run began with the network of a saved run: its address does not give the same run.',
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
    moreNetwork: 'Gates, input, initial weights',
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
    weights: (count: string, free: string | null) => `${count} weights${free === null ? '' : `, ${free} of them free`}`,
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

export type ControlMessages = typeof en;
