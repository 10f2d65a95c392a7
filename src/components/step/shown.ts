/** What the figure of a step says, out of the newest frame: characters made visible, numbers written. */
import type { Move } from '../../model/inspect/moves';
import type { StepParts, WeightGroup } from '../../model/inspect/step';
import type { RunState } from '../../store';
import type { Messages } from '../messages';
import type { Numbers } from '../messages/numbers';
import type { StepWords } from '../messages/step';

/** The step of the run on the page; null until one has been watched. */
export const stepOf = (run: RunState | null): StepParts | null => (run?.description && run.readings.step) ?? null;

/** The words and the numbers of the page's language. */
export interface Language {
  readonly words: StepWords;
  readonly bands: Messages['stage']['bands'];
  readonly numbers: Numbers;
}

const LOSS_DECIMALS = 3;

/** The step's own loss, as it is written everywhere on the page; a dash before the first. */
export const meanLoss = (step: StepParts | null, numbers: Numbers): string =>
  numbers.fixed(step?.meanLoss ?? NaN, LOSS_DECIMALS);

export type Cells = Readonly<Record<keyof StepWords['columns'], string>>;

/** What there is to say of one character of the row. */
export const cellsOf = (step: StepParts, symbols: readonly string[], t: number, numbers: Numbers): Cells => ({
  position: String(t + 1),
  read: symbols[step.ids[t]],
  guess: symbols[step.guesses[t]],
  sure: numbers.percent(step.guessed[t]),
  next: symbols[step.next[t]],
  loss: numbers.fixed(step.losses[t], LOSS_DECIMALS),
  gradient: numbers.significant(step.gradients[t]),
});

/** The same as a sentence. */
export const readingOf = (
  step: StepParts,
  symbols: readonly string[],
  t: number,
  { words, numbers }: Omit<Language, 'bands'>,
): string => {
  const { position, read, guess, sure, next, loss, gradient } = cellsOf(step, symbols, t, numbers);
  const { quoted } = words;
  return words.reading({
    position,
    count: numbers.integer(step.T),
    read: quoted(read),
    guess: quoted(guess),
    sure,
    next: quoted(next),
    loss,
    gradient,
  });
};

export const groupName = ({ of, gate, layer }: WeightGroup, { words, bands }: Language): string => {
  if (of === 'gate' && gate !== null) return words.groups.gate(bands[gate], gate);
  if (of === 'layer' && layer !== null) return words.groups.layer(String(layer + 1));
  return of === 'embedding' ? words.groups.embedding : words.groups.output;
};

/** A weight that moved: from where it leads into which gate, and between which values. */
export const moveText = (
  { gate, from, index, before, after }: Move,
  symbols: readonly string[],
  { words, numbers }: Omit<Language, 'bands'>,
): string => {
  const signed = (value: number): string => numbers.fixed(value, LOSS_DECIMALS).replace('-', '−');
  const name = from === 'symbol' ? words.from.symbol(symbols[index]) : words.from[from](String(index));
  return words.move(gate, name, signed(before), signed(after));
};

/** The rows of the row of text, as a file of numbers has them. */
export const stepRows = (step: StepParts, symbols: readonly string[]): string[][] => [
  ['step', 'position', 'read', 'guess', 'guess_probability', 'next', 'loss_nats', 'gradient_norm'],
  ...Array.from(step.ids, (id, t) => [
    String(step.step),
    String(t + 1),
    symbols[id],
    symbols[step.guesses[t]],
    String(step.guessed[t]),
    symbols[step.next[t]],
    String(step.losses[t]),
    String(step.gradients[t]),
  ]),
];
