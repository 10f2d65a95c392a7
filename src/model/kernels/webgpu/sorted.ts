/** Row numbers in the order of their ids, made on the host: sums by id then have a fixed order and need no atomics. */
import { sizeOf } from '../kernels';
import type { View } from '../kernels';
import { bufferOf, integersOf } from './memory';
import type { Bound, Queue } from './queue';

/** [N + 1] starts, then [M] row numbers, ascending for each id. */
export const countingSort = (ids: Int32Array, N: number): Int32Array<ArrayBuffer> => {
  const sorted = new Int32Array(N + 1 + ids.length);
  for (const id of ids) {
    if (id < 0 || id >= N) throw new RangeError(`Row ${String(id)} of ${String(N)}`);
    sorted[id + 1] += 1;
  }
  for (let n = 0; n < N; n++) sorted[n + 1] += sorted[n];
  const next = sorted.slice(0, N);
  ids.forEach((id, m) => {
    sorted[N + 1 + next[id]++] = m;
  });
  return sorted;
};

/** The sorted rows of an int view on the device, made anew only when the ids have changed. */
export const sortedOf = (queue: Queue, view: View, N: number): Bound => {
  const buffer = bufferOf(view);
  const M = sizeOf(view.shape);
  const key = `${view.offset} ${M} ${N}`;
  let { sorted } = buffer;
  if (sorted === null || sorted.length < N + 1 + M) {
    if (sorted) queue.destroyBuffer(sorted);
    const length = N + 1 + M;
    sorted = { gpu: queue.createBuffer(length), id: queue.nextId(), length, key: '', version: -1, usedAt: -1 };
    buffer.sorted = sorted;
  }
  if (sorted.key !== key || sorted.version !== buffer.version) {
    const values = countingSort(integersOf(view), N);
    // What is queued and not yet submitted may still need the old order; usually nothing is.
    if (sorted.usedAt === queue.submissions) queue.submit();
    queue.device.queue.writeBuffer(sorted.gpu, 0, values);
    sorted.key = key;
    sorted.version = buffer.version;
  }
  sorted.usedAt = queue.submissions;
  return sorted;
};
