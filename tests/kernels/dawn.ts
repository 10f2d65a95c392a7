/**
 * WebGPU in Node, by Dawn's npm package `webgpu` where it is installed (or stands at DAWN_PACKAGE) and finds an adapter.
 * Software Vulkan does: VK_ICD_FILENAMES names its driver, LD_LIBRARY_PATH where Vulkan's loader is.
 */
import { createRequire } from 'node:module';

interface Dawn {
  create(options: string[]): GPU;
  readonly globals: Record<string, unknown>;
}

export const openDawn = async (): Promise<GPU | null> => {
  try {
    const path = createRequire(import.meta.url).resolve(process.env['DAWN_PACKAGE'] ?? 'webgpu');
    const dawn = (await import(/* @vite-ignore */ path)) as Dawn;
    Object.assign(globalThis, dawn.globals);
    return dawn.create([]);
  } catch {
    return null;
  }
};
