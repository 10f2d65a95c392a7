/** Labels that any text has. */
import { describe, expect, it } from 'vitest';
import { fromString } from '../../../src/model/text/decode';
import type { LabelName } from '../../../src/model/text/labels';
import { plainLabelsInSteps } from '../../../src/model/text/plainLabels';
import { finish } from './steps';

/** The label under each character, as digits; empty where the text has none. */
const under = (label: LabelName, text: string): string => {
  const { codePoints } = fromString(text);
  const labels = finish(plainLabelsInSteps({ codePoints } as ReturnType<typeof fromString>, 0, codePoints.length));
  return Array.from(labels.get(label) ?? []).join('');
};

describe.each<readonly [LabelName, string, string]>([
  ['word', "It's 12, no", '11110110011'],
  ['word', 'été！他说', '111011'],
  ['place', "It's 12, no", '12340120012'],
  ['place', '春风，来', '1201'],
  ['quoted', 'a "b" c', '0011000'],
  ['quoted', 'a “b” ‘c’', '001100000'],
  ['quoted', '他说「好」。', '001100'],
  ['quoted', 'a "b\n\nc', '0011100'],
  ['bracketed', 'a (b [c]) d', '00111111000'],
  ['upper', 'aBc Ω', '01001'],
  ['numeral', 'a1٣', '011'],
  ['column', 'ab\nc', '1201'],
])('%s of %j', (label, text, expected) => {
  it('is known of each character once it is read', () => {
    expect(under(label, text)).toBe(expected);
  });
});

it('leaves out what does not change', () => {
  expect(under('upper', 'no capitals here')).toBe('');
  expect(under('bracketed', 'none')).toBe('');
});

it('reads a stretch of a long text alone', () => {
  const text = fromString('a (b) c\n'.repeat(5000));
  const labels = finish(plainLabelsInSteps(text, 8, 40_000));
  expect(labels.get('bracketed')).toHaveLength(39_992);
  expect(Array.from(labels.get('bracketed')?.slice(0, 8) ?? [])).toEqual([0, 0, 1, 1, 0, 0, 0, 0]);
});
