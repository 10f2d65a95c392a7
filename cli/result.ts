/** What training has come to: a sentence, or one JSON object. */
import { median } from '../src/model/engineTimings';
import type { Run } from '../src/model/run';
import { displayText } from '../src/model/text/display';
import type { TaskScore } from './tasks';
import type { Writing } from './writing';

/** How fast the steps were. */
export interface Pace {
  /** Milliseconds of each step that no evaluation belongs to. */
  readonly steps: number[];
  /** Milliseconds of all steps, and characters trained on in them. */
  milliseconds: number;
  characters: number;
}

/** A sample at its end. */
export interface Written extends Omit<Writing, 'text'> {
  readonly text: string;
}

interface Result {
  /** Of the network as it stands; NaN where the text is too short for it. */
  readonly heldOutLoss: number;
  /** Null where the text is no toy task. */
  readonly decisions: TaskScore | null;
  readonly pace: Pace;
  readonly json: boolean;
  /** Null where it was not asked for. */
  readonly sample: Written | null;
}

/** JSON has no NaN. */
const orNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const inWords = ({ right, of, chance, asks }: TaskScore): string =>
  `Right are ${percent(right / of)} of its decisions (${String(right)} of ${String(of)} held out: ${asks}); by the ` +
  `character before each alone ${percent(chance)} would be.`;

export const describeResult = (
  { metrics, settings, threads }: Pick<Run, 'metrics' | 'settings' | 'threads'>,
  { heldOutLoss, decisions, pace, json, sample }: Result,
): string => {
  const stepMs = pace.steps.length > 0 ? median(pace.steps) : NaN;
  if (json) {
    return JSON.stringify({
      engine: 'simd',
      threads,
      steps: metrics.step,
      trainLoss: orNull(metrics.loss),
      heldOutLoss: orNull(heldOutLoss),
      medianStepMs: orNull(stepMs),
      charactersPerSecond: orNull((pace.characters / pace.milliseconds) * 1000),
      settings,
      ...(decisions && { decisions }),
      ...(sample && { sample }),
    });
  }
  const losses = [
    Number.isFinite(metrics.loss) ? `loss ${metrics.loss.toFixed(4)}` : null,
    Number.isFinite(heldOutLoss) ? `held-out loss ${heldOutLoss.toFixed(4)}` : null,
  ].filter((loss) => loss !== null);
  const found = [
    losses.length > 0 ? `${losses.join(', ')} nats per character` : 'no loss was measured',
    ...(Number.isFinite(stepMs) ? [`${stepMs.toFixed(2)} ms a step`] : []),
  ];
  const sentence = `Step ${String(metrics.step)}: ${found.join(', ')}.${decisions ? ` ${inWords(decisions)}` : ''}`;
  return sample === null ? sentence : `${sentence}\n\n${displayText(sample.prompt + sample.text)}`;
};
