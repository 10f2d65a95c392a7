/** Gradients of the reference engine against central differences of its own loss. */
import { describe, expect, it } from 'vitest';
import { CELL_NAMES } from '../../src/model/cells';
import type { CellName } from '../../src/model/cells';
import { gradient, passesOver } from '../../src/model/gradient';
import { sizeOf, viewOf } from '../../src/model/kernels/kernels';
import { createReferenceKernels } from '../../src/model/kernels/reference';
import { addLosses, forward } from '../../src/model/network';
import { parameterViews, tensorsOf } from '../../src/model/parameters';
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
    gradient(pass, carried, shard, parameterViews(architecture, buffers.gradient), totals);
    setState();
    return Float64Array.from(await read(buffers.gradient));
  };
  const numeric = async (): Promise<Float64Array> => {
    const slopes = new Float64Array(parameters.length);
    for (let k = 0; k < slopes.length; k++) {
      const moved = parameters.slice();
      moved[k] = parameters[k] + STEP;
      const above = await lossAt(moved);
      moved[k] = parameters[k] - STEP;
      slopes[k] = (above - (await lossAt(moved))) / (2 * STEP);
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

it('is the same however many rows of the logits are taken at a time', async () => {
  const whole = await prepare({ cell: 'lstm', layers: 2 }).analytic();
  const chunked = await prepare({ cell: 'lstm', layers: 2 }, 4).analytic();
  expect(relativeError(chunked, whole)).toBeLessThan(1e-13);
});
