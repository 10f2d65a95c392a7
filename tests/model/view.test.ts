/** Where a reader looks, as a link holds it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BAND_NAMES } from '../../src/model/cells';
import { fromUrlHash, toUrlHash } from '../../src/model/links';
import { DEFAULT_SETTINGS, SETTING_NAMES, SETTINGS } from '../../src/model/settings';
import { LABELS, type LabelName } from '../../src/model/text/labels';
import { DEFAULT_VIEW, ROW_ORDERS, STATE_SCALES, VIEW_PARTS, type View } from '../../src/model/view';

const units = fc.integer({ min: 0, max: 511 });
const views: fc.Arbitrary<View> = fc.record({
  cursor: fc.integer({ min: 0, max: 199 }),
  pinned: fc.boolean(),
  unit: units,
  follows: fc.oneof(
    fc.constantFrom('promised' as const, null),
    fc.record({
      label: fc.constantFrom(...(Object.keys(LABELS) as LabelName[])),
      kind: fc.option(fc.integer({ min: 0, max: 9 })),
    }),
  ),
  layer: fc.integer({ min: 0, max: 2 }),
  colouring: fc.constantFrom('surprise' as const, ...BAND_NAMES),
  chosenUnits: fc.uniqueArray(units, { maxLength: 5 }),
  order: fc.constantFrom(...ROW_ORDERS),
  scale: fc.constantFrom(...STATE_SCALES),
  allRows: fc.boolean(),
});

describe('a view in a link', () => {
  it('reads back as it was, but for a cursor that is not pinned and a unit that is found anew', () => {
    fc.assert(
      fc.property(views, (view) => {
        const read = fromUrlHash(toUrlHash(DEFAULT_SETTINGS, null, view));
        expect(read.corrections).toEqual([]);
        expect({ ...DEFAULT_VIEW, ...read.view }).toEqual({
          ...view,
          cursor: view.pinned ? view.cursor : DEFAULT_VIEW.cursor,
          unit: view.follows === null ? view.unit : DEFAULT_VIEW.unit,
        });
      }),
    );
  });

  it('takes no room where it is as it is at first', () => {
    expect(toUrlHash(DEFAULT_SETTINGS, null, DEFAULT_VIEW)).toBe(toUrlHash(DEFAULT_SETTINGS, null));
  });

  it('has keys of its own', () => {
    const keys = [...Object.keys(VIEW_PARTS), ...SETTING_NAMES.map((name) => SETTINGS[name].url), 'v', 'text'];
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('says what it could not read', () => {
    for (const wrong of ['unit=x', 'at=0', 'layer=-1', 'kept=1.b', 'colour=q', 'order=up', 'follows=rhyme', 'rows=9']) {
      const { view, corrections } = fromUrlHash(`v=2&${wrong}`);
      expect(view).toEqual({});
      expect(corrections).toEqual([{ kind: 'unknown', key: wrong }]);
    }
  });
});
