/** A stretch of a corpus to look at while a network learns: from the held-out part, at the start of a line, and telling. */
import type { CatalogueEntry, Text } from './types';

/** Characters of a stretch; Chinese, Japanese and Korean ones are twice as wide and say more each. */
const LENGTH = 64;
const WIDE_LENGTH = 48;
/** Starts that are looked at, evenly spread. */
const CANDIDATES = 400;
/** Characters of the held-out part that are looked at: of a text of many megabytes, all would take seconds. */
const REACH = 100_000;
/** A newcomer reads from the first stretch that is this much as telling as the best one. */
const GOOD_ENOUGH = 0.95;

const CJK = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u;

const NEWLINE = 10;
const SPACE = 32;

const toText = (codePoints: Uint32Array): string => String.fromCodePoint(...codePoints);

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Deepest nesting of brackets. */
const depth = (text: string): number => {
  let now = 0;
  let deepest = 0;
  for (const character of text) {
    if ('([{<'.includes(character)) deepest = Math.max(deepest, ++now);
    else if (')]}>'.includes(character)) now--;
  }
  return deepest;
};

/** How much of its corpus's structure a stretch shows; by default, its variety. */
const TELLING: Readonly<Record<string, (stretch: string) => number>> = {
  // A quotation that opens and closes, with something behind it, and at best before it.
  quotes: (s) =>
    (/^(?:[^"\n]{8,} )?"[A-Z][^"\n]{10,}[,.?]"[^"\n]{4,}$/.test(s) ? 2 : 0) +
    (s.endsWith('.') ? 1 : 0) +
    (s.startsWith('"') ? 0 : 0.5),
  abab: (s) => Math.min(2, count(s, /\n/g)),
  brackets: (s) => Math.min(5, depth(s)) + Math.min(2, count(s, /\n/g)),
  // A carry into the hundreds.
  counting: (s) => count(s, /99 /g),
  play: (s) => (/^[A-Z]{3,}[:.]\n/.test(s) ? 2 : 0),
  drama: (s) => (/^[A-Z]{3,}[:.]?[ \n]/.test(s) ? 2 : 0) - count(s, /\n\n/g),
  // A block that opens and closes, and does something in between.
  program: (s) =>
    (/^( *)(?:while|if) .*\n(?:\1 {2}.*\n)+\1end/.test(s) ? 3 : 0) + Math.min(2, count(s, / (?:if|let) /g)),
  stories: (s) => Math.min(2, count(s, /["“”]/g)),
  couplets: (s) => -count(s, /\n\n/g),
  poems: (s) => -count(s, /\n\n/g),
  tale: (s) => Math.min(2, count(s, /[“”「」]/g)),
  source: (s) => Math.min(2, count(s, /[{}]/g)) + Math.min(2, count(s, /["'`]/g)) - count(s, /\/\//g),
};

/** Different letters, unless many of them are capitals: a heading is not typical of its text. */
const variety = (stretch: string): number =>
  new Set(stretch.toLowerCase().match(/\p{L}/gu) ?? []).size - Math.max(0, count(stretch, /\p{Lu}/gu) - 4);

/**
 * Where a stretch of at most `length` characters from `start` ends: at the end of a line if one is near, else behind a
 * sentence or a word.
 */
const endOf = (codePoints: Uint32Array, start: number, length: number): number => {
  const furthest = Math.min(codePoints.length, start + length);
  const nearest = start + Math.round(length * 0.5);
  const separators: readonly ((codePoint: number) => boolean)[] = [
    (c) => c === NEWLINE,
    (c) => '.!?。！？'.includes(String.fromCodePoint(c)),
    (c) => ' ，；、'.includes(String.fromCodePoint(c)),
  ];
  for (const separates of separators) {
    for (let end = furthest; end > nearest; end--) {
      // The separator itself stays out only where it is a newline or a space.
      if (separates(codePoints[end - 1])) return codePoints[end - 1] === NEWLINE ? end - 1 : end;
    }
  }
  return Math.min(codePoints.length, start + length);
};

/** Behind what a stretch may begin: a line; where there is none, a sentence, a word. */
const BEFORE: readonly RegExp[] = [/\n$/, /[.!?。！？] ?$/, /\s$/];

/** Positions near the beginning of the held-out part where a stretch may begin: at best those behind `before`; else its beginning. */
const startsOf = (codePoints: Uint32Array, from: number, length: number, before: readonly RegExp[]): number[] => {
  const last = Math.min(codePoints.length - length, from + REACH);
  for (const pattern of before) {
    const starts: number[] = [];
    for (let i = Math.max(2, from); i <= last; i++) {
      if (codePoints[i] === NEWLINE || (codePoints[i] === SPACE && codePoints[i - 1] !== NEWLINE)) continue;
      if (pattern.test(String.fromCodePoint(codePoints[i - 2], codePoints[i - 1]))) starts.push(i);
    }
    if (starts.length > 0) return starts;
  }
  return [Math.max(0, Math.min(from, last))];
};

/**
 * The probe text that a corpus begins with.
 *
 * @param trainLength where the held-out part of the text begins
 * @param entry the bundled corpus; null for a text of one's own
 */
export const chooseProbe = (text: Text, trainLength: number, entry: CatalogueEntry | null): string => {
  const { codePoints } = text;
  const beginning = toText(codePoints.subarray(trainLength, trainLength + 500));
  const isWide = count(beginning, new RegExp(CJK, 'gu')) > beginning.length / 3;
  const length = isWide ? WIDE_LENGTH : LENGTH;
  const telling = (entry && TELLING[entry.id]) ?? variety;

  const starts = startsOf(codePoints, trainLength, length, entry?.id === 'quotes' ? BEFORE.slice(1) : BEFORE);
  const stride = Math.max(1, Math.floor(starts.length / CANDIDATES));
  const stretches = starts
    .filter((_, i) => i % stride === 0)
    .map((start) => toText(codePoints.subarray(start, endOf(codePoints, start, length))).replace(/\s+$/, ''));
  const scores = stretches.map(telling);
  const best = scores.reduce((a, b) => Math.max(a, b));
  const first = scores.findIndex((score) => (best > 0 ? score >= GOOD_ENOUGH * best : score === best));
  return stretches[first];
};
