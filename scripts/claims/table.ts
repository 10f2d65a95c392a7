/**
 * What README's lessons and the notes of the corpora say that a reader will see, and how it is checked. A sentence of theirs
 * is a question, a task, something about the page that other tests check, or it stands here, word for word;
 * tests/claims.test.ts holds them to it.
 */
import { PICTURE } from '../picture';
import {
  alongVerse,
  atRoundNumber,
  bracketDepth,
  inLowerLine,
  indentation,
  insideMarks,
  lastIsA,
  lineOfSingles,
  nameIsDue,
} from './features';
import { correlation, separation } from './measures';
import type { RunSpec, Trained } from './training';

/** What a check found with one seed. */
export interface Finding {
  readonly holds: boolean;
  /** The figures that decided, in words. */
  readonly figures: string;
}

export interface Claim {
  readonly id: string;
  /** Sentences of README or of notes that say it. */
  readonly says: readonly string[];
  /** What of it is checked. */
  readonly checked: string;
  /** What is trained; every run from the same seed. */
  readonly runs: readonly RunSpec[];
  /** The seed, where the sentence speaks of one run. */
  readonly seed?: number;
  readonly check: (...runs: Trained[]) => Finding;
}

const two = (value: number): string => value.toFixed(2);

const atLeast = (value: number, least: number): Finding => ({ holds: value >= least, figures: two(value) });

const passesAllButTheGrammar = ({ heldOutLoss, baselines }: Trained): Finding => {
  const grammar = baselines.get('grammar') ?? NaN;
  const simpler = Math.min(...Array.from(baselines, ([name, nats]) => (name === 'grammar' ? Infinity : nats)));
  return {
    holds: grammar < heldOutLoss && heldOutLoss < simpler,
    figures: [grammar, heldOutLoss, simpler].map((nats) => nats.toFixed(3)).join(' < '),
  };
};

const FIND_SPEECH =
  'Train 2,000 steps and find a unit whose cell state is more often higher, or lower, inside the marks than outside (one is selected in the picture above: 48 units, forget bias 0, 2,500 steps), and watch its gates at the marks.';

export const CLAIMS: readonly Claim[] = [
  {
    id: 'quotes-inside',
    says: [
      'With the default settings, after 2,000 steps, some unit’s cell state is more often higher, or lower, inside the quotation marks than outside.',
      FIND_SPEECH,
    ],
    checked: 'c tells inside from outside, 0.7 or more (chance 0.5)',
    runs: [{ corpus: 'quotes', steps: 2000 }],
    check: ({ heldOut }) => atLeast(heldOut.best('c', insideMarks, separation), 0.7),
  },
  {
    id: 'picture',
    says: [FIND_SPEECH],
    checked: 'c with being inside the marks of the picture’s text, |r| 0.7 or more',
    runs: [PICTURE],
    seed: 1,
    check: ({ own }) => atLeast(own?.best('c', insideMarks, correlation) ?? NaN, 0.7),
  },
  {
    id: 'abab-alternation',
    says: [
      'With the default settings, after 1,000 steps, one unit’s cell state follows the alternation, and another’s tells which kind of line this is.',
    ],
    checked: 'c tells a from b, 0.98 or more, and one kind of line from the other, 0.9 or more',
    runs: [{ corpus: 'abab', steps: 1000 }],
    check: ({ heldOut }) => {
      const [letter, line] = [heldOut.best('c', lastIsA, separation), heldOut.best('c', lineOfSingles, separation)];
      return { holds: letter >= 0.98 && line >= 0.9, figures: `${two(letter)}, ${two(line)}` };
    },
  },
  {
    id: 'brackets-depth',
    says: [
      'With the default settings, after 4,000 steps, some unit’s cell state rises and falls with the depth of the brackets.',
      'Colour the text by the cell state of one unit after another until you find one that rises and falls with the depth of the brackets.',
    ],
    checked: 'c with the depth, |r| 0.7 or more',
    runs: [{ corpus: 'brackets', steps: 4000 }],
    check: ({ heldOut }) => atLeast(heldOut.best('c', bracketDepth, correlation), 0.7),
  },
  {
    id: 'brackets-passes',
    says: ['Train 4,000 steps: the held-out loss passes every simpler model, though not the grammar.'],
    checked: 'held-out loss below every simpler model and above the grammar',
    runs: [{ corpus: 'brackets', steps: 4000 }],
    check: passesAllButTheGrammar,
  },
  {
    id: 'brackets-small',
    says: ['Then try 4 units, or a tanh RNN: no unit of theirs follows the depth as well.'],
    checked: 'c of 4 units and h of a tanh RNN with the depth, |r| at least 0.1 below that of c by default',
    runs: [
      { corpus: 'brackets', steps: 4000 },
      { corpus: 'brackets', settings: { units: 4 }, steps: 4000 },
      { corpus: 'brackets', settings: { cell: 'rnn' }, steps: 4000 },
    ],
    check: (usual, small, plain) => {
      const depth = usual.heldOut.best('c', bracketDepth, correlation);
      const depths = [
        small.heldOut.best('c', bracketDepth, correlation),
        plain.heldOut.best('h', bracketDepth, correlation),
      ];
      return {
        holds: depths.every((r) => r < depth - 0.1),
        figures: `${depths.map(two).join(', ')} < ${two(depth)}`,
      };
    },
  },
  {
    id: 'counting-round',
    says: [
      'Watch the gates at a carry: with the default settings, after 1,000 steps, some unit’s forget gate tells at the first digit of a number whether it is a round one.',
    ],
    checked: 'f at first digits tells round numbers from others, 0.85 or more',
    runs: [{ corpus: 'counting', steps: 1000 }],
    check: ({ heldOut }) => atLeast(heldOut.best('f', atRoundNumber, separation), 0.85),
  },
  {
    id: 'counting-passes',
    says: ['On Counting it has passed all but the grammar after 1,000 steps.'],
    checked: 'held-out loss below every simpler model and above the grammar',
    runs: [{ corpus: 'counting', steps: 1000 }],
    check: passesAllButTheGrammar,
  },
  {
    id: 'play-lines',
    says: [
      'With the default settings, after 1,000 steps, some unit’s cell state runs along each line of verse, and another’s tells at its end whether a name is due.',
    ],
    checked: 'c with the place in the line, |r| 0.65 or more; c at line ends tells names from others, 0.95 or more',
    runs: [{ corpus: 'play', steps: 1000 }],
    check: ({ heldOut }) => {
      const [along, name] = [heldOut.best('c', alongVerse, correlation), heldOut.best('c', nameIsDue, separation)];
      return { holds: along >= 0.65 && name >= 0.95, figures: `${two(along)}, ${two(name)}` };
    },
  },
  {
    id: 'program-indentation',
    says: [
      'With the default settings, after 4,000 steps, some unit’s cell state tends to follow the depth of the indentation.',
    ],
    checked: 'c with the indentation, |r| 0.5 or more',
    runs: [{ corpus: 'program', steps: 4000 }],
    check: ({ heldOut }) => atLeast(heldOut.best('c', indentation, correlation), 0.5),
  },
  {
    id: 'couplets-lines',
    says: [
      'With the default settings, after 1,000 steps, some unit’s cell state mostly tells the upper line of a couplet from the lower one.',
    ],
    checked: 'c tells the upper line from the lower one, 0.8 or more',
    runs: [{ corpus: 'couplets', steps: 1000 }],
    check: ({ heldOut }) => atLeast(heldOut.best('c', inLowerLine, separation), 0.8),
  },
  {
    id: 'poems-by-heart',
    says: [
      'A text so short is soon known by heart: with the default settings, after 500 steps, the training loss is below 1 and the held-out loss above where it began.',
    ],
    checked: 'training loss below 1, held-out loss above that of step 0',
    runs: [{ corpus: 'poems', steps: 500 }],
    check: ({ trainingLoss, heldOutLosses, heldOutLoss }) => ({
      holds: trainingLoss < 1 && heldOutLoss > heldOutLosses[0],
      figures: `${two(trainingLoss)}, ${two(heldOutLoss)} > ${two(heldOutLosses[0])}`,
    }),
  },
  {
    id: 'rate-hundredfold',
    says: ['Only the first fails: within 400 steps the held-out loss stands above the even guess.'],
    checked: 'a held-out loss within 400 steps at rate 1 above that of the uniform guess',
    runs: [{ corpus: 'quotes', settings: { learningRate: 1 }, steps: 400 }],
    check: ({ heldOutLosses, baselines }) => {
      const [uniform, worst] = [baselines.get('uniform') ?? NaN, Math.max(...heldOutLosses.slice(1))];
      return { holds: worst > uniform, figures: `${two(worst)} > ${two(uniform)}` };
    },
  },
  {
    id: 'clip-idle',
    says: ['Without clipping not a digit changes, as no gradient of this run is as long as 5.'],
    checked: 'the same weights, to the bit, with clip 5 and with clip 0',
    runs: [
      { corpus: 'quotes', steps: 800 },
      { corpus: 'quotes', settings: { clip: 0 }, steps: 800 },
    ],
    check: (clipped, free) => ({
      holds: clipped.parameters.every((weight, k) => Object.is(weight, free.parameters[k])),
      figures: `longest gradient ${two(clipped.largestNorm)}`,
    }),
  },
  {
    id: 'forget-bias-helps',
    says: ['With the forget gates closed at first the network learns faster here.'],
    checked: 'held-out loss after 800 steps lower with forget bias −5 than with 1',
    runs: [
      { corpus: 'quotes', settings: { forgetBias: -5 }, steps: 800 },
      { corpus: 'quotes', steps: 800 },
    ],
    check: (closed, open) => ({
      holds: closed.heldOutLoss < open.heldOutLoss,
      figures: `${two(closed.heldOutLoss)} < ${two(open.heldOutLoss)}`,
    }),
  },
];

/** Sentences that say what to do. */
export const TASKS: readonly string[] = [
  'Corpus Nested brackets.',
  'Corpus Quoted speech.',
  'Corpus abab and aabb, then Counting.',
  'Compare LSTM, GRU and RNN with the same seed, and forget bias 1 with 0.',
  'Train 800 steps, and predict what each of these will do to the curve: the learning rate raised a hundredfold (1), clipping switched off (0), a forget bias of −5.',
  'Look at the gates before and after.',
];

/** Sentences about the texts and the page, and the tests that hold them. */
export const TESTED: ReadonlyMap<string, string> = new Map([
  [
    'Speech begins and ends with the same mark, with long gaps between, so the network must remember which one comes next.',
    'tests/model/text/grammars.test.ts',
  ],
  [
    'The curve carries lines: a model that guesses evenly, one that only knows how frequent each character is, ones that look back one to four characters, and the grammar that wrote the text; the note below the curve says what each of them is told.',
    'tests/model/text/baselines.test.ts',
  ],
  [
    'Make one change and press Reset: the run begins again with it, from the same seed, so every computer in the room shows the same.',
    'tests/e2e/train.spec.ts',
  ],
  [
    'Undo brings the healthy network back as it stood, with the learning rate and clipping that it was trained with.',
    'tests/e2e/settings.spec.ts',
  ],
]);
