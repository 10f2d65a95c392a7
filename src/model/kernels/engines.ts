/** What a page may know of the engines of this machine. */

/** The two ways to a GPU. */
export type GpuName = 'webgpu' | 'webgl';

/**
 * simd: WebAssembly; webgpu: programs in WGSL; webgl and tfjs: operations of TensorFlow.js, on WebGL and on WebGPU;
 * cpu: the float64 reference.
 */
export const ENGINE_NAMES = ['simd', 'webgpu', 'webgl', 'tfjs', 'cpu'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** One engine of this machine. */
export interface EngineInfo {
  readonly name: EngineName;
  readonly available: boolean;
  /** WebGPU adapter or WebGL renderer as the browser names it; why not, where it is not available. */
  readonly device: string;
  /** Whether the device computes on the CPU. */
  readonly software: boolean;
}

/** Bytes that a run may take in the tab's own memory. */
export const CPU_MEMORY = 2 ** 30;
/** The same for simd, all threads together. A WebAssembly memory holds 4 GiB at most. */
export const SIMD_MEMORY = 2 ** 31;

/** Names by which rasterisers that run on the CPU are known. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|lavapipe|basic render|\bwarp\b|software/i;

export const isSoftwareName = (device: string): boolean => SOFTWARE.test(device);
