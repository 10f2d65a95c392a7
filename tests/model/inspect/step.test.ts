/** A step in its parts: numbers of the very step that the run makes, which is the same step unwatched. */
import { Chronicle } from '../../../src/model/chronicle';
import { describe, expect, it } from 'vitest';
import { CELL_NAMES } from '../../../src/model/cells';
import { moves } from '../../../src/model/inspect/moves';
import { partsOf } from '../../../src/model/inspect/step';
import { createReferenceKernels } from '../../../src/model/kernels/reference';
import type { HostArray, Kernels } from '../../../src/model/kernels/kernels';
import { createSimdKernels } from '../../../src/model/kernels/simd';
import { architectureOf, tensorsOf } from '../../../src/model/parameters';
import { Run } from '../../../src/model/run';
import type { Settings } from '../../../src/model/settings';
import { serveShards } from '../../../src/model/shardServer';
import { StepWatch, type WatchedStep } from '../../../src/model/stepWatch';
import { FIRST_COUNTERS } from '../../../src/model/trainer';
import { simdProgram } from '../../kernels/simdProgram';
import { datasetOf, PATTERN } from '../support/dataset';
import { setUp } from '../support/network';
import { createRun, SMALL } from '../support/runs';

const simd = async (): Promise<Kernels> => createSimdKernels(await simdProgram());

/** Makes steps, the last of them watched. */
const watchedAfter = async (run: Run, steps: number, layer = 0): Promise<WatchedStep> => {
  for (let k = 1; k < steps; k++) await run.step();
  const watch = new StepWatch(layer);
  await run.step(watch);
  await run.settle();
  const watched = await watch.read();
  if (watched === null) throw new Error('nothing was watched');
  return watched;
};

const VARIANTS: readonly Partial<Settings>[] = [
  { cell: 'lstm', layers: 2, dropout: 0.2, batch: 13 },
  { cell: 'gru', input: 'embedding', embeddingSize: 5, batch: 18 },
  { cell: 'rnn', activationPenalty: 0.05, batch: 8 },
];

describe('a step that is watched', () => {
  it.each(VARIANTS)('has the bits that it has unwatched, on simd and with threads: $cell', async (changes) => {
    const train = async (isWatched: boolean, threads: number): Promise<unknown> => {
      const others = await Promise.all(Array.from({ length: threads - 1 }, simd));
      const run = Run.create({
        settings: { ...SMALL, ...changes },
        dataset: datasetOf(PATTERN),
        kernels: await simd(),
        memoryLimit: 1e9,
        threads: {
          most: () => threads,
          open: (specs) => specs.map((spec, k) => serveShards(others[k], spec)),
          onLost: () => undefined,
        },
      });
      const losses = [];
      for (let k = 0; k < 12; k++) {
        await run.step(isWatched && k % 3 > 0 ? new StepWatch(0) : null);
        await run.settle();
        losses.push(run.metrics.loss);
      }
      const { parameters, moments, h, c } = await run.snapshot();
      return { losses, parameters, moments, h, c };
    };
    const unwatched = await train(false, 1);
    expect(await train(true, 1)).toEqual(unwatched);
    expect(await train(true, 3)).toEqual(unwatched);
  });

  it('is none where no step was made', async () => {
    expect(await new StepWatch(0).read()).toBeNull();
  });
});

describe('the losses', () => {
  it.each(CELL_NAMES)('of all characters have the mean that the step tells: %s', async (cell) => {
    const [exact, single] = [createRun({ cell, batch: 6 }), createRun({ cell, batch: 13 }, await simd())];
    const parts = partsOf(await watchedAfter(exact, 4));
    expect(parts.meanLoss).toBeCloseTo(exact.metrics.loss, 10);
    expect(partsOf(await watchedAfter(single, 4)).meanLoss).toBeCloseTo(single.metrics.loss, 5);
    expect(parts).toMatchObject({ step: 4, T: 10, B: 6, row: 0 });
  });

  it('are those of the row, with the guesses that go with them', async () => {
    const run = createRun({ batch: 6, learningRate: 0.02 });
    const { ids, next, losses, guesses, guessed } = partsOf(await watchedAfter(run, 60));
    const text = run.dataset.ids;
    // Step 60 of a stream that begins anew at its end.
    const start = Array.from(text.keys()).find((at) => ids.every((id, t) => text[at + t] === id));
    expect(start).toBeDefined();
    expect(Array.from(next)).toEqual(Array.from(ids, (_, t) => text[(start ?? 0) + t + 1]));
    next.forEach((id, t) => {
      const p = Math.exp(-losses[t]);
      if (id === guesses[t]) expect(p).toBeCloseTo(guessed[t], 5);
      else expect(p).toBeLessThanOrEqual(Math.min(guessed[t], 1 - guessed[t]) + 1e-6);
    });
    expect(next.filter((id, t) => id === guesses[t]).length).toBeGreaterThan(3);
  });
});

describe('the gradients', () => {
  it.each(CELL_NAMES)('are those of central differences of what each character adds to the gates: %s', async (cell) => {
    const [T, H, epsilon] = [8, 3, 1e-5];
    // Each character stands in the row once, so its row of the input weights is added at one place only.
    const ids = Uint16Array.from({ length: 60 }, (_, k) => (k * 7) % 10);
    const sizes = { cell, units: H, batch: 1, length: T, optimizer: 'sgd', momentum: 0, learningRate: 1e-12 } as const;
    const { trainer, settings, read, write } = setUp(
      createReferenceKernels(),
      { ...sizes, activationPenalty: 0 },
      ids,
      10,
    );
    const { buffers, architecture } = trainer;
    const random = Float64Array.from({ length: buffers.parameters.length }, (_, k) => Math.sin(3 * k + 1) / 2);
    const step = async (parameters: ArrayLike<number>, watch: StepWatch | null = null): Promise<number> => {
      write(buffers.parameters, parameters);
      trainer.rewind(FIRST_COUNTERS);
      return (await (await trainer.queueStep(settings, watch)).result).loss;
    };
    const watch = new StepWatch(0);
    await step(random, watch);
    const watched = await watch.read();
    if (watched === null) throw new Error('nothing was watched');
    const { ids: row, gradients } = partsOf(watched);
    const width = architecture.cell.gates.length * H;
    const input = tensorsOf(architecture).find(({ name }) => name === 'layers.0.input');
    for (let t = 0; t < T; t++) {
      let square = 0;
      for (let k = 0; k < width; k++) {
        const at = (input?.offset ?? NaN) + row[t] * width + k;
        const moved = async (by: number): Promise<number> =>
          step(random.map((value, n) => (n === at ? value + by : value)));
        square += (((await moved(epsilon)) - (await moved(-epsilon))) / (2 * epsilon)) ** 2;
      }
      expect(gradients[t]).toBeCloseTo(Math.sqrt(square), 6);
    }
    expect(Math.max(...gradients)).toBeGreaterThan(0.01);
    expect(await read(buffers.parameters)).toHaveLength(random.length);
  });
});

describe('what moved', () => {
  const SHAPES: readonly (readonly [changes: Partial<Settings>, layer: number])[] = [
    [{ cell: 'lstm', layers: 2, batch: 5 }, 1],
    [{ cell: 'gru', input: 'embedding', embeddingSize: 4, layers: 2, batch: 5 }, 0],
    [{ cell: 'rnn', batch: 5 }, 0],
  ];

  /** Values of each tensor of the layer, as [row][column]. */
  const layerOf = (changes: Partial<Settings>, symbols: number, layer: number, flat: HostArray) => {
    const architecture = architectureOf({ ...SMALL, ...changes }, symbols);
    const prefix = `layers.${String(layer)}.`;
    return tensorsOf(architecture)
      .filter(({ name }) => name.startsWith(prefix))
      .map(({ name, offset, shape }) => {
        const columns = shape.at(-1) ?? 1;
        const rows = shape.length > 1 ? shape[0] : 1;
        const values = Array.from({ length: rows }, (_, k) => [
          ...flat.subarray(offset + k * columns, offset + (k + 1) * columns),
        ]);
        return { name: name.slice(prefix.length), values };
      });
  };

  it.each(SHAPES)('is the difference of the parameters: %o', async (changes, layer) => {
    const run = createRun(changes);
    await run.step();
    const before = await run.snapshot();
    const watched = await watchedAfter(run, 1, layer);
    const after = await run.snapshot();
    expect(watched.before).toEqual(before.parameters);
    expect(watched.after).toEqual(after.parameters);
    const { groups, units } = partsOf(watched);
    const V = run.dataset.vocabulary.codePoints.length;
    const { cell } = architectureOf({ ...SMALL, ...changes }, V);
    const { units: H } = SMALL;
    const [old, now] = [before, after].map(({ parameters }) => layerOf(changes, V, layer, parameters));
    /** Over all weights of the layer that lead into one of these columns of the gates. */
    const moved = (leads: (column: number) => boolean): number => {
      let [added, size] = [0, 0];
      old.forEach(({ name, values }, n) => {
        values.forEach((line, k) => {
          line.forEach((value, column) => {
            if (!leads(name === 'candidateBias' ? (cell.gates.length - 1) * H + column : column)) return;
            added += (now[n].values[k][column] - value) ** 2;
            size += value ** 2;
          });
        });
      });
      return Math.sqrt(added / size);
    };
    cell.gates.forEach((gate, g) => {
      const told = groups.find((group) => group.gate === gate)?.moved;
      expect(told).toBeCloseTo(
        moved((column) => Math.floor(column / H) === g),
        10,
      );
      expect(told).toBeGreaterThan(0);
    });
    units.forEach((told, unit) => {
      expect(told).toBeCloseTo(
        moved((column) => column % H === unit),
        6,
      );
    });
    expect(groups.map(({ of }) => of).filter((of) => of !== 'gate')).toEqual([
      ...(changes.input === 'embedding' ? ['embedding'] : []),
      ...(changes.layers === 2 ? ['layer'] : []),
      'output',
    ]);
    expect(groups.every(({ moved: share }) => share > 0)).toBe(true);

    // The weights of one unit that moved the most: none beside them moved further.
    const subject = {
      runId: 'a',
      run,
      ids: new Int32Array(0),
      layer,
      chronicle: new Chronicle(),
      then: null,
      watched: () => Promise.resolve(watched),
    };
    const answer = await moves.answer(subject, { unit: 3 });
    const all = old.flatMap(({ values }, n) =>
      values.flatMap((line, k) =>
        line.flatMap((value, column) => (column % H === 3 ? [Math.abs(now[n].values[k][column] - value)] : [])),
      ),
    );
    const most = all.sort((a, b) => b - a).slice(0, 5);
    expect(answer?.moves.map((move) => Math.abs(move.after - move.before))).toEqual(most);
    for (const { gate, from, index, before: value } of answer?.moves ?? []) {
      const names = { symbol: 'input', embedding: 'input', below: 'input', unit: 'recurrent', bias: 'bias' } as const;
      const values = old.find(({ name }) => name === names[from])?.values;
      if (from !== 'bias') expect(values?.[index][cell.gates.indexOf(gate) * H + 3]).toBe(value);
    }
    expect(await moves.answer(subject, { unit: H })).toBeNull();
    expect(await moves.answer({ ...subject, watched: () => Promise.resolve(null) }, { unit: 0 })).toBeNull();
  });
});
