/** Buffers of the reference: typed arrays of float64 and int32, and views resolved to stretches of them. */
import { sizeOf } from '../kernels';
import type { DeviceBuffer, View } from '../kernels';

export class ReferenceBuffer implements DeviceBuffer {
  readonly length: number;
  #values: Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer> | null;

  constructor(
    readonly kind: 'float' | 'int',
    length: number,
  ) {
    if (!Number.isInteger(length) || length < 1)
      throw new RangeError(`A buffer cannot have ${String(length)} elements`);
    this.length = length;
    this.#values = kind === 'float' ? new Float64Array(length) : new Int32Array(length);
  }

  get values(): Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer> {
    if (this.#values === null) throw new TypeError('The buffer has been freed');
    return this.#values;
  }

  free(): void {
    this.#values = null;
  }
}

const resolve = (view: View): Float64Array<ArrayBuffer> | Int32Array<ArrayBuffer> => {
  if (!(view.buffer instanceof ReferenceBuffer)) throw new TypeError('The buffer belongs to another engine');
  const end = view.offset + sizeOf(view.shape);
  if (view.offset < 0 || end > view.buffer.length) throw new RangeError('The view leaves its buffer');
  return view.buffer.values.subarray(view.offset, end);
};

/** The elements of a view of either kind. */
export const elements = resolve;

/** The elements of a float view of exactly that shape. @throws {TypeError | RangeError} where it is another. */
export const floats = (view: View, ...shape: readonly number[]): Float64Array<ArrayBuffer> => {
  const values = resolve(view);
  if (!(values instanceof Float64Array)) throw new TypeError('Expected a float view');
  if (sizeOf(shape) !== values.length) {
    throw new RangeError(`Expected [${shape.join(', ')}], not [${view.shape.join(', ')}]`);
  }
  return values;
};

/** The elements of an int view of that length. */
export const integers = (view: View, length: number): Int32Array<ArrayBuffer> => {
  const values = resolve(view);
  if (!(values instanceof Int32Array)) throw new TypeError('Expected an int view');
  if (values.length !== length)
    throw new RangeError(`Expected ${String(length)} elements, not ${String(values.length)}`);
  return values;
};
