/** Opens the engine of WGSL programs on a device of its own. */
import type { Failure } from '../../failures';
import { describeAdapter, requestAdapter } from '../devices';
import type { EngineInfo } from '../engines';
import type { Kernels } from '../kernels';
import type { Means } from '../means';
import { descriptorFor } from './device';
import { createWebGpuKernels } from './index';

/** Bytes that are asked of a GPU at most: no browser tells how many it has. */
const MEMORY = 2 ** 31;

/**
 * @param onLost hears once what the device reports: validation errors, or that it is gone
 * @throws where there is no adapter or no device, or neither answers
 */
export const openWebGpu = async (
  onLost: (failure: Failure) => void,
  { within, now }: Pick<Means, 'within' | 'now'>,
): Promise<{ readonly kernels: Kernels; readonly info: EngineInfo; readonly memoryLimit: number }> => {
  const adapter = await within(requestAdapter());
  if (!adapter) throw new Error('no WebGPU adapter');
  const device = await within(adapter.requestDevice(descriptorFor(adapter)), (late) => {
    late.destroy();
  });
  const kernels = createWebGpuKernels(device, { subgroups: adapter.info, now, onFailure: onLost });
  return {
    kernels: {
      ...kernels,
      dispose: () => {
        kernels.dispose();
        device.destroy();
      },
    },
    info: describeAdapter(adapter),
    memoryLimit: MEMORY,
  };
};
