/**
 * Gates that are not learned: first values obey their rules, the reference's projected gradient is that of the loss that has
 * them built in (central differences, PyTorch in float64), and no step, engine or file loses them.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { logarithm } from '../../src/model/arithmetic';
import { CELLS } from '../../src/model/cells';
import { costOf } from '../../src/model/cost';
import { fineTune } from '../../src/model/fineTuning';
import { gateRulesOf } from '../../src/model/gateRules';
import { sizeOf } from '../../src/model/kernels/kernels';
import type { Kernels } from '../../src/model/kernels/kernels';
import { createReferenceKernels } from '../../src/model/kernels/reference';
import { createSimdKernels } from '../../src/model/kernels/simd';
import { architectureOf, freeParameters, initialParameters, tensorsOf } from '../../src/model/parameters';
import { Run } from '../../src/model/run';
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import type { Settings } from '../../src/model/settings';
import type { RunSnapshot } from '../../src/model/snapshot';
import { fromString } from '../../src/model/text/decode';
import { createDataset } from '../../src/model/text/vocabulary';
import { simdProgram } from '../kernels/simdProgram';
import { expectClose } from './support/compare';
import { datasetOf, PATTERN } from './support/dataset';
import { setUp } from './support/network';
import type { Training } from './support/pytorch';
import { createRun, losses } from './support/runs';

const V = 7;
const H = 4;

/** A gate's columns of a layer's input matrix, recurrent matrix and bias, one row after the other. */
const columnsOf = (values: ArrayLike<number>, settings: Settings, symbols: number, layer: number, gate: number) => {
  const tensors = tensorsOf(architectureOf(settings, symbols));
  const { units } = settings;
  const rows = ['input', 'recurrent', 'bias'].flatMap((part) => {
    const tensor = tensors.find(({ name }) => name === `layers.${String(layer)}.${part}`);
    if (!tensor) throw new Error(part);
    const width = tensor.shape.at(-1) ?? 0;
    return Array.from({ length: sizeOf(tensor.shape) / width }, (_, row) => {
      const from = tensor.offset + row * width + gate * units;
      return Array.from({ length: units }, (_, u) => values[from + u]);
    });
  });
  return { weights: rows.slice(0, -1).flat(), bias: rows.at(-1) ?? [] };
};

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

describe('first values', () => {
  const make = (changes: Partial<Settings>, seed = 1) => {
    const settings = { ...DEFAULT_SETTINGS, units: H, layers: 2, seed, ...changes };
    const values = initialParameters(architectureOf(settings, V), settings);
    return (layer: number, gate: number) => columnsOf(values, settings, V, layer, gate);
  };

  it.each([
    ['absent', 0.5, 1],
    ['held', 1, 1],
    ['held', 0, 0],
    ['held', 0.25, 0.25],
    ['held', 0.999, 0.999],
  ] as const)('of a gate that is %s (%d) give %d whatever the cell reads', (outputGate, outputGateValue, value) => {
    const gate = make({ outputGate, outputGateValue });
    for (const layer of [0, 1]) {
      const { weights, bias } = gate(layer, 3);
      expect(new Set(weights)).toEqual(new Set([0]));
      for (const z of bias) expect(Math.abs(sigmoid(z) - value)).toBeLessThan(1e-15);
      if (value === 1) for (const z of bias) expect(1 / (1 + Math.fround(Math.exp(-z)))).toBe(1);
    }
  });

  it('of a random gate are a value of each unit, spread over 0 to 1, of the seed and the layer', () => {
    const settings = { cell: 'gru', updateGate: 'random', units: 400 } as const;
    const gate = make(settings);
    const values = gate(0, 1).bias.map(sigmoid);
    expect(new Set(gate(0, 1).weights)).toEqual(new Set([0]));
    expect(values.reduce((sum, value) => sum + value, 0) / 400).toBeCloseTo(0.5, 1);
    expect([Math.min(...values) < 0.02, Math.max(...values) > 0.98]).toEqual([true, true]);
    expect(make(settings)(0, 1)).toEqual(gate(0, 1));
    expect(make(settings, 2)(0, 1).bias).not.toEqual(gate(0, 1).bias);
    expect(gate(1, 1).bias).not.toEqual(gate(0, 1).bias);
  });

  it('of a coupled forget gate are the negatives of the input gate, which may be held itself', () => {
    for (const changes of [{}, { inputGate: 'held', inputGateValue: 0.2 }, { recurrentInit: 'orthogonal' }] as const) {
      const gate = make({ forgetGate: 'coupled', ...changes });
      const negative = ({ weights, bias }: ReturnType<typeof gate>) => [...weights, ...bias].map((x) => 0 - x);
      const { weights, bias } = gate(1, 1);
      expect([...weights, ...bias]).toEqual(negative(gate(1, 0)));
    }
  });

  it('of what is learned are those of a network without rules', () => {
    const plain = make({});
    const held = make({ forgetGate: 'held', outputGate: 'random' });
    for (const gate of [0, 2]) expect(held(1, gate)).toEqual(plain(1, gate));
  });

  it('take the settings of their own cell alone', () => {
    const settings = { ...DEFAULT_SETTINGS, forgetGate: 'absent', resetGate: 'absent' } as const;
    expect(gateRulesOf(CELLS.lstm, settings)).toEqual([{ gate: 1, value: 1 }]);
    expect(gateRulesOf(CELLS.gru, settings)).toEqual([{ gate: 0, value: 1 }]);
    expect(gateRulesOf(CELLS.rnn, settings)).toEqual([]);
    expect(gateRulesOf(CELLS.lstm, DEFAULT_SETTINGS)).toEqual([]);
  });
});

it('takes logarithms to the last digits, by arithmetic that rounds alike everywhere', () => {
  for (let x = -39.9; x < 40; x += 0.7) expect(Math.abs(logarithm(Math.exp(x)) - x)).toBeLessThan(1e-14);
  expect(logarithm(1)).toBe(0);
});

it('counts what is free: all but the columns of a gate with a rule', () => {
  const count = (changes: Partial<Settings>) => freeParameters(architectureOf({ ...DEFAULT_SETTINGS, ...changes }, 65));
  const all = count({});
  expect(costOf(DEFAULT_SETTINGS, 65)).toMatchObject({ parameters: all, free: all });
  const gate = (65 + 128 + 1) * 128;
  expect(all - count({ forgetGate: 'absent' })).toBe(gate);
  expect(all - count({ forgetGate: 'coupled', inputGate: 'held' })).toBe(2 * gate);
  expect(count({ resetGate: 'absent' })).toBe(all);
  const second = (128 + 128 + 1) * 128;
  expect(count({ layers: 2 }) - count({ layers: 2, outputGate: 'random' })).toBe(gate + second);
});

interface Case {
  readonly settings: Partial<Settings>;
  readonly symbols: number;
  readonly ids: readonly number[];
  readonly parameters: string;
  readonly initial: { readonly h: readonly string[]; readonly c?: readonly string[] };
  readonly loss: number;
  readonly gradient: string;
  readonly training: readonly Training[];
}

const { cases } = JSON.parse(readFileSync(new URL('../fixtures/pytorch/gates.json', import.meta.url), 'utf8')) as {
  readonly cases: readonly Case[];
};

const decode = (encoded: string): Float64Array =>
  new Float64Array(new Uint8Array(Buffer.from(encoded, 'base64')).buffer);

describe('PyTorch, where the cell itself has other gates', () => {
  const TOLERANCE = 1e-10;

  it('is asked for every setting of every gate', () => {
    const asked = new Set(
      cases.flatMap(({ settings }) => Object.entries(settings).map(([name, way]) => `${name} ${String(way)}`)),
    );
    for (const name of ['inputGate', 'forgetGate', 'outputGate', 'resetGate', 'updateGate']) {
      for (const way of ['absent', 'held', 'random']) expect(asked).toContain(`${name} ${way}`);
    }
    expect(asked).toContain('forgetGate coupled');
  });

  const open = ({ settings, symbols, ids, parameters, initial }: Case, training: Partial<Settings>) => {
    const bench = setUp(createReferenceKernels(), { ...settings, ...training }, Uint16Array.from(ids), symbols);
    const { buffers } = bench.trainer;
    bench.write(buffers.parameters, decode(parameters));
    for (const [l, h] of initial.h.entries()) bench.write(buffers.state.h[l], decode(h));
    for (const [l, c] of (initial.c ?? []).entries()) bench.write((buffers.state.c ?? [])[l], decode(c));
    return bench;
  };

  describe.each(cases)('$settings', (fixture) => {
    it('has the same loss and the same gradient of all that is free', async () => {
      const { trainer, settings, read } = open(fixture, {});
      const { loss } = await (await trainer.queueStep(settings)).result;
      expectClose('loss', [loss], [fixture.loss], TOLERANCE);
      const gradient = await read(trainer.buffers.gradient);
      const expected = decode(fixture.gradient);
      for (const { name, offset, shape } of tensorsOf(trainer.architecture)) {
        const end = offset + sizeOf(shape);
        expectClose(name, gradient.subarray(offset, end), expected.subarray(offset, end), TOLERANCE);
      }
    });

    it.each(fixture.training)(
      'takes the same steps with $optimizer, decay $weightDecay, clip $clip',
      async ({ losses: expectedLosses, norms: expectedNorms, parameters, ...training }) => {
        const { trainer, settings, read } = open(fixture, training);
        const results = [];
        while (results.length < expectedLosses.length) results.push(await (await trainer.queueStep(settings)).result);
        expectClose(
          'losses',
          results.map(({ loss }) => loss),
          expectedLosses,
          TOLERANCE,
        );
        expectClose(
          'norms',
          results.map(({ norm }) => norm),
          expectedNorms,
          TOLERANCE,
        );
        expectClose('parameters', await read(trainer.buffers.parameters), decode(parameters), TOLERANCE);
      },
    );
  });
});

describe('a run', () => {
  const HELD: Partial<Settings> = {
    layers: 2,
    forgetGate: 'coupled',
    outputGate: 'random',
    weightDecay: 0.1,
    learningRate: 0.02,
  };
  const DATASET = datasetOf(PATTERN);

  /** Forget gate against input gate, and what the output gate has, in both layers. */
  const check = ({ settings, parameters }: RunSnapshot, symbols: number, bias: (layer: number) => number[]): void => {
    for (const layer of [0, 1]) {
      const [input, forget, output] = [0, 1, 3].map((gate) => columnsOf(parameters, settings, symbols, layer, gate));
      expect(forget.weights).toEqual(input.weights.map((x) => 0 - x));
      expect(forget.bias).toEqual(input.bias.map((x) => 0 - x));
      expect(new Set(input.weights).size).toBeGreaterThan(10);
      expect(output.weights.every((weight) => weight === 0)).toBe(true);
      expect(output.bias).toEqual(bias(layer));
    }
  };

  it('keeps to its rules while weights decay, on any engine, moved, rolled back and fine-tuned', async () => {
    const symbols = DATASET.vocabulary.codePoints.length;
    const simd = await createSimdKernels(await simdProgram());
    const first = createRun(HELD, simd);
    const start = await first.snapshot();
    const bias = (layer: number): number[] => columnsOf(start.parameters, start.settings, symbols, layer, 3).bias;
    await losses(first, 8);
    const later = await first.snapshot();
    expect(later.parameters).not.toEqual(start.parameters);
    check(later, symbols, bias);
    first.rollBack(start);
    await losses(first, 3);
    check(await first.snapshot(), symbols, bias);

    const moved = Run.restore({
      snapshot: later,
      dataset: DATASET,
      kernels: createReferenceKernels(),
      memoryLimit: 1e9,
    });
    await losses(moved, 3);
    check(await moved.snapshot(), symbols, bias);

    const { codePoints: before } = DATASET.vocabulary;
    const other = createDataset(fromString(`${PATTERN}ÄÖÜ`.repeat(2)), { ...later.settings, before });
    const tuned = fineTune(later, before, other);
    const run = Run.restore({ snapshot: tuned, dataset: other, kernels: simd, memoryLimit: 1e9 });
    await losses(run, 3);
    expect(other.vocabulary.codePoints.length).toBeGreaterThan(symbols);
    check(await run.snapshot(), other.vocabulary.codePoints.length, bias);
  });

  it('learns, and shows its gates as they are set', async () => {
    const run = createRun({ ...HELD, units: 16, weightDecay: 0 });
    const values = await losses(run, 60);
    expect(values[59]).toBeLessThan(values[0] - 0.5);
    const ids = Int32Array.from(DATASET.ids.subarray(0, 20));
    const { values: bands } = await run.probe(ids, 1);
    const [i, f, , o] = [0, 1, 2, 3].map((band) => bands.subarray(band * 20 * 16, (band + 1) * 20 * 16));
    for (const [k, value] of f.entries()) expect(Math.abs(value - (1 - i[k]))).toBeLessThan(1e-6);
    for (const [k, value] of o.entries()) expect(value).toBe(o[k % 16]);
  });

  it('stops at a gradient that is not finite in a gate that is not learned', async () => {
    const kernels = createReferenceKernels();
    const bad: Kernels = {
      ...kernels,
      scanBackward: (args) => {
        kernels.scanBackward(args);
        const [, , width] = args.dgates.shape;
        kernels.write({ ...args.dgates, offset: args.dgates.offset + width - 1, shape: [1] }, [NaN]);
      },
    };
    const run = createRun({ outputGate: 'held' }, bad);
    await run.step();
    await expect(run.settle()).rejects.toMatchObject({ failure: { code: 'not-finite', quantity: 'gradient' } });
  });

  it('whose gates are all learned asks nothing of the engine that it would not ask without rules', async () => {
    const kernels = createReferenceKernels();
    const calls: string[] = [];
    const told = new Proxy(kernels, {
      get: (target, name: keyof Kernels) => {
        const part: unknown = Reflect.get(target, name);
        if (typeof part !== 'function') return part;
        return (...args: unknown[]): unknown => {
          calls.push(name);
          return Reflect.apply(part, target, args);
        };
      },
    });
    const count = async (changes: Partial<Settings>) => {
      const run = createRun({ ...changes, weightDecay: 0.1 }, told);
      await losses(run, 2);
      calls.length = 0;
      await losses(run, 1);
      return calls.filter((name) => name === 'combineColumns' || name === 'copy');
    };
    const learned = await count({});
    expect(new Set(learned)).toEqual(new Set(['copy']));
    const more = (await count({ outputGate: 'held' })).slice(learned.length);
    expect(more.toSorted()).toEqual(['combineColumns', 'copy', 'copy']);
  });
});
