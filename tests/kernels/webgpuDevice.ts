/** WebGPU devices for tests, of the browser or of Dawn in Node. */
import { descriptorFor } from '../../src/model/kernels/webgpu/device';

/** Limits that WebGPU guarantees everywhere, or what the adapter has. */
export type Offer = 'baseline' | 'raised';

const openGpu = async (): Promise<GPU | null> => {
  if (typeof document !== 'undefined') return navigator.gpu;
  const { openDawn } = await import('../../scripts/dawn');
  return openDawn();
};

// Dawn ends when its GPU object is collected, so it is held here.
const gpu = await openGpu();

export const adapter: GPUAdapter | null = (await gpu?.requestAdapter()) ?? null;

/** @throws {Error} where there is no adapter: ask `adapter` first. */
export const openDevice = async (offer: Offer): Promise<GPUDevice> => {
  // An adapter gives one device.
  const own = await gpu?.requestAdapter();
  if (!own) throw new Error('No WebGPU adapter');
  return own.requestDevice(offer === 'baseline' ? {} : descriptorFor(own));
};
