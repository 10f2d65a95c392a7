/** What the simd engine promises beyond the suite of all engines: bounds of its functions, threads, memory. */
import { describe, expect, it } from 'vitest';
import { createReferenceKernels } from '../../src/model/kernels/reference';
import { viewOf } from '../../src/model/kernels/kernels';
import type { CellName } from '../../src/model/cells';
import type { Kernels } from '../../src/model/kernels/kernels';
import { createSimdKernels } from '../../src/model/kernels/simd';
import type { ShardThread } from '../../src/model/batchGradient';
import { Run } from '../../src/model/run';
import { serveShards } from '../../src/model/shardServer';
import { memoryOf } from '../../src/workers/shardProtocol';
import { DEFAULT_SETTINGS } from '../../src/model/settings';
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
  kernels.scan({ cell, recurrent: viewOf(buffer(gates), [1, gates]), recurrentBias: null, tape });
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

describe('threads', () => {
  const dataset = datasetOf('the numbers do not depend on the number of threads; '.repeat(40));
  it.each(['lstm', 'gru', 'rnn'] as const)('give the same bits, one to four of them: %s', async (cell) => {
    const settings = { ...DEFAULT_SETTINGS, cell, layers: 2, units: 10, batch: 18, length: 9, dropout: 0.2, seed: 5 };
    const train = async (threads: number): Promise<unknown> => {
      const others = await Promise.all(Array.from({ length: threads - 1 }, open));
      const run = Run.create({
        settings,
        dataset,
        kernels: await open(),
        memoryLimit: 1e9,
        openThreads: (spec) => others.map((kernels) => serveShards(kernels, spec)),
      });
      const losses = [];
      for (let step = 0; step < 8; step++) {
        await run.step();
        await run.settle();
        losses.push(run.metrics.loss);
      }
      const { parameters, h } = await run.snapshot();
      run.dispose();
      return { losses, parameters, h };
    };
    const one = await train(1);
    for (const threads of [2, 3, 4]) expect(await train(threads)).toEqual(one);
  });

  it('take the memory of a parcel along, and a parcel that was lost is packed anew', async () => {
    const settings = { ...DEFAULT_SETTINGS, units: 6, batch: 8, length: 5 };
    const train = async (threads: (served: ShardThread) => ShardThread): Promise<readonly number[]> => {
      const other = await open();
      const run = Run.create({
        settings,
        dataset,
        kernels: await open(),
        memoryLimit: 1e9,
        openThreads: (spec) => [threads(serveShards(other, spec))],
      });
      const losses: number[] = [];
      const from = await run.snapshot();
      for (let step = 0; step < 6; step++) {
        try {
          await run.step();
          await run.settle();
          losses.push(run.metrics.loss);
        } catch (error) {
          expect(error).toEqual(new Error('lost'));
          losses.length = 0;
          run.rollBack(from);
        }
      }
      return losses;
    };
    const moved: number[] = [];
    let calls = 0;
    const losing = await train((served) => ({
      ...served,
      compute: async (parcel) => {
        // What a message does: the sender's arrays are empty from now on.
        const received = structuredClone(parcel, { transfer: memoryOf(parcel) });
        moved.push(parcel.parameters.length);
        calls += 1;
        if (calls === 3) throw new Error('lost');
        return served.compute(received);
      },
    }));
    expect(moved).toEqual([0, 0, 0, 0, 0, 0]);
    const whole = await train((served) => served);
    expect(losing).toHaveLength(3);
    expect(losing).toEqual(whole.slice(0, 3));
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
      openThreads: (spec) => {
        const served = serveShards(other, spec);
        return [{ ...served, compute: (parcel) => waiting.then(() => served.compute(parcel)) }];
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
