/** What a device reports is heard: errors that throw nothing, and devices that go. */
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Failure } from '../../src/model/failures';
import { openEngine, surveyEngines } from '../../src/model/kernels/choose';
import type { OpenedEngine } from '../../src/model/kernels/choose';
import { viewOf } from '../../src/model/kernels/kernels';
import type { Within } from '../../src/model/kernels/means';
import { MEANS } from './means';

/** The parts of the library's backends that are broken here on purpose. */
interface Webgpu {
  readonly device: GPUDevice;
}
interface Webgl {
  readonly gpgpu: { readonly gl: WebGL2RenderingContext };
}

const opened: OpenedEngine[] = [];
afterEach(() => {
  for (const { kernels } of opened.splice(0)) kernels.dispose();
});

const open = async (name: 'webgpu' | 'webgl' | 'tfjs') => {
  const onLost = vi.fn<(failure: Failure) => void>();
  const engine = await openEngine(name, onLost, MEANS);
  opened.push(engine);
  expect(engine.info).toMatchObject({ name, available: true });
  expect(engine.failure).toBeNull();
  const buffer = engine.kernels.allocate('float', 4);
  const view = viewOf(buffer, [4]);
  engine.kernels.write(view, [1, 2, 3, 4]);
  return { ...engine, view, onLost };
};

/** Computes as if nothing had happened, until the error arrives. */
const expectEnd = async ({ kernels, view, onLost }: Awaited<ReturnType<typeof open>>, code: Failure['code']) => {
  await expect(kernels.settle()).rejects.toMatchObject({ failure: { code } });
  expect(onLost).toHaveBeenCalledTimes(1);
  await expect(kernels.read(view)).rejects.toMatchObject({ failure: { code } });
  expect(() => {
    kernels.copy(view, view);
  }).toThrow(code);
};

it('names the engines of this machine', async () => {
  const engines = await surveyEngines(MEANS.within, vi.fn());
  expect(engines.map(({ name, available, software }) => ({ name, available, software }))).toEqual([
    { name: 'simd', available: true, software: false },
    { name: 'webgpu', available: true, software: true },
    { name: 'webgl', available: true, software: true },
    { name: 'tfjs', available: true, software: true },
    { name: 'cpu', available: true, software: false },
  ]);
  expect(engines[1].device).toMatch(/swiftshader/i);
  expect(engines[2].device).toMatch(/swiftshader/i);
});

it('takes no software GPU by itself', async () => {
  const engine = await openEngine('auto', vi.fn(), MEANS);
  expect(engine.info.name).toBe('simd');
  expect(engine.failure).toBeNull();
});

it('computes on three devices in turn', async () => {
  const engines = [await open('webgpu'), await open('webgl'), await open('tfjs')];
  for (let k = 0; k < 3; k++) {
    for (const { kernels, view } of engines) {
      const row = { ...view, shape: [1, 4] };
      const scaled = viewOf(kernels.allocate('float', 4), [1, 4]);
      kernels.matmul({ ...view, shape: [1, 1] }, row, scaled);
      kernels.add(scaled, row);
      kernels.free(scaled.buffer);
    }
  }
  // x + x[0] x, three times over.
  for (const { kernels, view } of engines) {
    expect(Array.from(await kernels.read(view))).toEqual([42, 84, 126, 168]);
    await kernels.settle();
  }
});

describe('webgpu', () => {
  /** Devices as they are requested, to be broken. */
  const watchDevices = () => {
    const devices: GPUDevice[] = [];
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its adapter
    const request = GPUAdapter.prototype.requestDevice;
    vi.spyOn(GPUAdapter.prototype, 'requestDevice').mockImplementation(async function (this: GPUAdapter, descriptor) {
      const device = await request.call(this, descriptor);
      devices.push(device);
      return device;
    });
    return devices;
  };
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('says that a program is invalid, though nothing is thrown', async () => {
    const devices = watchDevices();
    const engine = await open('webgpu');
    devices[0].createShaderModule({ code: 'fn broken( {' });
    await expectEnd(engine, 'device-error');
  });

  it('says that the device was lost, and can be opened again', async () => {
    const devices = watchDevices();
    const engine = await open('webgpu');
    devices[0].destroy();
    await expectEnd(engine, 'device-lost');
    const again = await open('webgpu');
    expect(Array.from(await again.kernels.read(again.view))).toEqual([1, 2, 3, 4]);
    await again.kernels.settle();
  });

  it('gives its device back', async () => {
    const devices = watchDevices();
    const { kernels, onLost } = await open('webgpu');
    kernels.dispose();
    expect(await devices[0].lost).toMatchObject({ reason: 'destroyed' });
    expect(onLost).not.toHaveBeenCalled();
  });
});

describe('tfjs', () => {
  it('says that a program is invalid, though nothing is thrown', async () => {
    const engine = await open('tfjs');
    const { device } = tf.backend() as unknown as Webgpu;
    device.createShaderModule({ code: 'fn broken( {' });
    await expectEnd(engine, 'device-error');
  });

  it('says that the device was lost, and can be opened again', async () => {
    const engine = await open('tfjs');
    (tf.backend() as unknown as Webgpu).device.destroy();
    await expectEnd(engine, 'device-lost');
    const again = await open('tfjs');
    expect(Array.from(await again.kernels.read(again.view))).toEqual([1, 2, 3, 4]);
    await again.kernels.settle();
  });

  it('gives its device back where the library does not come to use it', async () => {
    const ends: Promise<GPUDeviceLostInfo>[] = [];
    const within: Within = async (asked) => {
      const answer = await asked;
      if (answer instanceof GPUDevice) ends.push(answer.lost);
      // The library says whether it uses the backend.
      if (typeof answer === 'boolean') throw new Error('no answer for 10 s');
      return answer;
    };
    const { info, failure, kernels } = await openEngine('tfjs', vi.fn(), { ...MEANS, within });
    kernels.dispose();
    expect(info.name).toBe('simd');
    expect(failure).toMatchObject({ code: 'engine-unavailable', cause: 'no answer for 10 s' });
    expect(ends).toHaveLength(1);
    expect(await ends[0]).toMatchObject({ reason: 'destroyed' });
    const again = await open('tfjs');
    expect(Array.from(await again.kernels.read(again.view))).toEqual([1, 2, 3, 4]);
  });

  it('serves several, and ends with the last', async () => {
    const [first, second] = [await open('tfjs'), await open('tfjs')];
    first.kernels.dispose();
    opened.splice(opened.indexOf(first), 1);
    expect(Array.from(await second.kernels.read(second.view))).toEqual([1, 2, 3, 4]);
    expect(second.onLost).not.toHaveBeenCalled();
  });
});

describe('webgl', () => {
  it('says that the context reports an error', async () => {
    const engine = await open('webgl');
    const { gl } = (tf.backend() as unknown as Webgl).gpgpu;
    gl.enable(0);
    await expectEnd(engine, 'device-error');
  });

  it('says that the context was lost, and can be opened again', async () => {
    const engine = await open('webgl');
    const { gl } = (tf.backend() as unknown as Webgl).gpgpu;
    gl.getExtension('WEBGL_lose_context')?.loseContext();
    await expectEnd(engine, 'device-lost');
    const again = await open('webgl');
    expect(Array.from(await again.kernels.read(again.view))).toEqual([1, 2, 3, 4]);
    await again.kernels.settle();
  });
});
