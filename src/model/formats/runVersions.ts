/**
 * The versions of run files, from the first one on: what each took for granted, and how a record of the version before
 * becomes one of it. A file of any of them is read by all later programs.
 *
 * A new setting, another default or another field of the record is a new version: add it at the end, with a migration,
 * and keep a file of the version before in tests/fixtures/runs. Versions that were published stay as they are.
 */
import * as v from 'valibot';
import { OWN_TEXT } from '../settings';

/** A run's record as JSON has it; nothing of it is checked before it is of the newest version. */
export type Json = Readonly<Record<string, unknown>>;

/** The record with other settings; as it is where it has none, for the schema to complain of. */
const withSettings = (record: Json, change: (settings: Json) => Json): Json => {
  const { settings } = record;
  return v.is(OBJECT, settings) ? { ...record, settings: change(settings) } : record;
};

const OBJECT = v.record(v.string(), v.unknown());

/** Changes that say what they changed from, as far as that was a change too. */
const withOrigins = (changes: unknown): unknown => {
  if (!v.is(v.array(OBJECT), changes)) return changes;
  const last = new Map<unknown, unknown>();
  return changes.map((change) => {
    const from = last.get(change['name']) ?? null;
    last.set(change['name'], change['value']);
    return { ...change, from };
  });
};

interface Version {
  /**
   * Settings that this version brought or whose default it changed: the defaults of every program that writes it. A file
   * of this version that lacks one of them was trained with its default.
   */
  readonly defaults: Json;
  /**
   * A record of the version before as one of this version. A setting that this version brought is given the value that
   * stands for what programs did before they had it.
   */
  readonly migrate: (record: Json) => Json;
}

const ALL_LEARNED_IN_PATIENCE: Json = {
  inputGate: 'learned',
  inputGateValue: 0.5,
  forgetGate: 'learned',
  forgetGateValue: 0.5,
  outputGate: 'learned',
  outputGateValue: 0.5,
  resetGate: 'learned',
  resetGateValue: 0.5,
  updateGate: 'learned',
  updateGateValue: 0.5,
  stopPatience: 0,
};

const VERSIONS: readonly Version[] = [
  {
    defaults: {
      corpus: 'quotes',
      vocabularyLimit: 1024,
      validation: 0.1,
      cell: 'lstm',
      layers: 1,
      units: 64,
      input: 'onehot',
      embeddingSize: 32,
      forgetBias: 1,
      recurrentInit: 'uniform',
      seed: 1,
      batch: 8,
      length: 32,
      optimizer: 'adam',
      learningRate: 0.01,
      momentum: 0.9,
      schedule: 'constant',
      scheduleSteps: 1000,
      scheduleFactor: 0.5,
      warmup: 0,
      clip: 5,
      dropout: 0,
      weightDecay: 0,
      evaluateEvery: 100,
      engine: 'auto',
      threads: 0,
      speed: 6,
      probe: '',
      prompt: '',
      temperature: 0.8,
    },
    migrate: (record) => record,
  },
  {
    // The text has a name, the vocabulary is in the file, a checksum at its end, and a change says what it changed from.
    // Before, every text was called 'quotes', and memory had no price.
    defaults: { corpus: 'capslock', units: 128, batch: 32, learningRate: 0.005, activationPenalty: 0.002 },
    migrate: ({ textHash, ...record }) => ({
      ...withSettings(record, (settings) => ({ ...settings, corpus: OWN_TEXT, activationPenalty: 0 })),
      changes: withOrigins(record['changes']),
      text: { name: null, hash: textHash },
      vocabulary: null,
    }),
  },
  {
    // Samples are drawn from all symbols and as long as there is time for, runs do not pause by themselves, where nothing else
    // is asked for; milestones, of which nobody had kept anything before.
    defaults: { topK: 0, topP: 1, sampleLength: 0, stopStep: 0, stopLoss: 0 },
    migrate: ({ history, ...record }) => ({
      ...withSettings(record, (settings) => ({
        ...settings,
        topK: 0,
        topP: 1,
        sampleLength: 0,
        stopStep: 0,
        stopLoss: 0,
      })),
      history: v.is(OBJECT, history) ? { ...history, since: null } : history,
    }),
  },
  {
    // A run may have begun with the network of another one.
    defaults: {},
    migrate: (record) => ({ ...record, tunedFrom: null }),
  },
  {
    // Gates may be absent, held, random or coupled, and runs lose patience; before, all were learned, and none did.
    defaults: ALL_LEARNED_IN_PATIENCE,
    migrate: (record) => withSettings(record, (settings) => ({ ...settings, ...ALL_LEARNED_IN_PATIENCE })),
  },
];

/** What is written. */
export const VERSION = VERSIONS.length;

/** From this version on every file has a checksum. */
export const CHECKSUM_SINCE = 2;

const FORMAT = 'lstm-playground-run-';

/** What the metadata of a file call its format. */
export const formatOf = (version: number): string => `${FORMAT}${String(version)}`;

/** The version that a format's name means, which may be one of the future; null where it is no run's. */
export const versionOf = (format: string | undefined): number | null => {
  const digits = format?.startsWith(FORMAT) === true ? format.slice(FORMAT.length) : '';
  return /^[1-9]\d{0,5}$/.test(digits) ? Number(digits) : null;
};

/** The defaults of the settings that programs of that version had. */
export const defaultsOf = (version: number): Json =>
  VERSIONS.slice(0, version).reduce<Json>((defaults, next) => ({ ...defaults, ...next.defaults }), {});

/** A record of any version as one of the newest, its missing settings filled with the defaults of its own version. */
export const migrate = (record: Json, version: number): Json =>
  VERSIONS.slice(version).reduce<Json>(
    (older, next) => next.migrate(older),
    // Those that are there stay first, in their order.
    withSettings(record, (settings) => ({ ...settings, ...defaultsOf(version), ...settings })),
  );
