/**
 * What README's lessons and the notes of the corpora say that a reader will see, and how it is checked. A sentence of theirs
 * is a question, a task, something about the page or its texts that other tests check, or it stands here, word for word;
 * tests/claims.test.ts holds them to it.
 */
import type { BandName } from '../../src/model/cells';
import type { LabelName } from '../../src/model/text/labels';
import { inLowerLine, nameIsDue } from './features';
import { follower, following, sizes } from './measures';
import { leastScore, stepsFor } from './promises';
import { corpusOf } from './training';
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
  /** Seeds of five with which it need not hold, where the sentence says "nearly always"; none by default. */
  readonly misses?: number;
  readonly check: (...runs: Trained[]) => Finding | Promise<Finding>;
}

const two = (value: number): string => value.toFixed(2);
const three = (value: number): string => value.toFixed(3);

const atLeast = (value: number, least: number): Finding => ({ holds: value >= least, figures: three(value) });

/** The first of all is below the second, and so on. */
const inOrder = (...values: readonly number[]): Finding => ({
  holds: values.every((value, k) => k === 0 || values[k - 1] < value),
  figures: values.map(three).join(' < '),
});

const simplest = ({ baselines }: Trained): { readonly grammar: number; readonly simpler: number } => {
  const all = baselines();
  const simpler = Math.min(...Array.from(all, ([name, nats]) => (name === 'grammar' ? Infinity : nats)));
  return { grammar: all.get('grammar') ?? NaN, simpler };
};

/** The model that looks back four characters. */
const fiveGram = ({ baselines }: Trained): number => baselines().get('5-gram') ?? NaN;

const passesAllButTheGrammar = (trained: Trained): Finding => {
  const { grammar, simpler } = simplest(trained);
  return inOrder(grammar, trained.heldOutLoss, simpler);
};

/** How well the unit that follows a label best does so. */
const score = ({ heldOut }: Trained, band: BandName, label: LabelName): number => follower(heldOut, band, label).score;

/** What a corpus promises of a label, when it promises it. */
const promised = (corpus: string, label: LabelName, says: readonly string[]): Claim => {
  const promise = corpusOf(corpus).promises.find((one) => one.label === label);
  if (!promise) throw new RangeError(`${corpus} promises nothing of ${label}`);
  const least = leastScore(corpus, label);
  return {
    id: `${corpus}-${label}`,
    says,
    checked: `c of the best unit with "${label}", ${String(least)} or more (area, or correlation with a count)`,
    runs: [{ corpus, steps: stepsFor(corpus, promise.characters) }],
    check: (trained) => atLeast(score(trained, 'c', label), least),
  };
};

/** Caps lock by its own settings until its promise is due, and runs that go wrong, or otherwise. */
const CAPS_LOCK: RunSpec = { corpus: 'capslock', steps: 5860 };
const FREE: RunSpec = { ...CAPS_LOCK, settings: { activationPenalty: 0 } };
const CLOSED: RunSpec = { ...CAPS_LOCK, settings: { forgetBias: -5 } };
const HUNDREDFOLD: RunSpec = { corpus: 'capslock', settings: { learningRate: 1 }, steps: 2000 };
const DESCENT = { optimizer: 'sgd', learningRate: 10 } as const;

export const CLAIMS: readonly Claim[] = [
  promised('capslock', 'capitals', [
    'Within 6,000 steps the cell state of one unit holds which of the two it is, over every run of dots and dashes.',
    'Press Train: within 6,000 steps the cell state of one unit holds the answer over every run of signs (it is the one in the picture above).',
  ]),
  promised('jianfan', 'traditional', [
    'Within 6,000 steps the cell state of one unit holds which of the two it is, over every run of marks.',
    'Then Simplified and traditional, or Quoted speech: the same memory, in texts that look quite different.',
  ]),
  promised('quotes', 'quoted', [
    'Within 8,000 steps the cell state of one unit holds, from mark to mark, whether a quotation is open.',
    'Then Simplified and traditional, or Quoted speech: the same memory, in texts that look quite different.',
  ]),
  promised('depth', 'depth', [
    'Within 12,000 steps the cell state of one unit counts them: it climbs, or falls, where a bracket opens and goes back where one closes.',
    'Press Train: within 12,000 steps the cell state of one unit climbs, or falls, where a bracket opens, and goes back where one closes.',
  ]),
  promised('counting', 'place', ['Within 8,000 steps the cell state of one unit counts the digits of each number.']),
  {
    id: 'abab-line',
    says: ['After 2,000 steps the cell state of some unit tends to tell which kind of line this is.'],
    checked: 'area of c of the best unit with the kind of line, 0.7 or more',
    runs: [{ corpus: 'abab', steps: 2000 }],
    check: (trained) => atLeast(score(trained, 'c', 'line'), 0.7),
  },
  {
    id: 'abab-luck',
    says: [
      'On abab and aabb the training loss ends a little below the grammar’s line: the lines are those of the held-out text, and which of two texts is the easier one is luck.',
    ],
    checked: 'training loss below the grammar’s held-out loss, held-out loss above it',
    runs: [{ corpus: 'abab', steps: 2000 }],
    check: (trained) => inOrder(trained.trainingLoss, simplest(trained).grammar, trained.heldOutLoss),
  },
  {
    id: 'brackets-depth',
    says: [
      'After 12,000 steps the cell state of some unit climbs or falls with the depth of the brackets.',
      'In Nested brackets the kinds must be kept beside the depth: after 12,000 steps some unit still climbs or falls with the depth, and the held-out loss has passed every simpler model, though not the grammar.',
    ],
    checked: 'c with the depth, correlation 0.7 or more',
    runs: [{ corpus: 'brackets', steps: 12_000 }],
    check: (trained) => atLeast(score(trained, 'c', 'depth'), 0.7),
  },
  {
    id: 'brackets-passes',
    says: [
      'In Nested brackets the kinds must be kept beside the depth: after 12,000 steps some unit still climbs or falls with the depth, and the held-out loss has passed every simpler model, though not the grammar.',
    ],
    checked: 'grammar < held-out loss < every simpler model',
    runs: [{ corpus: 'brackets', steps: 12_000 }],
    check: passesAllButTheGrammar,
  },
  {
    id: 'counting-passes',
    says: ['On Counting the network has passed all but the grammar after 8,000 steps.'],
    checked: 'grammar < held-out loss < every simpler model',
    runs: [{ corpus: 'counting', steps: 7813 }],
    check: passesAllButTheGrammar,
  },
  {
    id: 'play-names',
    says: ['After 4,000 steps some unit’s cell state tells at the end of each line whether a name is due.'],
    checked: 'area of c of the best unit at the ends of lines with a name to come, 0.9 or more',
    runs: [{ corpus: 'play', steps: 4000 }],
    check: ({ heldOut }) => atLeast(following(heldOut, 'c', nameIsDue), 0.9),
  },
  {
    id: 'program-passes',
    says: [
      'After 4,000 steps the network predicts better than every simpler model, though not as well as the grammar.',
    ],
    checked: 'grammar < held-out loss < every simpler model',
    runs: [{ corpus: 'program', steps: 4000 }],
    check: passesAllButTheGrammar,
  },
  {
    id: 'couplets-lines',
    says: ['After 3,000 steps some unit’s cell state mostly tells the upper line of a couplet from the lower one.'],
    checked: 'area of c of the best unit with the lower line, 0.8 or more',
    runs: [{ corpus: 'couplets', steps: 3000 }],
    check: ({ heldOut }) => atLeast(following(heldOut, 'c', inLowerLine), 0.8),
  },
  {
    id: 'poems-by-heart',
    says: [
      'A text so short is soon known by heart: after 500 steps the training loss is below 1 and the held-out loss above where it began.',
    ],
    checked: 'training loss below 1, held-out loss above that of step 0',
    runs: [{ corpus: 'poems', steps: 500 }],
    check: ({ trainingLoss, heldOutLosses: [first], heldOutLoss }) => ({
      holds: trainingLoss < 1 && heldOutLoss > first,
      figures: `${two(trainingLoss)}, ${two(heldOutLoss)} > ${two(first)}`,
    }),
  },
  {
    id: 'rate-hundredfold',
    says: [
      'At the rate of 1 the held-out loss does not even reach the line of the model that looks back four characters.',
    ],
    checked: 'lowest held-out loss within 2,000 steps at rate 1 above that of the 5-gram',
    runs: [HUNDREDFOLD],
    check: (trained) => inOrder(fiveGram(trained), Math.min(...trained.heldOutLosses)),
  },
  {
    id: 'forget-bias-closed',
    says: [
      'With a forget bias of −5 the gates forget whatever comes: after as many steps no unit holds the answer as well, and the held-out loss stays above that of the healthy network.',
    ],
    checked:
      'c of the best unit with "capitals" 0.95 at most; held-out loss higher by 0.02 or more than with forget bias 1',
    runs: [CLOSED, CAPS_LOCK],
    check: (closed, open) => {
      const [found, apart] = [score(closed, 'c', 'capitals'), closed.heldOutLoss - open.heldOutLoss];
      return { holds: found <= 0.95 && apart >= 0.02, figures: `${two(found)}, ${three(apart)}` };
    },
  },
  {
    id: 'clip-descent',
    says: [
      'With SGD at a rate of 10 clipping decides: after 4,000 steps the held-out loss has passed that line with gradients cut to a length of 0.01, and with clipping off it has not.',
    ],
    checked: 'held-out loss with clip 0.01 < that of the 5-gram < that with clip 0',
    runs: [
      { corpus: 'capslock', settings: { ...DESCENT, clip: 0.01 }, steps: 4000 },
      { corpus: 'capslock', settings: { ...DESCENT, clip: 0 }, steps: 4000 },
    ],
    check: (clipped, free) => inOrder(clipped.heldOutLoss, fiveGram(free), free.heldOutLoss),
  },
  {
    id: 'price-sizes',
    says: [
      'Without a price the cell states grow to several times the size, so large that their tanh hardly moves any more.',
    ],
    checked: 'median of |c| more than 4 times that with the price; more than half of |tanh c| above 0.99',
    runs: [FREE, CAPS_LOCK],
    check: (free, priced) => {
      const [large, usual] = [free, priced].map(({ heldOut }) => sizes(heldOut, 'c'));
      // |tanh c| > 0.99 where |c| > 2.65.
      const holds = large(0.5) > 4 * usual(0.5) && large(0.5) > Math.atanh(0.99);
      return { holds, figures: `${two(large(0.5))}, ${two(usual(0.5))}` };
    },
  },
  {
    id: 'price-loss',
    says: ['And the network learns less: its held-out loss ends higher.'],
    checked: 'held-out loss lower with the price than without',
    runs: [CAPS_LOCK, FREE],
    check: (priced, free) => inOrder(priced.heldOutLoss, free.heldOutLoss),
  },
];

/** Sentences that say what to do. */
export const TASKS: readonly string[] = [
  'Corpus Caps lock, with which the page opens.',
  'Look at its gates at a star, and between two stars.',
  'Corpus Depth of brackets, then Nested brackets.',
  'Type a row of opening brackets and as many closing ones as probe text.',
  'Corpus abab and aabb, at a speed of 30 steps a second, then Counting.',
  'Corpus Caps lock.',
  'Train 6,000 steps, and predict what each of these will do to the curve: the learning rate raised a hundredfold (1), a forget bias of −5, and, with the optimizer SGD at a rate of 10, clipping at 0.01 and switched off (0).',
  'Look at the gates before and after.',
  'Set the price of memory to 0, press Reset and train 6,000 steps.',
];

/** Sentences about the texts and the page, and the tests that hold them. */
export const TESTED: ReadonlyMap<string, string> = new Map([
  ['A star switches capitals on or off.', 'tests/model/text/grammars.test.ts'],
  ['A ※ switches between simplified and traditional characters.', 'tests/model/text/grammars.test.ts'],
  ['Speech differs from the rest by the gaps between its words alone.', 'tests/model/text/grammars.test.ts'],
  ['The more brackets are open, the likelier one closes.', 'tests/model/text/grammars.test.ts'],
  ['Lines of “abab…” and lines of “aabb…” take turns.', 'tests/model/text/grammars.test.ts'],
  [
    'Between two words stand five to twelve signs that tell nothing, and a star among them switches capitals on or off.',
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
  [
    'Beside the cross-entropy the network pays for the size of its cell states; the loss that is shown is the cross-entropy alone.',
    'tests/model/gradients.test.ts',
  ],
]);
