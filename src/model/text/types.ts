/** What a text is to the rest of the program: plain values that can cross to the page. */
import type { Settings } from '../settings';
import type { Baseline } from '../telemetry';
import type { CodePoints, Indices } from './codePoints';
import type { LabelName } from './labels';

/**
 * Encodings by their names in the Encoding standard, grouped as a list shows them: one for each way of reading bytes that
 * browsers have, and UTF-32. 'gb18030' covers GBK, 'windows-1252' covers Latin-1, 'iso-8859-8' covers iso-8859-8-i;
 * x-user-defined, which maps bytes to private code points, is no text's encoding.
 */
export const ENCODING_GROUPS = {
  unicode: ['utf-8', 'utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'],
  western: ['windows-1252', 'iso-8859-15', 'macintosh', 'iso-8859-14'],
  chinese: ['gb18030', 'big5'],
  japanese: ['shift_jis', 'euc-jp', 'iso-2022-jp'],
  korean: ['euc-kr'],
  centralEuropean: ['windows-1250', 'iso-8859-2', 'iso-8859-16'],
  baltic: ['windows-1257', 'iso-8859-13', 'iso-8859-4'],
  nordic: ['iso-8859-10'],
  cyrillic: ['windows-1251', 'koi8-r', 'koi8-u', 'ibm866', 'iso-8859-5', 'x-mac-cyrillic'],
  greek: ['windows-1253', 'iso-8859-7'],
  turkish: ['windows-1254', 'iso-8859-3'],
  hebrew: ['windows-1255', 'iso-8859-8'],
  arabic: ['windows-1256', 'iso-8859-6'],
  thai: ['windows-874'],
  vietnamese: ['windows-1258'],
} as const;
export type EncodingGroup = keyof typeof ENCODING_GROUPS;
export type Encoding = (typeof ENCODING_GROUPS)[EncodingGroup][number];
export const ENCODINGS: readonly Encoding[] = Object.values(ENCODING_GROUPS).flat();

/** A text in memory: Unicode code points, newlines normalised to LF. */
export interface DecodedText {
  readonly codePoints: CodePoints;
  /** First 16 hex digits of the SHA-256 of the normalised text in UTF-8. */
  readonly hash: string;
  readonly encoding: Encoding;
  /** Whether the bytes began with a byte order mark (removed). */
  readonly byteOrderMark: boolean;
  /** How many CR LF and lone CR became LF. */
  readonly newlinesChanged: number;
  /** How many U+FFFD stand for bytes that make no character. */
  readonly replaced: number;
  /** Whether the bytes ended inside a character, which was left out. */
  readonly cutOff: boolean;
  /** How many NULs were taken out, as asked. */
  readonly nulsRemoved: number;
  readonly bytes: number;
}

/**
 * The symbols of a network, most frequent first; ties by code point. Where rare characters were cut, the last symbol is
 * `UNKNOWN` and stands for all of them.
 */
export interface Vocabulary {
  /** Code point of each symbol, -1 for the unknown symbol. */
  readonly codePoints: Int32Array;
  /** How often each symbol stands in the training part. */
  readonly counts: Float64Array;
  /** Distinct characters of the training part that became the unknown symbol, and how often they stand in it. */
  readonly cutDistinct: number;
  readonly cutCount: number;
}

/** A text as a network reads it. */
export interface Dataset {
  readonly textHash: string;
  readonly vocabulary: Vocabulary;
  /** Symbol of every character. */
  readonly ids: Indices;
  /** The first `trainLength` symbols are for training, the rest is held out. */
  readonly trainLength: number;
  /** Distinct characters of the held-out part that the training part does not have, and how often they stand there. */
  readonly unseenDistinct: number;
  readonly unseenCount: number;
}

/** Facts about a text that a page can show at once. */
export interface TextFacts {
  readonly hash: string;
  readonly characters: number;
  readonly bytes: number;
  readonly distinct: number;
  /** The 12 most frequent characters, most frequent first. */
  readonly frequent: readonly { readonly character: string; readonly count: number }[];
  readonly encoding: Encoding;
  readonly byteOrderMark: boolean;
  readonly newlinesChanged: number;
  readonly replaced: number;
  readonly cutOff: boolean;
  readonly nulsRemoved: number;
  /** The first 300 characters. */
  readonly beginning: string;
}

/** How well simple models do on this text. */
export interface Baselines {
  readonly values: readonly Baseline[];
  /** Characters of the training part that were counted: all of them, or an evenly spread sample of a large text. */
  readonly counted: number;
  /** Characters of the held-out part that were predicted: those that the held-out loss is measured on. */
  readonly measured: number;
}

/** Where a text comes from. */
export type TextSource =
  | { readonly kind: 'bundled'; readonly id: string }
  /** Long texts as UTF-8 in a blob. `removeNuls`: NULs, which no text holds, are taken out; else such a text is refused. */
  | { readonly kind: 'pasted'; readonly text: string | Blob; readonly removeNuls?: boolean }
  /** By the hash of its content, of an earlier visit. */
  | { readonly kind: 'kept'; readonly hash: string }
  /** `encoding` null: detect. */
  | {
      readonly kind: 'file';
      readonly file: File;
      readonly encoding: Encoding | null;
      readonly removeNuls?: boolean;
    };

/** A sentence in each language of the page. */
export interface Bilingual {
  readonly en: string;
  readonly zh: string;
}

/** A unit's cell state, hidden state or gate follows the label once so many characters have been read. */
export interface Promised {
  readonly label: LabelName;
  readonly characters: number;
}

/** A figure out of a paper. */
export interface Published {
  /** Authors, year and table. */
  readonly source: string;
  readonly found: Bilingual;
  /** Whether the text here is the paper's own problem; else it is a variant of it in symbols. */
  readonly isSame: boolean;
}

/** What the page says of a toy task beside its title and its text. */
export interface TaskWords {
  /** What is counted. */
  readonly asks: Bilingual;
  /** Why it takes a gate. */
  readonly gate: Bilingual;
  readonly published: readonly Published[];
}

/** One corpus of public/corpora/index.json, or a toy task, which is made on the spot. */
export interface CatalogueEntry {
  readonly id: string;
  /** 'browser' corpora are made on the spot from Intl, tasks by their grammars; 'local' ones were added by the copy's owner. */
  readonly kind: 'generated' | 'written' | 'project' | 'browser' | 'local' | 'task';
  /** Path below corpora/; null where it is made on the spot. */
  readonly file: string | null;
  readonly title: Bilingual;
  /** BCP 47 tag of the text; 'mul' for several, 'zxx' for none. */
  readonly language: string;
  /** How the text was made. */
  readonly made: Bilingual;
  /** What to look for in a network that reads it: questions, and claims that `npm run claims` checks. */
  readonly look: Bilingual;
  /** Settings that keep the promises; what they leave out is as by default. */
  readonly settings: Partial<Settings>;
  /** What `npm run bench:legible` measures with these settings. */
  readonly promises: readonly Promised[];
  readonly bytes: number | null;
  /** As in `Text`; null where it is made on the spot. */
  readonly hash: string | null;
  /** The grammar that generated it and therefore knows how likely each character is. */
  readonly grammar: { readonly id: string; readonly seed: number } | null;
  readonly task?: TaskWords;
}
