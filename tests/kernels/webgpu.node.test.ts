/** What the WGSL engine promises beyond right numbers: few dispatches, bounded ones, errors that are heard. */
import { describe, expect, it, vi } from 'vitest';
import { CELL_NAMES } from '../../src/model/cells';
import { subview } from '../../src/model/kernels/kernels';
import type { Kernels, View } from '../../src/model/kernels/kernels';
import { createReferenceKernels } from '../../src/model/kernels/reference';
import { createWebGpuKernels } from '../../src/model/kernels/webgpu';
import type { WebGpuOptions } from '../../src/model/kernels/webgpu';
import { Queue } from '../../src/model/kernels/webgpu/queue';
import { split } from '../../src/model/kernels/webgpu/stretches';
import { initialParameters } from '../../src/model/parameters';
import type { Settings } from '../../src/model/settings';
import { setUp } from '../model/support/network';
import { Bench, expectSame, indices, noise } from './compare';
import type { Values } from './compare';
import { adapter, openDevice } from './webgpuDevice';
import type { Offer } from './webgpuDevice';

// Software devices compile for seconds.
vi.setConfig({ testTimeout: 120_000 });

const CUTS = ['deep', 'wide'] as const;
const SYMBOLS = 65;

const open = async (options: WebGpuOptions = {}, offer: Offer = 'raised') => {
  const device = await openDevice(offer);
  const errors: string[] = [];
  const kernels = createWebGpuKernels(device, {
    ...(adapter && { subgroups: adapter.info }),
    onFailure: (failure) => errors.push(failure.code),
    ...options,
  });
  return { device, kernels, errors };
};

/** Dispatches of the second training step. */
const dispatchesOf = async (kernels: Awaited<ReturnType<typeof open>>['kernels'], changes: Partial<Settings>) => {
  const ids = Uint16Array.from(indices(1, 5000, SYMBOLS));
  const { trainer, settings, write } = setUp(kernels, { batch: 32, ...changes }, ids, SYMBOLS);
  write(trainer.buffers.parameters, initialParameters(trainer.architecture, settings));
  await (
    await trainer.queueStep(settings)
  ).result;
  const before = kernels.dispatches;
  const queued = await trainer.queueStep(settings);
  const count = kernels.dispatches - before;
  expect((await queued.result).loss).toBeGreaterThan(0);
  return count;
};

/** A scan of an LSTM there and back. */
const scanBoth = async (
  kernels: Kernels,
  T: number,
  B: number,
  H: number,
  price = 0,
): Promise<Record<string, Values>> => {
  const bench = new Bench(kernels);
  const states = (key: number): View => {
    const view = bench.floats([T + 1, B, H]);
    kernels.write(subview(view, 0, [B, H]), noise(key, B * H));
    return view;
  };
  const gates = bench.floats([T, B, 4 * H], noise(1, T * B * 4 * H, 2));
  const recurrent = bench.floats([H, 4 * H], noise(4, 4 * H * H, 1 / Math.sqrt(H)));
  const tape = { gates, q: null, c: states(2), h: states(3) };
  const scan = { cell: 'lstm', recurrent, unitVectors: null, tape } as const;
  const dgates = bench.floats([T, B, 4 * H]);
  const dh = bench.floats([T, B, H], noise(6, T * B * H));
  const dhCarry = bench.floats([B, H], noise(7, B * H));
  const dcCarry = bench.floats([B, H], noise(8, B * H));
  kernels.scan(scan);
  kernels.scanBackward({ ...scan, dh, dgates, drecurrent: null, dhCarry, dcCarry, price });
  const values = await bench.read({ h: tape.h, c: tape.c, gates, dgates, dhCarry, dcCarry });
  bench.free();
  return values;
};

describe.skipIf(!adapter)('the engine of WGSL programs', () => {
  describe.each(CUTS)('cut %s', (cut) => {
    it.each(CELL_NAMES)('trains a layer of %s in at most 16 dispatches, however long the sequence', async (cell) => {
      // No dispatch seems long, however busy the machine is.
      const { kernels, device } = await open({ cut, now: () => 0 });
      const short = await dispatchesOf(kernels, { cell, units: 24, length: 8 });
      const long = await dispatchesOf(kernels, { cell, units: 24, length: 64 });
      expect(long).toBeLessThanOrEqual(16);
      expect(short).toBe(long);
      device.destroy();
    });

    it.each([
      [3, 2, 300],
      [2, 35, 130],
      [2, 3, 512],
    ])('scans %i steps of %i streams with %i units', async (T, B, H) => {
      const { kernels, device } = await open({ cut }, 'baseline');
      expectSame(await scanBoth(kernels, T, B, H), await scanBoth(createReferenceKernels(), T, B, H));
      device.destroy();
    });

    it('gives the same bits every time', async () => {
      const { kernels, device } = await open({ cut });
      expect(await scanBoth(kernels, 5, 6, 33)).toEqual(await scanBoth(kernels, 5, 6, 33));
      device.destroy();
    });
  });

  it('splits over time what has been seen to take longer than 200 ms, with the same results', async () => {
    let time = 0;
    const { kernels, device } = await open({ now: () => (time += 450) });
    const whole = await scanBoth(kernels, 11, 3, 20, 0.3);
    const count = async (): Promise<number> => {
      const before = kernels.dispatches;
      expectSame(await scanBoth(kernels, 11, 3, 20, 0.3), whole, 1e-7);
      return kernels.dispatches - before;
    };
    const counts = [await count(), await count(), await count(), await count()];
    // One dispatch each way as long as nothing is known; then three pieces of at most 200 ms for 450 ms.
    expect(counts).toEqual([2, 2, 2, 6]);
    device.destroy();
  });

  it('reports a program that is not valid, and computes nothing in silence', async () => {
    const { kernels, device, errors } = await open();
    const queue = new Queue(device, () => undefined);
    const program = queue.program('broken', () => ({ buffers: {}, parameters: { a: 'u32' }, code: 'fn main( {' }));
    queue.dispatch(program, {}, { a: 1 }, [1]);
    await expect(queue.settle()).rejects.toMatchObject({ failure: { code: 'device-error', engine: 'webgpu' } });
    // The device is shared: what goes wrong on it concerns all who compute on it.
    await expect(kernels.settle()).rejects.toMatchObject({ failure: { code: 'device-error' } });
    expect(errors).toEqual(['device-error']);
    device.destroy();
  });

  it('reports a lost device', async () => {
    const { kernels, device, errors } = await open();
    const buffer = kernels.allocate('float', 4);
    const pending = kernels.read({ buffer, offset: 0, shape: [4] });
    device.destroy();
    await expect(pending).rejects.toMatchObject({ failure: { code: 'device-lost', engine: 'webgpu' } });
    await expect(kernels.settle()).rejects.toMatchObject({ failure: { code: 'device-lost' } });
    expect(errors).toEqual(['device-lost']);
  });

  it('makes no GPU object in a step but what a submission needs', async () => {
    const { kernels, device } = await open();
    const ids = Uint16Array.from(indices(1, 5000, SYMBOLS));
    const { trainer, settings } = setUp(kernels, { units: 24, batch: 4, length: 8 }, ids, SYMBOLS);
    const made: string[] = [];
    for (let k = 0; k < 3; k++) await (await trainer.queueStep(settings)).result;
    for (const name of ['createBuffer', 'createBindGroup', 'createComputePipeline', 'createShaderModule'] as const) {
      const original = device[name].bind(device) as (...args: unknown[]) => unknown;
      Object.defineProperty(device, name, {
        value: (...args: unknown[]) => {
          made.push(name);
          return original(...args);
        },
      });
    }
    for (let k = 0; k < 5; k++) await (await trainer.queueStep(settings)).result;
    expect(made).toEqual([]);
    device.destroy();
  });
});

describe('stretches of time', () => {
  it('cover every step once and differ by one at most', () => {
    expect(split(7, 3)).toEqual([
      { t0: 0, t1: 2 },
      { t0: 2, t1: 4 },
      { t0: 4, t1: 7 },
    ]);
    expect(split(2, 5)).toHaveLength(2);
    expect(split(9, 1)).toEqual([{ t0: 0, t1: 9 }]);
  });
});
