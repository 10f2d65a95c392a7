/** What an engine may need of where it runs: a clock, and parts of the program that are not there at once. */

/** Parts of the program that an engine is made of, fetched when it is opened. */
export type PartName = 'reference' | 'webgpu' | 'tfjs' | 'tensorflow' | 'tensorflow-webgpu';

/** Imports a part by `load`. @throws {FailureError} part-unreachable, also where it takes too long */
export type LoadPart = <M>(name: PartName, load: () => Promise<M>) => Promise<M>;

/**
 * Waits for what a device is asked, so long and no longer; an answer that comes later is given to `discard`.
 * @throws where there was none in time
 */
export type Within = <T>(asked: Promise<T>, discard?: (late: T) => void) => Promise<T>;

export interface Means {
  /** Brings the simd engine's compiled program. @throws where it does not come, or the browser has no WebAssembly SIMD */
  readonly loadProgram: () => Promise<WebAssembly.Module>;
  readonly loadPart: LoadPart;
  readonly within: Within;
  /** A clock in milliseconds. */
  readonly now: () => number;
}
