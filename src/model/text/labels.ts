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

/**
 * The labels of a stretch, where it stands first in a labelled text; null where it stands nowhere in it whole.
 *
 * @param ids of the labelled text's symbols, from the first one that has labels
 */
export const labelsWhere = (
  labels: LabelledText,
  ids: ArrayLike<number>,
  stretch: ArrayLike<number>,
): LabelledText | null => {
  if (labels.size === 0 || stretch.length === 0) return null;
  const last = Math.min(ids.length, ...[...labels.values()].map(({ length }) => length)) - stretch.length;
  for (let from = 0; from <= last; from++) {
    let k = 0;
    while (k < stretch.length && ids[from + k] === stretch[k]) k++;
    if (k < stretch.length) continue;
    return new Map([...labels].map(([name, values]) => [name, values.slice(from, from + stretch.length)]));
  }
  return null;
};
