/** Buffers of this engine, and views resolved to them. */
import { sizeOf } from '../kernels';
import type { DeviceBuffer, View } from '../kernels';

/** Rows of an int view in the order of their ids, on the device: [N + 1] starts, then [M] row numbers. */
export interface Sorted {
  readonly gpu: GPUBuffer;
  readonly id: number;
  /** Words. */
  readonly length: number;
  /** Which view it is of, and of which version of its ids. */
  key: string;
  version: number;
  /** The number of the submission that needs it last. */
  usedAt: number;
}

export class WebGpuBuffer implements DeviceBuffer {
  /** What was written to an int buffer: ids are sorted on the host. */
  readonly mirror: Int32Array | null;
  /** Goes up with every write to the mirror. */
  version = 0;
  sorted: Sorted | null = null;

  constructor(
    readonly kind: 'float' | 'int',
    readonly length: number,
    readonly gpu: GPUBuffer,
    /** Tells buffers apart in the keys of bind groups. */
    readonly id: number,
  ) {
    this.mirror = kind === 'int' ? new Int32Array(length) : null;
  }
}

/** The buffer under a view. @throws {TypeError | RangeError} where it is not this engine's or the view leaves it. */
export const bufferOf = ({ buffer, offset, shape }: View): WebGpuBuffer => {
  if (!(buffer instanceof WebGpuBuffer)) throw new TypeError('The buffer belongs to another engine');
  if (offset < 0 || offset + sizeOf(shape) > buffer.length) throw new RangeError('The view leaves its buffer');
  return buffer;
};

/** The host's copy of an int view. */
export const integersOf = (view: View): Int32Array => {
  const { mirror } = bufferOf(view);
  if (mirror === null) throw new TypeError('Expected an int view');
  return mirror.subarray(view.offset, view.offset + sizeOf(view.shape));
};

/** @throws {RangeError} where the view has not that many elements. */
export const expectSize = (view: View, ...shape: readonly number[]): void => {
  if (sizeOf(view.shape) !== sizeOf(shape)) {
    throw new RangeError(`Expected [${shape.join(', ')}], not [${view.shape.join(', ')}]`);
  }
};
