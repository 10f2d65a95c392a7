/** What number fields make of what is typed into them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commitField, nextValue, type NumberName } from '../../src/components/controls/fieldValue';
import { SETTINGS, SETTING_NAMES, type NumberSetting } from '../../src/model/settings';

const NUMBERS = SETTING_NAMES.filter((name): name is NumberName => 'min' in SETTINGS[name]);
const bounds = (name: NumberName): NumberSetting => SETTINGS[name];

describe('a number field', () => {
  it('takes a value within its bounds as it is', () => {
    expect(commitField('units', '96', 64)).toEqual({ value: 96, note: null });
    expect(commitField('learningRate', '0.0003', 0.005)).toEqual({ value: 0.0003, note: null });
  });

  it('says which bound it took instead of a value beyond it', () => {
    expect(commitField('units', '9999', 64)).toEqual({ value: 512, note: { kind: 'largest', used: 512 } });
    expect(commitField('units', '1', 64)).toEqual({ value: 4, note: { kind: 'smallest', used: 4 } });
  });

  it('rounds to a whole number where only those are, and says so', () => {
    expect(commitField('batch', '7.4', 16)).toEqual({ value: 7, note: { kind: 'whole', used: 7 } });
  });

  it('keeps the value it had where none can be read', () => {
    expect(commitField('units', '', 77)).toEqual({ value: 77, note: { kind: 'kept', used: 77 } });
    expect(commitField('units', '1e', 77)).toEqual({ value: 77, note: { kind: 'kept', used: 77 } });
  });

  it('ends within its bounds whatever is typed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NUMBERS), fc.oneof(fc.string(), fc.double().map(String)), (name, given) => {
        const { value } = commitField(name, given, SETTINGS[name].default);
        const { min, max, kind } = bounds(name);
        expect(value).toBeGreaterThanOrEqual(min);
        expect(value).toBeLessThanOrEqual(max);
        if (kind === 'integer') expect(Number.isInteger(value)).toBe(true);
      }),
    );
  });
});

describe('the arrow keys of a number field', () => {
  it('move by the setting’s step, without the dust of binary fractions', () => {
    expect(nextValue('units', 64, 1)).toBe(65);
    expect(nextValue('dropout', 0.1, 1)).toBe(0.15);
    expect(nextValue('forgetBias', 0, -1)).toBe(-0.5);
  });

  it('move by the leading digit where the step would be too coarse', () => {
    expect(nextValue('learningRate', 0.005, 1)).toBe(0.006);
    expect(nextValue('learningRate', 0.001, -1)).toBe(0.0009);
    expect(nextValue('learningRate', 0.0009, 1)).toBe(0.001);
    expect(nextValue('learningRate', 0.00002, -1)).toBe(0.00001);
  });

  it('stay within the bounds, and get anywhere else', () => {
    for (const name of NUMBERS) {
      const { min, max } = bounds(name);
      expect(nextValue(name, max, 1)).toBe(max);
      expect(nextValue(name, min, -1)).toBe(min);
      expect(nextValue(name, min, 1)).toBeGreaterThan(min);
      expect(nextValue(name, max, -1)).toBeLessThan(max);
    }
  });

  it('come back to where they were after one up and one down from a default', () => {
    for (const name of NUMBERS) {
      const { max } = bounds(name);
      const from = SETTINGS[name].default;
      if (from < max) expect(nextValue(name, nextValue(name, from, 1), -1)).toBe(from);
    }
  });
});
