/** A curve of made-up losses for the tests of its views. */
import { HistoryRecorder } from '../../src/model/history';
import type { Baseline, History } from '../../src/model/telemetry';

export const BASELINES: readonly Baseline[] = [
  { name: 'uniform', nats: 4.17 },
  { name: 'unigram', nats: 3.31 },
  { name: '3-gram', nats: 2.05 },
  { name: '4-gram', nats: 2.0 },
  { name: 'grammar', nats: 1.2 },
];
export const VIEW = {
  width: 320,
  height: 240,
  type: 11,
  nameWidth: 80,
  labelWidth: () => 20,
  writeStep: String,
  writeLoss: String,
  logX: false,
  logY: false,
  range: null,
};

/** Losses 4 - 0.1 k of k = 1, 2, … in buckets of two steps, held-out at steps 4 and 8. */
export const HISTORY: History = {
  loss: {
    width: 2,
    minimum: Float32Array.of(3.8, 3.6, 3.4, 3.2),
    mean: Float32Array.of(3.85, 3.65, 3.45, 3.25),
    maximum: Float32Array.of(3.9, 3.7, 3.5, 3.3),
  },
  smoothedLoss: { steps: Float64Array.of(1, 3, 5, 8), values: Float32Array.of(3.95, 3.8, 3.6, 3.4) },
  heldOutLoss: { steps: Float64Array.of(4, 8), values: Float32Array.of(3.7, 3.3) },
  milestones: new HistoryRecorder().view().milestones,
};
