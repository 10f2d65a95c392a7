/** How characters are shown that would otherwise be invisible, or would move or reorder the text around them. */

/** What stands for the unknown symbol: the empty square that printers set for a character they lack. */
export const UNKNOWN_SIGN = '□';

/** One character of a text that a network writes, as it is; -1 is the unknown symbol. */
export const writtenCharacter = (codePoint: number): string =>
  codePoint < 0 ? UNKNOWN_SIGN : String.fromCodePoint(codePoint);

const escape = (codePoint: number): string => `U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}`;

const NAMED = new Map<number, string>([
  [0x09, '⇥'],
  [0x0a, '↵'],
  [0x20, '␣'],
  [0x7f, '␡'],
]);

/** Controls, format and bidirectional characters, surrogates, private and unassigned ones, and spaces beyond U+0020. */
const INVISIBLE = /^[\p{C}\p{Z}\p{Default_Ignorable_Code_Point}□\ufffd]$/u;

/** One character as a visible sign: -1 (the unknown symbol) is □, a newline ↵, a space ␣, what has no shape U+XXXX. */
export const displayCharacter = (codePoint: number): string => {
  if (codePoint < 0) return UNKNOWN_SIGN;
  const named = NAMED.get(codePoint);
  if (named !== undefined) return named;
  // The control pictures stand in the order of the controls.
  if (codePoint < 0x20) return String.fromCodePoint(0x2400 + codePoint);
  if (codePoint >= 0xd800 && codePoint < 0xe000) return escape(codePoint);
  const character = String.fromCodePoint(codePoint);
  if (INVISIBLE.test(character)) return escape(codePoint);
  // A combining mark needs something to stand on.
  return /^\p{M}$/u.test(character) ? `◌${character}` : character;
};

/** Controls and bidirectional or invisible format characters; tab, newline and the joiners that scripts and emoji need stay. */
const HARMFUL =
  /[^\P{Cc}\t\n]|[\u00ad\u061c\u180e\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb]|\p{Cs}/gu;

/** Running text with its control, bidirectional and invisible characters escaped; spaces, tabs and newlines stay. */
export const displayText = (text: string): string =>
  text.replace(HARMFUL, (character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    return codePoint < 0x20 || codePoint === 0x7f ? displayCharacter(codePoint) : `⟨${escape(codePoint)}⟩`;
  });

/** Foreign text amid a sentence, set such that its direction moves nothing around it: between Unicode's isolates (UAX 9). */
export const isolated = (text: string): string => `\u2068${text}\u2069`;

/** What a quotation of foreign text shows at most, in characters. */
const LONGEST_QUOTATION = 40;

/** Foreign text for a line of one's own: escaped as `displayText` does, newlines too, and cut where it is long. */
export const quotation = (text: string): string => {
  let shown = '';
  let length = 0;
  for (const character of text) {
    const sign =
      character === '\n' || character === '\t' ? displayCharacter(character.charCodeAt(0)) : displayText(character);
    length += sign.length;
    if (length > LONGEST_QUOTATION) return `${shown}…`;
    shown += sign;
  }
  return shown;
};
