/** The simd engine's program, compiled. */
import { readFileSync } from 'node:fs';

const PROGRAM = new URL('../src/model/kernels/simd/program.wasm', import.meta.url);

export const compileProgram = (): Promise<WebAssembly.Module> => WebAssembly.compile(readFileSync(PROGRAM));
