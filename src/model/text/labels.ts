/**
 * Labels: what is true of each character of a text beside the character itself, and what a unit may follow. A grammar
 * knows some of its own texts; others can be read off any text.
 */

/** 'flag': no or yes; 'count': how many; 'kind': one of some kinds, numbered from 0. */
export type LabelKind = 'flag' | 'count' | 'kind';

/** Every label there is. What it says of a character holds once that character has been read. */
export const LABELS = {
  /** Letters are written in capitals. */
  capitals: 'flag',
  /** Characters are written in their traditional forms. */
  traditional: 'flag',
  /** A quotation is open. */
  quoted: 'flag',
  /** How many brackets, or blocks, are open. */
  depth: 'count',
  /** Which of two kinds of line this is. */
  line: 'kind',
  /** Who speaks, counted from 1; 0 nobody. */
  speaker: 'kind',
  /** Inside a word. */
  word: 'flag',
  /** How many letters or digits of the word or number have been read. */
  place: 'count',
  /** A bracket is open. */
  bracketed: 'flag',
  /** A capital letter. */
  upper: 'flag',
  /** A digit. */
  numeral: 'flag',
  /** How many characters of the line have been read. */
  column: 'count',
} as const satisfies Readonly<Record<string, LabelKind>>;

export type LabelName = keyof typeof LABELS;

/** The label's value for each character of a text. */
export type LabelValues = Int16Array;

/** Of one text: each label with its values. */
export type LabelledText = ReadonlyMap<LabelName, LabelValues>;
