/**
 * WebGPU in Node, by Dawn's npm package `webgpu`, where that runs and finds an adapter.
 * Software Vulkan does: VK_ICD_FILENAMES names its driver, LD_LIBRARY_PATH where Vulkan's loader is.
 */
interface Dawn {
  create(options: string[]): GPU;
  readonly globals: Record<string, unknown>;
}

/** Null where there is none. Whoever holds what it returns keeps its devices alive. */
export const openDawn = async (): Promise<GPU | null> => {
  try {
    // Not for the bundler of the tests in a browser.
    const name = 'webgpu';
    const dawn = (await import(/* @vite-ignore */ name)) as Dawn;
    Object.assign(globalThis, dawn.globals);
    return dawn.create([]);
  } catch {
    return null;
  }
};
