/** An engine that is watched: what it holds, and what is asked of it. */
import type { DeviceBuffer, Kernels, View } from '../../../src/model/kernels/kernels';
import { sizeOf } from '../../../src/model/kernels/kernels';

export interface Watched {
  readonly kernels: Kernels;
  /** Buffers allocated and not freed. */
  readonly live: ReadonlySet<DeviceBuffer>;
  /** Sizes of the views read, in order. */
  readonly reads: number[];
  /** Reads begun and not finished. */
  readonly pending: { now: number; most: number };
  allocations: number;
}

/** `delay`: how many turns of the event loop a read takes. */
export const watch = (kernels: Kernels, delay = 0): Watched => {
  const live = new Set<DeviceBuffer>();
  const watched: Watched = {
    live,
    reads: [],
    pending: { now: 0, most: 0 },
    allocations: 0,
    kernels: {
      ...kernels,
      allocate: (kind, length) => {
        const buffer = kernels.allocate(kind, length);
        live.add(buffer);
        watched.allocations++;
        return buffer;
      },
      free: (buffer) => {
        if (!live.delete(buffer)) throw new Error('Freed twice, or never allocated');
        kernels.free(buffer);
      },
      read: async (view: View) => {
        watched.reads.push(sizeOf(view.shape));
        watched.pending.now++;
        watched.pending.most = Math.max(watched.pending.most, watched.pending.now);
        const values = await kernels.read(view);
        for (let turn = 0; turn < delay; turn++) await new Promise((resolve) => setImmediate(resolve));
        watched.pending.now--;
        return values;
      },
    },
  };
  return watched;
};
