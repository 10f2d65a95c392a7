/** Gradients of the reference engine against central differences of its own loss. */
import { describe, expect, it } from 'vitest';
import { CELL_NAMES } from '../../src/model/cells';
import type { CellName } from '../../src/model/cells';
import { gradient, passesOver } from '../../src/model/gradient';
import { sizeOf, viewOf } from '../../src/model/kernels/kernels';
import { createReferenceKernels } from '../../src/model/kernels/reference';
import { addLosses, forward } from '../../src/model/network';
import { projectGradient } from '../../src/model/gateRules';
import { obeyRules, parameterViews, tensorsOf } from '../../src/model/parameters';
import { uniform } from '../../src/model/random';
import type { Settings } from '../../src/model/settings';
import { carriedStates, copyStates, stateRows, tapeOf } from '../../src/model/states';
import { gradientError, relativeError } from './support/compare';
import { setUp } from './support/network';
import { sizeOfState } from './support/price';

const T = 5;
const B = 3;
const V = 7;
const STEP = 1e-5;

/** A network with lively numbers everywhere: parameters in ±0.9, and a carried state that is not zero. */
const prepare = (changes: Partial<Settings>, chunkRows?: number) => {
  const ids = Uint16Array.from({ length: B * (T + 1) }, (_, k) => Math.floor(uniform(5, k) * V));
  const kernels = createReferenceKernels();
  const { trainer, settings, read, write } = setUp(kernels, { units: 4, batch: B, length: T, ...changes }, ids, V);
  const { network, architecture } = trainer;
  const buffers = { ...trainer.buffers, forward: { ...trainer.buffers.forward, ...(chunkRows && { chunkRows }) } };
  const parameters = Float64Array.from({ length: buffers.parameters.length }, (_, k) => 1.8 * uniform(6, k) - 0.9);
  obeyRules(architecture, parameters, settings.seed);
  write(buffers.parameters, parameters);
  const states = [...buffers.state.h, ...(buffers.state.c ?? [])];
  const setState = (): void => {
    states.forEach((buffer, index) => {
      write(
        buffer,
        Float64Array.from({ length: buffer.length }, (_, k) => 1.6 * uniform(100 + index, k) - 0.8),
      );
    });
  };
  setState();
  const column = (t: number): number[] => Array.from({ length: B }, (_, b) => ids[b * (T + 1) + t]);
  const times = Array.from({ length: T }, (_, t) => t);
  write(buffers.forward.inputs, times.flatMap(column));
  write(buffers.forward.targets, times.map((t) => t + 1).flatMap(column));

  const carried = carriedStates(buffers.state, architecture, 0, B);
  const dropout = settings.dropout > 0 ? { rate: settings.dropout, key: 1234 } : null;
  const totals = viewOf(buffers.statistics, [2]);
  const conditions = { dropout, activationPenalty: settings.activationPenalty };
  const pass = passesOver(network, buffers, T)(B, dropout !== null);
  /** The states that have a price, of every layer after every step. */
  const pricedStates = async (): Promise<number[]> => {
    const tapes = Array.from({ length: architecture.layers }, (_, l) =>
      tapeOf(architecture, buffers.forward, l, pass.window),
    );
    const states = await Promise.all(tapes.map(({ c, h }) => kernels.read(stateRows(c ?? h, 1))));
    return states.flatMap((values) => Array.from(values));
  };
  /** Cross-entropy and what the states cost, a character. */
  const lossAt = async (values: Float64Array): Promise<number> => {
    write(buffers.parameters, values);
    copyStates(kernels, carried, pass.before);
    forward(pass, dropout);
    addLosses(pass, totals, false);
    const [crossEntropy] = await kernels.read(totals);
    const sizes = (await pricedStates()).map(sizeOfState);
    return (crossEntropy + settings.activationPenalty * sizes.reduce((sum, size) => sum + size, 0)) / (T * B);
  };
  const analytic = async (): Promise<Float64Array> => {
    write(buffers.parameters, parameters);
    const shard = { place: { from: 0, batch: B }, weight: 1 / (T * B), conditions, adds: false };
    const gradients = parameterViews(architecture, buffers.gradient);
    gradient(pass, carried, shard, gradients, totals);
    projectGradient(
      kernels,
      architecture,
      gradients.layers.map(({ gates }) => gates),
    );
    setState();
    return Float64Array.from(await read(buffers.gradient));
  };
  /** What a parameter does to the loss, and through the rules of the gates to other parameters. */
  const numeric = async (): Promise<Float64Array> => {
    const slopes = new Float64Array(parameters.length);
    const lossBeside = (k: number, distance: number): Promise<number> => {
      const moved = parameters.slice();
      moved[k] += distance;
      obeyRules(architecture, moved, settings.seed);
      return lossAt(moved);
    };
    for (let k = 0; k < slopes.length; k++) {
      slopes[k] = ((await lossBeside(k, STEP)) - (await lossBeside(k, -STEP))) / (2 * STEP);
    }
    return slopes;
  };
  return { architecture, analytic, numeric, pricedStates };
};

type Case = Pick<Settings, 'input' | 'dropout' | 'activationPenalty'> & { readonly cell: CellName };

const CASES: readonly Case[] = CELL_NAMES.flatMap((cell) => [
  { cell, input: 'embedding', dropout: 0, activationPenalty: 0 },
  { cell, input: 'embedding', dropout: 0.3, activationPenalty: 0 },
  { cell, input: 'onehot', dropout: 0, activationPenalty: 0 },
  { cell, input: 'onehot', dropout: 0, activationPenalty: 0.2 },
  { cell, input: 'embedding', dropout: 0.3, activationPenalty: 0.2 },
]);

describe('the gradient of every parameter is what central differences say', () => {
  it.each(CASES)(
    '$cell, $input, dropout $dropout, price $activationPenalty, 2 layers, carried state',
    async (changes) => {
      const network = prepare({ ...changes, embeddingSize: 3, layers: 2 });
      const analytic = await network.analytic();
      const near = (await network.pricedStates()).map((state) => Math.abs(state) < 0.1);
      expect(new Set(near), 'states on both sides of 0.1').toEqual(new Set([true, false]));
      const numeric = await network.numeric();
      for (const { name, offset, shape } of tensorsOf(network.architecture)) {
        const end = offset + sizeOf(shape);
        const error = gradientError(analytic.subarray(offset, end), numeric.subarray(offset, end));
        expect(error, name).toBeLessThan(1e-6);
      }
    },
  );
});

const WAYS = ['absent', 'held', 'random'] as const;
const GATES: readonly Partial<Settings>[] = [
  ...(['inputGate', 'forgetGate', 'outputGate'] as const).flatMap((gate) =>
    WAYS.map((way) => ({ cell: 'lstm' as const, [gate]: way, [`${gate}Value`]: 0.3 })),
  ),
  { cell: 'lstm', forgetGate: 'coupled' },
  { cell: 'lstm', forgetGate: 'coupled', inputGate: 'held', inputGateValue: 0.2 },
  { cell: 'lstm', forgetGate: 'absent', inputGate: 'random', outputGate: 'held' },
  ...(['resetGate', 'updateGate'] as const).flatMap((gate) =>
    WAYS.map((way) => ({ cell: 'gru' as const, [gate]: way, [`${gate}Value`]: 0.3 })),
  ),
  { cell: 'gru', resetGate: 'random', updateGate: 'held', updateGateValue: 0.8 },
];

describe('the gradient of what is free is what central differences say', () => {
  it.each(GATES)('%o, dropout, a price of memory, 2 layers, carried state', async (changes) => {
    const size = { units: 3, layers: 2, input: 'embedding', embeddingSize: 2 } as const;
    const network = prepare({ ...size, dropout: 0.3, activationPenalty: 0.2, ...changes });
    const analytic = await network.analytic();
    const numeric = await network.numeric();
    for (const { name, offset, shape } of tensorsOf(network.architecture)) {
      const [a, n] = [analytic, numeric].map((values) => values.subarray(offset, offset + sizeOf(shape)));
      // An update gate at 1 lets nothing through: both are 0 there, to the last bit.
      const isDead = changes.updateGate === 'absent' && !name.startsWith('output');
      if (isDead)
        expect(
          [...a, ...n].every((slope) => slope === 0),
          name,
        ).toBe(true);
      else expect(gradientError(a, n), name).toBeLessThan(1e-6);
    }
    expect(network.architecture.rules.length).toBeGreaterThan(0);
  });
});

it('is the same however many rows of the logits are taken at a time', async () => {
  const whole = await prepare({ cell: 'lstm', layers: 2 }).analytic();
  const chunked = await prepare({ cell: 'lstm', layers: 2 }, 4).analytic();
  expect(relativeError(chunked, whole)).toBeLessThan(1e-13);
});
