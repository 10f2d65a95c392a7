/**
 * A WebGPU device for tests in Node, by Dawn's npm package `webgpu` where it is installed and finds an adapter. Software
 * Vulkan does: VK_ICD_FILENAMES names its driver.
 */
import { createRequire } from 'node:module';

/** Limits that WebGPU guarantees everywhere, or what the adapter has. */
export type Offer = 'baseline' | 'raised';

interface Dawn {
  create(options: string[]): GPU;
  readonly globals: Record<string, unknown>;
}

const RAISED = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxStorageBuffersPerShaderStage',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
] as const;

const openDawn = async (): Promise<GPU | null> => {
  try {
    const path = createRequire(import.meta.url).resolve(process.env['DAWN_PACKAGE'] ?? 'webgpu');
    const dawn = (await import(/* @vite-ignore */ path)) as Dawn;
    Object.assign(globalThis, dawn.globals);
    return dawn.create([]);
  } catch {
    return null;
  }
};

// Dawn ends when its GPU object is collected, so it is held here.
const gpu = await openDawn();

export const adapter: GPUAdapter | null = (await gpu?.requestAdapter()) ?? null;

/** @throws {Error} where there is no adapter: ask `adapter` first. */
export const openDevice = async (offer: Offer): Promise<GPUDevice> => {
  // An adapter gives one device.
  const own = await gpu?.requestAdapter();
  if (!own) throw new Error('No WebGPU adapter');
  if (offer === 'baseline') return own.requestDevice();
  const has = own.features.has('subgroups');
  return own.requestDevice({
    requiredFeatures: has ? ['subgroups'] : [],
    requiredLimits: Object.fromEntries(RAISED.map((name) => [name, own.limits[name]])),
  });
};
