/** Which engine is taken, where there is no browser to ask. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { openEngine, orderOfTrial, surveyEngines } from '../../src/model/kernels/choose';
import { isSoftwareName } from '../../src/model/kernels/engines';
import type { EngineInfo } from '../../src/model/kernels/engines';
import type { Within } from '../../src/model/kernels/means';
import { within } from '../../src/workers/clock';
import { FakeClock } from '../workers/harness';
import { MEANS } from './means';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('takes what starts at once by itself, then the reference', () => {
  expect(orderOfTrial('auto')).toEqual(['simd', 'cpu']);
});

it('honours a wish, even for software, and has a next best', () => {
  expect(orderOfTrial('webgpu')).toEqual(['webgpu', 'simd', 'cpu']);
  expect(orderOfTrial('cpu')).toEqual(['cpu', 'simd']);
});

it('says why an engine is not there', async () => {
  const told: (readonly EngineInfo[])[] = [];
  const engines = await surveyEngines(MEANS.within, (known) => told.push(known));
  expect(told[0].map(({ name }) => name)).toEqual(['simd', 'cpu']);
  expect(told.at(-1)).toEqual(engines);
  expect(engines.map(({ name, available }) => [name, available])).toEqual([
    ['simd', true],
    ['webgpu', false],
    ['webgl', false],
    ['tfjs', false],
    ['cpu', true],
  ]);
  for (const { device } of engines) expect(device).not.toBe('');
});

it('opens the next best where the wish cannot be met, and says so', async () => {
  const { info, failure, kernels, memoryLimit } = await openEngine('webgl', vi.fn(), MEANS);
  expect(info.name).toBe('simd');
  expect(failure).toMatchObject({ code: 'engine-unavailable', engine: 'webgl' });
  expect(kernels.precision).toBe('float32');
  expect(memoryLimit).toBeGreaterThan(2 ** 28);
  expect((await openEngine('auto', vi.fn(), MEANS)).failure).toBeNull();
});

describe('a GPU that never answers', () => {
  const silent = { gpu: { requestAdapter: () => new Promise(() => undefined) } };

  it('keeps nothing waiting that needs none', async () => {
    vi.stubGlobal('navigator', silent);
    for (const choice of ['auto', 'simd', 'cpu'] as const) {
      const { failure } = await openEngine(choice, vi.fn(), MEANS);
      expect(failure).toBeNull();
    }
  });

  it('is waited for only so long, by a wish for it and by the list, which has the others meanwhile', async () => {
    vi.stubGlobal('navigator', silent);
    const clock = new FakeClock();
    const patient: Within = (asked, discard) => within(clock, 10_000, asked, discard);
    const opened = openEngine('webgpu', vi.fn(), { ...MEANS, within: patient });
    const told: string[][] = [];
    const survey = surveyEngines(patient, (known) => told.push(known.map(({ name }) => name)));
    await new Promise(setImmediate);
    expect(told.at(-1)).toEqual(['simd', 'webgl', 'cpu']);
    clock.advance(10_000);
    const { info, failure } = await opened;
    expect(info.name).toBe('simd');
    expect(failure).toEqual({ code: 'engine-unavailable', engine: 'webgpu', cause: 'no answer for 10 s' });
    expect((await survey).find(({ name }) => name === 'webgpu')).toMatchObject({ available: false });
  });

  it('that answers too late is given back', async () => {
    const clock = new FakeClock();
    const destroy = vi.fn();
    let answer: (device: unknown) => void = () => undefined;
    const asked = new Promise<unknown>((resolve) => {
      answer = resolve;
    });
    const requestDevice = vi.fn(() => asked);
    const adapter = { info: {}, features: new Set(), limits: {}, requestDevice };
    vi.stubGlobal('navigator', { gpu: { requestAdapter: () => Promise.resolve(adapter) } });
    const patient: Within = (promise, discard) => within(clock, 10_000, promise, discard);
    const opened = openEngine('webgpu', vi.fn(), { ...MEANS, within: patient });
    await vi.waitFor(() => {
      expect(requestDevice).toHaveBeenCalled();
    });
    clock.advance(10_000);
    expect((await opened).failure).toMatchObject({ engine: 'webgpu', cause: 'no answer for 10 s' });
    answer({ destroy });
    await new Promise(setImmediate);
    expect(destroy).toHaveBeenCalledOnce();
  });
});

it('opens the reference where there is no WebAssembly SIMD, and says so', async () => {
  const loadProgram = () => Promise.reject(new Error('no SIMD'));
  const { info, failure, kernels } = await openEngine('auto', vi.fn(), { ...MEANS, loadProgram });
  expect(info.name).toBe('cpu');
  expect(failure).toMatchObject({ code: 'engine-unavailable', engine: 'simd' });
  expect(kernels.precision).toBe('float64');
});

it('knows software by its name', () => {
  for (const name of [
    'ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE)), SwiftShader driver)',
    'llvmpipe (LLVM 15.0.6, 256 bits)',
    'ANGLE (Microsoft, Microsoft Basic Render Driver Direct3D11 vs_5_0 ps_5_0)',
    'google swiftshader',
  ]) {
    expect(isSoftwareName(name), name).toBe(true);
  }
  for (const name of [
    'ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11)',
    'Apple M1',
    'intel gen-12lp',
    'Adreno 640',
  ]) {
    expect(isSoftwareName(name), name).toBe(false);
  }
});
