/** A run from its first values on: repeatable, movable, undisturbed, and honest when the numbers fail. */
import { describe, expect, it } from 'vitest';
import { FailureError } from '../../src/model/failures';
import { createReferenceKernels } from '../../src/model/kernels/reference';
import { Run } from '../../src/model/run';
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import type { Settings } from '../../src/model/settings';
import { datasetOf, PATTERN } from './support/dataset';
import { createRun, losses, SMALL } from './support/runs';
import { watch } from './support/watched';

const VARIANTS: readonly Partial<Settings>[] = [
  { cell: 'lstm', optimizer: 'adam', dropout: 0.2, layers: 2 },
  { cell: 'gru', optimizer: 'sgd', momentum: 0.9, learningRate: 0.1, input: 'embedding', embeddingSize: 5 },
  { cell: 'rnn', optimizer: 'rmsprop', schedule: 'cosine', scheduleSteps: 8, warmup: 3, recurrentInit: 'orthogonal' },
];

describe('the same seed', () => {
  it.each(VARIANTS)('gives the same first ten losses: $cell', async (settings) => {
    const first = await losses(createRun(settings), 10);
    expect(await losses(createRun(settings), 10)).toEqual(first);
    expect(await losses(createRun({ ...settings, seed: 2 }), 10)).not.toEqual(first);
  });

  it('gives the same losses whether or not each step is waited for', async () => {
    const run = createRun();
    for (let k = 0; k < 10; k++) await run.step();
    await run.settle();
    expect(run.metrics.loss).toBe((await losses(createRun(), 10))[9]);
  });
});

it.each(['lstm', 'gru', 'rnn'] as const)('learns: %s ends well below where it began', async (cell) => {
  const run = createRun({ cell, learningRate: 0.02 });
  const [first] = await losses(run, 1);
  for (let k = 0; k < 150; k++) await run.step();
  await run.settle();
  expect(first).toBeGreaterThan(2);
  expect(run.metrics.smoothedLoss).toBeLessThan(1.5);
  expect(run.metrics.heldOutLoss).toBeLessThan(1.5);
  expect(run.metrics.heldOutAccuracy).toBeGreaterThan(0.5);
  expect(run.metrics.characters).toBe(151 * 40);
});

describe('snapshot and restore', () => {
  it.each(VARIANTS)('go on bit for bit: $cell', async (settings) => {
    const run = createRun(settings);
    await losses(run, 7);
    run.change({ clip: 1 });
    const snapshot = structuredClone(await run.snapshot());
    const kernels = createReferenceKernels();
    const twin = Run.restore({ snapshot, dataset: datasetOf(PATTERN), kernels, memoryLimit: 1e9 });
    expect(twin.metrics).toEqual(run.metrics);
    expect(twin.settings).toEqual(run.settings);
    expect(twin.changes).toEqual([{ step: 7, name: 'clip', from: '5', value: '1' }]);
    const next = await losses(run, 40);
    expect(await losses(twin, 40)).toEqual(next);
    expect(twin.history).toEqual(run.history);
    expect(await twin.snapshot()).toEqual(await run.snapshot());
  });

  it('refuse another text', async () => {
    const snapshot = await createRun().snapshot();
    const dataset = datasetOf(`${PATTERN}.`);
    const restore = () => Run.restore({ snapshot, dataset, kernels: createReferenceKernels(), memoryLimit: 1e9 });
    expect(restore).toThrow('another text');
  });
});

it('does not disturb another run on the same engine', async () => {
  const kernels = createReferenceKernels();
  const runs = [createRun({ seed: 1 }, kernels), createRun({ seed: 2, cell: 'gru' }, kernels)];
  const together: number[][] = [[], []];
  for (let k = 0; k < 10; k++) {
    await Promise.all(runs.map((run) => run.step()));
    for (const [index, run] of runs.entries()) {
      await run.settle();
      together[index].push(run.metrics.loss);
    }
  }
  expect(together).toEqual([
    await losses(createRun({ seed: 1 }), 10),
    await losses(createRun({ seed: 2, cell: 'gru' }), 10),
  ]);
});

describe('the held-out loss', () => {
  it('is measured before the first step, after it, and steadily from there', async () => {
    const run = createRun({ evaluateEvery: 4 });
    await losses(run, 9);
    expect(Array.from(run.history.heldOutLoss.steps)).toEqual([0, 1, 4, 8]);
    expect(run.history.heldOutLoss.values[0]).toBeCloseTo(Math.log(14), 0);
  });

  it('leaves the training as it is', async () => {
    const often = await losses(createRun({ evaluateEvery: 1, layers: 2 }), 12);
    expect(await losses(createRun({ evaluateEvery: 100000, layers: 2 }), 12)).toEqual(often);
  });
});

describe('a measurement of the held-out loss', () => {
  it('is that of an evaluation, and leaves no trace', async () => {
    const [run, twin] = [createRun({ dropout: 0.2 }), createRun({ dropout: 0.2 })];
    await losses(run, 10);
    await losses(twin, 9);
    // Step 9 is not evaluated, step 10 is.
    const before = await twin.snapshot();
    expect((await twin.evaluateAside())?.loss).not.toBe(before.metrics.heldOutLoss);
    expect(await twin.snapshot()).toEqual(before);
    await losses(twin, 1);
    expect(await twin.snapshot()).toEqual(await run.snapshot());
    expect((await twin.evaluateAside())?.loss).toBe(run.metrics.heldOutLoss);
  });

  it('is not to be had where the text is too short', async () => {
    const run = createRun({}, createReferenceKernels(), datasetOf(PATTERN.slice(0, 100), 0.01));
    expect(await run.evaluateAside()).toBeNull();
  });
});

describe('a live change', () => {
  it('takes effect with the next step and is on the record', async () => {
    const changed = createRun({ optimizer: 'sgd', momentum: 0 });
    const plain = createRun({ optimizer: 'sgd', momentum: 0 });
    expect(await losses(changed, 3)).toEqual(await losses(plain, 3));
    changed.change({ learningRate: 0.5, clip: 5 });
    expect(changed.changes).toEqual([
      { step: 3, name: 'learningRate', from: String(DEFAULT_SETTINGS.learningRate), value: '0.5' },
    ]);
    expect(changed.settings.learningRate).toBe(0.5);
    // The fourth loss is still that of the parameters after the third step.
    expect(await losses(changed, 1)).toEqual(await losses(plain, 1));
    expect(changed.metrics.learningRate).toBe(0.5);
    expect(await losses(changed, 1)).not.toEqual(await losses(plain, 1));
  });

  it('before the first step is as if it had been so from the start', async () => {
    const run = createRun();
    run.change({ dropout: 0.5 });
    expect(run.changes).toEqual([]);
    expect(await losses(run, 5)).toEqual(await losses(createRun({ dropout: 0.5 }), 5));
  });

  it('of dropout to 0 and back changes the losses', async () => {
    const run = createRun({ dropout: 0.5 });
    run.change({ dropout: 0 });
    expect(await losses(run, 2)).toEqual(await losses(createRun({ dropout: 0 }), 2));
  });
});

describe('numbers that are not finite', () => {
  const explode = { optimizer: 'sgd', momentum: 0, clip: 0, cell: 'rnn' } as const;
  const caught = async (run: Run): Promise<unknown> => {
    try {
      for (let k = 0; k < 20; k++) await run.step();
      await run.settle();
    } catch (error) {
      return error;
    }
    return null;
  };

  it('stop the run with its last good parameters, from which it can go on', async () => {
    const run = createRun(explode);
    await losses(run, 3);
    run.change({ learningRate: 1e308 });
    const error = await caught(run);
    expect(error).toBeInstanceOf(FailureError);
    const { failure } = error as FailureError;
    expect(failure).toMatchObject({ code: 'not-finite' });
    const failedAt = failure.code === 'not-finite' ? failure.step : NaN;
    expect(run.metrics.step).toBe(failedAt - 1);
    expect(run.metrics.loss).toBeLessThan(Infinity);
    const snapshot = await run.snapshot();
    expect(snapshot.counters.step).toBe(failedAt - 1);
    expect(snapshot.parameters.every(Number.isFinite)).toBe(true);
    expect(snapshot.h.every((state) => state.every((value) => value === 0))).toBe(true);
    // The same again, one step at a time: nothing that was queued behind the bad step had touched the parameters.
    const slow = createRun(explode);
    await losses(slow, 3);
    slow.change({ learningRate: 1e308 });
    await losses(slow, failedAt - 1 - 3);
    expect((await slow.snapshot()).parameters).toEqual(snapshot.parameters);
  });

  it('are those that float32 cannot hold, on every engine', async () => {
    const run = createRun(explode);
    await losses(run, 3);
    const snapshot = await run.snapshot();
    const surroundings = { dataset: datasetOf(PATTERN), kernels: createReferenceKernels(), memoryLimit: 1e9 };
    const parameters = Float64Array.from(snapshot.parameters, (value) => value * 1e41);
    const wild = Run.restore({ snapshot: { ...snapshot, parameters }, ...surroundings });
    expect(await caught(wild)).toMatchObject({ failure: { code: 'not-finite', step: 4, quantity: 'loss' } });
  });

  it('are noticed where only one loss is bad, and the run goes on from the zero state', async () => {
    const run = createRun();
    await losses(run, 3);
    const good = await run.snapshot();
    const h = good.h.map((state) => state.map(() => NaN));
    const surroundings = { dataset: datasetOf(PATTERN), kernels: createReferenceKernels(), memoryLimit: 1e9 };
    const twin = Run.restore({ snapshot: { ...good, h }, ...surroundings });
    expect(await caught(twin)).toMatchObject({ failure: { code: 'not-finite', step: 4, quantity: 'loss' } });
    expect((await twin.snapshot()).parameters).toEqual(good.parameters);
    expect((await losses(twin, 2)).every(Number.isFinite)).toBe(true);
    expect(twin.metrics.step).toBe(5);
  });
});

describe('a run that is rolled back', () => {
  it('makes the same steps again, and shows what has happened until it makes the first of them', async () => {
    const run = createRun();
    await losses(run, 5);
    const snapshot = await run.snapshot();
    const expected = await losses(run, 10);
    const shown = run.history;
    run.rollBack(snapshot);
    expect(run.metrics).toEqual(snapshot.metrics);
    expect(run.history).toEqual(shown);
    expect(await run.snapshot()).toEqual(snapshot);
    expect(await losses(run, 10)).toEqual(expected);
    expect(run.history).toEqual(shown);
    expect(run.changes).toEqual([]);
  });

  it('keeps the settings of now, as a change made where it goes on', async () => {
    const run = createRun();
    await losses(run, 5);
    const snapshot = await run.snapshot();
    await losses(run, 2);
    run.change({ learningRate: 0.001 });
    await losses(run, 1);
    run.rollBack(snapshot);
    expect(run.settings.learningRate).toBe(0.001);
    expect(run.changes).toEqual([
      { step: 5, name: 'learningRate', from: String(DEFAULT_SETTINGS.learningRate), value: '0.001' },
    ]);
  });
});

describe('an evaluation', () => {
  const dataset = datasetOf(PATTERN.repeat(40));

  it('lets others have their turn between its windows, and changes nothing by it', async () => {
    let breaths = 0;
    const surroundings = { dataset, kernels: createReferenceKernels(), memoryLimit: 1e9 };
    const breathe = () => {
      breaths += 1;
      return Promise.resolve();
    };
    const run = Run.create({ ...surroundings, settings: SMALL, breathe });
    await run.evaluate();
    expect(breaths).toBeGreaterThan(3);
    expect(await losses(run, 10)).toEqual(await losses(createRun({}, createReferenceKernels(), dataset), 10));
  });

  it('ends where the run is disposed of meanwhile', async () => {
    const watched = watch(createReferenceKernels());
    let breaths = 0;
    const run = Run.create({
      dataset,
      kernels: watched.kernels,
      memoryLimit: 1e9,
      settings: SMALL,
      breathe: () => {
        breaths += 1;
        if (breaths === 3) run.dispose();
        return Promise.resolve();
      },
    });
    await expect(run.evaluate()).rejects.toThrow('disposed');
    expect(breaths).toBe(3);
  });
});

describe('a short text', () => {
  it('of 100 characters trains with a smaller batch and length, and says so', async () => {
    const run = createRun({ batch: 16, length: 48 }, createReferenceKernels(), datasetOf(PATTERN.slice(0, 100)));
    expect(run.adjustments).toEqual([
      { name: 'batch', wanted: 16, used: 1 },
      { name: 'length', wanted: 48, used: 22 },
    ]);
    const values = await losses(run, 30);
    expect(values[29]).toBeLessThan(values[0]);
    expect(run.metrics.heldOutLoss).toBeGreaterThan(0);
    expect(run.metrics.characters).toBe(30 * 22);
  });

  it('without two held-out characters has no held-out loss', async () => {
    const run = createRun({}, createReferenceKernels(), datasetOf(PATTERN.slice(0, 100), 0.01));
    await losses(run, 2);
    expect(run.heldOutLength).toBe(1);
    expect(run.metrics.heldOutLoss).toBeNaN();
  });
});

describe('the device', () => {
  it('allocates nothing in a step, and is asked for three numbers a step', async () => {
    const watched = watch(createReferenceKernels());
    const run = createRun({ evaluateEvery: 100000, dropout: 0.1, layers: 2 }, watched.kernels);
    await losses(run, 2);
    const { allocations } = watched;
    watched.reads.length = 0;
    for (let k = 0; k < 20; k++) await run.step();
    await run.settle();
    expect(watched.allocations).toBe(allocations);
    expect(watched.reads).toEqual(Array.from({ length: 20 }, () => 3));
  });

  it('has two steps in flight and no more', async () => {
    const watched = watch(createReferenceKernels(), 3);
    const run = createRun({ evaluateEvery: 100000 }, watched.kernels);
    await losses(run, 2);
    watched.pending.most = 0;
    for (let k = 0; k < 20; k++) await run.step();
    await run.settle();
    expect(watched.pending.most).toBe(2);
    expect(run.metrics.step).toBe(22);
  });

  it('holds no more bytes than the cost says, and nothing after dispose', async () => {
    const watched = watch(createReferenceKernels(), 1);
    const run = createRun({ cell: 'gru', input: 'embedding', layers: 2 }, watched.kernels);
    await run.step();
    const probe = run.probe(
      Int32Array.from({ length: 256 }, (_, k) => k % 5),
      1,
    );
    const sample = run.sample({ prompt: Int32Array.of(1, 2), temperature: 1, topK: 0, topP: 1, count: 100, seed: 1 });
    await sample.next();
    await probe;
    const bytes = [...watched.live].reduce((sum, { kind, length }) => sum + length * (kind === 'float' ? 8 : 4), 0);
    expect(bytes).toBe(run.cost.bytes);
    void run.probe(Int32Array.of(1, 2, 3), 0);
    await run.step();
    run.dispose();
    run.dispose();
    expect(watched.live.size).toBe(0);
    expect((await sample.next()).done).toBe(true);
    await expect(run.step()).rejects.toThrow('disposed');
  });

  it('is left alone where the configuration does not fit, and the nearest that fits is named', () => {
    const watched = watch(createReferenceKernels());
    const dataset = datasetOf(PATTERN);
    const create = (settings: Settings, memoryLimit: number) =>
      Run.create({ settings, dataset, kernels: watched.kernels, memoryLimit });
    const settings = { ...SMALL, units: 256 };
    try {
      create(settings, 3_000_000);
      expect.unreachable();
    } catch (error) {
      const failure = (error as FailureError).failure;
      if (failure.code !== 'too-large-for-memory') throw error;
      expect(failure.bytes).toBeGreaterThan(3_000_000);
      expect(failure.limit).toBe(3_000_000);
      expect(watched.allocations).toBe(0);
      create({ ...settings, ...failure.nearest }, 3_000_000).dispose();
    }
    const real = createReferenceKernels();
    const stingy = watch({
      ...real,
      allocate: (kind, length) => {
        if (length > 1000) throw new RangeError('Not that much');
        return real.allocate(kind, length);
      },
    });
    expect(() => createRun({}, stingy.kernels)).toThrow('too-large-for-memory');
    expect(stingy.live.size).toBe(0);
  });
});
