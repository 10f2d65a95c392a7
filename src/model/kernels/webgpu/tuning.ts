/**
 * The two ways in which the heavy programs are cut. GPUs want many small workgroups whose lanes share what they load by
 * workgroup memory. Devices that carry out four lanes as one vector of a CPU want few lanes with much to do: there every
 * load costs as much as some thirty products, wherever the memory, and a barrier as much as some hundred, so that
 * values are kept in registers and handed around within a group of four lanes.
 */

export const CUTS = ['wide', 'deep'] as const;
export type Cut = (typeof CUTS)[number];

export interface Tuning {
  readonly cut: Cut;
  /** Whether lanes may exchange values within groups of four; only with 'deep'. */
  readonly quads: boolean;
  /** Workgroup memory that programs may take, bytes. */
  readonly workgroupMemory: number;
  /** Lanes of a workgroup at most. */
  readonly lanes: number;
}

/** What the adapter says of its subgroups; see GPUAdapterInfo. */
export interface SubgroupSizes {
  readonly subgroupMinSize?: number;
  readonly subgroupMaxSize?: number;
}

/**
 * A cut by what the device says of itself. Subgroups of four lanes are vectors of a CPU.
 * @param cut takes the place of the choice, where a measurement has made it.
 */
export const tuningOf = (device: GPUDevice, sizes: SubgroupSizes | null, cut?: Cut): Tuning => {
  const { maxComputeWorkgroupStorageSize, maxComputeInvocationsPerWorkgroup, maxComputeWorkgroupSizeX } = device.limits;
  const narrow = device.features.has('subgroups') && sizes?.subgroupMinSize === 4 && sizes.subgroupMaxSize === 4;
  const chosen = cut ?? (narrow ? 'deep' : 'wide');
  return {
    cut: chosen,
    quads: narrow && chosen === 'deep',
    workgroupMemory: maxComputeWorkgroupStorageSize,
    lanes: Math.min(maxComputeInvocationsPerWorkgroup, maxComputeWorkgroupSizeX, 256),
  };
};
