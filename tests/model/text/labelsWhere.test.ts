/** Labels of a stretch of a labelled text. */
import { describe, expect, it } from 'vitest';
import { labelsWhere, type LabelledText } from '../../../src/model/text/labels';

const labels: LabelledText = new Map([['capitals', Int16Array.of(0, 1, 1, 0, 1)]]);
const ids = [3, 1, 4, 1, 5, 9];

describe('labelsWhere', () => {
  it('are those of where the stretch stands first', () => {
    expect(labelsWhere(labels, ids, [1])?.get('capitals')).toEqual(Int16Array.of(1));
    expect(labelsWhere(labels, ids, [4, 1, 5])?.get('capitals')).toEqual(Int16Array.of(1, 0, 1));
  });
  it('are not known of a stretch that stands nowhere, or beyond what is labelled', () => {
    expect(labelsWhere(labels, ids, [1, 5, 9])).toBeNull();
    expect(labelsWhere(labels, ids, [2])).toBeNull();
    expect(labelsWhere(labels, ids, [])).toBeNull();
    expect(labelsWhere(new Map(), ids, [1])).toBeNull();
  });
});
