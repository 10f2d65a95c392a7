/** The compiled program of the simd engine, from the file in Node and from the server in a browser. */
import programUrl from '../../src/model/kernels/simd/program.wasm?url';

const bytes = async (): Promise<BufferSource> => {
  if (typeof document !== 'undefined') return (await fetch(programUrl)).arrayBuffer();
  const { readFile } = await import('node:fs/promises');
  return readFile(new URL('../../src/model/kernels/simd/program.wasm', import.meta.url));
};

let compiled: Promise<WebAssembly.Module> | null = null;

/** Compiled once: it takes longer than most of what is done with it. */
export const simdProgram = (): Promise<WebAssembly.Module> =>
  (compiled ??= bytes().then((b) => WebAssembly.compile(b)));
