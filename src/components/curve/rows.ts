/** The curve's numbers as rows: of a file, and of the table on the page. */
import type { History } from '../../model/telemetry';

/**
 * The curve as rows for a file. After what was measured before the first step there is one for each milestone, a step that
 * is one for every run: those of two runs stand side by side, whatever their lengths. The last row is the newest step.
 * `training` is the mean of the steps from `first_step` to `step`, smoothed and held-out losses are of `step` itself, empty
 * where none was measured there. Losses in nats per character.
 */
export const curveRows = ({ heldOutLoss, milestones }: Pick<History, 'heldOutLoss' | 'milestones'>): string[][] => {
  const rows = [
    ['step', 'first_step', 'training', 'training_minimum', 'training_maximum', 'training_smoothed', 'held_out'],
  ];
  const text = (value: number): string => (Number.isFinite(value) ? String(value) : '');
  if (heldOutLoss.steps[0] === 0) rows.push(['0', '0', '', '', '', '', text(heldOutLoss.values[0])]);
  const { steps, mean, minimum, maximum, smoothed, heldOut } = milestones;
  steps.forEach((step, k) => {
    // Of a run that was saved before there were milestones, the first ones are not known.
    if (!Number.isFinite(mean[k])) return;
    const values = [mean[k], minimum[k], maximum[k], smoothed[k], heldOut[k]];
    rows.push([String(step), String((steps[k - 1] ?? 0) + 1), ...values.map(text)]);
  });
  return rows;
};

/** Rows of the table at most. */
const ROWS = 20;

/** Steps at equal distances, the last one among them. */
export const tableSteps = (last: number): number[] =>
  Array.from({ length: Math.min(ROWS, last) }, (_, k) => Math.round(((k + 1) * last) / Math.min(ROWS, last)));
