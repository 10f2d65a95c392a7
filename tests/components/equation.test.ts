/** The readout: each cell's own equation, with numbers that satisfy it. */
import { describe, expect, it } from 'vitest';
import { CELLS, type BandName } from '../../src/model/cells';
import { roleOf, termValue } from '../../src/components/score/equation';
import { short, twoDecimals } from '../../src/components/score/numbers';
import { makeFrame } from './frames';

const T = 6;
const H = 3;
const noise = (band: BandName, t: number, unit: number): number =>
  ((band.charCodeAt(0) * 31 + t * 17 + unit * 7) % 97) / 97;

/** The terms by what they stand for: 'f', 'c previous', … */
const read = (cell: 'lstm' | 'gru' | 'rnn', frame: ReturnType<typeof makeFrame>, t: number, unit: number) =>
  Object.fromEntries(
    CELLS[cell].equations
      .flat()
      .map((term) => [term.of === 'value' ? term.band : `${term.band} ${term.of}`, termValue(frame, term, t, unit)]),
  );

describe('the equation under the cursor', () => {
  it("is the LSTM's: c = f c' + i g, h = o tanh c", () => {
    const states = new Map<string, number>();
    const c = (t: number, unit: number): number => {
      if (t < 0) return 0;
      const key = `${String(t)},${String(unit)}`;
      const known = states.get(key);
      if (known !== undefined) return known;
      const value = noise('f', t, unit) * c(t - 1, unit) + noise('i', t, unit) * (noise('g', t, unit) * 2 - 1);
      states.set(key, value);
      return value;
    };
    const frame = makeFrame('lstm', T, H, (band, t, unit) => {
      if (band === 'c') return c(t, unit);
      if (band === 'h') return noise('o', t, unit) * Math.tanh(c(t, unit));
      return band === 'g' ? noise('g', t, unit) * 2 - 1 : noise(band, t, unit);
    });
    for (const [t, unit] of [
      [0, 1],
      [4, 2],
    ]) {
      const value = read('lstm', frame, t, unit);
      expect(value['c']).toBeCloseTo(value['f'] * value['c previous'] + value['i'] * value['g'], 6);
      expect(value['h']).toBeCloseTo(value['o'] * value['c squashed'], 6);
    }
    expect(read('lstm', frame, 0, 1)['c previous']).toBe(0);
  });

  it("is the GRU's: h = z h' + (1 - z) n", () => {
    const h = (t: number, unit: number): number =>
      t < 0 ? 0 : noise('z', t, unit) * h(t - 1, unit) + (1 - noise('z', t, unit)) * noise('n', t, unit);
    const frame = makeFrame('gru', T, H, (band, t, unit) => (band === 'h' ? h(t, unit) : noise(band, t, unit)));
    for (const t of [0, 3]) {
      const value = read('gru', frame, t, 1);
      expect(value['h']).toBeCloseTo(value['z'] * value['h previous'] + value['z complement'] * value['n'], 6);
      expect(value['r']).toBeCloseTo(noise('r', t, 1), 6);
    }
  });

  it("is the RNN's: h = tanh a", () => {
    const frame = makeFrame('rnn', T, H, (band, t, unit) =>
      band === 'h' ? Math.tanh(noise('a', t, unit)) : noise('a', t, unit),
    );
    const value = read('rnn', frame, 2, 0);
    expect(value['h']).toBeCloseTo(Math.tanh(value['a']), 6);
  });
});

describe('the hue of a term', () => {
  it('is that of what it does: the complement of what keeps writes', () => {
    const roles = (cell: 'lstm' | 'gru' | 'rnn') => CELLS[cell].equations.flat().map(roleOf);
    expect(roles('lstm')).toEqual(['keep', 'cell', 'write', 'propose', 'cell', 'let', 'cell', 'hidden']);
    expect(roles('gru')).toEqual(['keep', 'hidden', 'write', 'propose', 'hidden', 'let']);
  });
});

describe('twoDecimals', () => {
  it('writes a real minus, and none before nothing', () => {
    expect([1.426, -0.3, -0.001, 0, NaN].map(twoDecimals)).toEqual(['1.43', '−0.30', '0.00', '0.00', '–']);
  });
});

describe('short', () => {
  it('says no digit that says nothing', () => {
    expect([-2, 0, 1.5, 0.1 + 0.2, 15].map(short)).toEqual(['−2', '0', '1.5', '0.3', '15']);
  });
});
