/** What this machine offers to compute with, and the choice among it. */
import { FailureError, toFailure } from '../failures';
import type { Failure } from '../failures';
import type { EngineChoice } from '../settings';
import { surveyGpus } from './devices';
import type { EngineInfo } from './engines';
import type { Kernels } from './kernels';
import { createReferenceKernels } from './reference';
import { createSimdKernels } from './simd';

const CPU: EngineInfo = { name: 'cpu', available: true, device: 'JavaScript', software: false };
const SIMD: EngineInfo = { name: 'simd', available: true, device: 'WebAssembly SIMD', software: false };

/** What an engine may need of where it runs. */
export interface Means {
  /** Brings the simd engine's compiled program. @throws where the browser has no WebAssembly SIMD */
  readonly loadProgram: () => Promise<WebAssembly.Module>;
  /** A clock in milliseconds. */
  readonly now: () => number;
}

/** Bytes that a run may take in the tab's own memory. */
const CPU_MEMORY = 2 ** 30;
/** A WebAssembly memory holds 4 GiB at most. */
const SIMD_MEMORY = 2 ** 31;

/** An engine, ready to compute. */
export interface OpenedEngine {
  readonly kernels: Kernels;
  readonly info: EngineInfo;
  /** Why it is not the one that was asked for. */
  readonly failure: Failure | null;
  /** Bytes that a run may allocate on it. */
  readonly memoryLimit: number;
}

/** Every engine, the unavailable ones with the reason in place of the device. */
export const surveyEngines = async (): Promise<EngineInfo[]> => [SIMD, ...(await surveyGpus()), CPU];

/** In which order to try: the wish first, then what starts at once on every machine. */
export const orderOfTrial = (choice: EngineChoice, engines: readonly EngineInfo[]): EngineInfo[] => {
  const wished = engines.filter(({ name }) => name === choice);
  const automatic = engines.filter(({ name }) => name !== choice && (name === 'simd' || name === 'cpu'));
  return [...wished, ...automatic];
};

type Opened = Omit<OpenedEngine, 'failure'>;

const open = async (
  info: EngineInfo,
  onLost: (failure: Failure) => void,
  { loadProgram, now }: Means,
): Promise<Opened> => {
  if (info.name === 'simd') {
    return { kernels: await createSimdKernels(await loadProgram()), info, memoryLimit: SIMD_MEMORY };
  }
  if (info.name === 'cpu') return { kernels: createReferenceKernels(), info, memoryLimit: CPU_MEMORY };
  if (!info.available) {
    throw new FailureError({ code: 'engine-unavailable', engine: info.name, cause: info.device });
  }
  if (info.name === 'webgpu') {
    const { openWebGpu } = await import('./webgpu/open');
    return openWebGpu(onLost, now);
  }
  const { createTfjsKernels } = await import('./tfjs');
  return createTfjsKernels(info.name === 'tfjs' ? 'webgpu' : 'webgl', onLost);
};

const asUnavailable = (engine: string, caught: unknown): Failure => {
  const failure = toFailure(caught);
  return failure.code === 'unexpected' ? { code: 'engine-unavailable', engine, cause: failure.cause } : failure;
};

/**
 * Opens the engine that was asked for, or the next best one and says why.
 * @param onLost hears once what the device reports later: validation errors, a lost device or context. From then on
 * every call on the kernels fails with it.
 */
export const openEngine = async (
  choice: EngineChoice,
  onLost: (failure: Failure) => void,
  means: Means,
): Promise<OpenedEngine> => {
  let failure: Failure | null = null;
  for (const info of orderOfTrial(choice, await surveyEngines())) {
    try {
      return { ...(await open(info, onLost, means)), failure };
    } catch (caught) {
      failure ??= asUnavailable(info.name, caught);
    }
  }
  throw new FailureError(failure ?? { code: 'engine-unavailable', engine: choice, cause: 'none' });
};
