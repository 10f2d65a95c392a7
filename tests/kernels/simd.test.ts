/** What the simd engine promises beyond the suite of all engines: bounds of its functions, threads, memory. */
import { describe, expect, it } from 'vitest';
import { createReferenceKernels } from '../../src/model/kernels/reference';
import { viewOf } from '../../src/model/kernels/kernels';
import type { CellName } from '../../src/model/cells';
import type { Kernels } from '../../src/model/kernels/kernels';
import { createSimdKernels } from '../../src/model/kernels/simd';
import type { Failure } from '../../src/model/failures';
import { Run } from '../../src/model/run';
import type { ThreadSource } from '../../src/model/run';
import { serveShards } from '../../src/model/shardServer';
import type { Parcel, ShardThread } from '../../src/model/shards';
import { memoryOf } from '../../src/workers/shardProtocol';
import { DEFAULT_SETTINGS } from '../../src/model/settings';
import type { Settings } from '../../src/model/settings';
import { datasetOf } from '../model/support/dataset';
import { simdProgram } from './simdProgram';

const open = async (): Promise<Kernels> => createSimdKernels(await simdProgram());

/** Every 2^-12th part of each binary range of float32 up to 2^7, of both signs, and beyond. */
const POINTS = Float32Array.from({ length: 2 * 4096 * 24 }, (_, k) => {
  const size = 2 ** (Math.floor(k / 8192) - 16) * (1 + (Math.floor(k / 2) % 4096) / 4096);
  return k % 2 ? -size : size;
});
const EXTREMES = [0, 100, -100, 3e38, -3e38, Infinity, -Infinity];
const ALL = Float32Array.from([...EXTREMES, ...POINTS]);

/** One step of cells of one unit side by side, without a recurrent weight: what the activations make of `x`. */
const activate = async (
  kernels: Kernels,
  cell: CellName,
  x: Float32Array,
  gates: number,
): Promise<ArrayLike<number>> => {
  const B = x.length;
  const buffer = (length: number) => kernels.allocate('float', length);
  const tape = {
    gates: viewOf(buffer(B * gates), [1, B, gates]),
    q: null,
    c: cell === 'lstm' ? viewOf(buffer(2 * B), [2, B, 1]) : null,
    h: viewOf(buffer(2 * B), [2, B, 1]),
  };
  kernels.write(
    tape.gates,
    Float32Array.from({ length: B * gates }, (_, k) => x[Math.floor(k / gates)]),
  );
  kernels.scan({ cell, recurrent: viewOf(buffer(gates), [1, gates]), unitVectors: null, tape });
  const values = await kernels.read(cell === 'rnn' ? tape.h : tape.gates);
  return cell === 'rnn' ? values.slice(B) : values.filter((_, k) => k % gates === 0);
};

describe('activations', () => {
  it.each([
    ['tanh', 'rnn', 1, (x: number) => Math.tanh(x)],
    ['sigmoid', 'lstm', 4, (x: number) => 1 / (1 + Math.exp(-x))],
  ] as const)('%s is right to 4e-7 of its value over the float32 range', async (_, cell, gates, exact) => {
    const values = await activate(await open(), cell, ALL, gates);
    let worst = 0;
    for (const [k, x] of ALL.entries()) {
      if (!Number.isFinite(values[k])) expect.fail(`${values[k]} at ${x}`);
      // Beyond exp(-87) nothing is left of a sigmoid in float32.
      const error = Math.abs(values[k] - exact(x)) / Math.max(Math.abs(exact(x)), 1e-37);
      if (Math.abs(x) < 87) worst = Math.max(worst, error);
      else expect(Math.abs(values[k] - exact(x))).toBeLessThan(1e-37);
    }
    expect(worst).toBeLessThan(4e-7);
  });

  it('let what is not a number through', async () => {
    const values = await activate(await open(), 'rnn', Float32Array.of(NaN, 1, NaN), 1);
    expect(Array.from(values, Number.isNaN)).toEqual([true, false, true]);
  });
});

/** Threads of this very process, each with a memory of its own; `around` stands between them and the run. */
const threadsOf = async (
  count: number,
  around: (served: ShardThread, index: number) => ShardThread = (served) => served,
  onLost: (failure: Failure) => void = () => undefined,
): Promise<ThreadSource> => {
  const others = await Promise.all(Array.from({ length: count - 1 }, open));
  return {
    most: () => count,
    open: (specs) => specs.map((spec, k) => around(serveShards(others[k], spec), k)),
    onLost,
  };
};

/** What a message does: the sender's arrays are empty from now on. */
const posted = (parcel: Parcel): Parcel => structuredClone(parcel, { transfer: memoryOf(parcel) });

describe('threads', () => {
  const dataset = datasetOf('the numbers do not depend on the number of threads; '.repeat(120));

  const train = async (settings: Settings, threads: ThreadSource, steps: number): Promise<unknown> => {
    const run = Run.create({ settings, dataset, kernels: await open(), memoryLimit: 1e9, threads });
    const losses = [];
    for (let step = 0; step < steps; step++) {
      await run.step();
      await run.settle();
      losses.push(run.metrics.loss);
    }
    const { parameters, h, c } = await run.snapshot();
    run.dispose();
    return { losses, parameters, h, c };
  };

  it.each([
    ['lstm', 18, 2, 'onehot', {}],
    ['lstm', 39, 1, 'embedding', {}],
    ['gru', 32, 2, 'onehot', {}],
    ['rnn', 24, 1, 'onehot', {}],
    ['lstm', 18, 2, 'onehot', { forgetGate: 'coupled', outputGate: 'random', weightDecay: 0.1 }],
  ] as const)('give the same bits, one to eight of them: %s, batch %i', async (cell, batch, layers, input, gates) => {
    const conditions = { dropout: 0.2, activationPenalty: 0.05 };
    const sizes = { layers, units: 10, batch, length: 9, embeddingSize: 5, seed: 5, ...conditions };
    const settings: Settings = { ...DEFAULT_SETTINGS, cell, input, ...sizes, ...gates };
    const one = await train(settings, await threadsOf(1), 6);
    for (const threads of [2, 3, 4, 5, 6, 7, 8, 16]) {
      expect(await train(settings, await threadsOf(threads), 6)).toEqual(one);
    }
  });

  it('give the same bits where the projection is made in several pieces', async () => {
    const symbols = String.fromCodePoint(...Array.from({ length: 5000 }, (_, k) => 0x4e00 + k));
    const large = datasetOf(symbols.repeat(8), 0);
    const settings = { ...DEFAULT_SETTINGS, units: 4, batch: 12, length: 256 };
    const first = async (threads: number): Promise<unknown> => {
      const source = await threadsOf(threads);
      const run = Run.create({ settings, dataset: large, kernels: await open(), memoryLimit: 1e9, threads: source });
      await run.step();
      const { parameters } = await run.snapshot();
      return parameters;
    };
    const one = await first(1);
    for (const threads of [2, 3]) expect(await first(threads)).toEqual(one);
  }, 30_000);

  it('are asked for only as far as there are parts for them, and all are closed with the run', async () => {
    const settings = { ...DEFAULT_SETTINGS, units: 6, batch: 13, length: 5 };
    let [opened, closed] = [0, 0];
    const source = await threadsOf(16, (served) => {
      opened += 1;
      return {
        ...served,
        close: () => {
          closed += 1;
          served.close();
        },
      };
    });
    const run = Run.create({ settings, dataset, kernels: await open(), memoryLimit: 1e9, threads: source });
    expect(opened).toBe(2);
    expect(run.threads).toBe(3);
    await run.step();
    run.dispose();
    expect(closed).toBe(2);
  });

  it('take the memory of a parcel along and bring it back', async () => {
    const settings = { ...DEFAULT_SETTINGS, units: 6, batch: 8, length: 5 };
    const seen = new Set<unknown>();
    let parcels = 0;
    const source = await threadsOf(2, (served) => ({
      ...served,
      compute: async (parcel) => {
        const received = posted(parcel);
        expect(parcel.gradients.every(({ length }) => length === 0)).toBe(true);
        parcels += 1;
        const answer = posted(await served.compute(received));
        for (const { buffer } of answer.gradients) seen.add(buffer);
        return answer;
      },
    }));
    expect(await train(settings, source, 6)).toEqual(await train(settings, await threadsOf(1), 6));
    expect(parcels).toBe(6);
    expect(seen.size).toBe(6);
  });

  it.each([
    ['one of two', 2, [0]],
    ['one of four', 4, [1]],
    ['all of eight', 8, [0, 1, 2, 3, 4, 5, 6]],
  ])('that are lost take no number with them, and are told of once: %s', async (_, count, victims) => {
    const settings = { ...DEFAULT_SETTINGS, layers: 2, units: 6, batch: 34, length: 5, dropout: 0.1 };
    const told: Failure[] = [];
    const closed = new Set<number>();
    const calls = new Map<number, number>();
    const source = await threadsOf(
      count,
      (served, index) => ({
        compute: async (parcel) => {
          const received = posted(parcel);
          const call = (calls.get(index) ?? 0) + 1;
          calls.set(index, call);
          // Each in a step of its own, and what it had been given is gone with it.
          if (victims.includes(index) && call === 2 + (index % 2)) throw new Error(`thread ${index} fell`);
          return served.compute(received);
        },
        close: () => {
          closed.add(index);
          served.close();
        },
      }),
      (failure) => told.push(failure),
    );
    expect(await train(settings, source, 6)).toEqual(await train(settings, await threadsOf(1), 6));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ code: 'thread-lost', cause: expect.stringMatching(/thread \d fell/) as string });
    for (const victim of victims) {
      expect(calls.get(victim)).toBe(2 + (victim % 2));
      expect(closed).toContain(victim);
    }
  });

  it('that answer a run which is gone leave the memory of others alone', async () => {
    const settings = { ...DEFAULT_SETTINGS, units: 6, batch: 8, length: 5 };
    const [kernels, other] = [await open(), await open()];
    const held: { answer: () => void } = { answer: () => undefined };
    const waiting = new Promise<void>((resolve) => {
      held.answer = resolve;
    });
    const gone = Run.create({
      settings,
      dataset,
      kernels,
      memoryLimit: 1e9,
      threads: {
        most: () => 2,
        open: ([spec]) => {
          const served = serveShards(other, spec);
          return [{ ...served, compute: (parcel) => waiting.then(() => served.compute(parcel)) }];
        },
        onLost: () => undefined,
      },
    });
    await gone.evaluate();
    const step = gone.step();
    await new Promise((resolve) => setTimeout(resolve, 20));
    gone.dispose();
    // In the memory that has just become free.
    const next = Run.create({ settings, dataset, kernels, memoryLimit: 1e9 });
    const before = await next.snapshot();
    held.answer();
    await expect(step).rejects.toThrow('disposed');
    expect((await next.snapshot()).parameters).toEqual(before.parameters);
    expect((await next.snapshot()).moments).toEqual(before.moments);
  });

  it('agree with a batch that is not cut', async () => {
    const settings = { ...DEFAULT_SETTINGS, units: 12, batch: 16, length: 8, dropout: 0.3 };
    const firstLosses = async (kernels: Kernels): Promise<number[]> => {
      const run = Run.create({ settings, dataset, kernels, memoryLimit: 1e9 });
      const losses = [];
      for (let step = 0; step < 10; step++) {
        await run.step();
        await run.settle();
        losses.push(run.metrics.loss);
      }
      return losses;
    };
    const expected = await firstLosses(createReferenceKernels());
    for (const [k, loss] of (await firstLosses(await open())).entries()) expect(loss).toBeCloseTo(expected[k], 4);
  });
});
