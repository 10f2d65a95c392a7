/**
 * The operations as TensorFlow.js operations, on WebGPU and on WebGL alike. Calls queue work on the device; the tensors
 * behind the buffers are replaced, never changed.
 */
import type { Tensor } from '@tensorflow/tfjs';
import type { Failure } from '../../failures';
import type { EngineInfo, GpuName } from '../engines';
import { handOver, sizeOf } from '../kernels';
import type { DeviceBuffer, HostArray, Kernels, View } from '../kernels';
import { FloatBuffer, floats, IntBuffer, ints, read, write } from './buffers';
import { acquireDevice } from './device';
import type { Device, OpenerMeans } from './device';
import { dropout } from './dropout';
import { combineColumns, gather, matmul, scatterAdd, sumRows } from './linear';
import { crossEntropy } from './loss';
import { optimizerStep, sumOfSquares } from './optimizer';
import { scan } from './scan';
import { scanBackward } from './scanBackward';
import { openWebgl } from './webgl';
import { openWebgpu } from './webgpu';

const OPENERS = { webgpu: openWebgpu, webgl: openWebgl } as const;

const BYTES = 4;

const sameSize = (count: number, view: View): void => {
  if (count !== sizeOf(view.shape)) throw new RangeError(`${count} values for ${sizeOf(view.shape)} elements`);
};

const createKernels = (device: Device, dispose: () => void): Kernels => {
  const { tf } = device;
  const limit = device.opened.bufferLimit / BYTES;
  const run = (work: () => void): void => {
    device.run(work);
  };

  const download = async (view: View): Promise<HostArray> => {
    if (view.buffer.kind === 'int') return Float32Array.from(ints(view));
    // A handle of its own: what the buffer holds may be replaced before the values arrive.
    const held: Tensor[] = [];
    run(() => {
      held.push(tf.keep(read(view)));
    });
    const [tensor] = held;
    try {
      return Float32Array.from(await device.wait(tensor.data<'float32'>()));
    } finally {
      tensor.dispose();
    }
  };

  return {
    precision: 'float32',
    shards: 1,
    allocate: (kind, length) => (kind === 'int' ? new IntBuffer(length, limit) : new FloatBuffer(tf, length, limit)),
    free: (buffer: DeviceBuffer) => {
      if (buffer instanceof FloatBuffer || buffer instanceof IntBuffer) buffer.free();
      else throw new TypeError('The buffer belongs to another engine');
    },
    write: (view, values) => {
      sameSize(values.length, view);
      if (view.buffer.kind === 'int') ints(view).set(values);
      else {
        run(() => {
          write(view, tf.tensor(Float32Array.from(values), [...view.shape]));
        });
      }
    },
    read: async (view, into) => handOver(await download(view), into),
    fill: (view, value) => {
      floats(view).fill(view, value);
    },
    copy: (from, to) => {
      sameSize(sizeOf(from.shape), to);
      if (from.buffer.kind === 'int') ints(to).set(ints(from));
      else {
        run(() => {
          write(to, read(from));
        });
      }
    },
    gather: (table, ids, out, bias) => {
      run(() => {
        gather(tf, table, ids, out, bias);
      });
    },
    scatterAdd: (rows, ids, table, accumulate) => {
      run(() => {
        scatterAdd(tf, rows, ids, table, accumulate);
      });
    },
    matmul: (a, b, out, options) => {
      run(() => {
        matmul(tf, a, b, out, options);
      });
    },
    add: (x, out) => {
      run(() => {
        write(out, read(out).add(read(x)));
      });
    },
    combineColumns: (m, blocks) => {
      run(() => {
        combineColumns(tf, m, blocks);
      });
    },
    sumRows: (x, out, accumulate) => {
      run(() => {
        sumRows(x, out, accumulate);
      });
    },
    dropout: (x, out, mask) => {
      run(() => {
        dropout(tf, x, out, mask);
      });
    },
    crossEntropy: (args) => {
      run(() => {
        crossEntropy(tf, args);
      });
    },
    scan: (args) => {
      run(() => {
        scan(tf, args);
      });
    },
    scanBackward: (args) => {
      run(() => {
        scanBackward(tf, args);
      });
    },
    sumOfSquares: (x, out, guard) => {
      run(() => {
        sumOfSquares(x, out, guard);
      });
    },
    optimizerStep: (args) => {
      run(() => {
        optimizerStep(tf, args);
      });
    },
    settle: async () => {
      device.check();
      await device.wait(device.opened.finish());
    },
    dispose,
  };
};

/**
 * Kernels on the device of that name; kernels of the same name share it.
 * @param onLost hears once of the first error that the device reports
 * @throws {FailureError} engine-unavailable; also what `loadPart` throws
 */
export const createTfjsKernels = async (
  name: GpuName,
  onLost: (failure: Failure) => void,
  means: OpenerMeans,
): Promise<{ readonly kernels: Kernels; readonly info: EngineInfo; readonly memoryLimit: number }> => {
  const tf = await means.loadPart('tensorflow', () => import('@tensorflow/tfjs'));
  const { device, release } = await acquireDevice(tf, name, OPENERS[name], means);
  const unsubscribe = device.listen(onLost);
  const { info, memoryLimit } = device.opened;
  const kernels = createKernels(device, () => {
    unsubscribe();
    release();
  });
  return { kernels, info, memoryLimit };
};
