/** A stretch of a corpus to look at while a network learns: held out where it can be, at the start of a line, and telling. */
import type { CodePoints } from './codePoints';
import type { CatalogueEntry, DecodedText, Vocabulary } from './types';

/** Characters of a stretch; Chinese, Japanese and Korean ones are twice as wide and say more each. */
const LENGTH = 64;
const WIDE_LENGTH = 48;
/** Starts that are looked at, evenly spread. */
const CANDIDATES = 1500;
/** Characters of the held-out part that are looked at: of a text of many megabytes, all would take seconds. */
const REACH = 100_000;
/** A newcomer reads from the first stretch that is this much as telling as the best one. */
const GOOD_ENOUGH = 0.95;

const CJK = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303f\uff00-\uffef]/u;

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
  // On, off and on again, with something to read in between.
  capslock: (s) => Math.min(4, count(s, /\*/g)) + Math.min(2, count(s, /[A-Z]+/g)) + Math.min(2, count(s, /[a-z]+/g)),
  jianfan: (s) => Math.min(4, count(s, /※/g)) + Math.min(4, count(s, /[^※、。]+/g)),
  // Quotations that open and close, with something before and behind them.
  quotes: (s) => Math.min(4, count(s, /"/g)) + (count(s, /"/g) % 2 === 0 ? 1 : 0) + (/^"|"$/.test(s) ? 0 : 1),
  depth: (s) => Math.min(6, depth(s)) + Math.min(3, count(s, /\([^()]*\)/g)),
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

/** Corpora whose structure does not show in so few whole lines: their stretches begin and end at words. */
const WITHIN_LINES: ReadonlySet<string> = new Set(['quotes']);

/** Different letters, unless many of them are capitals: a heading is not typical of its text. */
const variety = (stretch: string): number =>
  new Set(stretch.toLowerCase().match(/\p{L}/gu) ?? []).size - Math.max(0, count(stretch, /\p{Lu}/gu) - 4);

/** Behind what a stretch may end, best first. */
const SEPARATORS: readonly ((codePoint: number) => boolean)[] = [
  (c) => c === NEWLINE,
  (c) => '.!?。！？'.includes(String.fromCodePoint(c)),
  (c) => ' ，；、'.includes(String.fromCodePoint(c)),
];

/** Where a stretch of at most `length` characters from `start` ends: behind the best separator that is near. */
const endOf = (codePoints: CodePoints, start: number, length: number, separators: typeof SEPARATORS): number => {
  const furthest = Math.min(codePoints.length, start + length);
  const nearest = start + Math.round(length * 0.5);
  for (const separates of separators) {
    for (let end = furthest; end > nearest; end--) {
      // The separator itself stays out only where it is a newline or a space.
      if (separates(codePoints.at(end - 1))) return codePoints.at(end - 1) === NEWLINE ? end - 1 : end;
    }
  }
  return furthest;
};

/** Behind what a stretch may begin: a line; where there is none, a sentence, a word. */
const BEFORE: readonly RegExp[] = [/\n$/, /[.!?。！？] ?$/, /\s$/];

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Positions near the beginning of a part where a stretch may begin: behind the best pattern there is, else its beginning. */
const startsOf = (
  codePoints: CodePoints,
  { from, to }: Stretch,
  length: number,
  patterns: readonly RegExp[],
): number[] => {
  const last = Math.min(to - length, from + REACH);
  for (const pattern of patterns) {
    const starts: number[] = [];
    for (let i = Math.max(2, from); i <= last; i++) {
      if (codePoints.at(i) === NEWLINE || (codePoints.at(i) === SPACE && codePoints.at(i - 1) !== NEWLINE)) continue;
      if (pattern.test(String.fromCodePoint(codePoints.at(i - 2), codePoints.at(i - 1)))) starts.push(i);
    }
    if (starts.length > 0) return starts;
  }
  return [Math.max(0, Math.min(from, last))];
};

/**
 * The probe text that a corpus begins with: held out, of characters that the network knows. Where all that is held out has
 * others, it is out of the end of the training part, and only where that has others too, it has unknown characters.
 *
 * @param trainLength where the held-out part of the text begins
 * @param entry the bundled corpus; null for a text of one's own
 */
export const chooseProbe = (
  { codePoints }: DecodedText,
  trainLength: number,
  vocabulary: Pick<Vocabulary, 'codePoints'>,
  entry: CatalogueEntry | null,
): string => {
  const beginning = toText(codePoints.slice(trainLength, trainLength + 500));
  const isWide = count(beginning, new RegExp(CJK, 'gu')) > beginning.length / 3;
  const length = isWide ? WIDE_LENGTH : LENGTH;
  const telling = (entry && TELLING[entry.id]) ?? variety;
  const isWithin = entry !== null && WITHIN_LINES.has(entry.id);
  const before = isWithin ? BEFORE.slice(-1) : BEFORE;
  const behind = isWithin ? SEPARATORS.slice(-1) : SEPARATORS;

  const stretchesOf = (part: Stretch): Uint32Array[] => {
    const starts = startsOf(codePoints, part, length, before);
    const stride = Math.max(1, Math.floor(starts.length / CANDIDATES));
    return starts
      .filter((_, i) => i % stride === 0)
      .map((start) => codePoints.slice(start, endOf(codePoints, start, length, behind)));
  };
  const known = new Set(vocabulary.codePoints);
  const isKnown = (stretch: Uint32Array): boolean => stretch.every((codePoint) => known.has(codePoint));
  const heldOut = stretchesOf({ from: trainLength, to: codePoints.length });
  const read = { from: Math.max(0, trainLength - REACH), to: trainLength };
  const candidates = [heldOut.filter(isKnown), stretchesOf(read).filter(isKnown), heldOut];
  const stretches = (candidates.find(({ length: count }) => count > 0) ?? []).map((stretch) =>
    toText(stretch).replace(/\s+$/, ''),
  );
  const scores = stretches.map(telling);
  const best = scores.reduce((a, b) => Math.max(a, b));
  const first = scores.findIndex((score) => (best > 0 ? score >= GOOD_ENOUGH * best : score === best));
  return stretches[first];
};
