/**
 * Every setting, once: type, default, bounds, unit, URL key, and what a change of it means for a run. A default that changes
 * stays known to links.ts.
 * Labels and explanations live in the message catalogues under the setting's own name.
 */
import { CELL_NAMES } from './cells';
import { ENGINE_NAMES } from './kernels/engines';
import { fitNumber, readNumber, type NumberRule } from './numberText';

/** 'structural' starts a new run; 'live' changes a run midway; 'page' does not touch the numbers of a run. */
export type Effect = 'structural' | 'live' | 'page';

interface Base {
  /** Key in the URL's hash. */
  readonly url: string;
  readonly effect: Effect;
}
export interface NumberSetting extends Base, NumberRule {
  readonly default: number;
  /** How a field's arrows move. */
  readonly step: number;
  readonly unit?: 'characters' | 'steps' | 'streams' | 'units' | 'symbols' | 'share' | 'nats';
}
export interface ChoiceSetting<C extends string = string> extends Base {
  readonly kind: 'choice';
  readonly default: C;
  readonly options: readonly C[];
}
export interface TextSetting extends Base {
  readonly kind: 'text';
  readonly default: string;
  readonly maxLength: number;
}
export type Setting = NumberSetting | ChoiceSetting | TextSetting;

const integer = <const E extends Effect>(
  url: string,
  effect: E,
  value: number,
  min: number,
  max: number,
  unit?: NumberSetting['unit'],
): NumberSetting & { readonly effect: E } => ({
  kind: 'integer',
  url,
  effect,
  default: value,
  min,
  max,
  step: 1,
  ...(unit && { unit }),
});

const number = <const E extends Effect>(
  url: string,
  effect: E,
  value: number,
  min: number,
  max: number,
  step: number,
  unit?: NumberSetting['unit'],
): NumberSetting & { readonly effect: E } => ({
  kind: 'number',
  url,
  effect,
  default: value,
  min,
  max,
  step,
  ...(unit && { unit }),
});

const choice = <const C extends string, const E extends Effect>(
  url: string,
  effect: E,
  value: NoInfer<C>,
  options: readonly C[],
): ChoiceSetting<C> & { readonly effect: E } => ({ kind: 'choice', url, effect, default: value, options });

const text = <const E extends Effect>(
  url: string,
  effect: E,
  value: string,
  maxLength: number,
): TextSetting & { readonly effect: E } => ({
  kind: 'text',
  url,
  effect,
  default: value,
  maxLength,
});

/** Where a run computes; 'auto' is the fastest engine that is known, and simd, which starts at once everywhere, before that. */
export const ENGINE_CHOICES = ['auto', ...ENGINE_NAMES] as const;
export type EngineChoice = (typeof ENGINE_CHOICES)[number];

/** What `corpus` says where the text is the reader's own, pasted or out of a file. */
export const OWN_TEXT = 'own';

/** Largest number of training steps a second for each position of the speed slider. */
export const SPEEDS = [0.5, 1, 2, 5, 10, 30, Infinity] as const;

export const SETTINGS = {
  corpus: text('corpus', 'structural', 'capslock', 64),
  vocabularyLimit: integer('vocab', 'structural', 1024, 2, 20000, 'symbols'),
  validation: number('val', 'structural', 0.1, 0.01, 0.5, 0.01, 'share'),

  cell: choice('cell', 'structural', 'lstm', CELL_NAMES),
  layers: integer('layers', 'structural', 1, 1, 3),
  units: integer('units', 'structural', 128, 4, 512, 'units'),
  input: choice('input', 'structural', 'onehot', ['onehot', 'embedding']),
  embeddingSize: integer('embed', 'structural', 32, 2, 256, 'units'),
  forgetBias: number('fbias', 'structural', 1, -10, 10, 0.5),
  recurrentInit: choice('init', 'structural', 'uniform', ['uniform', 'orthogonal']),
  seed: integer('seed', 'structural', 1, 0, 4294967295),

  batch: integer('batch', 'structural', 32, 1, 128, 'streams'),
  length: integer('length', 'structural', 32, 8, 256, 'characters'),
  optimizer: choice('opt', 'structural', 'adam', ['adam', 'rmsprop', 'sgd']),
  learningRate: number('lr', 'live', 0.005, 0.000001, 10, 0.001),
  momentum: number('mom', 'structural', 0.9, 0, 0.999, 0.01),
  schedule: choice('sched', 'structural', 'constant', ['constant', 'step', 'cosine']),
  scheduleSteps: integer('every', 'structural', 1000, 1, 1000000, 'steps'),
  scheduleFactor: number('factor', 'structural', 0.5, 0.01, 1, 0.05),
  warmup: integer('warmup', 'structural', 0, 0, 100000, 'steps'),
  clip: number('clip', 'live', 5, 0, 1000, 0.5),
  dropout: number('drop', 'live', 0, 0, 0.9, 0.05, 'share'),
  weightDecay: number('decay', 'structural', 0, 0, 1, 0.001),
  activationPenalty: number('price', 'structural', 0.002, 0, 1, 0.0005),
  evaluateEvery: integer('eval', 'structural', 100, 1, 100000, 'steps'),
  /** Where training pauses by itself; 0: nowhere. */
  stopStep: integer('stop', 'live', 0, 0, 1000000000, 'steps'),
  /** Held-out loss at or under which it does. */
  stopLoss: number('stoploss', 'live', 0, 0, 100, 0.1, 'nats'),

  engine: choice('engine', 'live', 'auto', ENGINE_CHOICES),
  threads: integer('threads', 'structural', 0, 0, 16),
  speed: integer('speed', 'page', SPEEDS.length - 1, 0, SPEEDS.length - 1),
  probe: text('probe', 'page', '', 200),
  prompt: text('prompt', 'page', '', 200),
  temperature: number('temp', 'page', 0.8, 0, 3, 0.05),
  topK: integer('topk', 'page', 0, 0, 20000, 'symbols'),
  topP: number('topp', 'page', 1, 0.01, 1, 0.05, 'share'),
  sampleLength: integer('write', 'page', 0, 0, 2000, 'characters'),
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;

/** Settings that can change while a run goes on. */
export type ChangeableName = {
  [N in SettingName]: (typeof SETTINGS)[N]['effect'] extends 'structural' ? never : N;
}[SettingName];

export type Settings = {
  -readonly [K in SettingName]: (typeof SETTINGS)[K] extends ChoiceSetting<infer C>
    ? C
    : (typeof SETTINGS)[K] extends NumberSetting
      ? number
      : string;
};

export const SETTING_NAMES = Object.keys(SETTINGS) as readonly SettingName[];

export const DEFAULT_SETTINGS: Readonly<Settings> = Object.fromEntries(
  SETTING_NAMES.map((name) => [name, SETTINGS[name].default]),
) as Settings;

/** Settings that can change midway and decide a run's numbers; where it computes and where it stops do not. */
export const LIVE_NAMES = ['learningRate', 'clip', 'dropout'] as const;
export type LiveName = (typeof LIVE_NAMES)[number];
export type LiveSettings = Pick<Settings, LiveName>;

export const liveOf = ({ learningRate, clip, dropout }: LiveSettings): LiveSettings => ({
  learningRate,
  clip,
  dropout,
});

/** Settings whose values decide which run it is; a difference in one of them is a new run. */
export const isStructural = (name: SettingName): boolean => SETTINGS[name].effect === 'structural';

export const isChangeable = (name: SettingName): name is ChangeableName => !isStructural(name);

/** The structural settings in which two sets differ. */
export const structuralDifferences = (a: Settings, b: Settings): SettingName[] =>
  SETTING_NAMES.filter((name) => isStructural(name) && a[name] !== b[name]);

/** What was done to a value that a link or a field gave. */
export type Correction =
  | {
      readonly kind: 'clamped' | 'invalid' | 'ambiguous';
      readonly name: SettingName;
      readonly given: string;
      readonly used: string;
    }
  | { readonly kind: 'unknown'; readonly key: string };

/** A value for `name` out of text that may be wrong: clamped into its bounds, or `otherwise` where it cannot be read. */
export const parseSetting = <N extends SettingName>(
  name: N,
  given: string,
  otherwise: string | number = SETTINGS[name].default,
): { readonly value: Settings[N]; readonly correction: Correction | null } => {
  const setting: Setting = SETTINGS[name];
  const report = (kind: 'clamped' | 'invalid' | 'ambiguous', used: string | number) => ({
    value: used as Settings[N],
    correction: { kind, name, given, used: String(used) } as const,
  });
  switch (setting.kind) {
    case 'choice':
      return setting.options.includes(given)
        ? { value: given as Settings[N], correction: null }
        : report('invalid', otherwise);
    case 'text': {
      const characters = Array.from(given);
      return characters.length > setting.maxLength
        ? report('clamped', characters.slice(0, setting.maxLength).join(''))
        : { value: given as Settings[N], correction: null };
    }
    case 'integer':
    case 'number': {
      const read = readNumber(given, setting);
      if (typeof read === 'string') return report(read === 'none' ? 'invalid' : 'ambiguous', otherwise);
      const used = fitNumber(read, setting);
      return used === read ? { value: used as Settings[N], correction: null } : report('clamped', used);
    }
  }
};
