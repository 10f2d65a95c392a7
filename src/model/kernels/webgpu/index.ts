/**
 * The engine of hand-written WGSL programs: a training step is some fifteen dispatches, whatever the length of the
 * sequence, and nothing is read back but what the caller asks for.
 */
import type { Failure } from '../../failures';
import { handOver, sizeOf } from '../kernels';
import type { DeviceBuffer, HostArray, Kernels } from '../kernels';
import { createCrossEntropy } from './crossEntropy';
import { createDropout } from './dropout';
import { createMatmul } from './matmul';
import { bufferOf, expectSize, WebGpuBuffer } from './memory';
import { createOptimizer } from './optimizer';
import { Queue } from './queue';
import { createRows } from './rows';
import { createScan } from './scan';
import { createScanBackward } from './scanBackward';
import { Stretches } from './stretches';
import { tuningOf } from './tuning';
import type { Cut, SubgroupSizes } from './tuning';

export interface WebGpuOptions {
  /** The adapter's words about its subgroups, where it has any. */
  readonly subgroups?: SubgroupSizes;
  /** How programs are cut, where that has been measured; otherwise the device's limits decide. */
  readonly cut?: Cut;
  /** A clock in milliseconds, to split scans that take long; without it none is split. */
  readonly now?: () => number;
  /** Hears once of what the device reports; every later `read` and `settle` rejects with it. */
  readonly onFailure?: (failure: Failure) => void;
}

export interface WebGpuKernels extends Kernels {
  /** Dispatches queued so far. */
  readonly dispatches: number;
}

/** Kernels on `device`, which stays the caller's and may be shared. */
export const createWebGpuKernels = (device: GPUDevice, options: WebGpuOptions = {}): WebGpuKernels => {
  const { now, onFailure = () => undefined, subgroups = null, cut } = options;
  const queue = new Queue(device, onFailure);
  const tuning = tuningOf(device, subgroups, cut);
  const { gather, scatterAdd, sumRows, add, combineColumns } = createRows(queue);
  const { sumOfSquares, optimizerStep } = createOptimizer(queue);
  const product = createMatmul(queue, tuning);
  const scan = createScan(queue, tuning);
  const scanBackward = createScanBackward(queue, tuning);
  const stretches = new Stretches(
    now
      ? {
          submit: () => {
            queue.submit();
          },
          finished: () => device.queue.onSubmittedWorkDone(),
          now,
        }
      : null,
  );
  const largest = Math.min(device.limits.maxBufferSize, device.limits.maxStorageBufferBindingSize) / 4;

  const allocate = (kind: 'float' | 'int', length: number): DeviceBuffer => {
    if (!Number.isInteger(length) || length < 1 || length > largest) {
      throw new RangeError(`A buffer cannot have ${String(length)} elements`);
    }
    return new WebGpuBuffer(kind, length, queue.createBuffer(length), queue.nextId());
  };

  const free = (buffer: DeviceBuffer): void => {
    const own = bufferOf({ buffer, offset: 0, shape: [buffer.length] });
    if (own.sorted) queue.destroyBuffer(own.sorted);
    queue.destroyBuffer(own);
  };

  return {
    precision: 'float32',
    shards: 1,
    get dispatches() {
      return queue.dispatches;
    },
    allocate,
    free,
    write: (view, values) => {
      expectSize(view, values.length);
      const { gpu, mirror } = bufferOf(view);
      if (mirror) {
        mirror.set(values, view.offset);
        bufferOf(view).version += 1;
      }
      queue.upload(gpu, view.offset, mirror ? Int32Array.from(values) : Float32Array.from(values));
    },
    read: async (view, into): Promise<HostArray> => {
      const { mirror } = bufferOf(view);
      if (!mirror) return handOver(await queue.read(view), into);
      return handOver(Float64Array.from(mirror.subarray(view.offset, view.offset + sizeOf(view.shape))), into);
    },
    fill: (view, value) => {
      const { gpu } = bufferOf(view);
      const length = sizeOf(view.shape);
      if (value === 0) queue.clear(gpu, view.offset, length);
      else queue.upload(gpu, view.offset, new Float32Array(length).fill(value));
    },
    copy: (from, to) => {
      const [source, target] = [bufferOf(from), bufferOf(to)];
      const length = sizeOf(from.shape);
      expectSize(to, length);
      if (source.kind !== target.kind) throw new TypeError('A copy needs two views of one kind');
      if (source.mirror && target.mirror) {
        target.mirror.set(source.mirror.subarray(from.offset, from.offset + length), to.offset);
        target.version += 1;
      }
      queue.copy(source.gpu, from.offset, target.gpu, to.offset, length);
    },
    gather,
    scatterAdd,
    matmul: (a, b, out, args = {}) => {
      const { sums, ...rest } = args;
      // Two stretches of one buffer are written by one program only where it is bound once.
      if (!sums || bufferOf(sums) === bufferOf(out)) {
        product(a, b, out, args);
        return;
      }
      product(a, b, out, rest);
      sumRows(b, sums, args.accumulate);
    },
    add,
    combineColumns,
    sumRows,
    dropout: createDropout(queue),
    crossEntropy: createCrossEntropy(queue, tuning),
    scan: (args) => {
      const { shape } = args.tape.gates;
      const run = (stretch: { t0: number; t1: number }) => {
        scan(args, stretch);
      };
      stretches.run(`forward ${args.cell} ${shape.join(' ')}`, shape[0], run, 'forward');
    },
    scanBackward: (args) => {
      const { shape } = args.tape.gates;
      const run = (stretch: { t0: number; t1: number }) => {
        scanBackward(args, stretch);
      };
      stretches.run(`backward ${args.cell} ${shape.join(' ')}`, shape[0], run, 'backward');
    },
    sumOfSquares,
    optimizerStep,
    settle: () => queue.settle(),
    dispose: () => {
      queue.dispose();
    },
  };
};
