/**
 * Links: the part of an address after #, which holds the settings that are not at their defaults, and where the reader looks.
 * A link carries a version,
 * and what it leaves out means the defaults of the version that it was made with, whatever they have become since.
 */
import { parseSetting } from './parseSetting';
import { DEFAULT_SETTINGS, SETTING_NAMES, SETTINGS } from './settings';
import type { Correction, SettingName, Settings } from './settings';
import { DEFAULT_VIEW, VIEW_PARTS } from './view';
import type { View } from './view';

/** What a version changed of the one before it. */
export interface LinkChange {
  /** Defaults of the version before, of the settings whose defaults this one changed or introduced. */
  readonly before: Partial<Settings>;
  /** Whether equal settings may give other numbers: what is added up otherwise is rounded otherwise. */
  readonly sums: boolean;
}

/**
 * What made version 2 out of version 1, version 3 out of 2, and so on. To change a default is to add a row; a row that has
 * been published stays as it is.
 */
const CHANGES: readonly LinkChange[] = [
  // A price of memory, and what learns best with it. Batches of 16 and more are cut into more parts than before.
  {
    before: { corpus: 'quotes', units: 64, batch: 8, learningRate: 0.01, activationPenalty: 0 },
    sums: true,
  },
  // Samples may be drawn from the likeliest symbols alone, and be of a length of the reader's own; runs may pause by themselves.
  { before: { topK: 0, topP: 1, sampleLength: 0, stopStep: 0, stopLoss: 0 }, sums: false },
  // Gates may be absent, held, random or coupled, and runs lose patience; what says nothing means learned, and patience
  // without end, as before.
  { before: { stopPatience: 0 }, sums: false },
];

/** Links before there were versions. */
const FIRST_VERSION = 1;
const VERSION_KEY = 'v';

/** The version of the links that are written now. */
export const LINK_VERSION = FIRST_VERSION + CHANGES.length;

/** Key of the text's content hash in the URL, beside the settings' own keys. */
export const TEXT_HASH_KEY = 'text';

/** What changed since that version, newest first: the oldest change of a default knows what it was then. */
const changesSince = (version: number, changes: readonly LinkChange[]): readonly LinkChange[] =>
  changes.slice(Math.max(0, version - FIRST_VERSION)).toReversed();

/** The defaults of a version. */
export const defaultsOf = (version: number, changes = CHANGES): Settings =>
  changesSince(version, changes).reduce<Settings>((later, { before }) => ({ ...later, ...before }), DEFAULT_SETTINGS);

/** A link: its version, every setting and every part of the view that is not at its default, and the hash of the text's content. */
export const toUrlHash = (settings: Settings, textHash: string | null, view: View = DEFAULT_VIEW): string => {
  const query = new URLSearchParams({ [VERSION_KEY]: String(LINK_VERSION) });
  for (const name of SETTING_NAMES) {
    if (settings[name] !== SETTINGS[name].default) query.set(SETTINGS[name].url, String(settings[name]));
  }
  for (const [key, { write }] of Object.entries(VIEW_PARTS)) {
    const value = write(view);
    if (value !== null) query.set(key, value);
  }
  if (textHash !== null) query.set(TEXT_HASH_KEY, textHash);
  return query.toString();
};

/** What a reader has to know of a link that another version of the page has made. */
export type LinkAge = EarlierLink | LaterLink;

export interface EarlierLink {
  readonly kind: 'earlier';
  /** Settings that it leaves out and that have another default now, as they were then. */
  readonly kept: readonly { readonly name: SettingName; readonly value: Settings[SettingName] }[];
  /** Whether the run's numbers may differ from those of the run that it was made with. */
  readonly sums: boolean;
}

/** Nothing is known of its version: what it leaves out means the defaults of now. */
export interface LaterLink {
  readonly kind: 'later';
}

export interface ParsedLink {
  readonly settings: Settings;
  /** Hash of the text that the link was made with. */
  readonly textHash: string | null;
  /** Parts of the view that it speaks of. */
  readonly view: Partial<View>;
  readonly corrections: readonly Correction[];
  /** Null where the link means what it would mean had it been made now. */
  readonly age: LinkAge | null;
}

/** The version that a link says it has; null where it says what no version is called. An empty one is no link: it asks for nothing. */
const versionOf = (query: URLSearchParams): number | null => {
  const given = query.getAll(VERSION_KEY).at(-1);
  if (given === undefined) return query.toString() === '' ? LINK_VERSION : FIRST_VERSION;
  return /^[1-9]\d{0,5}$/.test(given) ? Number(given) : null;
};

const ageOf = (version: number, given: ReadonlySet<SettingName>, settings: Settings): LinkAge | null => {
  if (version > LINK_VERSION) return { kind: 'later' };
  const since = changesSince(version, CHANGES);
  const kept = SETTING_NAMES.filter((name) => !given.has(name) && settings[name] !== SETTINGS[name].default).map(
    (name) => ({ name, value: settings[name] }),
  );
  const sums = since.some((change) => change.sums);
  return kept.length > 0 || sums ? { kind: 'earlier', kept, sums } : null;
};

/** Reads what `toUrlHash` wrote, in any version, and anything else that an address may hold: never throws. */
export const fromUrlHash = (hash: string): ParsedLink => {
  const query = new URLSearchParams(hash.replace(/^#/, ''));
  /** The last value of a key is the one that counts. */
  const corrections = new Map<string, Correction>();
  const said = versionOf(query);
  if (said === null) corrections.set(VERSION_KEY, { kind: 'unknown', key: VERSION_KEY });
  const version = said ?? LINK_VERSION;
  const defaults = defaultsOf(version);
  const settings: Record<string, string | number> = { ...defaults };
  const byKey = new Map(SETTING_NAMES.map((name) => [SETTINGS[name].url, name]));
  const given = new Set<SettingName>();
  let textHash: string | null = null;
  let view: Partial<View> = {};
  for (const [key, value] of query) {
    if (key === VERSION_KEY) continue;
    if (key === TEXT_HASH_KEY) {
      textHash = /^[0-9a-f]{16}$/.test(value) ? value : null;
      if (textHash === null) corrections.set(key, { kind: 'unknown', key: `${key}=${value}` });
      else corrections.delete(key);
      continue;
    }
    if (Object.hasOwn(VIEW_PARTS, key)) {
      const read = VIEW_PARTS[key].read(value);
      if (read === null) corrections.set(key, { kind: 'unknown', key: `${key}=${value}` });
      else corrections.delete(key);
      view = { ...view, ...read };
      continue;
    }
    const name = byKey.get(key);
    if (name === undefined) {
      corrections.set(key, { kind: 'unknown', key });
      continue;
    }
    const { value: used, correction } = parseSetting(name, value, defaults[name]);
    settings[name] = used;
    given.add(name);
    if (correction) corrections.set(key, correction);
    else corrections.delete(key);
  }
  const complete = settings as Settings;
  const age = ageOf(version, given, complete);
  return { settings: complete, textHash, view, corrections: [...corrections.values()], age };
};
