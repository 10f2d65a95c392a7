/** What a running network tells the page: plain values, no functions. */
import type { BandName } from './cells';
import type { Settings } from './settings';
import type { LabelledText, LabelName } from './text/labels';

/** Numbers of a run at one step. Losses are means over characters, in nats; NaN where there is none yet. */
export interface Metrics {
  readonly step: number;
  /** Characters trained on so far. */
  readonly characters: number;
  /** Loss of the last step's batch. */
  readonly loss: number;
  /** Exponential moving average of the loss. */
  readonly smoothedLoss: number;
  readonly heldOutLoss: number;
  /** Share of held-out characters that are the most likely one. */
  readonly heldOutAccuracy: number;
  /** Share of the last batch's characters that are the most likely one. */
  readonly accuracy: number;
  /** Global norm of the gradient before clipping. */
  readonly gradientNorm: number;
  readonly learningRate: number;
  /** Training characters a second over the last moments; 0 while paused. */
  readonly charactersPerSecond: number;
}

/** Of a run that has measured nothing yet. */
export const NO_METRICS: Metrics = {
  step: 0,
  characters: 0,
  loss: NaN,
  smoothedLoss: NaN,
  heldOutLoss: NaN,
  heldOutAccuracy: NaN,
  accuracy: NaN,
  gradientNorm: NaN,
  learningRate: NaN,
  charactersPerSecond: 0,
};

/** Where a run had to deviate from its settings, because the text is short. */
export interface Adjustment {
  readonly name: 'batch' | 'length';
  readonly wanted: number;
  readonly used: number;
}

/** The run whose network a run began with, on another text. */
export interface TunedFrom {
  readonly textHash: string;
  /** Steps that it had made. */
  readonly step: number;
  /** Symbols of its own that the text of this run lacks, and symbols that this text has beyond them. */
  readonly kept: number;
  readonly added: number;
}

/** How many candidates for the next character a frame holds. */
export const TOP = 8;

/** One pass of the probe text through the network as it stands. */
export interface ProbeFrame {
  readonly runId: string;
  readonly step: number;
  readonly layer: number;
  /** Number of characters of the probe. */
  readonly T: number;
  readonly H: number;
  /** Vocabulary ids of the probe's characters [T]. */
  readonly ids: Int32Array;
  readonly bands: readonly BandName[];
  /** [bands, T, H]: value of each band after reading character t. */
  readonly values: Float32Array;
  /** [T]: -log2 p of character t given those before it (the first: from the zero state, NaN). */
  readonly surprise: Float32Array;
  /** [T, TOP]: vocabulary ids of the most likely characters after t, most likely first; -1 where the vocabulary ends. */
  readonly topIds: Int32Array;
  /** [T, TOP]: their probabilities. */
  readonly topProbabilities: Float32Array;
}

/** How much of what a toy task asks for in its held-out text is right, at one step. */
export interface Decided {
  readonly step: number;
  readonly right: number;
  readonly of: number;
  /** Share that is right by the character before each alone. */
  readonly chance: number;
}

/** A curve of bounded memory: buckets of equal width, each with the smallest, mean and largest value of its steps. */
export interface Curve {
  /** Steps a bucket spans; a power of two. Bucket k holds steps k · width + 1 to (k + 1) · width. */
  readonly width: number;
  readonly minimum: Float32Array;
  readonly mean: Float32Array;
  readonly maximum: Float32Array;
}

/** Points at which the held-out loss was measured; thinned to a bounded number. */
export interface Points {
  readonly steps: Float64Array;
  readonly values: Float32Array;
}

/**
 * Losses at steps that are the same for every run, and at the newest step: see milestones.ts. Each row is of the steps after
 * the row before it; NaN where nothing was measured, or nobody knows any more.
 */
export interface Milestones {
  readonly steps: Float64Array;
  readonly mean: Float32Array;
  readonly minimum: Float32Array;
  readonly maximum: Float32Array;
  /** At the row's step. */
  readonly smoothed: Float32Array;
  readonly heldOut: Float32Array;
}

/** The run's past as the page sees it. */
export interface History {
  readonly loss: Curve;
  readonly smoothedLoss: Points;
  readonly heldOutLoss: Points;
  readonly milestones: Milestones;
}

/** A text that the network wrote. */
export interface Sample {
  readonly runId: string;
  readonly step: number;
  /** What it was drawn by; see `Sampling`. */
  readonly temperature: number;
  readonly topK: number;
  readonly topP: number;
  /** In the normal form in which it was read. */
  readonly prompt: string;
  /** Characters of the prompt that the vocabulary does not have: they were read as the unknown symbol, or not at all. */
  readonly unknown: readonly string[];
  readonly text: string;
  /** Whether it was asked for; others come by themselves while training goes on. */
  readonly asked: boolean;
  /** Whether the network has finished writing. */
  readonly complete: boolean;
}

/**
 * Loss that a simple model reaches on the characters that the held-out loss is measured on, in nats per character; 'grammar':
 * that of the grammar that wrote the text, which knows all of the text before each character.
 */
export interface Baseline {
  readonly name: 'uniform' | 'unigram' | '2-gram' | '3-gram' | '4-gram' | '5-gram' | 'grammar';
  readonly nats: number;
}

/** What a label says yes to: a flag, one of the kinds against the rest, or all of a count. */
export interface Question {
  readonly label: LabelName;
  /** The kind; null for flags and counts. */
  readonly kind: number | null;
}

/** What is true of each character of a probe text. */
export interface ProbeLabels {
  readonly probe: string;
  readonly values: LabelledText;
}

export interface Ranking extends Question {
  /** The best unit, and the band that shows it. */
  readonly unit: number;
  readonly band: BandName;
  /**
   * On the half that it was not chosen on: area under the ROC curve, or the correlation with a count; the other way up
   * where the unit was low for yes, so that 1 is best and below 0.5 (or 0) is worse than chance.
   */
  readonly score: number;
  /** Whether the unit is high where the label says yes. */
  readonly isHigh: boolean;
  /** Every unit, best first, by its best band on the half that is chosen on. */
  readonly order: readonly number[];
}

/** A saved run at a glance. Losses are in nats a character, null where there is none. */
export interface RunCard {
  readonly settings: Settings;
  /** Null where the file did not say. */
  readonly textName: string | null;
  readonly step: number;
  readonly smoothedLoss: number | null;
  readonly heldOutLoss: number | null;
  /** Mean losses of stretches of equal length, from the first step to the last. */
  readonly curve: readonly number[];
}

/** What a run has stopped by itself for: a step, a held-out loss, or that this has not fallen for as long as was set. */
export type StopReason = 'step' | 'loss' | 'patience';
