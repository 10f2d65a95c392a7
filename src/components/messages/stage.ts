/** Words of the stage: the score, the trajectories, the loss curve, the next character and the samples. */
import type { BandName, CellName, Term } from '../../model/cells';
import type { Baseline, Sample } from '../../model/telemetry';
import { UNKNOWN_SIGN } from '../../model/text/display';
import { bands, shortBands } from './bands';
import { labelWords } from './labels';

const baselines: Record<Baseline['name'], string> = {
  uniform: 'uniform',
  unigram: 'unigram',
  '2-gram': '2-gram',
  '3-gram': '3-gram',
  '4-gram': '4-gram',
  '5-gram': '5-gram',
  grammar: 'grammar',
};

/** How a sample was drawn, as far as it is worth saying: a language's words for each part. */
export const drawnBy =
  (words: {
    readonly greedy: string;
    readonly temperature: (value: number) => string;
    readonly topK: (value: number) => string;
    readonly topP: (value: number) => string;
  }) =>
  ({ temperature, topK, topP }: Pick<Sample, 'temperature' | 'topK' | 'topP'>): readonly string[] =>
    temperature === 0
      ? [words.greedy]
      : [
          words.temperature(temperature),
          ...(topK > 0 ? [words.topK(topK)] : []),
          ...(topP < 1 ? [words.topP(topP)] : []),
        ];

/** From the first to the last of some steps. */
export const span = (first: string, last: string): string => (first === last ? first : `${first}–${last}`);

export const en = {
  bands,
  baselines,
  stage: 'Inside the network',
  side: 'Loss and samples',

  purpose: {
    does: (cell: CellName) =>
      `Train, and ${{ lstm: 'an LSTM', gru: 'a GRU', rnn: 'a tanh RNN' }[cell]} learns to guess each next character of a text; below is what its units do at each character.`,
    lookFor: 'What to look for:',
    /** With another cell. */
    lookForInLstm: 'What to look for in an LSTM:',
    /** In a text of the reader's own. */
    own: (state: 'c' | 'h') =>
      `does the ${state === 'c' ? 'cell' : 'hidden'} state of some unit turn where something in your text begins, a word, a line or a quotation, and stay until it ends?`,
  },

  probe: {
    label: 'Probe text',
    own: "Use the corpus's own",
    hint: 'The text that the network reads in the score. Empty: a stretch of the held-out part; of the training part where the network knows no held-out line whole.',
    unknown: (characters: string) => `Not in the vocabulary: ${characters}`,
    unreadable: "None of these characters is in the vocabulary: the score shows the corpus's own text.",
  },

  score: {
    title: 'Score',
    description:
      'Left and right arrows move the cursor along the text, up and down arrows choose a unit, Home and End jump to the ends, Enter or a click pins the cursor or lets it go.',
    layer: 'Layer',
    colourBy: 'Colour the text by',
    unit: 'Unit',
    follows: 'that follows',
    label: labelWords.en,
    byHand: 'your choice',
    nothingFollowed: 'not known yet',
    area: (score: string) => `area ${score}`,
    areaHint:
      'How well the selected unit tells the two apart on held-out text: area under the ROC curve. 0.5: by chance; 1: always.',
    correlation: (score: string) => `r ${score}`,
    correlationHint:
      'How well the selected unit follows the count on held-out text: correlation. 0: not at all; 1: exactly.',
    surprise: 'surprise',
    bits: 'bits',
    at: (unit: number) => `unit ${unit} at`,
    character: 'character',
    rowAbove: 'Unit in the row above',
    rowBelow: 'Unit in the row below',
    pin: 'Pin the cursor',
    unpin: 'Unpin the cursor',
    pinHint: 'A click on the text or on a band pins the cursor there; a click on the same place lets go.',
    pointer: (band: string, unit: number, value: string, pinned: boolean) =>
      `Pointer: ${band} of unit ${unit}, ${value}.${pinned ? '' : ' Click to pin.'}`,
    spoken: (position: number, length: number, character: string, values: string) =>
      `Character ${position} of ${length}, ${character}. ${values}`,
    table: 'Values at the cursor as a table',
    tableCaption: (character: string, position: number, step: string) =>
      `After “${character}”, character ${position} of the probe text, at step ${step}`,
    tableRunning: 'The table follows when training pauses.',
    /** Null of the first character: nothing stands before it that it could be predicted from. */
    surpriseAt: (bits: string | null) => (bits === null ? 'first: not predicted' : `surprise ${bits} bits`),
    caption: (step: number, unit: number, units: number, rows: string) =>
      `Step ${step}. Large: unit ${unit} of ${units}. Rows from the top: units ${rows}.`,
    ruler: 'text',
    oneUnit: (unit: number, units: number) => `Unit ${unit} of ${units}`,
    followsIt: (label: string, band: BandName, isHigh: boolean) =>
      `follows “${label}” best (${band} ${isHigh ? 'high' : 'low'} there)`,
    nearest: (label: string) => `nearest to “${label}”; none follows it yet`,
    ranked: (rank: number, label: string) => `number ${rank} for “${label}”`,
    halfLife: (mean: string, most: string) => `half-life here ${mean} characters, at most ${most}`,
    rows: (rows: number, units: number) => (rows < units ? `${rows} of ${units} units by` : `All ${units} units by`),
    orders: { halfLife: 'half-life', rank: 'rank', similarity: 'similarity', index: 'number' },
    /** Before the units of the rows. */
    rowsFromTop: {
      halfLife: 'Units from the top, each with its half-life in characters:',
      rank: 'Units from the top, best first:',
      similarity: 'Units from the top, like beside like:',
      index: 'Units from the top:',
    },
    allRows: (units: number) => `Show all ${units}`,
    fewerRows: 'Show fewer',
    shownAs: (band: BandName) => `${band} as`,
    scales: {
      tanh: (band: BandName) => `tanh ${band}`,
      own: (band: BandName) => `${band} ÷ its largest`,
    },
    /** Of an axis whose marks stand where the squashed value is. */
    squashed: (band: BandName) => `axis: tanh ${band}`,
    own: ['−max', 'max'] as readonly [string, string],
    /** Under the numbers of an equation, where there is little room. */
    term: (band: BandName, of: Term['of']) =>
      of === 'previous' ? 'before' : of === 'squashed' || of === 'complement' ? '' : shortBands[band],
    /**
     * What the gates do with these shares: of what was held, of the candidate, and of what o or r lets through. Another
     * sentence follows.
     */
    gatesHere: {
      lstm: (kept: string, written: string, out: string) =>
        `Here f keeps ${kept} of the cell state, i writes ${written} of the candidate, o lets ${out} of tanh c out. `,
      gru: (kept: string, written: string, seen: string) =>
        `Here z keeps ${kept} of the hidden state, 1 − z writes ${written} of the candidate, which sees ${seen} of that state through r. `,
    },
    forgetsHere: 'Less than half is left of what it held before.',
    forgetsAlmostAll: 'It forgets almost all that it held before.',
    forgetsAll: 'Nothing is left of what it held before.',
    holds: (ago: number, character: string) =>
      `It still has at least half of what it held ${ago === 1 ? 'one character' : `${ago} characters`} ago, after “${character}”, under what was written since.`,
    holdsFromStart: 'It still has at least half of all that it ever held in this text.',
    cellNote: {
      lstm: 'f keeps what c holds (blank: it forgets), i lets g in, o lets c out as h. Blank means near 0.',
      gru: 'z keeps the hidden state (blank: it forgets), 1 − z writes the candidate n over it. r says how much of the hidden state n sees: n = tanh(W x + b + r ⊙ (U h before + b′)). Blank means near 0.',
      rnn: 'No gate: everything is written anew at each character. Blank means near 0.',
    },
  },

  trajectories: {
    detail: 'one line per unit',
    some: (faint: number, undrawn: number) => `${faint} other units, faint; ${undrawn} not drawn`,
    addSelected: (unit: number) => `Keep unit ${unit}`,
    remove: (unit: number) => `Remove unit ${unit}`,
    selected: (unit: number) => `unit ${unit} (selected)`,
    chosen: (unit: number) => `unit ${unit}`,
    others: 'other units',
  },

  next: {
    title: 'Next character at the cursor',
    actual: (character: string, probability: string) =>
      `Next in the text: ${character}${probability === '' ? '' : `, ${probability}`}`,
    none: 'The text ends here.',
    empty: 'Waiting for the network…',
  },

  whatIs: (term: string) => `What is ${term}?`,
  terms: {
    heldOut: 'the held-out loss',
    uniform: 'the uniform model',
    ngram: 'an n-gram',
    grammar: 'the entropy of the text',
    gradientNorm: 'the gradient norm',
    perplexity: 'perplexity',
    surprise: 'surprise',
    halfLife: 'half-life',
    area: 'the area',
    squashed: 'the squashed scale',
  },

  curve: {
    title: 'Loss',
    reader: 'Loss at a step',
    unit: 'nats per character',
    step: 'step',
    steps: 'steps',
    training: 'training',
    trainingMean: 'training, mean',
    spread: 'training, least to most',
    smoothed: 'training, smoothed',
    heldOut: 'held-out',
    smoothedShort: 'smoothed',
    baseline: 'simpler models:',
    uniform: 'uniform',
    ngram: 'n-gram',
    /** From the first to the last of some n-grams. */
    grams: (first: string, last: string) => `${first.replace('-gram', '')}–${last}`,
    grammar: 'the grammar that wrote the text',
    logX: 'log step',
    logY: 'log loss',
    description:
      'Left and right arrows move along the steps; Page Up and Page Down move faster; Home and End jump to the ends. Plus and minus zoom in and out around the step that is read, Escape shows the whole run; with a mouse, drag across the steps to look at.',
    empty: 'The curve begins with the first step.',
    span,
    at: (first: string, last: string) => `${first === last ? 'step' : 'steps'} ${span(first, last)}`,
    measuredAt: 'measured at step',
    bits: (bits: string, perplexity: string) => `${bits} bits, perplexity ${perplexity}`,
    bitsUnit: 'held-out, in bits',
    perplexity: 'held-out, perplexity',
    table: 'The curve as a table',
    facts: {
      batchAccuracy: 'accuracy, batch',
      batchAccuracyHint: "Share of the last training batch's characters that were the most likely one.",
      heldOutAccuracy: 'accuracy, held-out',
      heldOutAccuracyHint: 'Share of the held-out characters that were the most likely one, when it was last measured.',
      gradientNorm: 'gradient norm',
      gradientNormHint: (clip: string) =>
        `Before clipping; gradients longer than ${clip} are shortened to it (0: never).`,
      clipped: 'clipped',
      learningRate: 'learning rate',
      learningRateHint: 'Of the last step, as the schedule has it.',
      perplexity: 'perplexity, held-out',
      surprise: 'surprise, held-out',
      surpriseValue: (bits: string) => `${bits} bits`,
    },
    legend: 'Legend',
    earlier: (name: string) => `before: ${name}`,
    earlierShort: 'before',
    earlierUnits: (units: string) => `${units} units`,
    earlierSetting: (label: string, value: string) => `${label.toLowerCase()} ${value}`,
    earlierSame: (steps: string) => `the same settings, ${steps} steps`,
    earlierText: (title: string) => `“${title}”`,
    several: (parts: readonly string[], isCut: boolean) => parts.join(', ') + (isCut ? ' …' : ''),
    dismissEarlier: 'Remove the curve of the run before',
    range: 'Steps shown',
    rangeShown: (first: string, last: string) => `steps ${first}–${last}`,
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    wholeRun: 'Whole run',
    measured: (measured: string, heldOut: string) =>
      `Held-out loss and simpler models: the same ${measured} of ${heldOut} held-out characters, in stretches read without what stands before them.`,
    counted: (counted: string) => `The simpler models counted ${counted} characters.`,
    knowing:
      'The grammar is told what stands before them. On average over its texts no model does better; on one text a lucky one may. A network must first find its place in each stretch, which costs it a little.',
  },

  sample: {
    title: 'It writes',
    temperature: 'Temperature',
    temperatureHint:
      '0: always the likeliest character. Low: the likeliest few. 1: as the network believes. High: bolder, and wilder.',
    more: 'Length, top-k, nucleus',
    prompt: 'Prompt',
    promptHint: (first: string) => `empty: begins after ${first}`,
    write: 'Write now',
    live: 'newest',
    which: 'Sample',
    at: (number: number, step: string, drawn: string) => `${number}: step ${step}, ${drawn}`,
    drawn: drawnBy({
      greedy: 'greedy',
      temperature: (value) => `temp. ${value}`,
      topK: (value) => `top-k ${value}`,
      topP: (value) => `top-p ${value}`,
    }),
    step: (number: number, step: string) => `sample ${number}, at step ${step}`,
    empty: 'What the network writes stands here.',
    unknown: (characters: string) => `Not in the vocabulary: ${characters}`,
    unreadMark: 'Struck out',
    unread: ': not in the vocabulary, so the network did not read it.',
    readAsUnknown: `: not in the vocabulary, so the network read the unknown symbol ${UNKNOWN_SIGN} instead.`,
    text: 'Text that the network writes',
    export: 'Text (TXT)',
    copy: 'Copy what it writes',
    copied: 'Copied.',
    refused: 'The browser does not let this page copy. Select the text and copy it yourself, or save it.',
  },

  export: {
    menu: (figure: string) => `Save ${figure}`,
    png: 'Picture (PNG)',
    csv: 'Numbers (CSV)',
  },
};

export type StageMessages = typeof en;
