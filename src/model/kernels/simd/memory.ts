/** Blocks of one WebAssembly memory: first fit over a list of free stretches, neighbours joined when freed. */
import type { DeviceBuffer } from '../kernels';

/** Blocks start on cache lines; a block's tail may be read two vectors beyond its last element, hence the slack. */
const ALIGNMENT = 64;
const SLACK = 32;
const PAGE = 65536;

export interface Block extends DeviceBuffer {
  /** Byte address. */
  readonly pointer: number;
}

interface Stretch {
  start: number;
  end: number;
}

export interface Heap {
  /** Zero-filled. @throws {RangeError} where the memory cannot grow so far. */
  allocate(kind: DeviceBuffer['kind'], length: number): Block;
  free(block: DeviceBuffer): void;
  floats(pointer: number, length: number): Float32Array<ArrayBuffer>;
  integers(pointer: number, length: number): Int32Array<ArrayBuffer>;
}

const bytesOf = (length: number): number => Math.ceil((length * 4 + SLACK) / ALIGNMENT) * ALIGNMENT;

/** @param start first byte that the program's own data leaves free */
export const createHeap = (memory: WebAssembly.Memory, start: number): Heap => {
  const first = Math.ceil(start / ALIGNMENT) * ALIGNMENT;
  let end = memory.buffer.byteLength;
  const free: Stretch[] = first < end ? [{ start: first, end }] : [];
  const live = new Set<DeviceBuffer>();

  const release = (from: number, to: number): void => {
    let at = free.findIndex((stretch) => stretch.start > from);
    if (at < 0) at = free.length;
    free.splice(at, 0, { start: from, end: to });
    for (const k of [at, at - 1]) {
      if (k < 0 || k + 1 >= free.length || free[k].end !== free[k + 1].start) continue;
      free.splice(k, 2, { start: free[k].start, end: free[k + 1].end });
    }
  };

  const grow = (bytes: number): void => {
    const last = free.at(-1) ?? { start: 0, end: 0 };
    const missing = last.end === end ? bytes - (last.end - last.start) : bytes;
    memory.grow(Math.ceil(missing / PAGE));
    release(end, memory.buffer.byteLength);
    end = memory.buffer.byteLength;
  };

  const take = (bytes: number): number | null => {
    const at = free.findIndex((stretch) => stretch.end - stretch.start >= bytes);
    if (at < 0) return null;
    const stretch = free[at];
    const pointer = stretch.start;
    stretch.start += bytes;
    if (stretch.start === stretch.end) free.splice(at, 1);
    return pointer;
  };

  return {
    allocate(kind, length) {
      if (!Number.isInteger(length) || length < 1) throw new RangeError(`a buffer of ${length} elements`);
      const bytes = bytesOf(length);
      let pointer = take(bytes);
      if (pointer === null) {
        grow(bytes);
        pointer = take(bytes);
      }
      if (pointer === null) throw new RangeError(`no room for ${bytes} bytes`);
      new Uint8Array(memory.buffer, pointer, bytes).fill(0);
      const block: Block = { kind, length, pointer };
      live.add(block);
      return block;
    },
    free(block) {
      if (!live.delete(block)) throw new RangeError('a buffer that is not allocated here, or was freed before');
      const { pointer, length } = block as Block;
      release(pointer, pointer + bytesOf(length));
    },
    floats: (pointer, length) => new Float32Array(memory.buffer, pointer, length),
    integers: (pointer, length) => new Int32Array(memory.buffer, pointer, length),
  };
};
