/**
 * Chinese quatrains of five or seven characters a line. Each couplet has the tones of regulated verse, the two halves
 * match word for word in kind (antithesis), the second and fourth lines rhyme, and where it can be helped no character
 * comes twice.
 *
 * Tones (· is free), and how a line falls into words: noun noun predicate (2 2 1), or noun action noun (2 1 2):
 *
 *     first form    ·仄平平仄，平平仄仄平。     second form    ·平平仄仄，·仄仄平平。
 *
 * The forms alternate, so that the third line's second tone is that of the second line. Seven characters: two more at
 * the front, the second of the opposite tone to what was the second.
 */
import { choice, say, take } from './derivation';
import type { Derivation, Option } from './derivation';
import { ACTIONS, NOUN_CLASSES, NOUNS, OPENING_CLASSES, OPENINGS, PREDICATES, rhymeOf, toneOf } from './lexicon';
import type { NounClass, OpeningClass, Tone } from './lexicon';

type Form = 'first' | 'second';

/** Tones of the five last characters of the upper and of the lower line. */
const TONES: Readonly<Record<Form, readonly [upper: string, lower: string]>> = {
  first: ['·仄平平仄', '平平仄仄平'],
  second: ['·平平仄仄', '·仄仄平平'],
};

const fits = (word: string, tones: string): boolean =>
  Array.from(word).every((character, i) => tones[i] === '·' || toneOf(character) === tones[i]);

const opposite = (tone: string): Tone => (tone === '平' ? '仄' : '平');

/** Those that share no character with what was written; all, where there are none. Words have one or two characters. */
const fresh = (words: readonly string[], written: string): readonly string[] => {
  const unused = words.filter((word) => !written.includes(word[0]) && !written.includes(word[word.length - 1]));
  return unused.length > 0 ? unused : words;
};

/** The words of each list that fit tones, computed once. */
const fittingOf = new WeakMap<readonly string[], Map<string, readonly string[]>>();

const fitting = (words: readonly string[], tones: string): readonly string[] => {
  const known = fittingOf.get(words) ?? new Map<string, readonly string[]>();
  fittingOf.set(words, known);
  const found = known.get(tones) ?? words.filter((word) => fits(word, tones));
  known.set(tones, found);
  return found;
};

const share = (words: readonly string[], weight: number): Option[] =>
  words.map((word) => [word, weight / words.length]);

const classOf = <C extends string>(
  lists: Readonly<Record<C, readonly string[]>>,
  names: readonly C[],
  word: string,
): C => {
  const found = names.find((name) => lists[name].includes(word));
  if (found === undefined) throw new RangeError(`${word} is in no class.`);
  return found;
};

const nounClassOf = (word: string): NounClass => classOf(NOUNS, NOUN_CLASSES, word);
const openingClassOf = (word: string): OpeningClass => classOf(OPENINGS, OPENING_CLASSES, word);

/** What the last word of a lower line may be: `rhyme` null where the rhyme is still open. */
const lastWords = (words: readonly string[], tones: string, rhyme: number | null): string[] =>
  fitting(words, tones).filter((word) => (rhyme === null ? rhymeOf(word) >= 0 : rhymeOf(word) === rhyme));

/** What may follow the upper line's first noun, so that the lower line can match it and rhyme. */
interface Continuations {
  readonly subjects: readonly string[];
  readonly actions: readonly string[];
  /** Nouns that may stand behind an action. */
  readonly objects: readonly string[];
}

const continuations = (form: Form, rhyme: number | null): Continuations => {
  const [upper, lower] = TONES[form];
  const nounsWhere = (ends: (name: NounClass) => readonly string[]): string[] =>
    NOUN_CLASSES.filter((name) => ends(name).length > 0).flatMap((name) => NOUNS[name]);
  const subjects = nounsWhere((name) => lastWords(PREDICATES[name], lower.slice(4), rhyme));
  const objects = nounsWhere((name) => lastWords(NOUNS[name], lower.slice(3), rhyme));
  return {
    subjects: fitting(subjects, upper.slice(2, 4)),
    actions: objects.length > 0 ? fitting(ACTIONS, upper.slice(2, 3)) : [],
    objects,
  };
};

const ALL_NOUNS = NOUN_CLASSES.flatMap((name) => NOUNS[name]);
const ALL_OPENINGS = OPENING_CLASSES.flatMap((name) => OPENINGS[name]);

interface Couplet {
  readonly form: Form;
  readonly isSeven: boolean;
  /** Group that the lower line must rhyme with, null where it is free. */
  readonly rhyme: number | null;
  readonly continuations: Continuations;
  /** The poem so far. */
  readonly written: string;
}

/** Tones that a line of seven begins with. */
const openingTones = (tones: string): string => `·${opposite(tones[1])}`;

/** Both lines behind the upper line's first word `first`; returns the poem so far. */
function* restOfCouplet(couplet: Couplet, first: string): Derivation<string> {
  const { form, isSeven, rhyme } = couplet;
  const [upper, lower] = TONES[form];
  let poem = couplet.written + first;
  function* word(words: readonly string[], tones: string): Derivation<string> {
    const taken = yield* take(choice(fresh(fitting(words, tones), poem)));
    poem += taken;
    return taken;
  }
  function* mark(punctuation: string): Derivation {
    yield* say(punctuation);
    poem += punctuation;
  }

  // The upper line is free but for its tones, as long as the lower one can match it and rhyme.
  const { subjects, actions, objects } = couplet.continuations;
  const topic = isSeven ? yield* word(ALL_NOUNS, upper.slice(0, 2)) : first;
  const second = yield* take(choice([...share(fresh(subjects, poem), 1), ...share(fresh(actions, poem), 1)]));
  poem += second;
  const isAction = second.length === 1;
  const third = isAction
    ? yield* word(objects, upper.slice(3))
    : yield* word(PREDICATES[nounClassOf(second)], upper.slice(4));
  yield* mark('，');

  // The lower line answers word for word.
  if (isSeven) yield* word(OPENINGS[openingClassOf(first)], openingTones(lower));
  yield* word(NOUNS[nounClassOf(topic)], lower.slice(0, 2));
  if (isAction) {
    yield* word(ACTIONS, lower.slice(2, 3));
    yield* word(lastWords(NOUNS[nounClassOf(third)], lower.slice(3), rhyme), lower.slice(3));
  } else {
    const kind = nounClassOf(second);
    yield* word(NOUNS[kind], lower.slice(2, 4));
    yield* word(lastWords(PREDICATES[kind], lower.slice(4), rhyme), lower.slice(4));
  }
  yield* mark('。\n');
  return poem;
}

export function* couplets(): Derivation<never> {
  const start = choice([...share(ALL_NOUNS, 1), ...share(ALL_OPENINGS, 1)]);
  const known = new Map<string, Continuations>();
  const ahead = (form: Form, rhyme: number | null): Continuations => {
    const key = `${form} ${rhyme ?? 'free'}`;
    const found = known.get(key) ?? continuations(form, rhyme);
    known.set(key, found);
    return found;
  };
  for (;;) {
    // The first word tells the length of the lines, and its second tone the form.
    const first = yield* take(start);
    const isSeven = ALL_OPENINGS.some((opening) => opening === first);
    const isFirstForm = (toneOf(first[1]) === '仄') !== isSeven;
    const [form, next]: readonly [Form, Form] = isFirstForm ? ['first', 'second'] : ['second', 'first'];
    const upper = { form, isSeven, rhyme: null, continuations: ahead(form, null), written: '' };
    const couplet = yield* restOfCouplet(upper, first);

    const [tones] = TONES[next];
    const candidates = isSeven ? fitting(ALL_OPENINGS, openingTones(tones)) : fitting(ALL_NOUNS, tones.slice(0, 2));
    const third = yield* take(choice(fresh(candidates, couplet)));
    const rhyme = rhymeOf(couplet.slice(0, -2));
    yield* restOfCouplet({ form: next, isSeven, rhyme, continuations: ahead(next, rhyme), written: couplet }, third);
    yield* say('\n');
  }
}
