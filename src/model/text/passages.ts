/** The letters of a text, passage by passage, in the language that each passage is likeliest written in. */
import { ALPHABETS, CHARACTERS } from './languages';
import { scriptOf, type Script } from './traits';

/** Letters that are enough to tell a language by: one text may hold several. */
const PASSAGE = 300;
/** A letter that the passage's language does not have: those of the largest languages are met everywhere. */
const FOREIGN = { latin1: -9, other: -12 };
/** The rarest letter of a language. */
const RAREST = -8;

interface Language {
  readonly script: Script;
  /** Natural logarithms of the probabilities of its letters, by code point. */
  readonly nats: ReadonlyMap<number, number>;
}

const language = (letters: string, nats: (rank: number) => number): Language => {
  const found = new Map<number, number>();
  Array.from(letters).forEach((letter, rank) => {
    const codePoint = letter.codePointAt(0) ?? 0;
    if (!found.has(codePoint)) found.set(codePoint, nats(rank));
  });
  return { script: scriptOf(letters[0]), nats: found };
};

/** Each letter 0.9 times as frequent as the one before it, and the last of an alphabet rarer still. */
const inAlphabet = (rank: number): number => Math.max(RAREST, -2.5 - 0.1 * rank - 0.15 * Math.max(0, rank - 18));
/** Zipf's law. */
const inCharacters = (rank: number): number => Math.log(0.2 / (rank + 10));

const LANGUAGES: readonly Language[] = [
  ...ALPHABETS.map((letters) => language(letters, inAlphabet)),
  ...CHARACTERS.map((letters) => language(letters, inCharacters)),
];

/** What natural logarithms of probabilities add up to: over all characters, and over those beyond ASCII. */
export interface Nats {
  all: number;
  beyondAscii: number;
}

/** Of these letters in the language that fits them best. */
const inBestLanguage = (script: Script, counts: ReadonlyMap<number, number>): Nats => {
  let best: Nats = { all: -Infinity, beyondAscii: 0 };
  for (const language of LANGUAGES) {
    if (language.script !== script) continue;
    const sum = { all: 0, beyondAscii: 0 };
    for (const [codePoint, times] of counts) {
      const own = times * (language.nats.get(codePoint) ?? (codePoint < 0x100 ? FOREIGN.latin1 : FOREIGN.other));
      sum.all += own;
      if (codePoint > 0x7f) sum.beyondAscii += own;
    }
    if (sum.all > best.all) best = sum;
  }
  return best;
};

/** A letter: its script and its small form. */
type Letter = readonly [Script, number];

/** Words of ASCII before and behind a telling character that speak of its language, too. */
const NEAR = 3;
/** A letter of other words, which all readings have in common. */
const COMMON = -2.9;
/** What separates markup from prose: words beyond it say nothing of this one. */
const APART = /[<>/=&{}[\]_|\\@#]/;

/**
 * The letters that tell a language: those of words with characters beyond ASCII, and of the words near them. Taken in
 * passages, each in the language of each script that fits best.
 */
export class Passages {
  /** How often each letter stands in this passage. */
  private readonly scripts = new Map<Script, Map<number, number>>();
  private length = 0;
  private word: Letter[] = [];
  private isTelling = false;
  /** The last words, which count once a telling character comes. */
  private waiting: Letter[][] = [];
  /** How many words more are near the last telling character. */
  private following = 0;

  /** Of the words that are done with. */
  readonly nats: Nats = { all: 0, beyondAscii: 0 };

  letter(script: Script, codePoint: number, isTelling: boolean): void {
    this.word.push([script, codePoint]);
    if (isTelling) this.isTelling = true;
  }

  /** Something between words. */
  separator(character: string): void {
    if (this.word.length > 0) this.endWord();
    if (character > '\x7f') this.tell();
    else if (APART.test(character)) this.part();
  }

  end(): void {
    this.endWord();
    this.part();
    this.endPassage();
  }

  private endWord(): void {
    if (this.isTelling) this.tell();
    if (this.following > 0) {
      this.take(this.word);
      if (!this.isTelling) this.following--;
    } else {
      this.waiting.push(this.word);
      if (this.waiting.length > NEAR) this.pass(this.waiting.shift() ?? []);
    }
    this.word = [];
    this.isTelling = false;
    if (this.length >= PASSAGE) this.endPassage();
  }

  private tell(): void {
    for (const word of this.waiting) this.take(word);
    this.waiting = [];
    this.following = NEAR;
  }

  private part(): void {
    for (const word of this.waiting) this.pass(word);
    this.waiting = [];
    this.following = 0;
  }

  private take(word: readonly Letter[]): void {
    for (const [script, codePoint] of word) {
      let counts = this.scripts.get(script);
      if (counts === undefined) this.scripts.set(script, (counts = new Map<number, number>()));
      counts.set(codePoint, (counts.get(codePoint) ?? 0) + 1);
    }
    this.length += word.length;
  }

  private pass(word: readonly Letter[]): void {
    this.nats.all += COMMON * word.length;
  }

  private endPassage(): void {
    for (const [script, counts] of this.scripts) {
      const { all, beyondAscii } = inBestLanguage(script, counts);
      this.nats.all += all;
      this.nats.beyondAscii += beyondAscii;
    }
    this.scripts.clear();
    this.length = 0;
  }
}
