/** The compiled program of the simd engine. */
import programUrl from '../../../src/model/kernels/simd/program.wasm?url';

export const loadProgram = async (): Promise<WebAssembly.Module> =>
  WebAssembly.compile(await (await fetch(programUrl)).arrayBuffer());
