/** What is true of each character of the text: the label that is looked for, where it is known. */
import { LABELS } from '../../model/text/labels';
import { lookedFor, shownRun, type PlaygroundState } from '../../store';
import { shownFrame } from './frame';

export interface ShownLabel {
  /** How much of it there is at a character, 0 to 1. */
  readonly shareAt: (t: number) => number;
}

/** Null where nothing is looked for, or nobody knows what is true of this text. */
export const labelOf = (state: PlaygroundState): ShownLabel | null => {
  const found = lookedFor(state);
  const labels = shownRun(state)?.unitRankings?.probeLabels ?? null;
  const values = found && labels?.values.get(found.label);
  const frame = shownFrame(state);
  const isOfText = labels !== null && labels.probe === shownRun(state)?.description?.probe;
  if (!found || !values || !isOfText || values.length !== frame?.T) return null;
  const { label, kind } = found;
  const most = Math.max(1, ...values);
  const shareAt = (t: number): number => {
    if (kind !== null) return values[t] === kind ? 1 : 0;
    return LABELS[label] === 'count' ? values[t] / most : Math.min(1, values[t]);
  };
  return { shareAt };
};
