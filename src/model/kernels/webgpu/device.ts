/** What to ask an adapter for. */

/** Limits that the programs make use of, raised to what the adapter has; all programs do with the guaranteed ones. */
const RAISED = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxStorageBuffersPerShaderStage',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
] as const;

/** A device with raised limits, and with subgroups where the adapter has them. */
export const descriptorFor = (adapter: GPUAdapter): GPUDeviceDescriptor => ({
  requiredFeatures: adapter.features.has('subgroups') ? ['subgroups'] : [],
  requiredLimits: Object.fromEntries(RAISED.map((name) => [name, adapter.limits[name]])),
});
