/** What a page may know of the engines of this machine. */

/** The two ways to a GPU. */
export type GpuName = 'webgpu' | 'webgl';

/** One engine of this machine. */
export interface EngineInfo {
  readonly name: GpuName | 'simd' | 'cpu';
  readonly available: boolean;
  /** WebGPU adapter or WebGL renderer as the browser names it; why not, where it is not available. */
  readonly device: string;
  /** Whether the device computes on the CPU. */
  readonly software: boolean;
}

/** Names by which rasterisers that run on the CPU are known. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|lavapipe|basic render|\bwarp\b|software/i;

export const isSoftwareName = (device: string): boolean => SOFTWARE.test(device);
