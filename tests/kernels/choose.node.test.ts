/** Which engine is taken, where there is no browser to ask. */
import { expect, it, vi } from 'vitest';
import { openEngine, orderOfTrial, surveyEngines } from '../../src/model/kernels/choose';
import { isSoftwareName } from '../../src/model/kernels/engines';
import type { EngineInfo } from '../../src/model/kernels/engines';
import { simdProgram } from './simdProgram';

const MEANS = { loadProgram: simdProgram, now: () => performance.now() };

const engine = (name: EngineInfo['name'], available: boolean, software: boolean): EngineInfo => ({
  name,
  available,
  device: name,
  software,
});

const order = (...args: Parameters<typeof orderOfTrial>) => orderOfTrial(...args).map(({ name }) => name);

const ALL = [
  engine('simd', true, false),
  engine('webgpu', true, true),
  engine('webgl', true, false),
  engine('cpu', true, false),
];

it('takes what starts at once by itself, then the reference', () => {
  expect(order('auto', ALL)).toEqual(['simd', 'cpu']);
});

it('honours a wish, even for software, and has a next best', () => {
  expect(order('webgpu', ALL)).toEqual(['webgpu', 'simd', 'cpu']);
  expect(order('cpu', ALL)).toEqual(['cpu', 'simd']);
});

it('says why an engine is not there', async () => {
  const engines = await surveyEngines();
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
