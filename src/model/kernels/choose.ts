/** What this machine offers to compute with, and the choice among it. */
import { asUnavailable, FailureError } from '../failures';
import type { Failure } from '../failures';
import type { EngineChoice } from '../settings';
import { surveyGpu } from './devices';
import { CPU_MEMORY, ENGINE_NAMES, SIMD_MEMORY } from './engines';
import type { EngineInfo, EngineName } from './engines';
import { viewOf } from './kernels';
import type { Kernels } from './kernels';
import type { Means, Within } from './means';
import { createSimdKernels } from './simd';

const CPU: EngineInfo = { name: 'cpu', available: true, device: 'JavaScript', software: false };
const SIMD: EngineInfo = { name: 'simd', available: true, device: 'WebAssembly SIMD', software: false };

/** An engine, ready to compute. */
export interface OpenedEngine {
  readonly kernels: Kernels;
  readonly info: EngineInfo;
  /** Why it is not the one that was asked for. */
  readonly failure: Failure | null;
  /** Bytes that a run may allocate on it. */
  readonly memoryLimit: number;
}

/**
 * Every engine, the unavailable ones with the reason in place of the device. `tell` hears of those that are known so far,
 * each time that one more is: some devices take their time, or never answer.
 */
export const surveyEngines = async (
  within: Within,
  tell: (engines: readonly EngineInfo[]) => void,
): Promise<readonly EngineInfo[]> => {
  let known: readonly EngineInfo[] = [];
  const add = (...engines: readonly EngineInfo[]): void => {
    known = [...known, ...engines].sort((a, b) => ENGINE_NAMES.indexOf(a.name) - ENGINE_NAMES.indexOf(b.name));
    tell(known);
  };
  add(SIMD, CPU);
  await Promise.all([
    surveyGpu('webgl', within).then(add),
    surveyGpu('webgpu', within).then((webgpu) => {
      add(webgpu, { ...webgpu, name: 'tfjs' });
    }),
  ]);
  return known;
};

/** In which order to try: the wish first, then what starts at once on every machine. */
export const orderOfTrial = (choice: EngineChoice): readonly EngineName[] => {
  const atOnce = ['simd', 'cpu'] as const;
  return choice === 'auto' ? atOnce : [choice, ...atOnce.filter((name) => name !== choice)];
};

type GpuEngine = Exclude<EngineName, 'simd' | 'cpu'>;
type Opened = Omit<OpenedEngine, 'failure'>;

/** Computes a little, so that a device that does not answer is noticed before anything depends on it. */
const tryOut = async (kernels: Kernels): Promise<void> => {
  const [one, two] = [kernels.allocate('float', 1), kernels.allocate('float', 1)].map((buffer) => viewOf(buffer, [1]));
  kernels.write(one, [1]);
  kernels.write(two, [1]);
  kernels.add(one, two);
  const [sum] = await kernels.read(two);
  if (sum !== 2) throw new Error(`its device reckons 1 + 1 = ${String(sum)}`);
  kernels.free(one.buffer);
  kernels.free(two.buffer);
};

const openGpu = async (name: GpuEngine, onLost: (failure: Failure) => void, means: Means): Promise<Opened> => {
  const way = name === 'webgl' ? 'webgl' : 'webgpu';
  // Before megabytes are fetched in vain.
  const { available, device } = await surveyGpu(way, means.within);
  if (!available) throw new FailureError({ code: 'engine-unavailable', engine: name, cause: device });
  if (name === 'webgpu') {
    const { openWebGpu } = await means.loadPart('webgpu', () => import('./webgpu/open'));
    return openWebGpu(onLost, means);
  }
  const { createTfjsKernels } = await means.loadPart('tfjs', () => import('./tfjs'));
  return createTfjsKernels(way, onLost, means);
};

const openTriedGpu = async (...args: Parameters<typeof openGpu>): Promise<Opened> => {
  const opened = await openGpu(...args);
  try {
    await args[2].within(tryOut(opened.kernels));
    return opened;
  } catch (caught) {
    opened.kernels.dispose();
    throw caught;
  }
};

const open = async (name: EngineName, onLost: (failure: Failure) => void, means: Means): Promise<Opened> => {
  switch (name) {
    case 'simd':
      return { kernels: await createSimdKernels(await means.loadProgram()), info: SIMD, memoryLimit: SIMD_MEMORY };
    case 'cpu': {
      const { createReferenceKernels } = await means.loadPart('reference', () => import('./reference'));
      return { kernels: createReferenceKernels(), info: CPU, memoryLimit: CPU_MEMORY };
    }
    default:
      return openTriedGpu(name, onLost, means);
  }
};

/**
 * Opens the engine that was asked for, or the next best one and says why. No other engine is asked for anything.
 * @param onLost hears once what the device reports later: validation errors, a lost device or context. From then on
 * every call on the kernels fails with it.
 */
export const openEngine = async (
  choice: EngineChoice,
  onLost: (failure: Failure) => void,
  means: Means,
): Promise<OpenedEngine> => {
  let failure: Failure | null = null;
  for (const name of orderOfTrial(choice)) {
    // What goes wrong while it is opened is thrown.
    let isOpen = false;
    const hear = (lost: Failure): void => {
      if (isOpen) onLost(lost);
    };
    try {
      const opened = await open(name, hear, means);
      isOpen = true;
      return { ...opened, failure };
    } catch (caught) {
      failure ??= asUnavailable(name, caught);
    }
  }
  throw new FailureError(failure ?? { code: 'engine-unavailable', engine: choice, cause: 'none' });
};
