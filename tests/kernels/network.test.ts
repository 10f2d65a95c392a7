/** Whole networks and whole runs on every engine, against the float64 reference. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CELL_NAMES } from '../../src/model/cells';
import type { Kernels } from '../../src/model/kernels/kernels';
import { createReferenceKernels } from '../../src/model/kernels/reference';
import { initialParameters, tensorsOf } from '../../src/model/parameters';
import { Run } from '../../src/model/run';
import type { Settings } from '../../src/model/settings';
import { datasetOf, PATTERN } from '../model/support/dataset';
import { setUp } from '../model/support/network';
import { createRun, losses } from '../model/support/runs';
import { expectSame, noise } from './compare';
import type { Values } from './compare';
import { ENGINES } from './engines';

const DATASET = datasetOf(PATTERN);
const IDS = Uint16Array.from(DATASET.ids);
const SYMBOLS = DATASET.vocabulary.codePoints.length;

const NETWORKS: readonly Partial<Settings>[] = CELL_NAMES.flatMap((cell) => [
  { cell, input: 'onehot', activationPenalty: 0 },
  { cell, input: 'onehot', activationPenalty: 0.2 },
  { cell, input: 'embedding', embeddingSize: 7, dropout: 0.3, activationPenalty: 0.05 },
]);

/** Every setting of every gate. */
const GATES: readonly Partial<Settings>[] = [
  { cell: 'lstm', inputGate: 'absent', forgetGate: 'held', forgetGateValue: 0.9, outputGate: 'random' },
  { cell: 'lstm', inputGate: 'held', inputGateValue: 0.3, forgetGate: 'random', outputGate: 'absent' },
  { cell: 'lstm', inputGate: 'random', forgetGate: 'absent', outputGate: 'held', outputGateValue: 0.6 },
  { cell: 'lstm', forgetGate: 'coupled', activationPenalty: 0.05, dropout: 0.3 },
  { cell: 'gru', resetGate: 'absent', updateGate: 'held', updateGateValue: 0.8 },
  { cell: 'gru', resetGate: 'held', resetGateValue: 0.4, updateGate: 'random' },
  { cell: 'gru', resetGate: 'random', updateGate: 'absent' },
];

/** One training step from given first values: everything it leaves on the device. */
const trainOnce = async (kernels: Kernels, changes: Partial<Settings>): Promise<Record<string, Values>> => {
  const settings = { layers: 2, units: 10, batch: 3, length: 13, clip: 0.5, weightDecay: 0.01, ...changes };
  const { trainer, read, write, settings: all } = setUp(kernels, settings, IDS, SYMBOLS);
  const { buffers, architecture } = trainer;
  write(buffers.parameters, initialParameters(architecture, all));
  for (const [layer, buffer] of buffers.state.h.entries()) write(buffer, noise(layer, buffer.length));
  for (const [layer, buffer] of (buffers.state.c ?? []).entries()) write(buffer, noise(9 + layer, buffer.length));
  const { loss, norm } = await (await trainer.queueStep(all)).result;

  const values: Record<string, Values> = { loss: [loss], norm: [norm] };
  const keep = async (name: string, buffer: Parameters<typeof read>[0] | null) => {
    if (buffer) values[name] = await read(buffer);
  };
  for (const [layer, { gates, q, c, h }] of buffers.forward.layers.entries()) {
    await keep(`gates ${String(layer)}`, gates);
    await keep(`q ${String(layer)}`, q);
    await keep(`c ${String(layer)}`, c);
    await keep(`h ${String(layer)}`, h);
  }
  for (const [layer, buffer] of buffers.state.h.entries()) await keep(`state ${String(layer)}`, buffer);
  const gradient = await read(buffers.gradient);
  const parameters = await read(buffers.parameters);
  for (const { name, offset, shape } of tensorsOf(architecture)) {
    const end = offset + shape.reduce((a, b) => a * b, 1);
    values[`gradient of ${name}`] = gradient.subarray(offset, end);
    values[`new ${name}`] = parameters.subarray(offset, end);
  }
  return values;
};

const restore = async (run: Run, kernels: Kernels): Promise<Run> => {
  const snapshot = structuredClone(await run.snapshot());
  return Run.restore({ snapshot, dataset: DATASET, kernels, memoryLimit: 1e9 });
};

const largestDifference = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((value, k) => Math.abs(value - b[k])));

describe.each(ENGINES)('$name', (engine) => {
  let kernels: Kernels;
  beforeAll(async () => {
    kernels = await engine.open();
  });
  afterAll(() => {
    kernels.dispose();
  });

  it.each(NETWORKS)(
    'computes $cell with $input, price $activationPenalty: tapes, loss, every gradient, every parameter',
    async (settings) => {
      const expected = await trainOnce(createReferenceKernels(), settings);
      expect(Object.keys(expected).length).toBeGreaterThan(20);
      expectSame(await trainOnce(kernels, settings), expected);
    },
  );

  it.each(GATES)('computes gates that are not learned: %o', async (settings) => {
    expectSame(await trainOnce(kernels, settings), await trainOnce(createReferenceKernels(), settings));
  });

  it.each([
    ...CELL_NAMES.map((cell) => ({ cell })),
    { cell: 'lstm', forgetGate: 'coupled', outputGate: 'random', weightDecay: 0.001 } as const,
  ])('keeps the losses of 50 steps of %o', async (changes) => {
    const settings: Partial<Settings> = {
      ...changes,
      units: 16,
      batch: 4,
      length: 12,
      learningRate: 0.02,
      evaluateEvery: 25,
    };
    const reference = createRun(settings);
    const run = createRun(settings, kernels);
    const expected = await losses(reference, 50);
    const actual = await losses(run, 50);
    expect(largestDifference(actual, expected)).toBeLessThan(1e-3);
    expect(expected[49]).toBeLessThan(expected[0] - 0.5);
    expect(Math.abs(run.metrics.heldOutLoss - reference.metrics.heldOutLoss)).toBeLessThan(1e-3);
    run.dispose();
  });

  it('continues a run of another engine, and hands it back', async () => {
    const settings: Partial<Settings> = { layers: 2, units: 12, dropout: 0.2, activationPenalty: 0.01 };
    const expected = await losses(createRun(settings), 24);
    const first = createRun(settings);
    const actual = await losses(first, 8);
    const second = await restore(first, kernels);
    actual.push(...(await losses(second, 8)));
    const third = await restore(second, createReferenceKernels());
    actual.push(...(await losses(third, 8)));
    expect(largestDifference(actual, expected)).toBeLessThan(1e-3);
    second.dispose();
  });

  it('shows the same probe and writes the same text', async () => {
    const settings: Partial<Settings> = { units: 12 };
    const look = async (run: Run) => {
      await losses(run, 5);
      const { values, surprise, topProbabilities } = await run.probe(Int32Array.from(IDS.subarray(0, 21)), 0);
      const written: number[] = [];
      const prompt = Int32Array.from(IDS.subarray(0, 5));
      for await (const id of run.sample({ prompt, temperature: 0.8, topK: 0, topP: 1, count: 20, seed: 3 }))
        written.push(id);
      run.dispose();
      return { values, surprise: surprise.subarray(1), topProbabilities, written };
    };
    expectSame(await look(createRun(settings, kernels)), await look(createRun(settings)), 1e-3);
  });

  it('leaves the parameters alone where a loss is not finite', async () => {
    const snapshot = await createRun({}, kernels).snapshot();
    const parameters = snapshot.parameters.fill(kernels.precision === 'float32' ? 3e38 : 1e308);
    const run = Run.restore({ snapshot: { ...snapshot, parameters }, dataset: DATASET, kernels, memoryLimit: 1e9 });
    await run.step();
    await run.step();
    await expect(run.settle()).rejects.toMatchObject({ failure: { code: 'not-finite', step: 1 } });
    expectSame({ parameters: (await run.snapshot()).parameters }, { parameters });
    run.dispose();
  });
});
