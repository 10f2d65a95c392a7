/** What a corpus promises of a label: how well a unit follows it, and when. */
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import { LABELS } from '../../src/model/text/labels';
import type { LabelName } from '../../src/model/text/labels';
import { corpusOf } from './training';

/** The corpus that the page opens with is to show its unit best. */
export const FIRST = 'capslock';

/** Area under the ROC curve at least, or correlation with a count. */
export const leastScore = (corpus: string, label: LabelName): number => {
  if (corpus === FIRST) return 0.98;
  return LABELS[label] === 'count' ? 0.9 : 0.95;
};

/** Steps in which a corpus' own settings read so many characters. */
export const stepsFor = (corpus: string, characters: number): number => {
  const { batch, length } = { ...DEFAULT_SETTINGS, ...corpusOf(corpus).settings };
  return Math.ceil(characters / (batch * length));
};
