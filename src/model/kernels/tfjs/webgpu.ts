/** Opens a WebGPU device of our own and makes it TensorFlow.js's, so that what the device reports is heard. */
import { describeAdapter, requestAdapter } from '../devices';
import type { Failure } from '../../failures';
import type { EngineInfo } from '../engines';
import { limitForBuffers } from './device';
import type { Opener } from './device';
import { choosePrograms } from './plain';

/** Limits that TensorFlow.js makes use of, raised to what the adapter has. */
const LIMITS = [
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

/** Operations in one submission. The page draws with the same GPU process: a CPU must not be held for long at once. */
const OPERATIONS_PER_SUBMISSION = { hardware: 15, software: 2 };

/** Bytes that are asked of a GPU at most: no browser tells how many it has. */
const MEMORY = 2 ** 31;

const requestDevice = (adapter: GPUAdapter): Promise<GPUDevice> =>
  adapter.requestDevice({
    requiredLimits: Object.fromEntries(LIMITS.map((limit) => [limit, adapter.limits[limit]])),
  });

const listen = (device: GPUDevice, fail: (failure: Failure) => void): void => {
  // A program that is not valid does not throw: it computes nothing, and only this event says so.
  device.addEventListener('uncapturederror', ({ error }) => {
    fail({ code: 'device-error', engine: 'tfjs', cause: error.message });
  });
  void device.lost.then(({ reason, message }) => {
    fail({ code: 'device-lost', engine: 'tfjs', cause: message || reason });
  });
};

export const openWebgpu: Opener = async (tf, fail, { loadPart, within }) => {
  const { WebGPUBackend } = await loadPart('tensorflow-webgpu', () => import('@tensorflow/tfjs-backend-webgpu'));
  const adapter = await within(requestAdapter());
  if (!adapter) throw new Error('no WebGPU adapter');
  const info: EngineInfo = { ...describeAdapter(adapter), name: 'tfjs' };
  const device = await within(requestDevice(adapter), (late) => {
    late.destroy();
  });
  listen(device, fail);

  const { hardware, software } = OPERATIONS_PER_SUBMISSION;
  tf.env().setFlags({
    ...tf.env().getFlags(),
    WEBGPU_CPU_FORWARD: false,
    WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE: info.software ? software : hardware,
  });
  choosePrograms(tf, info.software ? 'plain' : 'library');
  // The library registers a device of its own choice as it loads.
  const theirs = tf.findBackendFactory('webgpu') as (() => unknown) | undefined;
  if (theirs) tf.removeBackend('webgpu');
  const backend = new WebGPUBackend(device, adapter.info);
  tf.registerBackend('webgpu', () => backend);
  const close = () => {
    tf.removeBackend('webgpu');
    device.destroy();
  };
  try {
    await within(tf.setBackend('webgpu'));
  } catch (caught) {
    close();
    throw caught;
  }

  const { maxStorageBufferBindingSize, maxBufferSize } = device.limits;
  return {
    info,
    memoryLimit: limitForBuffers(MEMORY),
    bufferLimit: Math.min(maxStorageBufferBindingSize, maxBufferSize),
    finish: async () => {
      backend.ensureCommandEncoderReady();
      backend.endComputePassEncoder();
      backend.submitQueue();
      await device.queue.onSubmittedWorkDone();
    },
    close,
  };
};
