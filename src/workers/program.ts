/** The simd engine's program: fetched and compiled once, and asked for again where that failed. */
import { FailureError } from '../model/failures';
import { fetchWhole, type Fetching } from './fetching';

/** Not compiled by streaming, which needs a server that knows the type of WebAssembly. */
const load = async (fetching: Fetching, address: URL): Promise<WebAssembly.Module> => {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await fetchWhole(fetching, address);
  } catch (caught) {
    const cause = caught instanceof Error ? caught.message : String(caught);
    throw new FailureError({ code: 'part-unreachable', cause });
  }
  return WebAssembly.compile(bytes);
};

/** @returns a function that throws FailureError `part-unreachable`, or what the compiler says against the file */
export const createProgramLoader = (fetching: Fetching, address: URL): (() => Promise<WebAssembly.Module>) => {
  let program: Promise<WebAssembly.Module> | null = null;
  return () => {
    if (program !== null) return program;
    program = load(fetching, address);
    program.catch(() => {
      program = null;
    });
    return program;
  };
};
