/** What characters are beside each other: how likely each is where no language decides, and what neighbours cost. */

export type Script = 'latin' | 'greek' | 'cyrillic' | 'hebrew' | 'arabic' | 'thai' | 'cjk' | 'hangul' | 'other';

interface LetterKind {
  readonly is: 'letter';
  readonly script: Script;
  /** Null where the script has no capitals. */
  readonly cased: 'capital' | 'small' | null;
}
interface OtherKind {
  readonly is:
    | 'space'
    | 'digit'
    | 'point'
    /** A quotation mark that stands before words, and one that stands behind. */
    | 'opening'
    | 'closing'
    | 'dash'
    /** An apostrophe or a point that stands inside words, too. */
    | 'joiner'
    /** A combining mark of no script of its own. */
    | 'mark'
    /** Punctuation of Chinese and Japanese. */
    | 'wide'
    | 'symbol'
    /** Nothing that a text holds: a control, a private or unassigned code point, what stands for bytes that make no sense. */
    | 'nonsense';
}
export type Kind = LetterKind | OtherKind;

export interface Traits {
  readonly kind: Kind;
  /** Natural logarithm of its probability; 0 for letters and marks, which languages decide on. */
  readonly nats: number;
}

const SCRIPTS: readonly (readonly [Script, RegExp])[] = [
  ['latin', /\p{sc=Latin}/u],
  ['cyrillic', /\p{sc=Cyrillic}/u],
  ['greek', /\p{sc=Greek}/u],
  ['cjk', /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\u30fc\uff70\uff9e\uff9f]/u],
  ['hangul', /\p{sc=Hangul}/u],
  ['hebrew', /\p{sc=Hebrew}/u],
  ['arabic', /\p{scx=Arabic}|\u200c/u],
  ['thai', /\p{sc=Thai}/u],
];

export const scriptOf = (letter: string): Script => SCRIPTS.find(([, pattern]) => pattern.test(letter))?.[0] ?? 'other';

/** The first that fits decides. */
const OTHERS: readonly (readonly [pattern: RegExp, is: OtherKind['is'], nats: number])[] = [
  [/ /, 'space', -1.8],
  [/[\n\r\t\f\u3000]/, 'space', -4],
  [/\d/, 'digit', -5],
  [/[!-/:-@[-`{-~]/, 'point', -5],
  [/[\u00a0\u2003\u2009]/, 'space', -7],
  [/[“„«‘‹¿¡]/, 'opening', -5.5],
  [/[”»›…]/, 'closing', -5.5],
  [/’/, 'joiner', -5],
  [/[·\u00ad]/, 'joiner', -8],
  [/[–—]/, 'dash', -5.5],
  [/[†‡§°©®™]/, 'symbol', -7],
  [/[‚•€£№ªº‰‐‑−\u060c\u061b\u061f\u0387]/, 'point', -7],
  [/[、。，「」『』：；？！（）《》〈〉【】・〜～]/, 'wide', -4.5],
  [/[\uff01-\uff5e]/, 'wide', -7],
  [/[\p{Cc}\p{Co}\p{Cn}\p{Cs}\ufffd]/u, 'nonsense', -14],
  [/[\u0300-\u036f]/, 'mark', 0],
  [/\p{Nd}/u, 'digit', -7],
  [/[¤¦¬¶¨¯´¸]/, 'symbol', -11],
];
const SYMBOL: Traits = { kind: { is: 'symbol' }, nats: -9 };

/** Letters, the marks of scripts, and the joiner between letters of Persian. */
const LETTER = /[\p{L}\p{M}\u200c]/u;

const find = (character: string): Traits => {
  const other = OTHERS.find(([pattern]) => pattern.test(character));
  if (other !== undefined) return { kind: { is: other[1] }, nats: other[2] };
  if (!LETTER.test(character)) return SYMBOL;
  const script = scriptOf(character);
  const small = character.toLowerCase();
  const cased =
    script === 'other' || small === character.toUpperCase() ? null : small === character ? 'small' : 'capital';
  return { kind: { is: 'letter', script, cased }, nats: 0 };
};

const known = new Map<number, Traits>();

export const traitsOf = (codePoint: number): Traits => {
  let traits = known.get(codePoint);
  if (traits === undefined) known.set(codePoint, (traits = find(String.fromCodePoint(codePoint))));
  return traits;
};

/** What neighbours cost, in nats. */
const COST = {
  scriptsMixed: 8,
  cjkMixed: 4,
  hanjaMixed: 1,
  capitalInside: 6,
  capitalFirst: 1.6,
  capitalAfterCapital: 1.4,
  smallFirst: 0.25,
  looseMark: 8,
  symbolBesideLetter: 4.5,
  openingBehindLetter: 3,
  letterBehindClosing: 3,
  letterBehindDash: 3,
  digitBesideLetter: 1.5,
  wideBesideLatin: 3,
};

const betweenLetters = (before: LetterKind, after: LetterKind): number => {
  if (before.script === after.script) {
    if (after.cased !== 'capital') return 0;
    return before.cased === 'small' ? COST.capitalInside : COST.capitalAfterCapital;
  }
  const scripts = [before.script, after.script];
  if (!scripts.includes('cjk')) return COST.scriptsMixed;
  return scripts.includes('hangul') ? COST.hanjaMixed : COST.cjkMixed;
};

const letterBehind = (before: OtherKind, after: LetterKind): number => {
  switch (before.is) {
    case 'mark':
      return after.cased === 'capital' ? COST.capitalAfterCapital : 0;
    case 'symbol':
      return COST.symbolBesideLetter;
    case 'closing':
      return COST.letterBehindClosing;
    case 'dash':
      return COST.letterBehindDash;
    case 'digit':
      return COST.digitBesideLetter;
    case 'wide':
      return after.script === 'latin' ? COST.wideBesideLatin : 0;
    default:
      return after.cased === 'capital' ? COST.capitalFirst : COST.smallFirst;
  }
};

const behindLetter = (before: LetterKind, after: OtherKind): number => {
  switch (after.is) {
    case 'symbol':
      return COST.symbolBesideLetter;
    case 'opening':
      return COST.openingBehindLetter;
    case 'digit':
      return COST.digitBesideLetter;
    case 'wide':
      return before.script === 'latin' ? COST.wideBesideLatin : 0;
    default:
      return 0;
  }
};

/** What these neighbours cost, in nats, whatever characters they are. */
export const costBeside = (before: Kind, after: Kind): number => {
  if (after.is === 'letter')
    return before.is === 'letter' ? betweenLetters(before, after) : letterBehind(before, after);
  if (after.is === 'mark') return before.is === 'letter' || before.is === 'mark' ? 0 : COST.looseMark;
  return before.is === 'letter' ? behindLetter(before, after) : 0;
};
