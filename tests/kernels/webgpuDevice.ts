/** WebGPU devices for tests, of the browser or of Dawn in Node. */

/** Limits that WebGPU guarantees everywhere, or what the adapter has. */
export type Offer = 'baseline' | 'raised';

const RAISED = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxStorageBuffersPerShaderStage',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
] as const;

const openGpu = async (): Promise<GPU | null> => {
  if (typeof document !== 'undefined') return navigator.gpu;
  const { openDawn } = await import('./dawn');
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
  if (offer === 'baseline') return own.requestDevice();
  const has = own.features.has('subgroups');
  return own.requestDevice({
    requiredFeatures: has ? ['subgroups'] : [],
    requiredLimits: Object.fromEntries(RAISED.map((name) => [name, own.limits[name]])),
  });
};
