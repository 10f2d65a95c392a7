/** Labels that can be read off any text, in any script. */
import type { LabelledText, LabelName, LabelValues } from './labels';
import type { DecodedText } from './types';

/** Letters, marks on them and apostrophes between them; digits are part of words and numbers. */
const IN_WORD = /[\p{L}\p{M}\p{N}]/u;
const APOSTROPHE = /['’]/;
const UPPER = /\p{Lu}/u;
const NUMERAL = /\p{Nd}/u;

/** Marks that open a quotation only, and close one only. */
const OPENS_QUOTATION = '“«「『„';
const CLOSES_QUOTATION = '”»」』';
/** The same mark opens and closes. */
const STRAIGHT = '"';
const OPENS_BRACKET = '([{（［｛【《';
const CLOSES_BRACKET = ')]}）］｝】》';

const NEWLINE = '\n';
/** A count that a line without end does not pass. */
const LARGEST = 0x7fff;

/** Characters between two yields. */
const STRIDE = 1 << 14;

/** Which characters of the text are of that class; each code point is looked at once. */
const membership = (pattern: RegExp): ((character: string) => boolean) => {
  const known = new Map<string, boolean>();
  return (character) => {
    let is = known.get(character);
    if (is === undefined) {
      is = pattern.test(character);
      known.set(character, is);
    }
    return is;
  };
};

/**
 * The labels of the characters [from, to) of a text, as far as they change in it. Quotations and brackets end with their
 * paragraph at the latest, so that one that is never closed does no harm. Works in steps and yields the share done, 0 to 1.
 */
export function* plainLabelsInSteps(
  { codePoints }: DecodedText,
  from: number,
  to: number,
): Generator<number, LabelledText> {
  const names = ['word', 'place', 'quoted', 'bracketed', 'upper', 'numeral', 'column'] as const satisfies LabelName[];
  const values = new Map<(typeof names)[number], LabelValues>(names.map((name) => [name, new Int16Array(to - from)]));
  const [isInWord, isUpper, isNumeral] = [IN_WORD, UPPER, NUMERAL].map(membership);
  let place = 0;
  let isQuoted = false;
  let brackets = 0;
  let column = 0;
  let last = '';
  for (let i = from; i < to; i++) {
    const character = String.fromCodePoint(codePoints.at(i));
    const inWord = isInWord(character) || (place > 0 && APOSTROPHE.test(character));
    place = inWord ? place + 1 : 0;
    if (character === NEWLINE && last === NEWLINE) [isQuoted, brackets] = [false, 0];
    if (OPENS_QUOTATION.includes(character)) isQuoted = true;
    else if (CLOSES_QUOTATION.includes(character)) isQuoted = false;
    else if (character === STRAIGHT) isQuoted = !isQuoted;
    if (OPENS_BRACKET.includes(character)) brackets++;
    else if (CLOSES_BRACKET.includes(character)) brackets = Math.max(0, brackets - 1);
    column = character === NEWLINE ? 0 : column + 1;
    const known = {
      word: inWord ? 1 : 0,
      place,
      quoted: isQuoted ? 1 : 0,
      bracketed: brackets > 0 ? 1 : 0,
      upper: isUpper(character) ? 1 : 0,
      numeral: isNumeral(character) ? 1 : 0,
      column,
    };
    for (const [name, array] of values) array[i - from] = Math.min(LARGEST, known[name]);
    last = character;
    if ((i - from) % STRIDE === STRIDE - 1 && i + 1 < to) yield (i + 1 - from) / (to - from);
  }
  return new Map<LabelName, LabelValues>([...values].filter(([, array]) => array.some((value) => value !== array[0])));
}
