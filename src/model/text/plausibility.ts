/** How likely a text is as something that a person wrote: what bytes mean is told by which reading is likeliest. */
import { Passages, type Nats } from './passages';
import { costBeside, traitsOf, type Kind, type Script } from './traits';

/** Letters that stand at the end of words only, and the one that never does. */
const FINAL = new Set(Array.from('ςםןףךץ', (letter) => letter.codePointAt(0)));
const NEVER_FINAL = 'σ'.codePointAt(0);

/** What such a letter costs in the wrong place, and a word in another script than the one before it, in nats. */
const FINAL_INSIDE = 6;
const NEVER_LAST = 3;
const OTHER_SCRIPT = 3;
/** A word that an apostrophe begins. */
const APOSTROPHE_FIRST = 6;
/** The first word in a script that the text has not had before. */
const NEW_SCRIPT = 6;
/** So many capitals in a row, and all is written in them: one more stands as a small letter would, for so much. */
const CAPITALS = { row: 3, each: 0.3 };
/** A character that stands once more, as in a row of spaces, newlines or strokes. */
const AGAIN = -1;
/** A letter of a script that no language here is written in: beside one of its block, or anywhere. */
const UNKNOWN_SCRIPT = { nearby: -5, anywhere: -12 };

const SPACE: Kind = { is: 'space' };

/**
 * Natural logarithm of the probability of a text: of its letters in their languages, and of what stands beside what;
 * `beyondAscii` is the share that characters beyond ASCII have in it.
 */
export const plausibilityOf = (text: string): Readonly<Nats> => {
  const passages = new Passages();
  const nats: Nats = { all: 0, beyondAscii: 0 };
  const add = (some: number, isBeyondAscii: boolean) => {
    nats.all += some;
    if (isBeyondAscii) nats.beyondAscii += some;
  };
  let before: Kind = SPACE;
  let beforeThat: Kind = SPACE;
  let previous = 0x20;
  /** Script of the last letter, and all that there were. */
  let script: Script | null = null;
  const scripts = new Set<Script>();
  /** Capitals since the last small letter. */
  let capitals = 0;
  for (const character of text) {
    const codePoint = character.codePointAt(0) ?? 0;
    const { kind, nats: own } = traitsOf(codePoint);
    const isBeyond = codePoint > 0x7f;
    const isShouted = kind.is === 'letter' && kind.cased === 'capital' && capitals >= CAPITALS.row;
    if (codePoint === previous && kind.is !== 'letter' && kind.is !== 'mark' && kind.is !== 'nonsense') {
      add(AGAIN, isBeyond);
    } else {
      add(own, isBeyond);
      add(-costBeside(before, isShouted ? { ...kind, cased: 'small' } : kind), isBeyond || previous > 0x7f);
    }
    if (kind.is === 'letter') {
      if (script !== null && script !== kind.script && before.is !== 'letter') add(-OTHER_SCRIPT, true);
      if (before.is === 'joiner' && beforeThat.is !== 'letter') add(-APOSTROPHE_FIRST, true);
      if (FINAL.has(previous)) add(-FINAL_INSIDE, true);
      if (isShouted) add(-CAPITALS.each, isBeyond);
      if (kind.cased !== null) capitals = kind.cased === 'capital' ? capitals + 1 : 0;
      ({ script } = kind);
      if (!scripts.has(script) && scripts.add(script).size > 1) add(-NEW_SCRIPT, true);
      const small = kind.cased === 'capital' ? (character.toLowerCase().codePointAt(0) ?? 0) : codePoint;
      if (script !== 'other') passages.letter(script, small, isBeyond);
      else add(codePoint >> 7 === previous >> 7 ? UNKNOWN_SCRIPT.nearby : UNKNOWN_SCRIPT.anywhere, true);
    } else if (kind.is === 'mark') passages.letter('latin', codePoint, true);
    else {
      passages.separator(character);
      if (previous === NEVER_FINAL) add(-NEVER_LAST, true);
    }
    beforeThat = before;
    before = kind;
    previous = codePoint;
  }
  passages.end();
  return { all: nats.all + passages.nats.all, beyondAscii: nats.beyondAscii + passages.nats.beyondAscii };
};
