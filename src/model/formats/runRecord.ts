/** What a run file says beside its tensors: JSON of the newest version, every number within its bounds. */
import * as v from 'valibot';
import { parseSetting } from '../parseSetting';
import { LIVE_NAMES, SETTING_NAMES, SETTINGS } from '../settings';
import type { SettingName, Settings } from '../settings';
import { LIMIT_BYTES } from '../text/decode';
import { damaged } from './damage';
import { migrate } from './runVersions';
import type { Json } from './runVersions';

/** A character has a byte at the least. */
const MOST_CHARACTERS = LIMIT_BYTES;
/** Names of files and hashes are far shorter. */
const LONGEST_NAME = 4096;

const COUNT = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const CHARACTERS = v.pipe(COUNT, v.maxValue(MOST_CHARACTERS));
const SYMBOLS = v.pipe(COUNT, v.maxValue(SETTINGS.vocabularyLimit.max));
const WIDTH = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const SHARE = v.pipe(v.number(), v.minValue(0), v.maxValue(1));
const FINITE = v.pipe(v.number(), v.finite());
const AMOUNT = v.pipe(FINITE, v.minValue(0));
const NAME = v.pipe(v.string(), v.maxLength(LONGEST_NAME));

/** JSON has no NaN: a number that is not there yet stands as null. */
const orNaN = <S extends v.GenericSchema<number>>(schema: S) =>
  v.pipe(
    v.nullable(schema),
    v.transform((value: number | null) => value ?? NaN),
  );

const POINTS = v.strictObject({ stride: WIDTH, taken: COUNT });

const RECORD = v.strictObject({
  text: v.strictObject({ name: v.nullable(NAME), hash: NAME }),
  symbols: v.pipe(COUNT, v.minValue(2), v.maxValue(SETTINGS.vocabularyLimit.max)),
  vocabulary: v.nullable(v.strictObject({ cutDistinct: CHARACTERS, cutCount: CHARACTERS })),
  // Of the run whose network it began with; null where it began at random.
  tunedFrom: v.nullable(v.strictObject({ textHash: NAME, step: COUNT, kept: SYMBOLS, added: SYMBOLS })),
  settings: v.record(v.string(), v.union([v.string(), v.number()])),
  counters: v.strictObject({ step: COUNT, position: CHARACTERS, power1: SHARE, power2: SHARE }),
  metrics: v.strictObject({
    step: COUNT,
    characters: COUNT,
    loss: orNaN(FINITE),
    smoothedLoss: orNaN(FINITE),
    heldOutLoss: orNaN(FINITE),
    heldOutAccuracy: orNaN(SHARE),
    accuracy: orNaN(SHARE),
    gradientNorm: orNaN(AMOUNT),
    learningRate: AMOUNT,
    charactersPerSecond: AMOUNT,
  }),
  changes: v.array(v.strictObject({ step: COUNT, name: v.picklist(LIVE_NAMES), from: v.nullable(NAME), value: NAME })),
  history: v.strictObject({
    width: WIDTH,
    count: COUNT,
    smoothed: POINTS,
    heldOut: POINTS,
    average: v.strictObject({ count: COUNT, value: orNaN(FINITE) }),
    // Of the steps since the last milestone; null where none of the milestones is known.
    since: v.nullable(
      v.strictObject({
        sum: orNaN(FINITE),
        minimum: orNaN(FINITE),
        maximum: orNaN(FINITE),
        heldOut: orNaN(FINITE),
      }),
    ),
  }),
});

/** As it is written. */
export type RunRecordInput = v.InferInput<typeof RECORD>;

export interface RunRecord extends Omit<v.InferOutput<typeof RECORD>, 'settings'> {
  readonly settings: Settings;
}

const outOfBounds = (where: string, value: unknown) => damaged({ kind: 'bounds', where, value: String(value) });

/** What the first complaint of the schema means. */
const faultOf = (issue: v.BaseIssue<unknown>) => {
  const where = v.getDotPath(issue) ?? 'run';
  if (issue.kind === 'validation') return outOfBounds(where, issue.input);
  if (issue.type === 'strict_object' && issue.expected === 'never') return damaged({ kind: 'unknown', where });
  const isMissing = issue.type === 'strict_object' && issue.received === 'undefined';
  return damaged({ kind: isMissing ? 'missing' : 'unreadable', where });
};

/** Every setting within its bounds, and none that this program does not know. */
const parseSettings = (given: Readonly<Record<string, string | number>>): Settings => {
  const absent = SETTING_NAMES.find((name) => !Object.hasOwn(given, name));
  if (absent !== undefined) throw damaged({ kind: 'missing', where: `settings.${absent}` });
  const known = Object.keys(given).filter((name): name is SettingName => Object.hasOwn(SETTINGS, name));
  const settings: Record<string, string | number> = {};
  // In the file's own order, so that it can be written again as it is.
  for (const name of known) {
    const where = `settings.${name}`;
    const { value, correction } = parseSetting(name, String(given[name]));
    if (correction !== null || typeof given[name] !== typeof value) throw outOfBounds(where, given[name]);
    settings[name] = value;
  }
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(SETTINGS, name));
  if (unknown !== undefined) throw damaged({ kind: 'unknown', where: `settings.${unknown}` });
  return settings as Settings;
};

/** What the parts of a record say of each other. */
const assertConsistent = ({ symbols, settings, counters, metrics, changes, history }: RunRecord): void => {
  const { step } = counters;
  const agree = (holds: boolean, where: string, value: unknown): void => {
    if (!holds) throw outOfBounds(where, value);
  };
  agree(symbols <= settings.vocabularyLimit, 'symbols', symbols);
  agree(metrics.step === step, 'metrics.step', metrics.step);
  const { characters } = metrics;
  agree(characters >= step && characters <= step * settings.batch * settings.length, 'metrics.characters', characters);
  for (const name of ['loss', 'smoothedLoss', 'accuracy', 'gradientNorm'] as const) {
    if (step > 0 && Number.isNaN(metrics[name])) throw damaged({ kind: 'not-finite', where: `metrics.${name}` });
  }
  let last = 0;
  for (const [k, change] of changes.entries()) {
    const where = `changes.${String(k)}`;
    agree(change.step >= last && change.step <= step, `${where}.step`, change.step);
    for (const part of ['from', 'value'] as const) {
      const value = change[part];
      agree(value === null || parseSetting(change.name, value).correction === null, `${where}.${part}`, value);
    }
    last = change.step;
  }
  agree(history.count === step, 'history.count', history.count);
  agree(history.average.count === step, 'history.average.count', history.average.count);
  if (step > 0 && Number.isNaN(history.average.value)) {
    throw damaged({ kind: 'not-finite', where: 'history.average.value' });
  }
};

/**
 * A record of that version, in the terms of the newest.
 * @throws {FailureError} 'run-file-damaged'
 */
export const parseRecord = (json: string | undefined, version: number): RunRecord => {
  let given: unknown;
  try {
    given = JSON.parse(json ?? '');
  } catch {
    throw damaged({ kind: 'unreadable', where: 'run' });
  }
  if (typeof given !== 'object' || given === null) throw damaged({ kind: 'unreadable', where: 'run' });
  const parsed = v.safeParse(RECORD, migrate(given as Json, version), { abortEarly: true });
  if (!parsed.success) throw faultOf(parsed.issues[0]);
  const record = { ...parsed.output, settings: parseSettings(parsed.output.settings) };
  assertConsistent(record);
  return record;
};
