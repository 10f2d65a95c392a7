/**
 * Programs for WebGPU adapters that run on a CPU. The library's own share tiles between invocations by barriers, which a
 * GPU has in hardware and a CPU has not: there they take several times as long as these, in which every invocation works
 * alone. On hardware the library's are used.
 */
import type { KernelConfig, KernelFunc } from '@tensorflow/tfjs';
import type { Tf } from '../tensors';
import { concat } from './concat';
import { product } from './product';
import { reduce } from './reduce';

const BACKEND = 'webgpu';

const plainKernels = (tf: Tf): KernelConfig[] =>
  [
    { kernelName: 'BatchMatMul', kernelFunc: product },
    { kernelName: '_FusedMatMul', kernelFunc: product },
    { kernelName: 'Concat', kernelFunc: concat },
    ...(['Sum', 'Max', 'Min'] as const).map((name) => ({ kernelName: name, kernelFunc: reduce(tf, name) })),
  ].map(({ kernelName, kernelFunc }) => ({
    kernelName,
    backendName: BACKEND,
    kernelFunc: kernelFunc as unknown as KernelFunc,
  }));

/** The library's, as they were before the first exchange. */
const libraryKernels = new Map<string, KernelConfig>();

/** Takes these programs, or the library's, for everything on WebGPU from now on. */
export const choosePrograms = (tf: Tf, which: 'plain' | 'library'): void => {
  for (const plain of plainKernels(tf)) {
    const { kernelName } = plain;
    const library = libraryKernels.get(kernelName) ?? tf.getKernel(kernelName, BACKEND);
    libraryKernels.set(kernelName, library);
    tf.unregisterKernel(kernelName, BACKEND);
    tf.registerKernel(which === 'plain' ? plain : library);
  }
};
