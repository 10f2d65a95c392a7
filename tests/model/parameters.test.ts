/** The flat layout of the parameters, and their first values. */
import { describe, expect, it } from 'vitest';
import { CELL_NAMES } from '../../src/model/cells';
import { sizeOf } from '../../src/model/kernels/kernels';
import { architectureOf, initialParameters, parameterCount, tensorsOf } from '../../src/model/parameters';
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import type { Settings } from '../../src/model/settings';

const V = 17;
const make = (changes: Partial<Settings>) => {
  const settings = { ...DEFAULT_SETTINGS, units: 16, ...changes };
  const architecture = architectureOf(settings, V);
  const values = initialParameters(architecture, settings);
  const tensor = (name: string): Float64Array => {
    const found = tensorsOf(architecture).find((candidate) => candidate.name === name);
    if (!found) throw new Error(name);
    return values.subarray(found.offset, found.offset + sizeOf(found.shape));
  };
  return { architecture, values, tensor };
};

it('names every tensor of a GRU with an embedding and two layers', () => {
  const { architecture } = make({ cell: 'gru', layers: 2, input: 'embedding', embeddingSize: 6 });
  expect(tensorsOf(architecture).map(({ name, shape }) => [name, ...shape])).toEqual([
    ['embedding', 17, 6],
    ['layers.0.input', 6, 48],
    ['layers.0.recurrent', 16, 48],
    ['layers.0.bias', 48],
    ['layers.0.candidateBias', 16],
    ['layers.1.input', 16, 48],
    ['layers.1.recurrent', 16, 48],
    ['layers.1.bias', 48],
    ['layers.1.candidateBias', 16],
    ['output.weight', 16, 17],
    ['output.bias', 17],
  ]);
});

it.each(CELL_NAMES)('lays the tensors of a %s out without gap or overlap', (cell) => {
  const { architecture, values } = make({ cell, layers: 3 });
  let end = 0;
  for (const { offset, shape } of tensorsOf(architecture)) {
    expect(offset).toBe(end);
    end += sizeOf(shape);
  }
  expect(values).toHaveLength(end);
  expect(parameterCount(architecture)).toBe(end);
});

describe('first values', () => {
  it('are uniform in ±1/sqrt(H) for weights, different in every tensor', () => {
    const { tensor } = make({ layers: 2 });
    const names = ['layers.0.input', 'layers.0.recurrent', 'layers.1.input', 'layers.1.recurrent', 'output.weight'];
    for (const name of names) {
      const values = tensor(name);
      expect(Math.max(...values)).toBeLessThanOrEqual(0.25);
      expect(Math.max(...values)).toBeGreaterThan(0.22);
      expect(Math.min(...values)).toBeLessThan(-0.22);
      expect(Math.abs(values.reduce((sum, value) => sum + value, 0) / values.length)).toBeLessThan(0.04);
    }
    expect(new Set(names.map((name) => tensor(name)[0])).size).toBe(names.length);
  });

  it('are 0 for biases, but for the forget gate', () => {
    const { tensor } = make({ cell: 'lstm', forgetBias: 2 });
    expect(Array.from(tensor('layers.0.bias'))).toEqual(
      [0, 2, 0, 0].flatMap((value) => new Array<number>(16).fill(value)),
    );
    expect(tensor('output.bias').every((value) => value === 0)).toBe(true);
    const gru = make({ cell: 'gru', forgetBias: 2 });
    expect(gru.tensor('layers.0.bias').every((value) => value === 0)).toBe(true);
    expect(gru.tensor('layers.0.candidateBias').every((value) => value === 0)).toBe(true);
  });

  it.each(CELL_NAMES)('have orthogonal recurrent blocks where asked for: %s', (cell) => {
    const { tensor, architecture } = make({ cell, recurrentInit: 'orthogonal' });
    const U = tensor('layers.0.recurrent');
    const H = 16;
    const gates = architecture.cell.gates.length;
    for (let gate = 0; gate < gates; gate++) {
      const at = (i: number, k: number): number => U[i * gates * H + gate * H + k];
      for (let i = 0; i < H; i++) {
        for (let j = 0; j <= i; j++) {
          let product = 0;
          for (let k = 0; k < H; k++) product += at(i, k) * at(j, k);
          expect(Math.abs(product - (i === j ? 1 : 0))).toBeLessThan(1e-12);
        }
      }
    }
  });
});
