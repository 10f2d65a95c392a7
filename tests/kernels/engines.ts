/** The engines that the suite runs on: all GPU engines in a browser, the reference alone in Node. */
import { vi } from 'vitest';
import type { Failure } from '../../src/model/failures';
import type { GpuName } from '../../src/model/kernels/engines';
import type { Kernels } from '../../src/model/kernels/kernels';
import { createReferenceKernels } from '../../src/model/kernels/reference';
import { createSimdKernels } from '../../src/model/kernels/simd';
import { CUTS, type Cut } from '../../src/model/kernels/webgpu/tuning';
import { MEANS } from './means';
import { simdProgram } from './simdProgram';
import { adapter, openDevice } from './webgpuDevice';
import type { Offer } from './webgpuDevice';

export interface EngineUnderTest {
  readonly name: string;
  open(): Promise<Kernels>;
}

// Software devices compile for seconds.
vi.setConfig({ testTimeout: 240_000 });

const IN_BROWSER = typeof document !== 'undefined';

const tfjs = (name: GpuName): EngineUnderTest => ({
  name: `tfjs-${name}`,
  open: async () => {
    const { createTfjsKernels } = await import('../../src/model/kernels/tfjs');
    const onLost = (failure: Failure) => {
      throw new Error(JSON.stringify(failure));
    };
    const { kernels } = await createTfjsKernels(name, onLost, MEANS);
    return kernels;
  },
});

/** With the programs that hardware gets: those of the library instead of the ones for adapters on a CPU. */
const webgpuAsOnHardware: EngineUnderTest = {
  name: 'tfjs-webgpu with the library’s programs',
  open: async () => {
    const kernels = await tfjs('webgpu').open();
    const { choosePrograms } = await import('../../src/model/kernels/tfjs/plain');
    choosePrograms(await import('@tensorflow/tfjs'), 'library');
    return kernels;
  },
};

/** The programs in WGSL, in every cut, with the limits that are guaranteed and with what the adapter has. */
const webgpu = (offer: Offer, cut: Cut): EngineUnderTest => ({
  name: `webgpu ${cut} with ${offer} limits`,
  open: async () => {
    const { createWebGpuKernels } = await import('../../src/model/kernels/webgpu');
    if (!adapter) throw new Error('No WebGPU adapter');
    return createWebGpuKernels(await openDevice(offer), { subgroups: adapter.info, cut });
  },
});

const OFFERS = ['raised', 'baseline'] as const;
// In Node every form; a browser is there to show that its own compiler takes the programs.
const forms = IN_BROWSER
  ? CUTS.map((cut) => webgpu('raised', cut))
  : OFFERS.flatMap((offer) => CUTS.map((cut) => webgpu(offer, cut)));
const programs = adapter ? forms : [];

const reference: EngineUnderTest = { name: 'reference', open: () => Promise.resolve(createReferenceKernels()) };

const simd: EngineUnderTest = {
  name: 'simd',
  open: async () => createSimdKernels(await simdProgram()),
};

/** Engines of this environment. One that cannot be opened fails its tests. */
export const ENGINES: readonly EngineUnderTest[] = IN_BROWSER
  ? [simd, tfjs('webgpu'), tfjs('webgl'), ...programs]
  : [reference, simd, ...programs];

/** The same, and other forms of them that are checked operation by operation. */
export const FORMS: readonly EngineUnderTest[] = IN_BROWSER ? [...ENGINES, webgpuAsOnHardware] : ENGINES;

/** Engines that this environment cannot have, and why. */
export const ABSENT: readonly { readonly name: string; readonly why: string }[] = IN_BROWSER
  ? []
  : [
      ...(adapter ? [] : [{ name: 'webgpu', why: 'Dawn is not installed or finds no adapter' }]),
      { name: 'tfjs-webgpu', why: 'Node has no WebGPU' },
      { name: 'tfjs-webgl', why: 'Node has no WebGL' },
    ];
