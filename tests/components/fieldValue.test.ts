/** What number fields make of what is typed into them, in both decimal conventions. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commitField, nextValue } from '../../src/components/controls/fieldValue';
import { valueText } from '../../src/components/controls/valueText';
import { messagesOf } from '../../src/components/messages';
import { zh } from '../../src/components/messages/zh';
import { readNumber } from '../../src/model/numberText';
import { SETTINGS, SETTING_NAMES, type NumberSetting, type SettingName } from '../../src/model/settings';

type NumberName = { [N in SettingName]: (typeof SETTINGS)[N] extends NumberSetting ? N : never }[SettingName];
const NUMBERS = SETTING_NAMES.filter((name): name is NumberName => 'min' in SETTINGS[name]);
const rule = (name: NumberName): NumberSetting => SETTINGS[name];
const commit = (name: NumberName, given: string, current: number) => commitField(rule(name), given, current);

/** A value that the setting can have: with few decimals, as people type them, or any. */
const valueOf = (name: NumberName) => {
  const { kind, min, max } = rule(name);
  if (kind === 'integer') return fc.integer({ min, max });
  return fc.oneof(
    fc
      .tuple(fc.integer({ min: 0, max: 6 }), fc.double({ min, max, noNaN: true }))
      .map(([decimals, value]) => Number(value.toFixed(decimals)))
      .filter((value) => value >= min && value <= max),
    fc.double({ min, max, noNaN: true }),
  );
};
const nameAndValue = fc.constantFrom(...NUMBERS).chain((name) =>
  fc.tuple(
    fc.constant(name),
    valueOf(name).map((value) => (value === 0 ? 0 : value)),
  ),
);

/** What a text says where `point` stands before decimals and the other sign between thousands; null where it is no number. */
const inConvention = (text: string, point: '.' | ','): number | null => {
  const decimals = point === '.' ? '[.]' : ',';
  const thousands = point === '.' ? ',' : '[.]';
  const shape = new RegExp(`^(\\d+|[1-9]\\d{0,2}(${thousands}\\d{3})+)(${decimals}\\d+)?$`);
  if (!shape.test(text)) return null;
  return Number(text.replaceAll(point === '.' ? ',' : '.', '').replace(point, '.'));
};

describe('a number field', () => {
  it('takes a value within its bounds as it is', () => {
    expect(commit('units', '96', 64)).toEqual({ value: 96, note: null });
    expect(commit('learningRate', '0.0003', 0.005)).toEqual({ value: 0.0003, note: null });
    expect(commit('learningRate', ' 3e-4 ', 0.005)).toEqual({ value: 0.0003, note: null });
  });

  it.each([
    ['0,005', 0.005],
    ['0,01', 0.01],
    [',5', 0.5],
    ['2,5', 2.5],
    ['1,5e-3', 0.0015],
    ['1,1250', 1.125],
    ['0．００５', 0.005],
    ['0。005', 0.005],
  ])('reads a decimal comma and wide signs: %s', (given, value) => {
    expect(commit('learningRate', given, 1)).toEqual({ value, note: null });
  });

  it('reads other minus signs, and blanks between thousands', () => {
    expect(commit('forgetBias', '−2,5', 1)).toEqual({ value: -2.5, note: null });
    expect(commit('scheduleSteps', '20 000', 1)).toEqual({ value: 20_000, note: null });
    expect(commit('scheduleSteps', '20\u202f000', 1)).toEqual({ value: 20_000, note: null });
  });

  it.each(['1,000', '1.000', '1.000,5', '1,000.5', '12,345', '1,000,000'])(
    'keeps what it had where thousands and decimals cannot be told apart: %s',
    (given) => {
      const note = { kind: 'ambiguous', used: 77 };
      expect(commit('scheduleSteps', given, 77)).toEqual({ value: 77, note });
      expect(commit('clip', given, 77)).toEqual({ value: 77, note });
    },
  );

  it('takes a point for a decimal point where no thousands can be meant', () => {
    expect(commit('temperature', '1.125', 1)).toEqual({ value: 1.125, note: null });
    expect(commit('clip', '0.125', 1)).toEqual({ value: 0.125, note: null });
    expect(commit('temperature', '1,125', 1).note?.kind).toBe('ambiguous');
  });

  it('says which bound it took instead of a value beyond it', () => {
    expect(commit('units', '9999', 64)).toEqual({ value: 512, note: { kind: 'largest', used: 512 } });
    expect(commit('units', '1', 64)).toEqual({ value: 4, note: { kind: 'smallest', used: 4 } });
    expect(commit('learningRate', '10,5', 64)).toEqual({ value: 10, note: { kind: 'largest', used: 10 } });
  });

  it('rounds to a whole number where only those are, and says so', () => {
    expect(commit('batch', '7.4', 16)).toEqual({ value: 7, note: { kind: 'whole', used: 7 } });
    expect(commit('batch', '7,4', 16)).toEqual({ value: 7, note: { kind: 'whole', used: 7 } });
  });

  it.each(['', ' ', '1e', 'abc', '0x10', '1 00', '1,2,3', '--1', '10²', 'Infinity', '.', '1e999'])(
    'keeps the value it had where none can be read: “%s”',
    (given) => {
      expect(commit('units', given, 77)).toEqual({ value: 77, note: { kind: 'kept', used: 77 } });
    },
  );

  it('ends within its bounds whatever is typed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...NUMBERS), fc.oneof(fc.string(), fc.double().map(String)), (name, given) => {
        const { value } = commit(name, given, SETTINGS[name].default);
        const { min, max, kind } = rule(name);
        expect(value).toBeGreaterThanOrEqual(min);
        expect(value).toBeLessThanOrEqual(max);
        if (kind === 'integer') expect(Number.isInteger(value)).toBe(true);
      }),
    );
  });

  it.each(['en', 'zh'] as const)('reads every value that the page writes as that value: %s', (language) => {
    fc.assert(
      fc.property(nameAndValue, ([name, value]) => {
        const written = valueText(name, value, language === 'zh' ? zh : messagesOf(language));
        expect(commit(name, written, rule(name).default)).toEqual({ value, note: null });
      }),
      { numRuns: 2000 },
    );
  });

  it('reads every value written with a decimal comma as that value, or asks', () => {
    fc.assert(
      fc.property(nameAndValue, ([name, value]) => {
        const written = String(value).replace('.', ',');
        const committed = commit(name, written, -1);
        if (/^-?[1-9]\d{0,2},\d{3}$/.test(written)) expect(committed.note?.kind).toBe('ambiguous');
        else expect(committed).toEqual({ value, note: null });
      }),
      { numRuns: 2000 },
    );
  });

  it('never takes what another reader may read as another number', () => {
    const digits = fc.array(fc.constantFrom('0', '1', '5', '00', '000', '125', ',', '.'), {
      minLength: 1,
      maxLength: 7,
    });
    fc.assert(
      fc.property(fc.constantFrom(...NUMBERS), digits, (name, parts) => {
        const text = parts.join('');
        const read = readNumber(text, rule(name));
        if (typeof read === 'string') return;
        const [point, comma] = [inConvention(text, '.'), inConvention(text, ',')];
        if (point === null && comma === null) return;
        expect([point, comma]).toContain(read);
        if (point === null || comma === null || point === comma) return;
        // The page writes a point: it is one where the setting leaves no other reading.
        const { kind, min, max } = rule(name);
        expect(read).toBe(point);
        expect(kind).toBe('number');
        expect(comma < min || comma > max).toBe(true);
      }),
      { numRuns: 5000 },
    );
  });
});

describe('the arrow keys of a number field', () => {
  const next = (name: NumberName, from: number, direction: 1 | -1) => nextValue(rule(name), from, direction);

  it('move by the setting’s step, without the dust of binary fractions', () => {
    expect(next('units', 64, 1)).toBe(65);
    expect(next('dropout', 0.1, 1)).toBe(0.15);
    expect(next('forgetBias', 0, -1)).toBe(-0.5);
  });

  it('move by the leading digit where the step would be too coarse', () => {
    expect(next('learningRate', 0.005, 1)).toBe(0.006);
    expect(next('learningRate', 0.001, -1)).toBe(0.0009);
    expect(next('learningRate', 0.0009, 1)).toBe(0.001);
    expect(next('learningRate', 0.00002, -1)).toBe(0.00001);
  });

  it('stay within the bounds, and get anywhere else', () => {
    for (const name of NUMBERS) {
      const { min, max } = rule(name);
      expect(next(name, max, 1)).toBe(max);
      expect(next(name, min, -1)).toBe(min);
      expect(next(name, min, 1)).toBeGreaterThan(min);
      expect(next(name, max, -1)).toBeLessThan(max);
    }
  });

  it('come back to where they were after one up and one down from a default', () => {
    for (const name of NUMBERS) {
      const { max } = rule(name);
      const from = SETTINGS[name].default;
      if (from < max) expect(next(name, next(name, from, 1), -1)).toBe(from);
    }
  });
});
