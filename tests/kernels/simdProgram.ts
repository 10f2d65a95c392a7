/** The compiled program of the simd engine, from the file in Node and from the server in a browser. */
import programUrl from '../../src/model/kernels/simd/program.wasm?url';

const bytes = async (): Promise<BufferSource> => {
  if (typeof document !== 'undefined') return (await fetch(programUrl)).arrayBuffer();
  const { readFile } = await import('node:fs/promises');
  return readFile(new URL('../../src/model/kernels/simd/program.wasm', import.meta.url));
};

export const simdProgram = async (): Promise<WebAssembly.Module> => WebAssembly.compile(await bytes());
