/**
 * Every setting, once: type, default, bounds, unit, URL key, and what a change of it means for a run. A default that changes
 * stays known to links.ts.
 * Labels and explanations live in the message catalogues under the setting's own name.
 */
import { CELL_NAMES } from './cells';
import type { CellName } from './cells';
import { ENGINE_NAMES } from './kernels/engines';
import type { NumberRule } from './numberText';

/**
 * 'structural' starts a new run; 'live' changes a run's numbers midway; 'conduct' where a run computes and where it stops,
 * 'page' how it is looked at: neither touches its numbers.
 */
export type Effect = 'structural' | 'live' | 'conduct' | 'page';

/** Where a setting's field stands: a group of the settings, or the figure that it belongs to. */
export type SettingGroup = 'text' | 'network' | 'training' | 'engine' | 'bar' | 'score' | 'samples';

/** The setting means something only where another one has one of these values, or is above a number. */
type Condition = { readonly name: string } & ({ readonly is: readonly string[] } | { readonly above: number });

interface Traits {
  /** It is rarely needed: its field is folded away. */
  readonly folded?: true;
  readonly when?: Condition;
  /** It decides how long a step takes: by its value, or by whether it is above 0. */
  readonly paces?: 'value' | 'presence';
  /** Without a page it means nothing, or is said otherwise. */
  readonly needsPage?: true;
  /** A run has the same numbers with any value of it, though another value is another run. */
  readonly sameNumbers?: true;
}

interface Base extends Traits {
  /** Key in the URL's hash. */
  readonly url: string;
  readonly effect: Effect;
  readonly group: SettingGroup;
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

interface Place<E extends Effect> {
  readonly url: string;
  readonly effect: E;
  readonly group: SettingGroup;
}

const at = <const E extends Effect>(url: string, effect: E, group: SettingGroup): Place<E> => ({ url, effect, group });

type NumberTraits = Traits & Pick<NumberSetting, 'unit'>;

const integer = <E extends Effect>(
  place: Place<E>,
  value: number,
  [min, max]: readonly [number, number],
  traits: NumberTraits = {},
): NumberSetting & Place<E> => ({ kind: 'integer', ...place, default: value, min, max, step: 1, ...traits });

const number = <E extends Effect>(
  place: Place<E>,
  value: number,
  [min, max]: readonly [number, number],
  step: number,
  traits: NumberTraits = {},
): NumberSetting & Place<E> => ({ kind: 'number', ...place, default: value, min, max, step, ...traits });

const choice = <const C extends string, E extends Effect>(
  place: Place<E>,
  value: NoInfer<C>,
  options: readonly C[],
  traits: Traits = {},
): ChoiceSetting<C> & Place<E> => ({ kind: 'choice', ...place, default: value, options, ...traits });

const text = <E extends Effect>(
  place: Place<E>,
  value: string,
  maxLength: number,
  traits: Traits = {},
): TextSetting & Place<E> => ({ kind: 'text', ...place, default: value, maxLength, ...traits });

/** Where the values of a gate come from, and what it is held at where it is held; see gateRules.ts. Absent is held at 1. */
const gate = <const N extends string, const C extends string = never>(
  name: N,
  letter: string,
  cell: CellName,
  ...more: C[]
) => {
  const folded = (by: string, is: string) => ({ folded: true, when: { name: by, is: [is] } }) as const;
  const way = choice(
    at(`${letter}gate`, 'structural', 'network'),
    'learned',
    ['learned', 'absent', 'held', 'random', ...more],
    folded('cell', cell),
  );
  const value = number(at(`${letter}val`, 'structural', 'network'), 0.5, [0, 1], 0.05, folded(name, 'held'));
  return { [name]: way, [`${name}Value`]: value } as Readonly<
    Record<N, typeof way> & Record<`${N}Value`, typeof value>
  >;
};

/** Where a run computes; 'auto' is the fastest engine that is known, and simd, which starts at once everywhere, before that. */
export const ENGINE_CHOICES = ['auto', ...ENGINE_NAMES] as const;
export type EngineChoice = (typeof ENGINE_CHOICES)[number];

/** What `corpus` says where the text is the reader's own, pasted or out of a file. */
export const OWN_TEXT = 'own';

/** Largest number of training steps a second for each position of the speed slider. */
export const SPEEDS = [0.5, 1, 2, 5, 10, 30, Infinity] as const;

/** Whether steps are so far apart that each can be looked at in its parts. */
export const isSlowMotion = ({ speed }: { readonly speed: number }): boolean => SPEEDS[speed] === SPEEDS[0];

/** In the order in which their fields stand. */
export const SETTINGS = {
  corpus: text(at('corpus', 'structural', 'text'), 'capslock', 64, { needsPage: true }),
  vocabularyLimit: integer(at('vocab', 'structural', 'text'), 1024, [2, 20000], { unit: 'symbols', folded: true }),
  validation: number(at('val', 'structural', 'text'), 0.1, [0.01, 0.5], 0.01, { unit: 'share', folded: true }),

  cell: choice(at('cell', 'structural', 'network'), 'lstm', CELL_NAMES, { paces: 'value' }),
  layers: integer(at('layers', 'structural', 'network'), 1, [1, 3], { paces: 'value' }),
  units: integer(at('units', 'structural', 'network'), 128, [4, 512], { unit: 'units', paces: 'value' }),
  forgetBias: number(at('fbias', 'structural', 'network'), 1, [-10, 10], 0.5, {
    when: { name: 'forgetGate', is: ['learned'] },
  }),
  input: choice(at('input', 'structural', 'network'), 'onehot', ['onehot', 'embedding'], {
    folded: true,
    paces: 'value',
  }),
  embeddingSize: integer(at('embed', 'structural', 'network'), 32, [2, 256], {
    unit: 'units',
    folded: true,
    when: { name: 'input', is: ['embedding'] },
    paces: 'value',
  }),
  recurrentInit: choice(at('init', 'structural', 'network'), 'uniform', ['uniform', 'orthogonal'], { folded: true }),
  ...gate('inputGate', 'i', 'lstm'),
  /** Coupled: what the input gate leaves of 1. */
  ...gate('forgetGate', 'f', 'lstm', 'coupled'),
  ...gate('outputGate', 'o', 'lstm'),
  ...gate('resetGate', 'r', 'gru'),
  ...gate('updateGate', 'z', 'gru'),

  learningRate: number(at('lr', 'live', 'training'), 0.005, [0.000001, 10], 0.001),
  batch: integer(at('batch', 'structural', 'training'), 32, [1, 128], { unit: 'streams', paces: 'value' }),
  length: integer(at('length', 'structural', 'training'), 32, [8, 256], { unit: 'characters', paces: 'value' }),
  clip: number(at('clip', 'live', 'training'), 5, [0, 1000], 0.5),
  activationPenalty: number(at('price', 'structural', 'training'), 0.002, [0, 1], 0.0005, { paces: 'presence' }),
  seed: integer(at('seed', 'structural', 'training'), 1, [0, 4294967295]),
  /** Where training pauses by itself; 0: nowhere. */
  stopStep: integer(at('stop', 'conduct', 'training'), 0, [0, 1000000000], { unit: 'steps', needsPage: true }),
  /** Held-out loss at or under which it does. */
  stopLoss: number(at('stoploss', 'conduct', 'training'), 0, [0, 100], 0.1, { unit: 'nats' }),
  /** Steps without a lower held-out loss after which it does. */
  stopPatience: integer(at('patience', 'conduct', 'training'), 0, [0, 1000000000], { unit: 'steps', folded: true }),
  optimizer: choice(at('opt', 'structural', 'training'), 'adam', ['adam', 'rmsprop', 'sgd'], {
    folded: true,
    paces: 'value',
  }),
  momentum: number(at('mom', 'structural', 'training'), 0.9, [0, 0.999], 0.01, {
    folded: true,
    when: { name: 'optimizer', is: ['sgd'] },
  }),
  schedule: choice(at('sched', 'structural', 'training'), 'constant', ['constant', 'step', 'cosine'], { folded: true }),
  scheduleSteps: integer(at('every', 'structural', 'training'), 1000, [1, 1000000], {
    unit: 'steps',
    folded: true,
    when: { name: 'schedule', is: ['step', 'cosine'] },
  }),
  scheduleFactor: number(at('factor', 'structural', 'training'), 0.5, [0.01, 1], 0.05, {
    folded: true,
    when: { name: 'schedule', is: ['step', 'cosine'] },
  }),
  warmup: integer(at('warmup', 'structural', 'training'), 0, [0, 100000], { unit: 'steps', folded: true }),
  dropout: number(at('drop', 'live', 'training'), 0, [0, 0.9], 0.05, {
    unit: 'share',
    folded: true,
    paces: 'presence',
  }),
  weightDecay: number(at('decay', 'structural', 'training'), 0, [0, 1], 0.001, { folded: true }),
  evaluateEvery: integer(at('eval', 'structural', 'training'), 100, [1, 100000], { unit: 'steps', folded: true }),

  engine: choice(at('engine', 'conduct', 'engine'), 'auto', ENGINE_CHOICES, { needsPage: true }),
  threads: integer(at('threads', 'structural', 'engine'), 0, [0, 16], {
    when: { name: 'engine', is: ['auto', 'simd'] },
    paces: 'value',
    sameNumbers: true,
  }),
  speed: integer(at('speed', 'page', 'bar'), SPEEDS.length - 1, [0, SPEEDS.length - 1], { needsPage: true }),
  probe: text(at('probe', 'page', 'score'), '', 200, { needsPage: true }),
  prompt: text(at('prompt', 'page', 'samples'), '', 200),
  temperature: number(at('temp', 'page', 'samples'), 0.8, [0, 3], 0.05),
  sampleLength: integer(at('write', 'page', 'samples'), 0, [0, 2000], { unit: 'characters', folded: true }),
  topK: integer(at('topk', 'page', 'samples'), 0, [0, 20000], {
    unit: 'symbols',
    folded: true,
    when: { name: 'temperature', above: 0 },
  }),
  topP: number(at('topp', 'page', 'samples'), 1, [0.01, 1], 0.05, {
    unit: 'share',
    folded: true,
    when: { name: 'temperature', above: 0 },
  }),
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;

type NamesOf<E extends Effect> = {
  [N in SettingName]: (typeof SETTINGS)[N]['effect'] extends E ? N : never;
}[SettingName];

/** Settings that can change while a run goes on. */
export type ChangeableName = NamesOf<'live' | 'conduct' | 'page'>;

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

/** Settings that can change midway and decide a run's numbers. */
export type LiveName = NamesOf<'live'>;
export const LIVE_NAMES = SETTING_NAMES.filter((name): name is LiveName => SETTINGS[name].effect === 'live');
export type LiveSettings = Pick<Settings, LiveName>;

/** These settings alone, as far as they are there. */
export const pickSettings = (from: Partial<Settings>, names: readonly SettingName[]): Partial<Settings> =>
  Object.fromEntries(names.filter((name) => name in from).map((name) => [name, from[name]]));

export const liveOf = (settings: LiveSettings): LiveSettings => pickSettings(settings, LIVE_NAMES) as LiveSettings;

/** Whether the setting means anything together with the others: nothing hangs on one that means nothing itself. */
export const isRelevant = (name: SettingName, settings: Settings): boolean => {
  const { when }: Setting = SETTINGS[name];
  if (when === undefined) return true;
  const by = when.name as SettingName;
  const holds = 'is' in when ? when.is.includes(String(settings[by])) : Number(settings[by]) > when.above;
  return holds && isRelevant(by, settings);
};

/** Settings whose values decide which run it is; a difference in one of them is a new run. */
export const isStructural = (name: SettingName): boolean => SETTINGS[name].effect === 'structural';

/** Settings that decide a run's numbers, beside its text: where it computes and where it stops do not. */
export const DECIDING_NAMES = SETTING_NAMES.filter((name) => {
  const { effect, sameNumbers }: Setting = SETTINGS[name];
  return (effect === 'structural' || effect === 'live') && sameNumbers !== true && name !== 'corpus';
});

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
